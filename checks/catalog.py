"""Finds the checks: one module each, named by its place; a check is added by adding its file."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Final, Literal, NamedTuple

import checks.compiled_release
import checks.dataset
import checks.field
import checks.time_based

Level = Literal["field", "compiled_release", "dataset", "time_based"]
LEVELS: Final[Mapping[Level, ModuleType]] = {
    "field": checks.field,
    "compiled_release": checks.compiled_release,
    "dataset": checks.dataset,
    "time_based": checks.time_based,
}


class Texts(NamedTuple):
    """The parts of a check's docstring.

    `title` says in a line what holds if it passes, `description` when it applies and passes, `mend` what to do about a
    failure (empty if it has no such part). `examples` are the lines of its examples.
    """

    title: str
    description: str
    mend: str
    examples: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name as in stored results and reports, and its module."""

    name: str
    level: Level
    version: float
    module: ModuleType

    @property
    def title(self) -> str:
        """What holds if it passes, in a line."""
        return _texts(self.module).title

    @property
    def description(self) -> str:
        """When it applies and passes."""
        return _texts(self.module).description

    @property
    def mend(self) -> str:
        """What to do about a failure; empty if there is nothing to be said."""
        return _texts(self.module).mend

    @property
    def examples(self) -> str:
        """The lines of its examples."""
        return _texts(self.module).examples


@cache
def find(level: Level) -> Mapping[str, Check]:
    """Give the checks of a level by name, in the order of their names."""
    found = [Check(name, level, module.VERSION, module) for name, module in _modules(LEVELS[level], "")]
    return {check.name: check for check in sorted(found, key=lambda check: check.name)}


def _modules(package: ModuleType, prefix: str) -> Iterator[tuple[str, ModuleType]]:
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if info.ispkg:
            yield from _modules(module, f"{prefix}{info.name}.")
        elif hasattr(module, "VERSION"):
            yield prefix + info.name, module


@cache
def docstring(module: ModuleType) -> str:
    """Give the docstring of a module, as written; that of a compiled one stands only in its source beside it."""
    if module.__doc__:
        return module.__doc__
    package, _, name = module.__name__.rpartition(".")
    source = pkgutil.get_data(package, f"{name}.py")
    return (source and ast.get_docstring(ast.parse(source), clean=False)) or ""


@cache
def _texts(module: ModuleType) -> Texts:
    title, *others = [paragraph.strip() for paragraph in docstring(module).strip().split("\n\n")]
    examples = [part for part in others if part.startswith(">>>")]
    mend = [part for part in others if part.startswith("Mend it")]
    description = [part for part in others if part not in examples and part not in mend]
    return Texts(title, "\n\n".join(description), "\n\n".join(mend), "\n".join(examples))
