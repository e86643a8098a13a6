"""Says what the dataset-level checks found, in a sentence, a bar and tables, by the shape of their `meta`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from checks.catalog import Check
from checks.values import Json
from pelican_async.reports.numbers import counted, percent
from pelican_async.reports.report import DatasetCheckReport, Example
from pelican_async.reports.visible import value as written

CODES: Final = 20
EXAMPLES: Final = 10
LONGEST: Final = 120
"""So many characters of a value are shown."""
GROUPS: Final[Mapping[str, str]] = {
    "0_1": "the largest 1 %",
    "1_5": "the next 4 %",
    "5_20": "the next 15 %",
    "20_50": "the next 30 %",
    "50_100": "the smaller half",
}
BUYERS: Final[Mapping[str, str]] = {
    "1": "1 release",
    "2_20": "2 to 20 releases",
    "21_50": "21 to 50 releases",
    "51_100": "51 to 100 releases",
    "100+": "more than 100 releases",
}
PROCESSED: Final[Mapping[str, str]] = {
    "unique.tender_id": "tender ids",
    "reference.related_process_identifier": "references",
    "consistent.related_process_title": "titles",
    "misc.url_availability": "URLs",
}
HEADINGS: Final[Mapping[str, str]] = {
    "related_path": "place",
    "related_ocid": "refers to",
    "related_title": "title there",
    "original_title": "title of that process",
    "tender_id": "tender.id",
    "value": "value",
    "status": "answer",
    "all_items": "releases",
}


class Row(NamedTuple):
    """A row of a table: its heading, its cells, and the share (0 to 1) that its bar shows, if it has one."""

    label: str
    cells: Sequence[str]
    share: float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `headings` are those of the rows' headings and cells; `more` says what was left out, if anything.

    `numeric` tells that the cells are numbers.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Row]
    more: str = ""
    numeric: bool = True

    @property
    def bars(self) -> bool:
        """Whether any row has a bar."""
        return any(row.share is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one dataset-level check found.

    `sentence` says it in words. Of `processed` things (`what` they are) some `failed`; both are 0 if the check doesn't
    count so. `charts` are shown with it, `examples` on demand; `example` is the first of what failed.
    """

    check: Check
    result: bool | None
    sentence: str
    what: str = "values"
    processed: int = 0
    failed: int = 0
    charts: Sequence[Table] = ()
    examples: Sequence[Table] = ()
    example: Example | None = None


def find(report: DatasetCheckReport) -> Finding:
    """Say what a check found."""
    bare = Finding(report.check, report.result, "")
    if report.result is None:
        return replace(bare, sentence=_text(report.meta.get("reason", "")))
    for key, describe in SHAPES.items():
        if key in report.meta:
            return describe(bare, report.meta)
    return replace(bare, charts=[_anything(report.meta)])


