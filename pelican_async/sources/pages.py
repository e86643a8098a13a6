"""A page of a source: compiled releases as they come, unparsed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Some compiled releases, as JSON texts, in the source's order.

    `last_id` is how far the page reaches in the source; `skipped` counts releases of it that were too large.
    """

    last_id: int
    releases: Sequence[bytes]
    skipped: int = 0
