"""What is particular to RabbitMQ: what existing deployments have there, and trouble with it."""

import asyncio
import gc
from collections.abc import AsyncIterator

import aio_pika
import pytest
import pytest_asyncio
from aio_pika.abc import AbstractChannel
from aiormq import spec
from aiormq.abc import ChannelFrame
from pamqp.body import ContentBody
from pamqp.common import FieldTable
from pamqp.header import ContentHeader
from structlog.testing import capture_logs
from yarl import URL

from pelican_async.broker import connecting, consuming
from pelican_async.broker import rabbitmq as module
from pelican_async.broker.protocol import BrokerAway, DeadLetter, Delivery, GiveBack, Unroutable, Verdict
from pelican_async.broker.rabbitmq import RabbitBroker, connect
from pelican_async.errors import UserError
from pelican_async.messages import Queue
from pelican_async.supervisor import declared
from tests.pelican_async.broker.received import SECONDS, Holding, Received
from tests.pelican_async.broker.wire import Wire, wired
from tests.services.rabbitmq import OwnRabbitmq, Rabbitmq


@pytest_asyncio.fixture
async def channel(rabbitmq: Rabbitmq) -> AsyncIterator[AbstractChannel]:
    """Give what other programs have: a channel of its own."""
    connection = await aio_pika.connect(rabbitmq.url)
    async with connection, connection.channel() as channel:
        yield channel


@pytest_asyncio.fixture
async def wire(rabbitmq: Rabbitmq) -> AsyncIterator[Wire]:
    async with wired(rabbitmq.url) as wire:
        yield wire


@pytest_asyncio.fixture
async def far(wire: Wire, exchange: str) -> AsyncIterator[RabbitBroker]:
    """Give a broker at the end of a wire."""
    async with connect(wire.url, exchange) as broker:
        await broker.declare()
        yield broker


async def publish_barely(channel: AbstractChannel, exchange: str, routing_key: str, body: bytes) -> None:
    """Publish as other clients do: this one never leaves out the message's id."""
    underlying = await channel.get_underlay_channel()
    properties = spec.Basic.Properties(content_type="application/json", delivery_mode=2)
    frames = ChannelFrame.marshall(
        underlying.number,
        [
            spec.Basic.Publish(exchange=exchange, routing_key=routing_key),
            ContentHeader(body_size=len(body), properties=properties),
            ContentBody(body),
        ],
    )
    await underlying.connection.write_queue.put(frames)


# What readiness asks for has no event. It is looked at in each turn of the loop, since it may be so for a moment only.
async def consumed(broker: RabbitBroker, queue: Queue, *, is_so: bool = True) -> None:
    async with asyncio.timeout(SECONDS):
        while (broker.consuming()[queue] and broker.connected) is not is_so:  # noqa: ASYNC110 as said
            await asyncio.sleep(0)


async def linked(broker: RabbitBroker, *, is_so: bool = True) -> None:
    async with asyncio.timeout(SECONDS):
        while broker.connected is not is_so:  # noqa: ASYNC110 as said
            await asyncio.sleep(0)


async def test_it_is_laid_out_as_existing_deployments_have_it(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel
) -> None:
    await rabbit.declare()
    # The broker refuses this if anything is different.
    await channel.declare_exchange(exchange, "direct", durable=True, auto_delete=False)
    for queue in Queue:
        await channel.declare_queue(f"{exchange}_{queue}", durable=True, arguments={})
    await channel.declare_queue(f"{exchange}_dead_letter", durable=True, arguments={})


async def test_a_queue_that_is_there_with_arguments_is_taken_as_it_is(
    rabbitmq: Rabbitmq, exchange: str, channel: AbstractChannel
) -> None:
    name = f"{exchange}_time_variance_checker"
    arguments: FieldTable = {"x-consumer-timeout": 10_800_000}
    await channel.declare_queue(name, durable=True, arguments=arguments)
    received = Received()
    async with connect(rabbitmq.url, exchange) as broker:
        await broker.declare()
        async with broker.consume(Queue.REPORT, 1, received):
            await broker.publish(Queue.REPORT, b"{}", "key")
            await received.wait_for(1)
    await channel.declare_queue(name, durable=True, arguments=arguments)


