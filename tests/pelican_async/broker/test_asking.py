"""The boundary to the broker's client."""

import asyncio

import pytest
from aio_pika.exceptions import AMQPError, ChannelInvalidStateError, ChannelNotFoundEntity

from pelican_async.broker.asking import asked
from pelican_async.broker.protocol import BrokerAway


async def raising(error: BaseException) -> None:
    raise error


async def test_an_answer_is_given() -> None:
    assert await asked(asyncio.sleep(0, "answer")) == "answer"


@pytest.mark.parametrize(
    "error",
    [
        asyncio.CancelledError(),
        AMQPError(),
        ConnectionResetError(),
        RuntimeError("closing"),
        ChannelInvalidStateError(),
        Exception(),  # what the client raises when it can't write
    ],
)
async def test_a_lost_connection_is_the_broker_s_trouble(error: BaseException) -> None:
    with pytest.raises(BrokerAway):
        await asked(raising(error))
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()


async def test_what_is_asked_for_passes() -> None:
    with pytest.raises(ChannelNotFoundEntity):
        await asked(raising(ChannelNotFoundEntity()), passing=(ChannelNotFoundEntity,))


async def test_a_mistake_of_ours_is_no_trouble_of_the_broker() -> None:
    with pytest.raises(TypeError):
        await asked(raising(TypeError("a bug")))


async def test_no_answer_is_told_in_time() -> None:
    with pytest.raises(BrokerAway, match=r"didn't answer within 0\.01 seconds"):
        await asked(asyncio.Event().wait(), 0.01)


async def test_whoever_cancels_it_has_it_cancelled() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def operation() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    asking = asyncio.create_task(asked(operation()))
    await began.wait()
    asking.cancel()
    await asyncio.wait({asking})
    assert asking.cancelled()
    async with asyncio.timeout(1):
        await ended.wait()


async def test_what_ends_in_an_error_after_its_time_disturbs_nobody() -> None:
    ended = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
            raise ConnectionResetError

    with pytest.raises(BrokerAway):
        await asked(stubborn(), 0.01)
    await ended.wait()
