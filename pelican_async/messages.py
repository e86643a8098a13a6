"""Every message between the stages, and the queue it comes by.

A message is a small JSON object: the work is in the database. Keys that aren't known are ignored, so messages that were
queued for other versions stay valid.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

MAX_BYTES: Final = 1_000_000
"""A longer body is malformed: the largest message has the ids of one batch."""
SHOWN_PROBLEMS: Final = 3


class Queue(StrEnum):
    """The queue of each stage. The value is the end of its name."""

    EXTRACT_KINGFISHER = "ocds_kingfisher_extractor_init"
    EXTRACT_FILTER = "dataset_filter_extractor_init"
    CHECK_ITEMS = "extractor"
    CHECK_DATASET = "contracting_process_checker"
    CHECK_TIME_BASED = "dataset_checker"
    REPORT = "time_variance_checker"
    WIPE = "wiper_init"

    def within(self, exchange: str) -> str:
        """Give the queue's name in the broker, which is its routing key too."""
        return f"{exchange}_{self.value}"


Id = Annotated[int, Field(strict=True, ge=-(2**63), lt=2**63)]
"""What fits the column of an id; which ids there are, the database knows."""
CollectionId = Annotated[int, Field(strict=True, ge=-(2**31), lt=2**31)]
Count = Annotated[int, Field(strict=True, ge=0, lt=2**63)]


class Message(BaseModel):
    """What all messages have in common."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ExtractCollection(Message):
    """Make a dataset of a collection of Kingfisher Process."""

    name: Annotated[str, StringConstraints(strict=True, max_length=255)]
    collection_id: CollectionId
    ancestor_id: Id | None = None
    """The dataset to compare with, if there is one."""
    max_items: Count | None = None
    """So many items at most; None and 0 mean all."""


class ExtractFiltered(Message):
    """Make a dataset of those items of another one that match a filter."""

    dataset_id_original: Id
    filter_message: Annotated[dict[str, Any], Field(min_length=1)]
    """The filter as it was received: it is stored, too."""
    max_items: Count | None = None


class CheckItems(Message):
    """Check a batch of items."""

    dataset_id: Id
    item_ids: list[Id]


class OneDataset(Message):
    """Do what the stage does, to a dataset."""

    dataset_id: Id


MESSAGES: Final[Mapping[Queue, type[Message]]] = {
    Queue.EXTRACT_KINGFISHER: ExtractCollection,
    Queue.EXTRACT_FILTER: ExtractFiltered,
    Queue.CHECK_ITEMS: CheckItems,
    Queue.CHECK_DATASET: OneDataset,
    Queue.CHECK_TIME_BASED: OneDataset,
    Queue.REPORT: OneDataset,
    Queue.WIPE: OneDataset,
}


class Malformed(Exception):  # noqa: N818 what a message is found to be
    """A message that no stage can do anything with. Its text is the reason, for people, and quotes nothing of it."""


def read(queue: Queue, body: bytes) -> Message:
    """Read a message as the queue's stage expects it. Raises `Malformed`."""
    if len(body) > MAX_BYTES:
        raise Malformed(f"It has {len(body):,} bytes: more than {MAX_BYTES:,}.")
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"It isn't JSON ({error}).") from None
    if not isinstance(content, dict):
        raise Malformed("It isn't a JSON object.")
    if b"\\u0000" in body and _has_nul(content):
        raise Malformed("It has a NUL character in a text, which no database stores.")
    try:
        return MESSAGES[queue].model_validate(content)
    except ValidationError as error:
        raise Malformed(_reason(error)) from None


def _has_nul(value: Any) -> bool:  # noqa: ANN401 any JSON
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if "\0" in text:
                return True
            case list() as values:
                waiting += values
            case dict() as members:
                waiting += [*members, *members.values()]
    return False


def _reason(error: ValidationError) -> str:
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in problems[:SHOWN_PROBLEMS]]
    more = len(problems) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "") + "."
