"""What goes wrong, and when: a script that a seed makes."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from pelican_async.crash_points import CrashPoint

T = TypeVar("T")
REPLICAS: Final = 2
OVERLAP: Final = 0.3
"""So many faults begin while the one before lasts."""


class Kind(StrEnum):
    """A kind of fault."""

    KILL_REPLICA = "kill -9 a replica"
    KILL_POOL_PROCESS = "kill -9 a process of a replica's pools"
    HANG_POOL_PROCESS = "let a process of a replica's pools stand still"
    STOP_REPLICA = "SIGTERM to a replica"
    FREEZE_REPLICA = "freeze a replica"
    CRASH_POINT = "start a replica anew, to crash at a named place"
    RESTART_POSTGRESQL = "restart PostgreSQL"
    KILL_POSTGRESQL = "kill -9 PostgreSQL, and start it again"
    FREEZE_POSTGRESQL = "freeze PostgreSQL"
    END_CONNECTIONS = "end the connections to PostgreSQL by its own command"
    CUT_POSTGRESQL = "cut a replica's connections to PostgreSQL"
    SILENCE_POSTGRESQL = "let nothing pass from PostgreSQL to a replica"
    FULL_DISK = "let the disk of the datasets be full"
    RESTART_RABBITMQ = "restart RabbitMQ"
    KILL_RABBITMQ = "kill -9 RabbitMQ, and start it again"
    FREEZE_RABBITMQ = "freeze RabbitMQ"
    ALARM_RABBITMQ = "let RabbitMQ be short of memory"
    CUT_RABBITMQ = "cut a replica's connection to RabbitMQ"
    SILENCE_RABBITMQ = "let nothing pass from RabbitMQ to a replica"
    DUPLICATES = "messages of every queue come again"
    GARBAGE = "garbage on every queue"


LASTS: Final[dict[Kind, tuple[float, float]]] = {
    Kind.FREEZE_REPLICA: (3.0, 9.0),
    Kind.HANG_POOL_PROCESS: (5.0, 9.0),
    Kind.FREEZE_POSTGRESQL: (3.0, 8.0),
    Kind.FULL_DISK: (3.0, 8.0),
    Kind.ALARM_RABBITMQ: (3.0, 8.0),
    Kind.FREEZE_RABBITMQ: (7.0, 9.0),
    Kind.CUT_POSTGRESQL: (0.0, 4.0),
    Kind.CUT_RABBITMQ: (0.0, 4.0),
    Kind.SILENCE_POSTGRESQL: (3.0, 8.0),
    Kind.SILENCE_RABBITMQ: (7.0, 9.0),
}
"""From so many seconds to so many: leases run out after 2, batches after 4, connections to RabbitMQ after about 6."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: so many seconds after the one before began (or ended, unless both overlap)."""

    number: int
    kind: Kind
    pause: float
    overlaps: bool
    replica: int
    seconds: float
    point: CrashPoint
    seed: int

    def __str__(self) -> str:
        """Say what it is."""
        told = f"{self.number}. {self.kind}"
        if "replica" in self.kind:
            told += f" ({self.replica})"
        if self.kind is Kind.CRASH_POINT:
            told += f": {self.point}"
        if self.seconds:
            told += f", for {self.seconds:.1f} s"
        return told


def script(seed: int, count: int) -> Sequence[Fault]:
    """Make a script of so many faults: each kind comes once before any comes again."""
    chance = random.Random(seed)
    kinds = _in_turn(chance, list(Kind))
    points = _in_turn(chance, list(CrashPoint))
    faults = []
    for number in range(1, count + 1):
        kind = kinds()
        faults.append(
            Fault(
                number=number,
                kind=kind,
                pause=chance.uniform(0.1, 2.0),
                overlaps=chance.random() < OVERLAP,
                replica=chance.randrange(REPLICAS),
                seconds=chance.uniform(*LASTS[kind]) if kind in LASTS else 0.0,
                point=points() if kind is Kind.CRASH_POINT else CrashPoint.PUBLISHED,
                seed=chance.randrange(2**32),
            )
        )
    return faults


def _in_turn(chance: random.Random, all_of_them: list[T]) -> Callable[[], T]:
    """Deal cards of which there is one each, and shuffle anew when all are dealt."""
    left: list[T] = []

    def deal() -> T:
        if not left:
            left.extend(chance.sample(all_of_them, len(all_of_them)))
        return left.pop()

    return deal
