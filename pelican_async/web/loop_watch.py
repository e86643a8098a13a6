"""Watches the event loop: how long it ever stood still, and whether it turns."""

import time
from typing import Final

import anyio

from pelican_async.web.metrics import LOOP_STALL

EVERY: Final = 0.05
"""So many seconds pass between two looks."""


async def watch_loop() -> None:
    """Note the longest stall, until cancelled."""
    longest = 0.0
    while True:
        before = time.perf_counter()
        await anyio.sleep(EVERY)
        stall = time.perf_counter() - before - EVERY
        if stall > longest:
            longest = stall
            LOOP_STALL.set(longest)
