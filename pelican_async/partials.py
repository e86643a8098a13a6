"""How partials are kept in a database: small, and so that reading one can do no more than make what it consists of."""

import io
import pickle
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import checks
from checks.batch import Partial
from checks.dataset.accumulators import Accumulators
from checks.time_based.snapshots import Snapshot

LEVEL: Final = 1
ALLOWED: Final = frozenset(
    {
        ("array", "_array_reconstructor"),
        ("array", "array"),
        ("builtins", "list"),
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("collections", "Counter"),
        ("collections", "defaultdict"),
    }
)
"""What stored partials consist of, apart from classes and functions of the checks."""


@dataclass(frozen=True, slots=True)
class StoredPartial:
    """A partial in three parts, each compressed: for the reports, the dataset-level and the time-based checks."""

    count: int
    tally: bytes
    collected: bytes
    snapshot: bytes


class WrongPartialError(Exception):
    """A stored partial isn't one."""


def packed(partial: Partial) -> StoredPartial:
    """Pack a partial."""
    partial.dataset.settle()
    counts = {name: getattr(partial, name) for name in Partial.COUNTED}
    return StoredPartial(partial.count, _pack(counts), _pack(partial.dataset), _pack(partial.snapshot))


def add_counts(partial: Partial, tally: bytes) -> None:
    """Merge the part for the reports into a partial."""
    other = Partial(partial.sampling, partial.wanted)
    for name, value in _unpack(tally).items():
        setattr(other, name, value)
    partial.merge_counts(other)


def collected(part: bytes) -> Accumulators:
    """Read the part for the dataset-level checks."""
    read: Accumulators = _unpack(part)
    return read


def snapshot(part: bytes) -> Snapshot:
    """Read the part for the time-based checks."""
    read: Snapshot = _unpack(part)
    return read


def _pack(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, 5), LEVEL)


def _unpack(part: bytes) -> Any:  # noqa: ANN401 the callers know what they stored
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(part))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError) as error:
        raise WrongPartialError(f"A stored partial can't be read: {error}") from error


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what stored partials consist of."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 as in pickle
        if (module, name) in ALLOWED or (module.startswith("checks.") and "." not in name):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in it")


def version() -> str:
    """Give what stored partials depend on: the source of all checks, and this file's."""
    digest = blake2b(digest_size=12)
    for path in [*sorted(Path(checks.__file__).parent.rglob("*.py")), Path(__file__)]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
