"""Finds those items of a dataset that match a filter."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import astuple, dataclass
from typing import Final

from checks.values import Json
from pelican_async.database.connecting import Connection
from pelican_async.errors import UserError
from pelican_async.sources.pages import Page
from pelican_async.sources.paging import paged

_MATCHING: Final = """
    select item_id as id, data
    from progress_monitor_item as item
    cross join lateral (
        -- The offset keeps this a look-up for each item in turn, so that releases are never sorted.
        select data from data_item
        where data_item.id = item_id
            and ($3::text is null or data ->> 'date' >= $3 collate "C")
            and ($4::text is null or data ->> 'date' <= $4 collate "C")
            and ($5::text[] is null or data -> 'buyer' ->> 'name' = any ($5))
            and ($6::text is null or data -> 'buyer' ->> 'name' ilike $6)
            and ($7::text[] is null or data -> 'tender' -> 'procuringEntity' ->> 'name' = any ($7))
            and ($8::text is null or data -> 'tender' -> 'procuringEntity' ->> 'name' ilike $8)
        offset 0
    ) as matching
    where item.dataset_id = $1 and item_id > $2
    order by item_id"""


class WrongFilterError(UserError):
    """A filter that can't be understood. Its text is the reason, for people."""


@dataclass(frozen=True, slots=True)
class Filter:
    r"""What a release must have, all of it; `None` is no condition. A value that is missing there never matches.

    The dates are compared with `date` as texts, by code point, and included. A name (`buyer.name`,
    `tender.procuringEntity.name`) must be one of a list, which may be empty, and match a pattern of SQL's `ILIKE`: `%`
    stands for any text, `_` for any character, `\` takes their meaning from what follows it, and upper and lower case
    are the same. A pattern is about the whole name.
    """

    date_from: str | None = None
    date_to: str | None = None
    buyers: tuple[str, ...] | None = None
    buyer_pattern: str | None = None
    procuring_entities: tuple[str, ...] | None = None
    procuring_entity_pattern: str | None = None


def conditions(filter_message: Json) -> Filter:
    """Read a filter as messages have it; keys that aren't known are ignored.

    `release_date_from`, `release_date_to`, `buyer_regex` and `procuring_entity_regex` are texts, `buyer` and
    `procuring_entity` lists of texts. Raises `WrongFilterError` if it isn't so, or isn't an object, or is empty.

    >>> conditions({"release_date_from": "2020-02", "buyer_regex": "%ministry%"}).buyer_pattern
    '%ministry%'
    """
    if not isinstance(filter_message, dict):
        raise WrongFilterError("The filter isn't an object.")
    if not filter_message:
        raise WrongFilterError("The filter is empty: it must say what releases shall have.")
    return Filter(
        date_from=_text(filter_message, "release_date_from"),
        date_to=_text(filter_message, "release_date_to"),
        buyers=_texts(filter_message, "buyer"),
        buyer_pattern=_pattern(filter_message, "buyer_regex"),
        procuring_entities=_texts(filter_message, "procuring_entity"),
        procuring_entity_pattern=_pattern(filter_message, "procuring_entity_regex"),
    )


def filtered_pages(
    connection: Connection, dataset_id: int, matching: Filter, *, after: int = 0, page_size: int
) -> AsyncGenerator[Page]:
    """Give the releases of a dataset that match, in the order of its items' ids, from after the id `after`.

    A page has at most `page_size` of them; its `last_id` is that of an item of this dataset. All pages show the same
    moment. They are read as they are asked for, in a transaction that the connection is in until the iterator is
    closed: use it for nothing else meanwhile.
    """
    return paged(connection, _MATCHING, dataset_id, after, *astuple(matching), page_size=page_size)


def _text(message: Mapping[str, Json], key: str) -> str | None:
    return _checked(message[key], f"The filter's {key} isn't a text.") if key in message else None


def _texts(message: Mapping[str, Json], key: str) -> tuple[str, ...] | None:
    if key not in message:
        return None
    reason = f"The filter's {key} isn't a list of texts."
    if not isinstance(message[key], list):
        raise WrongFilterError(reason)
    return tuple(_checked(entry, reason) for entry in message[key])


def _pattern(message: Mapping[str, Json], key: str) -> str | None:
    pattern = _text(message, key)
    if pattern is not None and (len(pattern) - len(pattern.rstrip("\\"))) % 2:
        raise WrongFilterError(f"The filter's {key} ends with a backslash, which says how to take what follows it.")
    return pattern


def _checked(value: Json, reason: str) -> str:
    if not isinstance(value, str):
        raise WrongFilterError(reason)
    if "\0" in value:
        raise WrongFilterError("The filter has a NUL character in a text, which no database stores.")
    return value