async def test_an_exchange_of_another_kind_is_told(rabbitmq: Rabbitmq, exchange: str, channel: AbstractChannel) -> None:
    await channel.declare_exchange(exchange, "fanout")
    async with connect(rabbitmq.url, exchange) as broker:
        with pytest.raises(UserError, match="isn't durable and direct"):
            await broker.declare()


async def test_messages_of_existing_producers_are_handled(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel
) -> None:
    answers: list[Verdict] = [GiveBack("a moment"), DeadLetter("it can't be")]
    received = Received(lambda _: answers.pop(0))
    async with rabbit.consume(Queue.WIPE, 1, received):
        await publish_barely(channel, exchange, f"{exchange}_wiper_init", b'{"dataset_id": 1}')
        await received.wait_for(2)
    first, second = received.deliveries
    assert (first.body, first.headers, first.key) == (b'{"dataset_id": 1}', {}, None)
    assert (second.body, second.attempts, second.key) == (b'{"dataset_id": 1}', 1, second.message_id)
    assert (first.redelivered, second.redelivered) == (False, True)
    [letter] = await rabbit.dead_letters()
    assert letter.body == b'{"dataset_id": 1}'


async def test_odd_and_large_headers_of_others_are_no_trouble(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel
) -> None:
    target = await channel.get_exchange(exchange)
    headers: FieldTable = {
        "nested": {"list": [1, "two", None, {"three": True}]},
        "bytes": bytearray(b"\xff"),
        "x-pelican-attempts": "many",
        "x-pelican-key": 5,
        "large": "x" * 100_000,
    }
    received = Received(lambda _: DeadLetter("no"))
    async with rabbit.consume(Queue.WIPE, 1, received):
        await target.publish(aio_pika.Message(b"x", headers=headers), f"{exchange}_wiper_init")
        await received.wait_for(1)
    assert received.deliveries[0].attempts == 0
    [letter] = await rabbit.dead_letters()
    assert letter.headers["nested"] == headers["nested"]
    assert "large" not in letter.headers  # with ours, it wouldn't fit a frame
    assert letter.queue is Queue.WIPE


async def test_publishing_to_a_queue_that_was_deleted_makes_it_again(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel
) -> None:
    await rabbit.publish(Queue.WIPE, b"lost with the queue", "1")
    await channel.queue_delete(f"{exchange}_wiper_init")
    assert await rabbit.depth(Queue.WIPE) == 0
    await rabbit.publish(Queue.WIPE, b"x", "2")
    assert await rabbit.depth(Queue.WIPE) == 1
    await channel.exchange_delete(exchange)
    await rabbit.publish(Queue.WIPE, b"x", "3")
    assert await rabbit.depth(Queue.WIPE) == 2


