"""The outbox: messages are written in the transaction that they follow from, and sent afterwards."""

from dataclasses import dataclass
from typing import Final

import orjson
from pydantic import BaseModel

from pelican_async.database.connecting import Connection
from pelican_async.messages import Queue

DEAD_LETTER: Final = "dead_letter"
"""What the table has as the queue of a dead letter; its body says the rest."""
COUNTED: Final = 100_000
"""So many waiting messages are told apart from more: whoever watches must not take long."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send; `key` is the same for every attempt.

    If it has a `reason`, it is a dead letter, as if it had come by its queue.
    """

    number: int
    dataset_id: int
    queue: Queue
    body: bytes
    key: str
    reason: str | None = None


async def put(connection: Connection, dataset_id: int, queue: Queue, *messages: BaseModel) -> None:
    """Have messages sent once the transaction is committed."""
    await connection.execute(
        "insert into outbox (dataset_id, queue, body) select $1, $2, body from unnest($3::text[]) as body",
        dataset_id,
        queue,
        [message.model_dump_json() for message in messages],
    )


async def bury(  # noqa: PLR0913
    connection: Connection, dataset_id: int, queue: Queue, message: BaseModel, *, key: str, reason: str
) -> None:
    """Have a message put among the dead letters once the transaction is committed."""
    letter = {"queue": queue, "body": message.model_dump_json(), "key": key, "reason": reason}
    await connection.execute(
        "insert into outbox (dataset_id, queue, body) values ($1, $2, $3)",
        dataset_id,
        DEAD_LETTER,
        orjson.dumps(letter).decode(),
    )


async def take(connection: Connection, count: int) -> list[Outgoing]:
    """Take the oldest messages that nobody else is sending, in a transaction that ends when they are sent."""
    rows = await connection.fetch(
        """delete from outbox where id in (select id from outbox order by id limit $1 for update skip locked)
        returning id, dataset_id, queue, body""",
        count,
    )
    return sorted((_outgoing(*row) for row in rows), key=lambda message: message.number)


def _outgoing(number: int, dataset_id: int, queue: str, body: str) -> Outgoing:
    if queue != DEAD_LETTER:
        return Outgoing(number, dataset_id, Queue(queue), body.encode(), f"outbox-{number}")
    letter = orjson.loads(body)
    body = letter["body"]
    return Outgoing(number, dataset_id, Queue(letter["queue"]), body.encode(), letter["key"], letter["reason"])


async def length(connection: Connection) -> int:
    """Give how many messages wait to be sent; `COUNTED`, if that many or more do."""
    count: int = await connection.fetchval("select count(*) from (select from outbox limit $1) as waiting", COUNTED)
    return count
