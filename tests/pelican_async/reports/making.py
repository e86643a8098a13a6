"""Reports to test with: made by hand, so that no check has to run.

`typical()` is what a publisher of 300 processes gets, `hostile()` the same with values that try to break out of a page
or a terminal, `huge()` far more of everything than fits, and `empty()` what is left when releases have no content. The
texts of the checks are the real ones.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from checks import catalog, fields
from checks.catalog import Check, Level
from checks.outcomes import FIRST_REASON
from checks.quality import reason
from checks.values import Json, walk
from pelican_async.reports.report import (
    CheckError,
    CheckReport,
    Counts,
    DatasetCheckReport,
    Example,
    FieldReport,
    NotChecked,
    Report,
    Requirement,
    TimeBasedCheckReport,
)

HOSTILE: Final[Sequence[str]] = (
    "</style></script><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "[bold red]red[/] [link=https://evil.example]click[/link]",
    "\x1b[2J\x1b]0;title\x07\x9b31m",
    "left \u202egnp.exe\u202c \u2066isolate\u2069 \u200bzero",
    "lone \ud800 surrogate",
    "nul \x00 tab \t newline \n return \r line \u2028 paragraph \u2029",
    "-->]]><!--",
    '=HYPERLINK("https://evil.example")',
    "é" * 40 + "🏛" * 10 + "x" * 5_000,
    "",
)
"""Strings as releases may hold them: markup, templates, control codes, invisible marks, what can't be encoded."""

RELEASE: Final[Mapping[str, Json]] = {
    "ocid": "ocds-213czf-2024-00117",
    "id": "2024-00117-07",
    "date": "2024-11-05T09:30:00Z",
    "tag": ["compiled"],
    "initiationType": "tender",
    "language": "en",
    "parties": [
        {
            "id": "GB-LAC-E09000003",
            "name": "London Borough of Barnet",
            "identifier": {"scheme": "GB-LAC", "id": "E09000003", "legalName": "London Borough of Barnet"},
            "address": {"streetAddress": "2 Bristol Avenue, Colindale", "locality": "London", "postalCode": "NW9 4EW"},
            "contactPoint": {"name": "Procurement team", "email": "Procurement <tenders@example.org>"},
            "roles": ["buyer", "procuringEntity"],
        },
        {"id": "GB-COH-1234567844", "name": "AnyCorp Cycle Provision", "roles": ["supplier", "tenderer"]},
    ],
    "buyer": {"id": "GB-LAC-E09000003", "name": "London Borough of Barnet"},
    "planning": {"budget": {"amount": {"amount": 700000000, "currency": "GBP"}, "project": "Central Junction"}},
    "tender": {
        "id": "2024-00117",
        "title": "Planned cycle lane improvements",
        "description": "Tenders solicited for work to build new cycle lanes in the centre of town. " * 8,
        "status": "active",
        "items": [{"id": "1", "description": "string", "quantity": 8}],
        "value": {"amount": 650000000, "currency": "GBP"},
        "procurementMethod": "open",
        "tenderPeriod": {"startDate": "2024-03-01T09:00:00Z", "endDate": "2024-02-01T18:00:00Z"},
        "numberOfTenderers": 3,
        "tenderers": [{"id": "GB-COH-1234567844", "name": "AnyCorp Cycle Provision"}],
        "documents": [
            {"id": "1", "documentType": "tenderNotice", "format": "text/html", "url": "https://example.org/notice"},
            {"id": "2", "documentType": "contractSigned", "format": "PDF", "datePublished": "05/03/2024"},
        ],
    },
    "awards": [
        {
            "id": "2024-00117-A1",
            "title": "Award of contract to build new cycle lanes",
            "status": "active",
            "date": "2024-05-10T09:30:00Z",
            "value": {"amount": 11000000, "currency": "GBP"},
            "suppliers": [{"id": "GB-COH-12345678", "name": "AnyCorp Cycle Provision"}],
        },
        {"id": "2024-00117-A2", "status": "pending", "date": "2031-05-10", "value": {"amount": 0, "currency": "GBP"}},
    ],
    "contracts": [
        {
            "id": "2024-00117-C1",
            "awardID": "2024-00117-A1",
            "status": "terminated",
            "dateSigned": "2024-06-10T14:23:12Z",
            "value": {"amount": 110000000, "currency": "GBP"},
            "implementation": {
                "transactions": [
                    {"id": "1", "date": "2024-08-01", "value": {"amount": 500000, "currency": "GBP"}},
                ],
            },
        },
    ],
}

