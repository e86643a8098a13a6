"""What `instructions.py` counts the instructions of, in a process of its own.

`prepare FOLDER` writes reference data there, so that loading them isn't counted; `run FOLDER RELEASES YARDSTICK` does a
fixed piece of work first, and then the whole map and reduce of the same releases. `os.getloadavg` is called before,
between and after: what it calls has a name that whoever counts can tell, and does nothing.

There are two yardsticks, since what a build of Python makes faster is its interpreter rather than its types, or the
other way round: compiled checks need the latter alone. Nothing of the project is in either. Don't change them: all
figures are over what they take.
"""

# ruff: noqa: PLC0415 S301 what a task needs is imported by that task alone; the file is of this run's own making

import os
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

REFERENCE_DATA: Final = "reference_data.pickle"
TODAY: Final = 739_000
"""The latest possible date (`date.toordinal`): the same on every day."""


def prepare(folder: Path) -> None:
    """Write the reference data."""
    from checks.reference_data import ReferenceData
    from pelican_async.reference.codelists import snapshot
    from pelican_async.reference.rates import snapshot as ecb

    data = ReferenceData(snapshot(), ecb().rates, TODAY)
    (folder / REFERENCE_DATA).write_bytes(pickle.dumps(data))


def run(folder: Path, releases: Path, yardstick: str) -> None:
    """Do both pieces of work."""
    from checks.batch import Wanted
    from pelican_async.work import Batch, Work, do
    from pelican_async.work import prepare as get_ready

    data = pickle.loads((folder / REFERENCE_DATA).read_bytes())
    get_ready(Work("check", data, b"bench", Wanted(5, failing_examples=True), 200))
    text = releases.read_bytes().rstrip(b"\n")
    measured_by = YARDSTICKS[yardstick]
    os.getloadavg()
    measured_by(text)
    os.getloadavg()
    done = do(Batch(1, text))
    assert done.partial is not None  # noqa: S101 releases were given
    done.partial.dataset.finish(_Kept(dict(zip(done.items, done.facts, strict=True))))
    os.getloadavg()


class _Kept:
    """Gives facts out of memory."""

    def __init__(self, texts: dict[int, bytes]) -> None:
        self.texts = texts

    def facts(self, items: Any) -> Any:  # noqa: ANN401 as the reduce asks
        from checks.facts import Facts

        return {item: Facts(self.texts[item]) for item in items}

    def ocids(self, items: Any) -> Any:  # noqa: ANN401
        from checks.facts import ocid_in

        return {item: ocid_in(self.texts[item]) for item in items}


def interpreter(text: bytes) -> int:
    """Walk over releases in several ways: calls, branches, loops and comprehensions."""
    found = 0
    for line in text.split(b"\n"):
        value = orjson.loads(line)
        found += _known(value, 0) + _visited(value) + len(_placed(value, "", []))
        for _ in range(50):
            keys = set(value)
            found += len(tuple([key for key in value if key in keys]))
    return found


KNOWN: Final = {"ocid": 1, "tender": 2, "awards": 3, "parties": 4, "value": 5}


def _known(value: Any, found: int) -> int:  # noqa: ANN401 any JSON value
    kind = type(value)
    if kind is dict:
        look_up = KNOWN.get
        for key, inner in value.items():
            number = look_up(key)
            if number is not None:
                found += number
            found = _known(inner, found)
    elif kind is list:
        for inner in value:
            found = _known(inner, found)
    return found


def _visited(value: object) -> int:
    if isinstance(value, dict):
        return sum(_visited(inner) for inner in value.values())
    if isinstance(value, list):
        return sum(_visited(inner) for inner in value)
    return 1


def _placed(value: object, place: str, places: list[tuple[str, object]]) -> Sequence[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            _placed(inner, f"{place}.{key}", places)
    elif isinstance(value, list):
        for inner in value:
            _placed(inner, place, places)
    else:
        places.append((place, value))
    return places


def types(text: bytes) -> int:
    """Count the values of releases by place: numbers become strings, tuples are hashed, dictionaries grow."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for line in text.split(b"\n"):
        _count(orjson.loads(line), "", counts)
    return len(counts)


def _count(value: object, place: str, counts: Counter[tuple[str, str, str]]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _count(inner, f"{place}.{key}", counts)
    elif isinstance(value, list):
        for inner in value:
            _count(inner, place, counts)
    else:
        counts[place, type(value).__name__, str(value)[:10].lower()] += 1


YARDSTICKS: Final[Mapping[str, Callable[[bytes], int]]] = {"interpreter": interpreter, "types": types}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]))
    else:
        run(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
