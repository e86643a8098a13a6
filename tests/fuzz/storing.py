"""What is stored of any releases is JSON that a database takes, and says what the checks said."""

import json
from collections.abc import Collection, Mapping
from typing import Any

import orjson

from checks.fields import TREE, rows
from checks.stored import Stored
from checks.values import Json
from pelican_async.reports.examples import quote
from pelican_async.reports.stored import shown, stored_reports
from pelican_async.sources.storable import storable
from tests.fuzz.releases import items_in, mapper, mutate, seeds

__all__ = ["examine", "mutate", "seeds"]


class Known:
    """The releases, as a database gives them."""

    def __init__(self, releases: Mapping[int, dict[str, Json]]) -> None:
        self._releases = releases

    def releases(self, items: Collection[int]) -> Mapping[int, dict[str, Json]]:
        """Give the releases of items."""
        return {item: self._releases[item] for item in items}


def examine(data: bytes) -> None:
    """Store the releases in a JSON text and what is said of them, and read it back."""
    items = [(item, _taken(storable(release))) for item, release in items_in(data)]
    mapped = mapper().map(items)
    for (_, release), stored in zip(items, mapped.stored, strict=True):
        _is_read_back(release, stored)
    quotations = quote(
        shown(mapped.partial, quality=True), mapper().sampling, mapper().reference_data, Known(dict(items))
    )
    reports = stored_reports(mapped.partial, quotations, quality=True)
    for part in (reports.fields, reports.checks, reports.field_examples, reports.check_examples):
        _taken(storable(part))
    for name, report in reports.checks.items():
        assert report["total_count"] == len(items), name


def _taken(text: bytes) -> Any:  # noqa: ANN401 any JSON
    """Read a text as strictly as a database."""
    value = orjson.loads(text)
    assert "\0" not in json.dumps(value, ensure_ascii=False)
    return value


def _is_read_back(release: dict[str, Json], stored: Stored) -> None:
    """Read the digits of the stored form, and hold them against what the readable code says."""
    digits: dict[str, str] = orjson.loads(stored.fields)
    mapper().quality.guarded = True
    expected = rows(release, mapper().quality)
    mapper().quality.guarded = False
    for node, text in digits.items():
        width = len(TREE[int(node)].fields)
        assert [text[start : start + width] for start in range(0, len(text), width)] == expected.pop(int(node))
    assert not expected
    for applications, passes, *meta in _taken(stored.checks.encode()).values():
        assert 0 <= passes <= applications
        assert (passes < applications) == bool(meta)
