"""Puts a finding about a whole collection, or an example, into as few words as a line has room for."""

from collections.abc import Mapping
from typing import Final

from checks.values import Json
from pelican_async.reports.findings import Finding
from pelican_async.reports.numbers import percent
from pelican_async.reports.report import Example
from pelican_async.reports.visible import cut, value, visible

MOST_ROWS: Final = 5
LONGEST_LABEL: Final = 30
LONGEST_VALUE: Final = 80


def said(finding: Finding) -> str:
    """Say what was found: the finding's sentence, and the first rows of its chart with their shares."""
    rows = [row for chart in finding.charts[:1] for row in chart.rows if row.share]
    named = [f"{visible(cut(row.label, LONGEST_LABEL))} {percent(row.share or 0, 1)}" for row in rows[:MOST_ROWS]]
    more = f" and {len(rows) - MOST_ROWS:,} more" if len(rows) > MOST_ROWS else ""
    sentence = visible(finding.sentence)
    return f"{sentence.removesuffix('.')}: {', '.join(named)}{more}" if named else sentence


def example_parts(found: Example) -> list[str]:
    """Give an example's ocid, path and value, each with what it is in front, and its reason: those that it has."""
    parts = [f"ocid {found.ocid or '-'}"]
    if found.path:
        parts.append(f"path {found.path}")
    if found.value is not None:
        parts.append(f"value {value(found.value, LONGEST_VALUE)}")
    return [*parts, found.reason] if found.reason else parts


def pair_parts(meta: Mapping[str, Json]) -> list[str]:
    """Give the ocid of the first pair that a time-based check fails, if there is one."""
    examples = meta.get("examples")
    return [f"ocid {examples[0].get('ocid')}"] if examples else []
