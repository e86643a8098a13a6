"""Counts the replicas that check items, so that each dataset announces enough for all of them, and not much more."""

from dataclasses import dataclass
from typing import Final

import anyio
import structlog

from pelican_async.broker.protocol import Broker, BrokerAway
from pelican_async.database.announcing import Window
from pelican_async.messages import Queue
from pelican_async.settings import Settings
from pelican_async.stages.gathering import AHEAD

EVERY: Final = 5.0
"""So many seconds pass between two counts."""
log = structlog.get_logger()


@dataclass(slots=True)
class Replicas:
    """How many there are, this one included, as far as is known."""

    count: int = 1

    def window(self, settings: Settings) -> Window:
        """Say how much of a dataset is announced at a time: what all replicas hold, if they have these settings."""
        batches = self.count * AHEAD * settings.prefetch_count
        return Window(batches * settings.extractor_max_batch_size, settings.extractor_max_batch_size)

    async def keep_counting(self, broker: Broker) -> None:
        """Count them, until cancelled. While the broker is away, their number stays as it was."""
        while True:
            try:
                self.count = max(1, await broker.consumers(Queue.CHECK_ITEMS))
            except BrokerAway as error:
                log.debug("replicas can't be counted", why=str(error))
            await anyio.sleep(EVERY)
