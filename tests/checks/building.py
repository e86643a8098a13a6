"""Makes what the checks are tested with: releases, reference data, and releases with anything anywhere in them."""

import copy
from datetime import date
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from checks.codelists import Codelists
from checks.money import Rates
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.values import Json

KEYS: Final = ("id", "date", "name", "roles", "status", "value", "amount", "currency", "awardID", "tender", "documents")
TELLING: Final[tuple[Json, ...]] = (
    "",
    "1",
    "nan",
    "1e999",
    "2019-02-30",
    "2019-02-03",
    "2019-02-03T04:05:06Z",
    "2019-02-03T04:05:06",
    "9999-12-31T24:00:00",
    "0001-01-01T00:00:00+14:00",
    "USD",
    "EUR",
    "pending",
    "direct",
    "supplier",
    1e308,
    -1e308,
    2**63,
)
"""Values that checks look for, or that have broken them."""


@cache
def reference_data() -> ReferenceData:
    """Give small reference data: 2 currencies on one day, one entry or two in each codelist."""
    return ReferenceData(
        codelists=Codelists(
            ocid_prefixes=frozenset({"ocds-213czf", "ocds-b5fd17"}),
            identifier_schemes=frozenset({"GB-COH", "GB-LAC"}),
            languages=frozenset({"en", "es"}),
            media_types=frozenset({"application/pdf", "text/csv"}),
            document_types={"tenderNotice": frozenset({"tender"}), "awardNotice": frozenset({"award"})},
            sources={},
        ),
        rates=Rates([(date(2019, 1, 1), {"EUR": 1, "USD": 1.25, "GBP": 0.8})]),
        today=date(2026, 1, 1).toordinal(),
    )


def release(**fields: Json) -> Release:
    """Make a release of these fields."""
    return Release(fields, 1, reference_data())


def json_values() -> st.SearchStrategy[Json]:
    """Any JSON value; many of them such as checks look for."""
    return st.recursive(
        st.sampled_from(TELLING)
        | st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**64 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=12),
        lambda values: (
            st.lists(values, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), values)
        ),
        max_leaves=8,
    )


@st.composite
def with_anything_anywhere(draw: st.DrawFn, example: dict[str, Any]) -> dict[str, Any]:
    """Copies of a release in which up to 4 values are replaced by any JSON value, put into a list, or repeated."""
    changed = copy.deepcopy(example)
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(changed))
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        old = container[key]
        container[key] = draw(json_values() | st.just([old]) | st.just([[old]]) | st.just([old, old]))
    return changed


def _places(value: Json) -> list[tuple[Any, Any]]:
    """List where a value can be replaced: each container, with each of its keys or positions."""
    places: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        places.append((value, key))
        places.extend(_places(value[key]))
    return places
