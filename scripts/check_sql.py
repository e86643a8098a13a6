"""Checks that SQL is made of nothing but what stands in the code, so that all values are passed as parameters.

What a method that executes SQL gets must be a text that is written down; an `f"..."` of such ones; or the name of an
account that the database itself has quoted (`Quoted`). Names are followed to where they are given a value, also to
modules that they are imported from and through loops, and parameters to all calls of their function. What is left
stands in `TRUSTED`, with the reason.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("checks", "pelican_async")
METHODS: Final = frozenset(
    {
        "copy_from_query",
        "copy_from_table",
        "copy_records_to_table",
        "copy_to_table",
        "cursor",
        "execute",
        "executemany",
        "executescript",
        "fetch",
        "fetchmany",
        "fetchrow",
        "fetchval",
        "prepare",
    }
)
QUOTED: Final = "Quoted"
TRUSTED: Final = {
    "pelican_async.database.granting._copy": "the database wrote the statement, and quoted the names in it",
    "pelican_async.database.granting.copy": "tables of the schema, and accounts that the database quoted",
    "pelican_async.database.moving._lock": "names that are among those of the schema",
    "pelican_async.database.moving._make": "statements of the schema",
    "pelican_async.database.moving._wanted": "statements of the schema",
    "pelican_async.database.moving.move": "statements made of names in the schema, which has no values of others",
    "pelican_async.database.upgrade._upgrade": "statements of the schema",
    "pelican_async.database.upgrade.detect": "the database wrote the name of the function, and quoted it",
}
"""Functions that change the schema, of which only its owner runs any: a statement of that kind has no parameters."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = tuple[Function, ...]
"""The functions around a place, the innermost one last."""


@dataclass
class Module:
    """A module: its names, and what they are given."""

    name: str
    tree: ast.Module
    bound: dict[str, list[ast.expr | None]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """By name: a module, and what of it (`None` for itself)."""


class Place(NamedTuple):
    """Where an expression stands."""

    module: Module
    scope: Scope


class Problem(NamedTuple):
    """SQL that may be made of something else."""

    module: str
    line: int
    sql: str


def bindings(nodes: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr | None]]:
    """Give the names that are bound here, each with its value, or `None` if that can't be told."""
    for node in _own(nodes):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _targets(target, value if isinstance(target, ast.Name) else None)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _targets(target, value)
            case ast.NamedExpr(target=target, value=value):
                yield from _targets(target, value)
            case ast.For(target=target, iter=items) | ast.AsyncFor(target=target, iter=items):
                yield from _looped(target, items)
            case ast.comprehension(target=target, iter=items):
                yield from _looped(target, items)
            case ast.AugAssign(target=target) | ast.withitem(optional_vars=ast.expr() as target):
                yield from _targets(target, None)


def _own(nodes: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Give all below, but what is within other functions."""
    for node in nodes:
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            yield from _own(list(ast.iter_child_nodes(node)))


def _targets(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        for one in target.elts:
            yield from _targets(one, None)


def _looped(target: ast.expr, items: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    """Bind what is looped over; the value is what Python has for `*items`."""
    yield from _targets(target, ast.Starred(value=items) if isinstance(target, ast.Name) else None)


class Checker:
    """Knows all modules, and tells whether SQL is made of nothing else."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = {module.name: module for module in modules}
        self._calls: dict[str, list[tuple[Place, ast.Call]]] = {}
        self._under_way: set[tuple[str, str, str]] = set()
        for module in modules:
            for scope, call in calls(module.tree, ()):
                self._calls.setdefault(_called(call), []).append((Place(module, scope), call))

    def problems(self) -> Iterator[Problem]:
        """Give what is wrong; what is trusted needlessly is wrong, too."""
        needless = set(TRUSTED)
        for method in sorted(METHODS):
            for place, call in self._calls.get(method, ()):
                if not isinstance(call.func, ast.Attribute) or _takes_a_number(call.func) or self._is_fine(place, call):
                    continue
                function = ".".join([place.module.name, *(one.name for one in place.scope)])
                if function in TRUSTED:
                    needless.discard(function)
                else:
                    yield Problem(place.module.name, call.lineno, ast.unparse(call.args[0] if call.args else call))
        for function in sorted(needless & {f"{name}.{f}" for name in self._modules for f in self._functions(name)}):
            yield Problem(function, 0, "is trusted, and needn't be")

    def _functions(self, name: str) -> Iterator[str]:
        return (one.name for one in self._modules[name].tree.body if isinstance(one, Function))

    def _is_fine(self, place: Place, call: ast.Call) -> bool:
        sql = call.args[0] if call.args else next((one.value for one in call.keywords if one.arg == "query"), None)
        return sql is not None and self.safe(sql, place)

    def safe(self, value: ast.expr, place: Place) -> bool:
        """Tell whether an expression has nothing but what stands in the code."""
        match value:
            case ast.Constant() | ast.Call(func=ast.Name(id="int" | "len")):
                found = True
            case ast.JoinedStr(values=values) | ast.Tuple(elts=values):
                found = all(self.safe(one, place) for one in values)
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None) | ast.Starred(value=inner):
                found = self.safe(inner, place)
            case ast.Name(id=name):
                found = self._safe_name(name, place)
            case _:
                found = False
        return found

    def _safe_name(self, name: str, place: Place) -> bool:
        for depth in range(len(place.scope), 0, -1):
            function = place.scope[depth - 1]
            here = Place(place.module, place.scope[:depth])
            values = [value for bound, value in bindings(function.body) if bound == name]
            given = [one for one in _parameters(function) if one.arg == name]
            if values or given:
                return all(value is not None and self.safe(value, here) for value in values) and all(
                    self._safe_parameter(one, here) for one in given
                )
        return self._safe_of(place.module, name)

    def _safe_of(self, module: Module, name: str) -> bool:
        if name in module.bound:
            return all(value is not None and self.safe(value, Place(module, ())) for value in module.bound[name])
        source, attribute = module.imported.get(name, ("", None))
        return source in self._modules and attribute is not None and self._safe_of(self._modules[source], attribute)

    def _safe_parameter(self, parameter: ast.arg, place: Place) -> bool:
        function = place.scope[-1]
        if parameter.annotation is not None and _is_quoted(parameter.annotation):
            return True
        if function.name in METHODS:  # its calls are looked at themselves
            return True
        key = (place.module.name, function.name, parameter.arg)
        if key in self._under_way:
            return True
        self._under_way.add(key)
        try:
            given = [
                (caller, _argument(function, parameter, call)) for caller, call in self._calls.get(function.name, ())
            ]
        finally:
            self._under_way.discard(key)
        return bool(given) and all(value is not None and self.safe(value, caller) for caller, value in given)