def _passing(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    processed, failed = meta["total_processed"], meta["total_failed"]
    what = PROCESSED.get(bare.check.name, "values")
    sentence = f"{processed - failed:,} of {processed:,} {what} pass ({percent(processed - failed, processed)})."
    examples = meta["failed_examples"]
    return replace(
        bare,
        sentence=sentence,
        what=what,
        processed=processed,
        failed=failed,
        examples=[_examples("Examples of what fails", examples)] if examples else [],
        example=_example(examples[0]) if examples else None,
    )


def _example(found: Mapping[str, Json]) -> Example:
    place = "tender.id" if "tender_id" in found else found.get("related_path", "")
    value = next((found[key] for key in ("tender_id", "related_title", "related_ocid", "value") if key in found), None)
    reason = "no release has this ocid"
    if "status" in found:
        reason = _answer(found["status"])
    elif "original_title" in found:
        reason = f"the title of that process is {written(found['original_title'], LONGEST)}"
    elif "all_items" in found:
        reason = f"{counted(len(found['all_items']), 'release')} have this id"
    return Example(found["item_id"], found["ocid"], place, value, reason)


def _answer(status: Json) -> str:
    return "can't be reached" if status == "ERROR" else f"is answered with {status}"


def _examples(caption: str, examples: Sequence[Mapping[str, Json]]) -> Table:
    keys = [key for key in examples[0] if key not in {"item_id", "ocid"}]
    rows = [Row(_ocid(found), [_cell(key, found.get(key)) for key in keys], None) for found in examples[:EXAMPLES]]
    return Table(
        caption,
        ["ocid", *(HEADINGS.get(key, key) for key in keys)],
        rows,
        _more(len(examples), EXAMPLES),
        numeric=False,
    )


def _ocid(found: Mapping[str, Json]) -> str:
    ocid = found.get("ocid")
    return ocid[:LONGEST] if type(ocid) is str and ocid else f"no ocid (release no. {found.get('item_id')})"


def _cell(key: str, value: Json) -> str:
    if key == "status":
        return _answer(value)
    if type(value) is list and all(type(entry) is dict and "item_id" in entry for entry in value):
        more = f" and {len(value) - 3:,} more" if len(value) > 3 else ""  # noqa: PLR2004 as many as are listed
        return ", ".join(_ocid(entry) for entry in value[:3]) + more
    return _text(value)


def _text(value: Json) -> str:
    return value[:LONGEST] if type(value) is str else written(value, LONGEST)


def _more(count: int, shown: int) -> str:
    return f"and {count - shown:,} more" if count > shown else ""


def _codes(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    if "sums" in meta:
        return _groups(bare, meta)
    shares = sorted(meta["shares"].items(), key=lambda pair: (-pair[1]["count"], pair[0]))
    total = sum(found["count"] for _, found in shares)
    rows = [_code(code, found["count"], total) for code, found in shares[:CODES]]
    rest = sum(found["count"] for _, found in shares[CODES:])
    more = f"{_more(len(shares), CODES)}, used {counted(rest, 'time')} ({percent(rest, total)})" if rest else ""
    sentence = f"{counted(len(shares), 'code')}, used {counted(total, 'time')}."
    return replace(
        bare, sentence=sentence, charts=[Table("Codes by how often they are used", ["code", "times"], rows, more)]
    )


def _code(code: str, count: int, total: int) -> Row:
    return Row(code[:LONGEST] or "(an empty string)", [f"{count:,}"], count / total)


def _groups(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    sums, counts, total = meta["sums"], meta["counts"], meta["sum"]
    rows = [
        Row(label, [f"{counts[group]:,}", f"{sums[group]:,}"], sums[group] / total) for group, label in GROUPS.items()
    ]
    sentence = f"The largest 1 % of the values hold {percent(sums['0_1'], total)} of the sum, {total:,} US dollars."
    largest = [found for group in GROUPS for found in meta["examples"][group]][:EXAMPLES]
    columns = ["ocid", "place", "amount", "currency", "US dollars"]
    table = Table("The largest values", columns, [_amount(found) for found in largest], numeric=False)
    return replace(
        bare,
        sentence=sentence,
        charts=[Table("The sum of the values, largest first", ["values", "how many", "US dollars"], rows)],
        examples=[table] if largest else [],
        example=_largest(largest[0]) if largest else None,
    )


def _amount(found: Mapping[str, Json]) -> Row:
    value = found["value"]
    cells = [found["path"], _text(value.get("amount")), _text(value.get("currency")), f"{found['abs_amount']:,}"]
    return Row(_ocid(found), cells, None)


def _largest(found: Mapping[str, Json]) -> Example:
    reason = f"is the largest, {found['abs_amount']:,} US dollars"
    return Example(found["item_id"], found["ocid"], found["path"], found["value"], reason)


def _repetition(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    frequent, total = meta["most_frequent"], meta["total_processed"]
    top = sum(found["count"] for found in frequent[:3])
    sentence = f"The three most frequent amounts are {percent(top, total)} of all {total:,}."
    rows = [
        Row(found["value_str"][:LONGEST], [f"{found['count']:,}", _first(found["examples"])], found["share"])
        for found in frequent
    ]
    return replace(
        bare,
        sentence=sentence,
        charts=[Table("The most frequent amounts", ["amount", "times", "for example"], rows)],
    )


def _first(examples: Sequence[Mapping[str, Json]]) -> str:
    return _ocid(examples[0]) if examples else ""


def _buyers(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    groups, buyers = meta["counts"], meta["total_unique_count"]
    once = groups["1"]["total_unique_count"]
    rows = [
        Row(
            label,
            [f"{groups[group]['total_unique_count']:,}", f"{groups[group]['total_ocid_count']:,}"],
            groups[group]["total_unique_count"] / buyers,
        )
        for group, label in BUYERS.items()
    ]
    return replace(
        bare,
        sentence=f"{once:,} of {buyers:,} buyers ({percent(once, buyers)}) occur in one release only.",
        charts=[Table("Buyers by how many releases they have", ["a buyer has", "buyers", "releases"], rows)],
    )


def _most_frequent_buyer(bare: Finding, meta: Mapping[str, Json]) -> Finding:
    buyer = _text(meta["specifics"]["buyer.id"])
    count, total = meta["ocid_count"], meta["total_ocid_count"]
    rows = [
        Row(buyer, [f"{count:,}"], count / total),
        Row("all others", [f"{total - count:,}"], (total - count) / total),
    ]
    return replace(
        bare,
        sentence=f"The most frequent buyer has {count:,} of {total:,} releases ({percent(count, total)}).",
        charts=[Table("Releases by buyer", ["buyer", "releases"], rows)],
    )


def _anything(meta: Mapping[str, Json]) -> Table:
    rows = [Row(key[:LONGEST], [_text(value)], None) for key, value in meta.items() if key != "version"]
    return Table("What was found", ["what", "value"], rows[:CODES], _more(len(rows), CODES), numeric=False)


SHAPES: Final[Mapping[str, Callable[[Finding, Mapping[str, Json]], Finding]]] = {
    "shares": _codes,
    "most_frequent": _repetition,
    "total_unique_count": _buyers,
    "ocid_share": _most_frequent_buyer,
    "total_failed": _passing,
}
"""What describes a result, by the key of `meta` that only its shape has."""


def by_result(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give the findings that failed first, then those that passed; those not computed are left out."""
    yield from (finding for finding in findings if finding.result is False)
    yield from (finding for finding in findings if finding.result)