COMPILED_RELEASE: Final[Mapping[str, tuple[tuple[int, int, int, int], str, Json, str, Mapping[str, Json]]]] = {
    "coherent.tender_status": (
        (96, 61, 143, 0),
        "tender.status",
        "active",
        "there are 2 awards and 1 contract",
        {"contracts_count": 1, "awards_count": 2},
    ),
    "coherent.period": (
        (201, 9, 90, 0),
        "tender.tenderPeriod.startDate",
        "2024-03-01T09:00:00Z",
        "is later than tender.tenderPeriod.endDate, 2024-02-01T18:00:00Z",
        {
            "failed_paths": [
                {
                    "path_1": "tender.tenderPeriod.startDate",
                    "value_1": "2024-03-01T09:00:00Z",
                    "path_2": "tender.tenderPeriod.endDate",
                    "value_2": "2024-02-01T18:00:00Z",
                },
            ],
        },
    ),
    "reference.supplier_in_parties": (
        (118, 74, 106, 2),
        "awards[0].suppliers[0]",
        "GB-COH-12345678",
        "no party has this id",
        {
            "failed_paths": [
                {"path": "awards[0].suppliers[0]", "id": "GB-COH-12345678", "reason": "no party has this id"},
            ],
        },
    ),
    "consistent.number_of_tenderers": (
        (40, 8, 252, 0),
        "tender.numberOfTenderers",
        3,
        "is 3, but 1 tenderer is listed",
        {"numberOfTenderers": 3, "len(tenderers)": 1},
    ),
    "consistent.contracts_value": (
        (131, 3, 166, 0),
        "awards[0].value",
        {"amount": 11000000, "currency": "GBP"},
        "the values of its contracts sum to 110000000",
        {
            "failed_paths": [
                {
                    "award_id": "2024-00117-A1",
                    "award_amount": 11000000,
                    "contracts_amount_sum": 110000000,
                    "currency": "GBP",
                },
            ],
        },
    ),
    "consistent.parties_roles": (
        (299, 1, 0, 0),
        "parties[1]",
        "tenderer",
        "no tenderer has this party's id",
        {"failed_paths": [{"path": "parties[1]", "role": "tenderer", "id": "GB-COH-1234567844"}]},
    ),
    "coherent.value_realistic": (
        (240, 0, 60, 0),
        "",
        None,
        "",
        {},
    ),
}
"""Releases that passed, failed, where it doesn't apply, failed to run; path, value, reason and meta of a failure."""

QUALITY: Final[Mapping[str, tuple[str, float, str, Json]]] = {
    "parties.contactPoint.email": ("B", 0.38, "parties[0].contactPoint.email", "Procurement <tenders@example.org>"),
    "awards.date": ("F", 0.02, "awards[1].date", "2031-05-10"),
    "tender.documents.documentType": ("B", 0.31, "tender.documents[1].documentType", "contractSigned"),
    "tender.documents.format": ("B", 0.64, "tender.documents[1].format", "PDF"),
    "tender.documents.datePublished": ("B", 0.12, "tender.documents[1].datePublished", "05/03/2024"),
    "tender.items.quantity": ("B", 0.001, "tender.items[0].quantity", -8),
}
"""Letter of the reason, share that fails, path and value of an example, by field."""

TOTALS: Final[Mapping[str, int]] = {"": 300, "parties": 1_204, "tender": 288, "awards": 241, "contracts": 187}
FILLED: Final[Mapping[str, float]] = {
    "ocid": 1,
    "id": 1,
    "date": 0.995,
    "title": 0.97,
    "name": 0.99,
    "status": 0.93,
    "value": 0.9,
    "amount": 0.9,
    "description": 0.62,
    "tender": 0.96,
    "parties": 1,
    "buyer": 1,
    "tag": 1,
}
"""The share of a field's occurrences that is filled, by its last key."""


