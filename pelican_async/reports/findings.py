"""Says in a sentence what a dataset-level or time-based check found. What publishers wrote comes out safe to show."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from checks.values import Json
from pelican_async.reports.numbers import count, counted, percent
from pelican_async.reports.visible import cut, value, visible

MOST_CODES: Final = 6
LONGEST: Final = 60
Meta = Mapping[str, Json]


def finding(meta: Meta) -> str:
    """Say what a dataset-level check found, from its meta; empty if that is of an unknown shape."""
    return next((say(meta) for key, say in _SHAPES if key in meta), "")


def example(meta: Meta) -> str:
    """Give one thing that fails or stands out, with its ocid; empty if the meta names none."""
    named = meta.get("failed_examples") or meta.get("examples")
    if not isinstance(named, Sequence) or not named:
        return ""
    return one_example(named[0])


def one_example(found: Meta) -> str:
    """Write an example on one line: its ocid, then what else is said of it."""
    others = [f"{key} {value(found[key], LONGEST)}" for key in found if key not in _LEFT_OUT]
    ocid = found.get("ocid")
    name = f"item {found.get('item_id')}" if ocid is None else visible(str(ocid))
    return f"{name}: {', '.join(others)}" if others else name


_LEFT_OUT: Final = frozenset({"item_id", "ocid", "all_items", "new_item_id"})


def _not_computed(meta: Meta) -> str:
    return f"not computed: {visible(str(meta['reason']))}"


def _totals(meta: Meta) -> str:
    failed, processed = meta["total_failed"], meta["total_processed"]
    return f"{count(failed)} of {count(processed)} fail ({percent(failed, processed)})"


def _repetition(meta: Meta) -> str:
    frequent = meta["most_frequent"][:3]
    named = ", ".join(f"{_code(entry['value_str'])} ({counted(entry['count'], 'time')})" for entry in frequent)
    return f"most frequent of {counted(meta['total_processed'], 'value')}: {named}"


def _buyers(meta: Meta) -> str:
    once, all_buyers = meta["counts"]["1"]["total_unique_count"], meta["total_unique_count"]
    return f"{count(once)} of {counted(all_buyers, 'buyer')} occur once ({percent(once, all_buyers)})"


def _buyer_repetition(meta: Meta) -> str:
    found, total = meta["ocid_count"], meta["total_ocid_count"]
    buyer = _code(meta["specifics"]["buyer.id"])
    return f"the most frequent buyer, {buyer}, is in {count(found)} of {count(total)} ({percent(found, total)})"


def _values(meta: Meta) -> str:
    top, number = meta["sums"]["0_1"], sum(meta["counts"].values())
    share = percent(top, meta["sum"])
    return f"the largest 1 % of {counted(number, 'value')} have {share} of their sum, {count(meta['sum'])} USD"


def _codes(meta: Meta) -> str:
    shares = sorted(meta["shares"].items(), key=lambda pair: (-pair[1]["count"], pair[0]))
    total = sum(entry["count"] for _, entry in shares)
    named = [f"{_code(code)} {percent(entry['count'], total)}" for code, entry in shares[:MOST_CODES]]
    more = len(shares) - len(named)
    return ", ".join(named) + (f" and {counted(more, 'more code')}" if more else "")


def _code(text: Json) -> str:
    return cut(visible(str(text)), 30) or '""'


_SHAPES: Final[Sequence[tuple[str, Callable[[Meta], str]]]] = (
    ("reason", _not_computed),
    ("total_passed", _totals),
    ("most_frequent", _repetition),
    ("total_unique_count", _buyers),
    ("ocid_share", _buyer_repetition),
    ("sums", _values),
    ("shares", _codes),
)
"""What metas of each shape have in common, and how to say them."""
