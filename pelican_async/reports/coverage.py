"""What of the coverage of fields a summary says: the sections of a release, and the gaps that matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pelican_async.reports.report import FieldReport, Report

KEY_FIELDS: Final = (
    "ocid",
    "date",
    "buyer.id",
    "buyer.name",
    "parties.id",
    "parties.name",
    "parties.roles",
    "tender.id",
    "tender.title",
    "tender.status",
    "tender.procurementMethod",
    "tender.mainProcurementCategory",
    "tender.value.amount",
    "tender.value.currency",
    "tender.tenderPeriod.startDate",
    "tender.tenderPeriod.endDate",
    "tender.items.classification.id",
    "awards.id",
    "awards.date",
    "awards.status",
    "awards.value.amount",
    "awards.value.currency",
    "awards.suppliers.id",
    "awards.suppliers.name",
    "contracts.id",
    "contracts.awardID",
    "contracts.status",
    "contracts.dateSigned",
    "contracts.value.amount",
    "contracts.value.currency",
    "contracts.period.startDate",
)
"""Without these, who buys what from whom, when and for how much can't be answered."""
THE_RELEASE: Final = "(release)"
"""Stands for the section of the fields at the top of a release that have none below them."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the release: in how many of `total` releases it is filled, and how many of its fields are ever used."""

    name: str
    filled: int
    total: int
    fields_used: int
    fields: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is often not there: `share` (0 to 1) of where it could be in its section has it."""

    path: str
    share: float


@dataclass(frozen=True, slots=True)
class Emptiness:
    """A field that is there but has nothing in it: so many times, of so many where it is there; what it mostly is."""

    path: str
    empty: int
    there: int
    kind: str


def sections(report: Report) -> list[Section]:
    """Give the sections of a release, in the order of its fields."""
    names = dict.fromkeys(_section(field.path) for field in report.fields)
    with_fields = {field.path.partition(".")[0] for field in report.fields if "." in field.path}
    alone = [field for field in report.fields if "." not in field.path and field.path not in with_fields]
    first = Section(
        THE_RELEASE, report.counts.checked, report.counts.checked, sum(1 for field in alone if field.filled), len(alone)
    )
    return [first, *(_make_section(name, report.fields) for name in names if name in with_fields)]


def _section(path: str) -> str:
    return path.partition(".")[0]


def _make_section(name: str, fields: Sequence[FieldReport]) -> Section:
    inside = [field for field in fields if field.path.startswith(f"{name}.")]
    root = next(field for field in fields if field.path == name)
    return Section(name, root.filled, root.total, sum(1 for field in inside if field.filled), len(inside))


def gaps(report: Report) -> list[Gap]:
    """Give the key fields that aren't always filled, those that are missing most first.

    A section that occurs nowhere is not a gap in it. Where a field's parent is missing, so is the field.
    """
    by_path = {field.path: field for field in report.fields}
    found = [
        Gap(path, _share(path, by_path))
        for path in KEY_FIELDS
        if path in by_path and ("." not in path or by_path[_section(path)].filled)
    ]
    return sorted((gap for gap in found if gap.share < 1), key=lambda gap: gap.share)


def _share(path: str, by_path: Mapping[str, FieldReport]) -> float:
    """Give how often a field is there, of where its section is: the shares on the way, multiplied."""
    field = by_path[path]
    own = field.filled / field.total if field.total else 0.0
    parent = path.rpartition(".")[0]
    return own * _share(parent, by_path) if "." in parent else own


def emptiness(report: Report) -> list[Emptiness]:
    """Give the fields with empty values, those that are empty most often first."""
    found = [
        Emptiness(field.path, empty, empty + field.filled, max(field.empty, key=lambda kind: field.empty[kind]))
        for field in report.fields
        if (empty := sum(field.empty.values()))
    ]
    return sorted(found, key=lambda entry: (-entry.empty, entry.path))
