"""What every broker promises."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from pelican_async.broker.protocol import (
    KEY,
    QUEUE,
    REASON,
    TIME,
    Broker,
    DeadLetter,
    Delivery,
    GiveBack,
    Verdict,
)
from pelican_async.messages import Queue
from tests.pelican_async.broker.received import DONE, SECONDS, Holding, Received


async def dead(broker: Broker, count: int) -> None:
    """Wait until so many dead letters are there."""
    async with asyncio.timeout(SECONDS):
        while len(await broker.dead_letters()) < count:  # noqa: ASYNC110 no event tells it
            await asyncio.sleep(0)


async def test_what_is_published_comes_once(broker: Broker) -> None:
    received = Received()
    async with broker.consume(Queue.WIPE, 2, received):
        for number in range(5):
            await broker.publish(Queue.WIPE, b"%d" % number, f"key-{number}")
        await received.wait_for(5)
    assert sorted(received.bodies) == [b"0", b"1", b"2", b"3", b"4"]
    assert sorted(delivery.key or "" for delivery in received.deliveries) == [f"key-{number}" for number in range(5)]
    assert len({delivery.message_id for delivery in received.deliveries}) == 5
    assert not any(delivery.redelivered for delivery in received.deliveries)
    assert await broker.depth(Queue.WIPE) == 0


async def test_queues_are_apart(broker: Broker) -> None:
    for queue in Queue:
        await broker.publish(queue, queue.value.encode(), "key")
    assert [await broker.depth(queue) for queue in Queue] == [1] * 7
    received = Received()
    async with broker.consume(Queue.REPORT, 5, received):
        await received.wait_for(1)
    assert received.bodies == [Queue.REPORT.value.encode()]
    assert received.deliveries[0].queue is Queue.REPORT


async def test_two_publications_of_one_message_have_one_key_and_two_ids(broker: Broker) -> None:
    received = Received()
    await asyncio.gather(*(broker.publish(Queue.WIPE, b"same", "same") for _ in range(20)))
    async with broker.consume(Queue.WIPE, 20, received):
        await received.wait_for(20)
    assert {delivery.key for delivery in received.deliveries} == {"same"}
    assert len({delivery.message_id for delivery in received.deliveries}) == 20


async def test_at_most_so_many_are_handled_at_once(broker: Broker) -> None:
    holding = Holding()
    for number in range(8):
        await broker.publish(Queue.CHECK_ITEMS, b"x", str(number))
    async with broker.consume(Queue.CHECK_ITEMS, 3, holding) as consumption:
        await holding.wait_until(lambda now: now.running == 3)
        assert consumption.in_flight == 3
        assert await broker.depth(Queue.CHECK_ITEMS) == 5
        holding.may_end.set()
        await holding.wait_until(lambda now: now.ended == 8)
    assert holding.most == 3


@pytest.mark.parametrize("error", [ValueError("a bug"), asyncio.CancelledError(), TimeoutError()])
async def test_a_handler_that_raises_ends_in_a_dead_letter_and_takes_no_place(
    broker: Broker, error: BaseException
) -> None:
    def answer(delivery: Delivery) -> Verdict:
        if delivery.body == b"bad":
            raise error
        return DONE

    received = Received(answer)
    with capture_logs() as logs:
        async with broker.consume(Queue.WIPE, 1, received):
            await broker.publish(Queue.WIPE, b"bad", "bad")
            await dead(broker, 1)
            assert received.bodies == [b"bad"] * 5
            await broker.publish(Queue.WIPE, b"good", "good")
            await received.wait_for(6)
    [letter] = await broker.dead_letters()
    assert letter.body == b"bad"
    assert letter.queue is Queue.WIPE
    assert letter.reason.startswith("It was tried 5 times")
    told = [entry["attempts"] for entry in logs if entry["event"] == "handling a message failed"]
    assert told == ([] if isinstance(error, asyncio.CancelledError) else [1, 2, 3, 4, 5])
    assert await broker.depth(Queue.WIPE) == 0


async def test_what_is_given_back_again_and_again_ends_in_a_dead_letter(broker: Broker) -> None:
    received = Received(lambda _: GiveBack("not yet"))
    async with broker.consume(Queue.WIPE, 3, received):
        await broker.publish(Queue.WIPE, b"never", "key")
        await dead(broker, 1)
    assert [delivery.attempts for delivery in received.deliveries] == [0, 1, 2, 3, 4]
    assert {delivery.key for delivery in received.deliveries} == {"key"}
    [letter] = await broker.dead_letters()
    assert letter.reason == "It was tried 5 times; the last time: not yet"


@pytest.mark.parametrize("body", [b"\xff{not JSON", b"\x00" * 1_100_000], ids=["odd", "large"])
async def test_a_dead_letter_is_complete(broker: Broker, body: bytes) -> None:
    received = Received(lambda _: DeadLetter("It isn't JSON \ud800."))
    async with broker.consume(Queue.CHECK_ITEMS, 1, received):
        await broker.publish(Queue.CHECK_ITEMS, body, "key")
        await dead(broker, 1)
    [letter] = await broker.dead_letters()
    assert letter.body == body
    assert letter.queue is Queue.CHECK_ITEMS
    assert letter.reason.startswith("It isn't JSON")
    assert timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(letter.time) < timedelta(minutes=1)
    assert letter.headers[KEY] == "key"
    assert {KEY, REASON, QUEUE, TIME} == set(letter.headers)


async def test_looking_at_dead_letters_loses_none(broker: Broker) -> None:
    received = Received(lambda _: DeadLetter("no"))
    async with broker.consume(Queue.WIPE, 1, received):
        for number in range(4):
            await broker.publish(Queue.WIPE, b"%d" % number, str(number))
        await dead(broker, 4)
    assert [letter.body for letter in await broker.dead_letters(limit=2)] == [b"0", b"1"]
    first = await broker.dead_letters()
    assert [letter.body for letter in first] == [b"0", b"1", b"2", b"3"]
    assert await broker.dead_letters() == first


async def test_dead_letters_are_sent_again_or_discarded(broker: Broker) -> None:
    async with broker.consume(Queue.WIPE, 1, Received(lambda _: DeadLetter("no"))):
        for number in range(4):
            await broker.publish(Queue.WIPE, b"%d" % number, str(number))
        await dead(broker, 4)
    zero, one, two, three = await broker.dead_letters()
    assert await broker.retry([one.identity, "unknown"]) == 1
    assert await broker.discard([two.identity, "unknown"]) == 1
    assert await broker.dead_letters() == [zero, three]
    received = Received()
    async with broker.consume(Queue.WIPE, 1, received):
        await received.wait_for(1)
    assert received.bodies == [b"1"]
    assert received.deliveries[0].headers == {KEY: "1"}


async def test_on_leaving_what_is_handled_may_end(broker: Broker) -> None:
    holding = Holding()
    for number in range(3):
        await broker.publish(Queue.WIPE, b"x", str(number))

    async def consume() -> None:
        async with broker.consume(Queue.WIPE, 2, holding):
            await holding.wait_until(lambda now: now.running == 2)

    consuming = asyncio.create_task(consume())
    await holding.wait_until(lambda now: now.running == 2)
    asyncio.get_running_loop().call_later(0.3, holding.may_end.set)
    await consuming
    assert (holding.ended, holding.cancelled) == (2, 0)
    assert await broker.depth(Queue.WIPE) == 1


async def test_on_leaving_what_takes_too_long_is_given_back(broker: Broker) -> None:
    holding = Holding()
    for number in range(3):
        await broker.publish(Queue.WIPE, b"%d" % number, str(number))
    async with broker.consume(Queue.WIPE, 2, holding, grace=0.1):
        await holding.wait_until(lambda now: now.running == 2)
    assert holding.cancelled == 2
    received = Received()
    async with broker.consume(Queue.WIPE, 1, received):
        await received.wait_for(3)
    assert received.bodies == [b"0", b"1", b"2"]
    assert [delivery.attempts for delivery in received.deliveries] == [0, 0, 0]
    assert received.deliveries[0].redelivered


async def test_on_cancelling_nothing_is_waited_for_or_lost(broker: Broker) -> None:
    holding = Holding()
    await broker.publish(Queue.WIPE, b"x", "key")

    async def consume() -> None:
        async with broker.consume(Queue.WIPE, 2, holding, grace=1000):
            await asyncio.Event().wait()

    consuming = asyncio.create_task(consume())
    await holding.wait_until(lambda now: now.running == 1)
    consuming.cancel()
    async with asyncio.timeout(SECONDS):
        await asyncio.wait({consuming})
    assert consuming.cancelled()
    assert holding.cancelled == 1
    received = Received()
    async with broker.consume(Queue.WIPE, 1, received):
        await received.wait_for(1)


async def test_it_tells_which_queues_are_consumed(broker: Broker) -> None:
    assert broker.connected
    assert broker.consuming() == {}
    received = Received()
    async with broker.consume(Queue.WIPE, 1, received), broker.consume(Queue.REPORT, 1, received):
        assert set(broker.consuming()) == {Queue.WIPE, Queue.REPORT}
        await broker.publish(Queue.WIPE, b"x", "x")
        await received.wait_for(1)
        assert broker.consuming()[Queue.WIPE]
    assert broker.consuming() == {}
