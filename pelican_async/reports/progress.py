"""Shows on a terminal how far a run is; shows nothing anywhere else."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class RunProgress:
    """A progress bar with the rate and the time left, for a `with` block; it is gone when the block ends.

    The bar goes by bytes read; without a total there is no percentage and no time left.
    """

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
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

    def update(self, done: int, total: int | None, releases: int) -> None:
        """Say how far it is: `done` of `total` bytes are read (`None`: unknown), so many releases are checked."""
        if self._bar.disable:
            return
        elapsed = time.monotonic() - self._started
        rate = releases / elapsed if elapsed else 0.0
        self._bar.update(self._task, completed=done, total=total, releases=releases, rate=rate)

    def stage(self, description: str) -> None:
        """Say what is done now, in a word or two: "Checking", "Merging"."""
        if not self._bar.disable:
            self._bar.update(self._task, description=description)
