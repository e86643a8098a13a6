"""The checks are pure: the same release gives the same results, whoever runs them, wherever and whenever."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import checks

FOLDER: Final = Path(checks.__file__).parent
MODULES: Final = sorted(FOLDER.rglob("*.py"))

# What isn't named here either waits, reads, writes, tells the time or rolls dice, or has not been looked at yet.
PURE: Final = frozenset(
    """
    abc array bisect calendar checks collections contextlib copy dataclasses datetime dateutil decimal enum fractions
    functools hashlib heapq itertools json math mypy_extensions numbers operator orjson phonenumbers re statistics
    string struct textwrap types typing unicodedata xxhash zlib
    """.split()  # noqa: SIM905 a list would take forty lines
)
EXCEPTIONS: Final = {
    "catalog.py": frozenset({"ast", "importlib", "pkgutil"}),  # it finds the checks by the names of their files
    "dataset/misc/url_availability.py": frozenset({"http"}),  # it knows the statuses, and asks for nothing
}
IMPURE_NAMES: Final = frozenset({"open", "print", "input", "breakpoint", "exec", "eval", "__import__"})
# Today is given to the checks as any other fact.
IMPURE_CALLS: Final = frozenset({"now", "today", "utcnow"})


def offences(source: str, allowed: frozenset[str]) -> Iterator[str]:
    """Give what a module has that a pure one doesn't have, each as `line: what`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found = [name.name for name in names if name.name.split(".")[0] not in allowed]
            case ast.ImportFrom(module=module, level=level):
                found = [str(module)] if not level and str(module).split(".")[0] not in allowed else []
            case ast.Name(id=name):
                found = [name] if name in IMPURE_NAMES else []
            case ast.Call(func=ast.Attribute(attr=name)):
                found = [name] if name in IMPURE_CALLS else []
            case _:
                found = []
        for what in found:
            yield f"{getattr(node, 'lineno', 0)}: {what}"


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(FOLDER).as_posix() for path in MODULES])
def test_a_module_of_the_checks_is_pure(path: Path) -> None:
    allowed = PURE | EXCEPTIONS.get(path.relative_to(FOLDER).as_posix(), frozenset())
    assert list(offences(path.read_text(encoding="utf-8"), allowed)) == []


def test_all_modules_are_looked_at() -> None:
    assert FOLDER / "values.py" in MODULES
    assert any(path.parent.parent.name == "compiled_release" for path in MODULES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os", "1: os"),
        ("import math, socket", "1: socket"),
        ("import urllib.request as math", "1: urllib.request"),
        ("from pathlib import Path", "1: pathlib"),
        ("from pelican_async.pool import Pool", "1: pelican_async.pool"),
        ("import importlib", "1: importlib"),
        ("def check(release):\n    from logging import getLogger", "2: logging"),
        ("def check(release):\n    print(release)", "2: print"),
        ("rows = map(open, paths)", "1: open"),
        ("from datetime import date\nTODAY = date.today()", "2: today"),
    ],
)
def test_a_planted_offender_is_caught(source: str, expected: str) -> None:
    assert list(offences(source, PURE)) == [expected]


@pytest.mark.parametrize("source", ["import math", "from checks.values import walk", "from . import values"])
def test_what_is_pure_is_let_through(source: str) -> None:
    assert list(offences(source, PURE)) == []
