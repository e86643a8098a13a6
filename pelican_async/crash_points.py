"""Names the places between two effects, so that tests can end the process right there, as a power cut would."""

import os
import signal
from enum import StrEnum
from typing import Final


class CrashPoint(StrEnum):
    """A place between two effects."""

    DATASET_MADE = "dataset made"
    """A dataset is committed; its message is not acknowledged."""
    BEFORE_COMMIT = "before commit"
    """A page of items, the results of a batch or a deletion is written, with all that follows; it is not committed."""
    BETWEEN_PAGES = "between pages"
    """A page of items is committed; the next isn't written."""
    BEFORE_COMPLETE = "before complete"
    """All pages are committed; that extraction is complete isn't."""
    BEFORE_RESULTS = "before results"
    """A batch is checked; its results are not committed."""
    RESULTS_STORED = "results stored"
    """A batch's results are committed; its message is not acknowledged."""
    STAGE_ASKED_FOR = "stage asked for"
    """A long stage is committed as due; the message that asked for it is not acknowledged."""
    LEASE_TAKEN = "lease taken"
    """A lease is committed; nothing is done with it."""
    BEFORE_STAGE_DONE = "before stage done"
    """A long stage is computed; its results are not committed."""
    STAGE_DONE = "stage done"
    """The results of a long stage, or all of an extraction, are committed; its messages are not sent."""
    WIPED = "wiped"
    """A dataset is deleted; the message that asked for it is not acknowledged."""
    PUBLISHED = "published"
    """A message is confirmed by the broker; it is not deleted from the outbox."""


VARIABLE: Final = "PELICAN_CRASH_POINT"
"""Set in tests alone, to `name` or `name@stage`."""
_WANTED: Final = os.environ.get(VARIABLE)


def reached(point: CrashPoint, stage: str = "") -> None:
    """Crash here, if a test wants it."""
    if _WANTED is not None and _WANTED in {point, f"{point}@{stage}"}:
        os.kill(os.getpid(), signal.SIGKILL)
