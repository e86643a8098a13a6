"""The outbox: messages are written in the transaction that they follow from, and sent afterwards."""

from dataclasses import dataclass

from pydantic import BaseModel

from pelican_async.database.connecting import Connection
from pelican_async.messages import Queue


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send; `number` is the same for every attempt."""

    number: int
    dataset_id: int
    queue: Queue
    body: bytes


async def put(connection: Connection, dataset_id: int, queue: Queue, *messages: BaseModel) -> None:
    """Have messages sent once the transaction is committed."""
    await connection.execute(
        "insert into outbox (dataset_id, queue, body) select $1, $2, body from unnest($3::text[]) as body",
        dataset_id,
        queue,
        [message.model_dump_json() for message in messages],
    )


async def take(connection: Connection, count: int) -> list[Outgoing]:
    """Take the oldest messages that nobody else is sending, in a transaction that ends when they are sent."""
    rows = await connection.fetch(
        """delete from outbox where id in (select id from outbox order by id limit $1 for update skip locked)
        returning id, dataset_id, queue, body""",
        count,
    )
    messages = [Outgoing(row["id"], row["dataset_id"], Queue(row["queue"]), row["body"].encode()) for row in rows]
    return sorted(messages, key=lambda message: message.number)


async def length(connection: Connection) -> int:
    """Give how many messages wait to be sent."""
    count: int = await connection.fetchval("select count(*) from outbox")
    return count
