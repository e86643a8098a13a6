"""Shows on a terminal how far a run is, and what it found so far; shows nothing anywhere else."""

import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Final, Self

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pelican_async.reports.numbers import counted, percent
from pelican_async.reports.problems import Problem
from pelican_async.reports.visible import visible

EVERY: Final = 1.0
"""After so many seconds it is looked again what is found: that takes milliseconds, in which nothing is read."""
SHOWN: Final = 5


class _Bar(Progress):
    """A progress bar, and what is shown below it."""

    below: RenderableType | None = None

    def get_renderables(self) -> Iterable[RenderableType]:
        """Give what is shown."""
        yield from super().get_renderables()
        if self.below is not None:
            yield self.below


class RunProgress:
    """A progress bar with the rate and the time left, for a `with` block; it is gone when the block ends.

    The bar goes by bytes read; without a total there is no percentage and no time left. Below it stands which checks
    fail most often, from the first releases on.
    """

    def __init__(self, console: Console) -> None:
        self._bar = _Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[releases]:,} releases, {task.fields[rate]:,.0f}/s"),
            TextColumn("time left"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._started = time.monotonic()
        self._looked: float | None = None
        self._task = self._bar.add_task("Checking", total=None, releases=0, rate=0.0)

    def __enter__(self) -> Self:
        """Begin to show it."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away."""
        self._bar.stop()

    def update(self, done: int, total: int | None, releases: int, found: Callable[[], Sequence[Problem]]) -> None:
        """Say how far it is: `done` of `total` bytes are read (`None`: unknown), so many releases are checked.

        `found` is asked, now and then, what fails in them.
        """
        if self._bar.disable:
            return
        now = time.monotonic()
        elapsed = now - self._started
        rate = releases / elapsed if elapsed else 0.0
        if releases and (self._looked is None or now - self._looked >= EVERY):
            self._bar.below = _shown(found(), releases)
            self._looked = now
        self._bar.update(self._task, completed=done, total=total, releases=releases, rate=rate)

    def stage(self, description: str) -> None:
        """Say what is done now, in a word or two: "Checking", "Merging"."""
        if not self._bar.disable:
            self._bar.update(self._task, description=description)


def _shown(found: Sequence[Problem], releases: int) -> RenderableType | None:
    if not found:
        return None
    grid = Table.grid(padding=(0, 2, 0, 0))
    for problem in found[:SHOWN]:
        share = Text(percent(problem.failed, problem.total), style="bold red", justify="right")
        title = Text(visible(problem.check.title), no_wrap=True, overflow="ellipsis")
        grid.add_row(share, f"of {problem.noun}", title)
    more = f"; {counted(len(found) - SHOWN, 'other check')} failed, too" if len(found) > SHOWN else ""
    return Group(Text(f"What fails most, in {counted(releases, 'release')} so far{more}:"), grid)
