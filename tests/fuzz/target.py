"""Fuzzes one target, by its name, with the arguments of libFuzzer: `python -m tests.fuzz.target reading -runs=100`."""

import importlib
import sys

import atheris

INSTRUMENTED = ("pelican_async", "checks", "tests.fuzz", "ocdsmerge", "dateutil", "phonenumbers", "json", "zipfile")
TARGETS = ("reading", "checking", "storing", "reporting")


def main(name: str, arguments: list[str]) -> None:
    """Fuzz a target until libFuzzer ends it."""
    if name not in TARGETS:
        raise SystemExit(f"There is no target {name}: there are {', '.join(TARGETS)}.")
    with atheris.instrument_imports(include=list(INSTRUMENTED)):
        target = importlib.import_module(f"tests.fuzz.{name}")

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        changed: bytes = target.mutate(data, most, seed, atheris.Mutate)
        return changed[:most]

    atheris.Setup(["fuzz", *arguments], target.examine, custom_mutator=mutate, internal_libfuzzer=True)
    atheris.Fuzz()


main(sys.argv[1], sys.argv[2:])