def calls(node: ast.AST, scope: Scope) -> Iterator[tuple[Scope, ast.Call]]:
    """Give all calls below, each with the functions around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield scope, child
        yield from calls(child, (*scope, child) if isinstance(child, Function) else scope)


def _takes_a_number(method: ast.Attribute) -> bool:
    """Tell whether it is a cursor's own method: it is asked for so many rows."""
    return isinstance(method.value, ast.Name) and method.value.id == "cursor" and method.attr in {"fetch", "fetchrow"}


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _parameters(function: Function) -> list[ast.arg]:
    every = function.args
    return [*every.posonlyargs, *every.args, *every.kwonlyargs]


def _argument(function: Function, parameter: ast.arg, call: ast.Call) -> ast.expr | None:
    """Give what a call passes as a parameter, or its default value."""
    for word in call.keywords:
        if word.arg == parameter.arg:
            return word.value
    positional = [*function.args.posonlyargs, *function.args.args]
    if parameter in positional:
        method = positional[0].arg in {"self", "cls"}
        place = positional.index(parameter) - method
        before = call.args[: place + 1]
        if len(before) > place and not any(isinstance(one, ast.Starred) for one in before):
            return call.args[place]
    names = [one.arg for one in positional[len(positional) - len(function.args.defaults) :]]
    defaults = dict(zip(names, function.args.defaults, strict=True))
    defaults |= {
        one.arg: value for one, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if value
    }
    starred = any(isinstance(one, ast.Starred) for one in call.args) or any(word.arg is None for word in call.keywords)
    return None if starred else defaults.get(parameter.arg)


def _is_quoted(annotation: ast.expr) -> bool:
    match annotation:
        case ast.Name(id=name):
            return name == QUOTED
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _is_quoted(left)
    return False


def read(name: str, source: str) -> Module:
    """Read a module."""
    module = Module(name, ast.parse(source))
    for bound, value in bindings(module.tree.body):
        module.bound.setdefault(bound, []).append(value)
    for node in ast.walk(module.tree):
        match node:
            case ast.ImportFrom(module=str(source_name), names=names):
                for one in names:
                    module.imported[one.asname or one.name] = (source_name, one.name)
            case ast.Import(names=names):
                for one in names:
                    module.imported[one.asname or one.name] = (one.name, None)
    return module


def problems(sources: dict[str, str]) -> list[Problem]:
    """Check modules: the source of each, by its name."""
    return list(Checker([read(name, source) for name, source in sources.items()]).problems())


def project() -> dict[str, str]:
    """Give the sources of all that may have SQL."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text("utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def main() -> None:
    """Say what is wrong in the project; the exit status is 1 if something is."""
    found = problems(project())
    for problem in found:
        print(f"{problem.module}:{problem.line}: SQL may have more than what stands in the code: {problem.sql}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