def typical(*, previous: bool = False) -> Report:
    """Make what a publisher of 300 processes gets; with `previous`, compared with an older collection."""
    return Report(
        sources=["2024/releases.jsonl.gz"],
        previous=["2023/releases.jsonl.gz"] if previous else [],
        started=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        seconds=1.26,
        counts=Counts(304, 300, 4),
        previous_counts=Counts(280, 280, 0) if previous else None,
        without_ocid=1,
        unique_ocids=298,
        first_date="2019-01-07",
        last_date="2024-11-05",
        lifecycle={"planning": 112, "tender": 288, "award": 241, "contract": 187, "implementation": 36},
        not_checked=[
            NotChecked("2024/releases.jsonl.gz, line 41", "isn't JSON: unexpected character at column 18"),
            NotChecked("2024/releases.jsonl.gz, line 77", "isn't an object"),
            NotChecked("2024/releases.jsonl.gz, line 120", "is a linked release: it has a url, but no content"),
            NotChecked("2024/releases.jsonl.gz, line 304", "isn't JSON: the file is cut off"),
        ],
        not_checked_reasons={"isn't JSON": 2, "isn't an object": 1, "is a linked release": 1},
        fields=field_reports(),
        compiled_release=[check_report(name) for name in catalog.find("compiled_release")],
        dataset=[dataset_report(name, meta) for name, meta in dataset_metas().items()],
        time_based=time_based_reports() if previous else [],
        errors=[
            CheckError("reference.supplier_in_parties", 12, "ocds-213czf-2024-00012", "RecursionError: too deep"),
            CheckError("reference.supplier_in_parties", 31, None, "KeyError: 'id'"),
        ],
        error_count=2,
        notes=[
            "Codelists are those of OCDS 1.1.5 with OCID prefixes and identifier schemes as of 2026-11-01.",
            "Amounts were converted with exchange rates of 1999-01-04 to 2026-10-30; 12 could not be converted.",
        ],
        requirements=[Requirement("ocid", 100, 100.0, met=True), Requirement("coherent.period", 99, 95.7, met=False)],
    )


def empty() -> Report:
    """Make what comes of one release without content."""
    return replace(
        typical(),
        sources=["empty.json"],
        counts=Counts(1, 1, 0),
        without_ocid=1,
        unique_ocids=0,
        first_date=None,
        last_date=None,
        lifecycle=dict.fromkeys(("planning", "tender", "award", "contract", "implementation"), 0),
        not_checked=[],
        not_checked_reasons={},
        fields=[
            replace(
                field,
                total=0 if "." in field.path else 1,
                missing=0 if "." in field.path else 1,
                stray=0,
                empty={},
                filled=0,
                quality_passed=0,
                quality_failed=0,
                quality_errors=0,
                reasons={},
                empty_examples=[],
                quality_examples=[],
            )
            for field in field_reports()
        ],
        compiled_release=[
            CheckReport(check("compiled_release", name), 0, 0, 1, 0, 0, 0, [])
            for name in catalog.find("compiled_release")
        ],
        dataset=[
            DatasetCheckReport(check("dataset", name), None, None, {"reason": "there is no value", "version": 1.0})
            for name in dataset_metas()
        ],
        errors=[],
        error_count=0,
        notes=[],
        requirements=[Requirement("ocid", 100, 0.0, met=False), Requirement("coherent.period", 99, None, met=True)],
    )


