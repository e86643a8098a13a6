"""What reading a source gives: texts, each of one JSON value, and what could not be read."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Unit = Literal["line", "byte"]
"""How places in a source are given: as line numbers from 1, or as bytes from 0 (unpacked, and as UTF-8)."""

Kind = Literal["missing", "empty", "damaged", "encrypted", "not-json", "cut-off", "too-long"]
"""Why something could not be read, for programs; the reason says it to people."""


class Text(NamedTuple):
    """One JSON value, not parsed, without line feeds, and the line or byte of its source at which it begins."""

    value: bytes
    place: int


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What a package says about itself, where that is text."""

    uri: str | None = None
    published_date: str | None = None
    publisher: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Texts of one source in order, about 256 kB at a time.

    `consumed` is how many bytes were read from disk so far, of all sources together. `package` is there with the last
    texts of a package that was taken apart; then there can be no texts at all.
    """

    source: str
    unit: Unit
    texts: list[Text]
    consumed: int
    package: PackageInfo | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read: where, why, and how many values or releases it stands for."""

    source: str
    unit: Unit
    place: int | None
    kind: Kind
    reason: str
    count: int = 1


class Break(NamedTuple):
    """A place at which a text could not be read, in a source that is known."""

    place: int
    kind: Kind
    reason: str


class Damaged(Exception):  # noqa: N818
    """The bytes of a source end early; the message says why, as the end of a sentence about the source."""
