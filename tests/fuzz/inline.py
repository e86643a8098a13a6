"""Checks collections within this process, so that a fuzzer sees what happens."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Self
from unittest.mock import patch

from pelican_async import collection_check
from pelican_async.work import Batch, Done, Work, Worker


class InlinePool:
    """Does what a pool of processes does, one batch after the other."""

    def __init__(
        self, _processes: int, _prepare: Callable[..., None], arguments: tuple[Work], *_: object, **__: object
    ) -> None:
        self._worker = Worker(*arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Give the results of batches, each of which must account for all of its texts."""
        for batch in batches:
            done = self._worker.do(batch)
            assert done.size == batch.texts.count(b"\n") + 1
            assert done.size == len(done.items) + len(done.refused) + len(done.set_aside)
            assert len(done.items) == len(done.facts)
            yield done


@contextmanager
def inline() -> Iterator[None]:
    """Check collections within this process, until the end of the block."""
    with patch.object(collection_check, "Pool", InlinePool):
        yield
