"""Batches that wait at the same time are checked together, if they adjoin; each knows how its own went."""

import asyncio
from collections.abc import Sequence

import pytest

from pelican_async.stages.gathering import ITEMS, Gathering


class Checks:
    """Notes what is checked together; the first check waits until it is let go."""

    def __init__(self, size: int = 10) -> None:
        self.size = size
        self.groups: list[list[int]] = []
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def __call__(self, items: Sequence[int]) -> int:
        self.groups.append(list(items))
        self.begun.set()
        await self.go_on.wait()
        if 13 in items:
            raise ValueError("thirteen")
        return self.size * len(items)


async def all_of(gathering: Gathering, checks: Checks, *batches: range) -> list[BaseException | None]:
    """Have the first batch begun, then all others wait, then let all go on."""
    first = asyncio.create_task(gathering.check(1, batches[0], checks))
    await checks.begun.wait()
    others = [asyncio.create_task(gathering.check(1, batch, checks)) for batch in batches[1:]]
    await asyncio.sleep(0)
    checks.go_on.set()
    return await asyncio.gather(first, *others, return_exceptions=True)


async def test_batches_that_adjoin_are_checked_together() -> None:
    checks = Checks()
    assert await all_of(Gathering(1), checks, range(5), range(5, 10), range(10, 12), range(20, 25)) == [None] * 4
    assert checks.groups == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9, 10, 11], [20, 21, 22, 23, 24]]


async def test_no_more_are_taken_together_than_fit() -> None:
    checks = Checks()
    await all_of(Gathering(1), checks, range(1), range(1, ITEMS), range(ITEMS, ITEMS + 2))
    assert [len(group) for group in checks.groups] == [1, ITEMS - 1, 2]


async def test_large_releases_are_not_taken_together() -> None:
    checks = Checks(size=2_000_000)
    await all_of(Gathering(1), checks, range(1), range(1, 2), range(2, 3), range(3, 4))
    assert [len(group) for group in checks.groups] == [1, 2, 1]


async def test_an_error_is_everybodys_who_was_in_it_and_nobody_elses() -> None:
    checks = Checks()
    errors = await all_of(Gathering(1), checks, range(5), range(11, 13), range(13, 14), range(20, 22))
    assert [type(error) for error in errors] == [type(None), ValueError, ValueError, type(None)]


async def test_who_is_cancelled_while_waiting_is_not_checked() -> None:
    checks, gathering = Checks(), Gathering(1)
    first = asyncio.create_task(gathering.check(1, range(5), checks))
    await checks.begun.wait()
    second = asyncio.create_task(gathering.check(1, range(5, 10), checks))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    checks.go_on.set()
    await first
    await gathering.check(1, range(5, 7), checks)
    assert checks.groups == [[0, 1, 2, 3, 4], [5, 6]]


async def test_who_is_cancelled_while_checking_lets_those_with_him_know() -> None:
    groups: list[list[int]] = []
    second_begun, never = asyncio.Event(), asyncio.Event()

    async def check(items: Sequence[int]) -> int:
        groups.append(list(items))
        if len(groups) > 1:
            second_begun.set()
            await never.wait()
        await asyncio.sleep(0)  # the others begin to wait
        return 10 * len(items)

    gathering = Gathering(1)
    tasks = [asyncio.create_task(gathering.check(1, range(start, start + 5), check)) for start in (20, 25, 30)]
    await second_begun.wait()
    assert groups == [list(range(20, 25)), list(range(25, 35))]
    tasks[1].cancel()
    with pytest.raises(InterruptedError):
        await tasks[2]