def hostile(strings: Sequence[str] = HOSTILE) -> Report:
    """Make a report in which whatever a publisher can write is one of these strings."""
    report = typical(previous=True)
    examples = hostile_examples(strings)
    return replace(
        report,
        sources=list(strings),
        previous=list(strings),
        not_checked=[NotChecked(text, text) for text in strings],
        not_checked_reasons=dict.fromkeys(strings, 3),
        fields=[
            replace(
                field,
                quality_examples=examples if field.quality_failed else [],
                empty_examples=examples if field.empty else [],
            )
            for field in report.fields
        ],
        compiled_release=[
            replace(found, examples=examples if found.failed else []) for found in report.compiled_release
        ],
        dataset=[dataset_report(name, meta) for name, meta in dataset_metas(strings).items()],
        errors=[CheckError("coherent.period", 1, text, text) for text in strings],
        error_count=len(strings),
        notes=list(strings),
        requirements=[Requirement(text, 99, 95.7, met=False) for text in strings],
    )


def huge(strings: Sequence[str] = HOSTILE) -> Report:
    """Make a hostile report with far more of everything than fits on a page: every check fails, everywhere."""
    report = hostile(strings)
    texts = [f"{text}{number}" for number in range(500) for text in strings]
    examples = [
        Example(number, text, "tender.title", text, text, {"failed_paths": [text] * 100}, huge_release(text))
        for number, text in enumerate(texts[:400])
    ]
    metas = dict.fromkeys(catalog.find("dataset"), dataset_metas(texts)["distribution.tender_procurement_method"])
    return replace(
        report,
        sources=texts,
        previous=texts,
        counts=Counts(123_456_789, 123_400_000, 56_789),
        unique_ocids=120_000_000,
        lifecycle={"planning": 1, "tender": 123_399_999, "award": 10**12, "contract": 0, "implementation": 5},
        not_checked=[NotChecked(text, text) for text in texts],
        not_checked_reasons=dict.fromkeys(texts, 3),
        fields=[
            replace(field, quality_failed=field.quality_passed, quality_examples=examples, empty_examples=examples)
            for field in report.fields
        ],
        compiled_release=[
            replace(found, failed=123_399_999, passed=1, examples=examples) for found in report.compiled_release
        ],
        dataset=[dataset_report(name, meta) for name, meta in {**metas, **dataset_metas(texts)}.items()],
        errors=[CheckError("coherent.period", 1, text, text) for text in texts],
        error_count=len(texts),
        notes=texts,
        requirements=[Requirement(text, 99, 95.7, met=False) for text in texts],
    )


def huge_release(text: str) -> dict[str, Json]:
    """Make a release that is deep, and wide in every place around its title."""
    deep: Json = text
    for _ in range(60):
        deep = {text[:2_000]: [deep, deep]} if not isinstance(deep, str) else {"deep": deep}
        if isinstance(deep, dict) and len(str(text)) > 100:
            break
    wide = {f"{text[:40]} {number}": text for number in range(200)}
    return {"ocid": text, "tender": {**wide, "title": text, "deep": deep, "list": list(range(1_000))}, **wide}


def hostile_examples(strings: Sequence[str]) -> list[Example]:
    """Make an example of each of these strings, in the place of its value, its key, its ocid and its reason."""
    return [
        Example(
            item=number,
            ocid=text,
            path="tender.title",
            value=text if number % 2 else {text: [text]},
            reason=text,
            meta={"failed_paths": [{"path": text, text: text}]},
            release={text: text, "tender": {"title": text if number % 2 else {text: [text]}, text: {text: text}}},
        )
        for number, text in enumerate(strings)
    ]


def check(level: Level, name: str) -> Check:
    """Give a check by its name, with its real texts."""
    return catalog.find(level)[name]


