"""Remembers for a moment the texts of items that were just written, so that they needn't be read to be checked."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

BYTES: Final = 64_000_000
"""So many bytes are remembered at most: what comes when there is no room is read when it is due."""
SECONDS: Final = 120.0
"""What others checked meanwhile, or deleted, is forgotten after so long, once more comes."""


@dataclass(slots=True, eq=False)
class _Page:
    """A page of a dataset's items, from `first` on; those that were taken are empty."""

    dataset_id: int
    first: int
    texts: list[bytes]
    size: int
    until: float


class RecentItems:
    """The texts of items, as the database gives them: those of collections and datasets, which come from such columns.

    Each is given once: whoever checks an item for the second time reads it, and finds that it is checked.
    """

    def __init__(self, most: int = BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self.size = 0
        self._most = most
        self._clock = clock
        self._pages: deque[_Page] = deque()

    def keep(self, dataset_id: int, first: int, texts: Sequence[bytes]) -> None:
        """Remember the items of a page that is committed, if there is room; their ids count from `first`."""
        now = self._clock()
        while self._pages and (self._pages[0].until < now or not self._pages[0].size):
            self.size -= self._pages.popleft().size
        size = sum(map(len, texts))
        if self.size + size <= self._most:
            self._pages.append(_Page(dataset_id, first, list(texts), size, now + SECONDS))
            self.size += size

    def take(self, dataset_id: int, items: Sequence[int]) -> list[bytes] | None:
        """Give the texts of items whose ids follow each other, and forget them; `None` unless all are remembered."""
        pages = [
            page
            for page in self._pages
            if page.dataset_id == dataset_id and page.first <= items[-1] and items[0] < page.first + len(page.texts)
        ]
        pages.sort(key=lambda page: page.first)
        texts = [
            text for page in pages for text in page.texts[max(0, items[0] - page.first) : items[-1] + 1 - page.first]
        ]
        complete = len(texts) == len(items) == items[-1] + 1 - items[0] and all(texts)
        for page in pages:
            self._forget(page, max(0, items[0] - page.first), min(len(page.texts), items[-1] + 1 - page.first))
        return texts if complete else None

    def _forget(self, page: _Page, start: int, end: int) -> None:
        freed = sum(map(len, page.texts[start:end]))
        page.texts[start:end] = [b""] * (end - start)
        page.size -= freed
        self.size -= freed
