"""Keeps what a database stores of examples within bounds, whatever is quoted: it takes no more than 256 MB at once."""

from typing import Final

from checks.values import Json
from pelican_async.reports.visible import ELLIPSIS
from pelican_async.sources.storable import storable

LARGEST_EXAMPLE: Final = 100_000
"""So many bytes, as JSON, one quoted value or result may have,"""
LARGEST_META: Final = 20_000_000
"""and so many all that one check of a dataset says."""
LONGEST: Final = 1_000
"""Of something larger than that, texts are cut to so many characters first."""
PLACE: Final = 8
"""What an entry is taken to cost beside its characters."""


def shortened(value: Json, largest: int) -> Json:
    """Give a value itself, or, if it is larger than so many bytes, about as much of it: ends of it are left out.

    >>> shortened({"id": "x", "title": "a" * 2_000}, 500)["title"][-3:]
    'aa…'
    """
    if len(storable(value)) <= largest:
        return value
    return _Shortening(largest).take(value)


class _Shortening:
    def __init__(self, largest: int) -> None:
        self._left = largest

    def take(self, value: Json) -> Json:
        self._left -= PLACE
        if type(value) is str:
            return self._text(value)
        if type(value) is dict:
            return {self._text(key): self.take(inner) for key, inner in value.items() if self._left > 0}
        if type(value) is list or type(value) is tuple:
            return [self.take(inner) for inner in value if self._left > 0]
        return value

    def _text(self, text: str) -> str:
        shown = text if len(text) <= LONGEST else text[:LONGEST] + ELLIPSIS
        self._left -= len(shown)
        return shown