async def test_nothing_is_confirmed_that_has_no_queue(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing() -> None:
        pass

    monkeypatch.setattr(rabbit, "declare", nothing)
    await channel.queue_delete(f"{exchange}_wiper_init")
    outcomes = await asyncio.gather(
        *(rabbit.publish(Queue.WIPE if number % 2 else Queue.REPORT, b"x", "same") for number in range(50)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), Unroutable] * 25
    assert await rabbit.depth(Queue.REPORT) == 25


async def test_a_queue_that_is_deleted_while_it_is_consumed_is_made_again(
    rabbit: RabbitBroker, exchange: str, channel: AbstractChannel
) -> None:
    received = Received()
    async with rabbit.consume(Queue.WIPE, 1, received):
        await consumed(rabbit, Queue.WIPE)
        await channel.queue_delete(f"{exchange}_wiper_init")
        await consumed(rabbit, Queue.WIPE, is_so=False)
        await consumed(rabbit, Queue.WIPE)
        await rabbit.publish(Queue.WIPE, b"x", "key")
        await received.wait_for(1)


async def test_consumers_go_on_after_the_connection_was_lost(far: RabbitBroker, wire: Wire) -> None:
    received = Received()
    async with far.consume(Queue.WIPE, 1, received), far.consume(Queue.REPORT, 1, received):
        for count in range(3):
            await consumed(far, Queue.WIPE)
            await consumed(far, Queue.REPORT)
            await far.publish(Queue.WIPE, b"x", "key")
            await far.publish(Queue.REPORT, b"x", "key")
            await received.wait_for(2 * count + 2)
            wire.drop()
            await consumed(far, Queue.WIPE, is_so=False)


async def test_closing_while_it_connects_leaves_nothing_behind(rabbitmq: Rabbitmq) -> None:
    """At whatever step that is: the client's own tasks would end with the loop only, or never."""
    before = asyncio.all_tasks()
    for steps in range(120):
        link = connecting.Link(rabbitmq.url)
        link.start()
        for _ in range(steps):
            await asyncio.sleep(0)
        await link.close()
        for _ in range(3):
            assert asyncio.all_tasks() == before, f"after {steps} steps"
            await asyncio.sleep(0)


def test_a_program_that_ends_before_it_connects_has_begun_nothing(recwarn: pytest.WarningsRecorder) -> None:
    """Python warns of a coroutine that was made and never run when it is garbage."""

    async def begin() -> None:
        connecting.Link("amqp://127.0.0.1:1").start()

    asyncio.run(begin())
    gc.collect()
    assert not [str(warning.message) for warning in recwarn]


async def test_what_was_handled_while_the_connection_was_lost_comes_again(far: RabbitBroker, wire: Wire) -> None:
    holding = Holding()
    await far.publish(Queue.WIPE, b"x", "key")
    seen: list[Delivery] = []

    async def handle(delivery: Delivery) -> Verdict:
        seen.append(delivery)
        return await holding(delivery)

    async with far.consume(Queue.WIPE, 1, handle):
        await holding.wait_until(lambda now: now.running == 1)
        for _ in range(3):
            wire.drop()
            await consumed(far, Queue.WIPE, is_so=False)
            await consumed(far, Queue.WIPE)
        assert len(seen) == 1  # its place is still taken
        holding.may_end.set()
        await holding.wait_until(lambda now: now.ended == 2)
    assert [delivery.redelivered for delivery in seen] == [False, True]
    assert holding.most == 1
    assert holding.cancelled == 0
    assert await far.depth(Queue.WIPE) == 0


async def test_publishing_while_the_connection_is_lost_raises(far: RabbitBroker, wire: Wire) -> None:
    await far.publish(Queue.WIPE, b"x", "key")
    await wire.cut()
    await linked(far, is_so=False)
    for ask in (far.publish(Queue.WIPE, b"x", "key"), far.depth(Queue.WIPE), far.declare(), far.dead_letters()):
        with pytest.raises(BrokerAway):
            await ask
    await wire.mend()
    await linked(far)
    await far.publish(Queue.WIPE, b"x", "key")
    assert await far.depth(Queue.WIPE) == 2


async def test_a_connection_that_is_lost_under_way_is_no_cancellation(far: RabbitBroker, wire: Wire) -> None:
    await far.publish(Queue.WIPE, b"x", "key")
    wire.silence()
    publishing = [asyncio.create_task(far.publish(Queue.WIPE, b"x", "key")) for _ in range(5)]
    await asyncio.sleep(0)
    wire.drop()
    done, _ = await asyncio.wait(publishing, timeout=SECONDS)
    assert len(done) == 5
    assert [type(task.exception()) for task in done] == [BrokerAway] * 5


async def test_a_service_that_starts_outlasts_lost_connections(far: RabbitBroker, wire: Wire) -> None:
    wire.silence()
    declaring = asyncio.create_task(declared(far))
    await asyncio.sleep(0)
    wire.drop()
    wire.sound()
    async with asyncio.timeout(SECONDS):
        await declaring


async def test_a_broker_that_is_silent_is_told_in_time(
    far: RabbitBroker, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await far.publish(Queue.WIPE, b"x", "key")
    monkeypatch.setattr(module, "PUBLISH_SECONDS", 0.2)
    wire.silence()
    with pytest.raises(BrokerAway, match="didn't answer within"):
        async with asyncio.timeout(10):
            await far.publish(Queue.WIPE, b"x", "key")
    wire.sound()
    monkeypatch.undo()
    await far.publish(Queue.WIPE, b"x", "key")
    assert await far.depth(Queue.WIPE) == 3


async def test_a_lost_heartbeat_is_no_cancellation_and_all_goes_on(wire: Wire, exchange: str) -> None:
    url = str(URL(wire.url).update_query(heartbeat=1))
    async with connect(url, exchange) as broker:
        await broker.declare()
        received = Received()
        async with broker.consume(Queue.WIPE, 1, received):
            await broker.publish(Queue.WIPE, b"x", "1")
            await received.wait_for(1)
            wire.silence()
            with pytest.raises(BrokerAway, match="lost"):
                async with asyncio.timeout(SECONDS):
                    await broker.publish(Queue.WIPE, b"x", "2")
            assert not broker.connected
            wire.sound()
            await consumed(broker, Queue.WIPE)
            await broker.publish(Queue.WIPE, b"x", "3")
            await received.wait_for(3)
    assert {delivery.key for delivery in received.deliveries} == {"1", "2", "3"}


async def test_closing_ends_though_the_broker_is_silent(
    rabbitmq: Rabbitmq, exchange: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consuming, "CLOSE_SECONDS", 0.2)
    monkeypatch.setattr(connecting, "CLOSE_SECONDS", 0.2)
    async with wired(rabbitmq.url) as wire, asyncio.timeout(10), connect(wire.url, exchange) as broker:
        await broker.declare()
        async with broker.consume(Queue.WIPE, 1, Received(), grace=0.1):
            await consumed(broker, Queue.WIPE)
            wire.silence()


async def test_it_waits_for_a_broker_without_telling_its_password(rabbitmq: Rabbitmq, exchange: str) -> None:
    async with wired(rabbitmq.url) as wire:
        await wire.cut()
        with capture_logs() as logs:
            waiting = asyncio.create_task(connected(wire.url, exchange))
            async with asyncio.timeout(SECONDS):
                while len(logs) < 3:  # noqa: ASYNC110 logs have no event
                    await asyncio.sleep(0.01)
            await wire.mend()
            await waiting
        assert [entry["attempt"] for entry in logs[:3]] == [1, 2, 3]
        assert "guest" not in str(logs)


async def connected(url: str, exchange: str) -> None:
    async with asyncio.timeout(SECONDS), connect(url, exchange) as broker:
        await broker.declare()


async def test_a_wrong_password_is_not_told(rabbitmq: Rabbitmq, exchange: str) -> None:
    url = str(URL(rabbitmq.url).with_password("s3cret%/x"))
    with capture_logs() as logs, pytest.raises(TimeoutError):
        async with asyncio.timeout(1.5), connect(url, exchange):
            pass
    assert logs
    assert "s3cret" not in str(logs)
    left = [
        one for one in gc.get_objects() if isinstance(one, aio_pika.Connection) and "s3cret" in str(one.url.password)
    ]
    assert all(one.is_closed for one in left), "each would close itself as garbage, maybe where no loop runs"


@pytest.mark.parametrize("url", ["", "localhost", "http://user:s3cret@host", "amqp://", "amqp://host:s3cret"])
async def test_what_is_no_url_of_a_broker_is_told(url: str) -> None:
    with pytest.raises(UserError, match="RABBIT_URL") as told:
        async with connect(url, "exchange"):
            pass
    assert "s3cret" not in str(told.value)


async def test_everything_goes_on_after_a_restart(own_rabbitmq: OwnRabbitmq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "LONGEST_DELAY", 0.2)
    async with connect(own_rabbitmq.url, "restarted") as broker:
        await broker.declare()
        holding, received = Holding(), Received()
        async with broker.consume(Queue.CHECK_ITEMS, 2, holding), broker.consume(Queue.WIPE, 1, received):
            for number in range(3):
                await broker.publish(Queue.CHECK_ITEMS, b"x", str(number))
            await holding.wait_until(lambda now: now.running == 2)
            await own_rabbitmq.stop()
            await consumed(broker, Queue.WIPE, is_so=False)
            assert not broker.connected
            with pytest.raises(BrokerAway):
                await broker.publish(Queue.WIPE, b"x", "key")
            holding.may_end.set()
            await own_rabbitmq.start()
            await consumed(broker, Queue.WIPE)
            await broker.publish(Queue.WIPE, b"x", "key")
            await received.wait_for(1)
            # The two that could not be acknowledged come again, and the third one for the first time.
            await holding.wait_until(lambda now: now.ended == 5)
        assert await broker.depth(Queue.CHECK_ITEMS) == 0
