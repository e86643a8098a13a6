"""The geometry of bars: where each part begins and how wide it is, in percent of the whole bar."""

from collections.abc import Mapping
from typing import Final, NamedTuple

LEAST: Final = 0.8
"""The least width of a part that isn't zero, so that it can be seen."""


class Segment(NamedTuple):
    """One part of a bar. `kind` is its key in the style sheet; `x` and `width` are percentages."""

    kind: str
    x: float
    width: float


def segments(parts: Mapping[str, float]) -> list[Segment]:
    """Divide a bar among parts, by kind, that add up to the whole; those that are zero are left out.

    >>> segments({"passed": 3, "failed": 1, "errors": 0})
    [Segment(kind='passed', x=0.0, width=75.0), Segment(kind='failed', x=75.0, width=25.0)]
    >>> [segment.width for segment in segments({"passed": 1_000_000, "failed": 1})]
    [99.2, 0.8]
    """
    there = {kind: part for kind, part in parts.items() if part > 0}
    whole = sum(there.values())
    widths = {kind: max(LEAST, 100 * part / whole) for kind, part in there.items()}
    if widths:
        widest = max(widths, key=widths.__getitem__)
        widths[widest] -= sum(widths.values()) - 100
    found, x = [], 0.0
    for kind, width in widths.items():
        found.append(Segment(kind, round(x, 2), round(width, 2)))
        x += width
    return found


def share(part: float, whole: float) -> list[Segment]:
    """Give a bar of a single part of a whole: nothing, or at least visible, and full only if it is the whole.

    >>> share(1, 4), share(0, 4), share(9_999, 10_000)[0].width
    ([Segment(kind='share', x=0.0, width=25.0)], [], 99.2)
    """
    return segments({"share": part, "rest": max(0.0, whole - part)})[:1] if part > 0 else []