def check_report(name: str) -> CheckReport:
    """Make the report of a compiled release-level check: one of those above, or one that passes."""
    if name not in COMPILED_RELEASE:
        return CheckReport(check("compiled_release", name), 55, 0, 245, 0, 61, 61, [])
    (passed, failed, not_applicable, errors), path, value, reason, meta = COMPILED_RELEASE[name]
    examples = [
        Example(20 + number, f"ocds-213czf-2024-{117 + number:05}", path, value, reason, meta, RELEASE)
        for number in range(min(failed, 5))
    ]
    counts = (passed + 2 * failed, passed + failed // 2) if "failed_paths" in meta else (passed + failed, passed)
    return CheckReport(check("compiled_release", name), passed, failed, not_applicable, errors, *counts, examples)


def field_reports() -> list[FieldReport]:
    """Make the reports of all fields, always the same."""
    chance = random.Random(7)  # noqa: S311 the same numbers each time
    filled: dict[str, int] = dict(TOTALS)
    made = []
    for field in fields.ALL:
        parent = field.path.rpartition(".")[0]
        total = filled[parent]
        share = FILLED.get(field.leaf, chance.choice([0, 0, 0.15, 0.5, 0.85, 1]))
        there = round(total * share)
        filled.setdefault(field.path, there * chance.choice([1, 2]))
        made.append(_field_report(field, total, there, chance))
    return made


def _field_report(field: fields.Field, total: int, filled: int, chance: random.Random) -> FieldReport:
    path, quality = field.path, field.quality
    empty_count = min(total - filled, chance.choice([0, 0, 1, 7]))
    letter, share, place, value = QUALITY.get(path, ("", 0.0, "", None))
    failed = max(1, round(filled * share)) if letter and filled else 0
    found = walk(RELEASE, path) if empty_count else []
    return FieldReport(
        path=path,
        order=field.order,
        total=total,
        missing=total - filled - empty_count,
        stray=0,
        empty={"is null": empty_count - 1, "is an empty string": 1} if empty_count > 1 else {"is null": empty_count},
        filled=filled,
        quality=quality,
        quality_passed=filled - failed if quality else 0,
        quality_failed=failed,
        quality_errors=0,
        reasons={reason(quality, FIRST_REASON + "ABCDF".index(letter)): failed} if failed else {},
        empty_examples=[
            Example(7, "ocds-213czf-2024-00007", found[0][0], None, "is null", None, None) for _ in found[:1]
        ],
        quality_examples=[
            Example(
                20, RELEASE["ocid"], place, value, reason(quality, FIRST_REASON + "ABCDF".index(letter)), None, RELEASE
            )
            for _ in range(min(failed, 3))
        ],
    )


def dataset_report(name: str, meta: Mapping[str, Json]) -> DatasetCheckReport:
    """Make the report of a dataset-level check from its meta; those with a reason weren't computed."""
    if "reason" in meta:
        return DatasetCheckReport(check("dataset", name), None, None, meta)
    passed, value = RESULTS.get(name, (True, 100.0))
    return DatasetCheckReport(check("dataset", name), passed, value, meta)


RESULTS: Final[Mapping[str, tuple[bool, float]]] = {
    "distribution.tender_status": (False, 0.0),
    "distribution.contracts_value": (False, 0.0),
    "distribution.tender_value_repetition": (False, 12.053571428571429),
    "distribution.buyer": (False, 0.0),
    "unique.tender_id": (False, 98.61111111111111),
    "reference.related_process_identifier": (False, 87.86127167630057),
    "consistent.related_process_title": (False, 28.571428571428573),
    "misc.url_availability": (False, 97.0),
}


def dataset_metas(texts: Sequence[str] = ("open", "limited", "selective", "direct")) -> dict[str, Mapping[str, Json]]:
    """Make the metas of dataset-level checks, one of each shape at least; `texts` are what publishers wrote."""
    counts = [max(1, 180 // (rank + 1)) for rank in range(len(texts))]
    shares = {
        text: {"share": count / sum(counts), "count": count, "examples": items(min(count, 20))}
        for text, count in zip(texts, counts, strict=True)
    }
    reference = {"related_path": "relatedProcesses[0]", "related_ocid": texts[0]}
    titles = {"related_title": texts[-1], "original_title": texts[0]}
    return {
        "consistent.related_process_title": totals(45, 18, {**reference, **titles}, 1.0),
        "distribution.buyer": {
            "counts": {
                group: {"total_ocid_count": ocids, "total_unique_count": unique}
                for group, ocids, unique in (
                    ("1", 310, 310),
                    ("2_20", 640, 96),
                    ("21_50", 820, 24),
                    ("51_100", 0, 0),
                    ("100+", 1_290, 3),
                )
            },
            "total_ocid_count": 3_060,
            "total_unique_count": 433,
            "examples": items(20),
            "version": 2.0,
        },
        "distribution.buyer_repetition": {
            "total_ocid_count": 3_060,
            "ocid_count": 612,
            "ocid_share": 0.2,
            "examples": items(20),
            "specifics": {"buyer.id": texts[0]},
            "version": 2.0,
        },
        "distribution.contracts_value": value_groups(),
        "distribution.main_procurement_category": {"reason": "no release has a tender.mainProcurementCategory"},
        "distribution.tender_procurement_method": {"shares": shares, "version": 1.0},
        "distribution.tender_status": {
            "shares": {"complete": {"share": 1.0, "count": 288, "examples": items(20)}},
            "version": 1.0,
        },
        "distribution.tender_value_repetition": {
            "most_frequent": [
                {
                    "amount": amount,
                    "currency": texts[rank % len(texts)],
                    "value_str": f"{amount} {texts[rank % len(texts)]}",
                    "share": count / 224,
                    "count": count,
                    "examples": items(min(count, 10)),
                }
                for rank, (amount, count) in enumerate([(1000000.0, 9), (0, 9), (0.01, 9), (5000.5, 4), (True, 1)])
            ],
            "total_processed": 224,
            "version": 1.0,
        },
        "misc.url_availability": totals(
            3, 97, {"value": f"https://example.org/{texts[0]}", "status": 404}, 1.0, {"status": "ERROR"}
        ),
        "reference.related_process_identifier": totals(21, 152, reference, 2.0),
        "unique.tender_id": totals(4, 284, {"tender_id": texts[0], "all_items": items(2)}, 2.0),
    }


def items(count: int) -> list[dict[str, Json]]:
    """Make examples that name an item each."""
    return [{"item_id": number, "ocid": f"ocds-213czf-2024-{number:05}"} for number in range(1, count + 1)]


def totals(
    failed: int, passed: int, example: Mapping[str, Json], version: float, other: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    """Make the meta of a check that counts what passes and fails, with up to 100 examples of each."""
    return {
        "total_processed": failed + passed,
        "total_passed": passed,
        "total_failed": failed,
        "passed_examples": [{**item, **example} for item in items(min(passed, 100))],
        "failed_examples": [{**item, **example, **(other or {})} for item in items(min(failed, 100))],
        "version": version,
    }


def value_groups() -> dict[str, Json]:
    """Make the meta of a distribution of values."""
    sums = {"0_1": 64_500_000, "1_5": 20_074_884, "5_20": 14_838_267, "20_50": 1_557_566, "50_100": 21_967}
    counts = {"0_1": 3, "1_5": 12, "5_20": 45, "20_50": 90, "50_100": 153}
    return {
        "shares": {group: value / sum(sums.values()) for group, value in sums.items()},
        "sums": sums,
        "counts": counts,
        "sum": sum(sums.values()),
        "examples": {
            group: [
                {
                    **item,
                    "path": "contracts[0].value",
                    "value": {"amount": sums[group] / count, "currency": "GBP"},
                    "abs_amount": sums[group] // count,
                }
                for item in items(min(count, 10))
            ]
            for group, count in counts.items()
        },
        "version": 1.0,
    }


def time_based_reports() -> list[TimeBasedCheckReport]:
    """Make the reports of the three time-based checks."""
    made = []
    for name, total, coverage, ok in (
        ("ocid", 280, 262, 262),
        ("phase_stable", 280, 262, 255),
        ("tender_title", 0, 0, 0),
    ):
        meta = {
            "total_count": total,
            "coverage_count": coverage,
            "ok_count": ok,
            "failed_count": coverage - ok,
            "examples": [
                {**item, "new_item_id": item["item_id"] + 3, "new_item_ocid": item["ocid"]}
                for item in items(coverage - ok)
            ],
            "version": 1.0,
        }
        covered = round(coverage / (total / 100)) if total else None
        passing = round(ok / (coverage / 100)) if coverage else None
        made.append(
            TimeBasedCheckReport(
                check("time_based", name),
                None if covered is None else covered > 95,
                covered,
                None if passing is None else passing > 95,
                passing,
                meta,
            )
        )
    return made
