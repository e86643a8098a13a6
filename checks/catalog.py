"""Finds the checks: one module each, named by its place; a check is added by adding its file."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Final, Literal

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


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name as in stored results and reports, and the texts of its docstring.

    `title` says in a line what holds if it passes, `description` when it applies and passes, `mend` what to do about a
    failure (empty if it has no such part). `examples` are the lines of its examples.
    """

    name: str
    level: Level
    version: float
    title: str
    description: str
    mend: str
    examples: str
    module: ModuleType


@cache
def find(level: Level) -> Mapping[str, Check]:
    """Give the checks of a level by name, in the order of their names."""
    package = LEVELS[level]
    found = {name: _describe(name, level, module) for name, module in _modules(package, "")}
    return dict(sorted(found.items()))


def _modules(package: ModuleType, prefix: str) -> Iterator[tuple[str, ModuleType]]:
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if info.ispkg:
            yield from _modules(module, f"{prefix}{info.name}.")
        elif hasattr(module, "VERSION"):
            yield prefix + info.name, module


def _describe(name: str, level: Level, module: ModuleType) -> Check:
    paragraphs = (module.__doc__ or "").strip().split("\n\n")
    title, *others = [paragraph.strip() for paragraph in paragraphs]
    examples = [part for part in others if part.startswith(">>>")]
    mend = [part for part in others if part.startswith("Mend it")]
    description = [part for part in others if part not in examples and part not in mend]
    return Check(
        name=name,
        level=level,
        version=module.VERSION,
        title=title,
        description="\n\n".join(description),
        mend="\n\n".join(mend),
        examples="\n".join(examples),
        module=module,
    )
