"""Remembers what keeps work from going on, though all that is asked answers: a database whose disk is full, for one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pelican_async.masking import masked_text

FORGOTTEN: Final = 90.0
"""So many seconds after it was met an obstacle counts no more: while it lasts, it is met again before that."""
AGAIN: Final = 2
"""So often in a row must work fail before it is told: what passes at once is no obstacle."""


@dataclass(slots=True)
class _Obstacle:
    said: str
    met: float
    times: int


class Obstacles:
    """What stands in the way of each stage, from its failures in a row to the first time that it succeeds."""

    def __init__(self) -> None:
        self._met: dict[str, _Obstacle] = {}

    def meet(self, stage: str, error: BaseException) -> None:
        """Note that a stage could not do its work, and tries again."""
        before = self._met.get(stage)
        times = before.times + 1 if before is not None and self._lasts(before) else 1
        said = masked_text(str(error)) or type(error).__name__
        self._met[stage] = _Obstacle(said, time.monotonic(), times)

    def passed(self, stage: str) -> None:
        """Note that a stage did its work."""
        self._met.pop(stage, None)

    def now(self) -> Mapping[str, str]:
        """Give what stands in the way of which stage."""
        return {
            stage: obstacle.said
            for stage, obstacle in sorted(self._met.items())
            if obstacle.times >= AGAIN and self._lasts(obstacle)
        }

    @staticmethod
    def _lasts(obstacle: _Obstacle) -> bool:
        return time.monotonic() - obstacle.met < FORGOTTEN
