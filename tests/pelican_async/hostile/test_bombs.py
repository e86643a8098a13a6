"""Releases made to take all memory, or for ever: each is checked or counted, and the others in the file are as ever."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from checks.batch import Mapper, Wanted
from checks.release import MOST_PAIRS
from checks.sampling import Sampling
from pelican_async.collection_check import CollectionCheck
from pelican_async.reports.report import Counts
from pelican_async.sources import parsing
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import HALF_PAIR, NO_NUMBER, NotJson, parse, parsed
from pelican_async.work import Work
from tests.checks.building import reference_data
from tests.fuzz.inline import inline
from tests.pelican_async.hostile.limited import check

GOOD: Final[Sequence[Mapping[str, Any]]] = (
    {
        "ocid": "ocds-213czf-1",
        "tag": ["compiled"],
        "date": "2020-01-01",
        "tender": {"status": "active"},
        "awards": [{}],
    },
    {"ocid": "ocds-213czf-2", "tag": ["compiled"], "parties": [{"id": "1", "roles": ["buyer"]}], "language": "zz"},
    {"ocid": "ocds-213czf-3", "tag": ["compiled"], "tender": {"value": {"amount": -5, "currency": "USD"}}},
)
MEGABYTES: Final = 1_300
"""Of addresses, about 400 of which are taken by code and libraries: no process may use more."""
DEEP: Final = 20_000
MANY: Final = 5_000
KEYS: Final = 100_000
LONG: Final = 3_000_000
DIGITS: Final = b"9" * 100_000


def bomb(tender: bytes) -> bytes:
    return b'{"ocid": "ocds-213czf-bomb", "tag": ["compiled"], "tender": %b}' % tender


def amount(written: bytes) -> bytes:
    return bomb(b'{"value": {"amount": %b, "currency": "USD"}}' % written)


CHECKED: Final = {
    "a million keys": bomb(b"{%b}" % b",".join(b'"key %d": 1' % number for number in range(KEYS))),
    "a long text": bomb(b'{"title": "%b", "id": "%b"}' % (b"a" * LONG, b"\\u0061" * (LONG // 6))),
    "a long text for a date": bomb(b'{"tenderPeriod": {"startDate": "%b"}}' % (b"2020-01-01" + b"0" * LONG)),
    "many entries": bomb(b'{"documents": [%b]}' % b",".join([b"1"] * MANY)),
    "a number of many digits": amount(DIGITS),
    "a negative one": amount(b"-" + DIGITS),
    "a fraction of many digits": amount(b"0." + DIGITS),
    "a number beyond what databases take": amount(b"1e200000"),
    "no number": amount(b"NaN"),
    "halves of surrogate pairs": bomb(b'{"title": "%b"}' % (b"\\ud800" * 10_000)),
    "the square of its dates": json.dumps(
        {"ocid": "ocds-213czf-bomb", "date": ["2000-01-01"] * 20_000, "awards": [{"date": "2020-01-01"}] * 20_000}
    ).encode(),
    "lists in a list": b"[" * 150 + b'{"ocid": "ocds-213czf-bomb"}' + b"]" * 150,
}
REFUSED: Final = {
    "lists in lists": (bomb(b"[" * DEEP + b"]" * DEEP), "is nested deeper than 200 levels"),
    "objects in objects": (bomb(b'{"a":' * DEEP + b"1" + b"}" * DEEP), "is nested deeper than 200 levels"),
    "a text in lists in lists": (b"[" * 150 + b'"%b"' % (b"a" * 1_000_000) + b"]" * 150, "is not an object"),
}


def test_bombs_disturb_nothing(tmp_path: Path) -> None:
    """In one file with good releases, before and after, within a limit of memory."""
    good = [json.dumps(release).encode() for release in GOOD]
    bombs = [*CHECKED.values(), *(text for text, _ in REFUSED.values())]
    (tmp_path / "good").write_bytes(b"\n".join(good))
    (tmp_path / "bombs").write_bytes(b"\n".join([*good[:1], *bombs, *good[1:]]))

    alone = check(tmp_path, "good", more=("--failures=good.jsonl",))
    among = check(tmp_path, "bombs", megabytes=MEGABYTES, more=("--failures=bombs.jsonl",))

    assert alone.counts == (len(good), len(good), 0)
    assert among.counts == (len(good) + len(bombs), len(good) + len(CHECKED), len(REFUSED))
    assert set(among.report["not_checked_reasons"]) == {reason for _, reason in REFUSED.values()}
    assert failures(tmp_path / "bombs.jsonl") == failures(tmp_path / "good.jsonl")
    notes = " ".join(among.report["notes"])
    assert f"In 4 releases, {NO_NUMBER} (the first: bombs, " in notes
    assert f"In 1 release, {HALF_PAIR} (the first: bombs, " in notes
    assert "coherent.dates" in {error["check"] for error in among.report["errors"]}
    assert f"more than {MOST_PAIRS:,} pairs of dates" in among.report["errors"][0]["error"]


def failures(path: Path) -> list[str]:
    """Give the failing results of the good releases."""
    with path.open(encoding="utf-8") as lines:
        return [line for line in lines if "ocds-213czf-bomb" not in line[:40]]


def test_too_many_values_are_refused_however_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_VALUES", 1_000)
    commas = ",".join(["1"] * 1_002)

    for text in (f"[{commas}]", f'{{"a": [{commas}]}}', f'["\\"", {commas}]'):
        with pytest.raises(NotJson, match="has more than 1,000 values"):
            parse(text.encode(), 200)
    assert parse(f'["{commas}", "\\"{commas}\\\\"]'.encode(), 200) == [commas, f'"{commas}\\']


def test_what_is_read_otherwise_than_written_is_told() -> None:
    assert parsed(b'["a", 1e5, 18446744073709551616]', 200)[1] == ()
    assert parsed(rb'["\ud83d\ude00"]', 200)[1] == ()
    assert parsed(rb'["\ud83d", "\ude00"]', 200)[1] == [HALF_PAIR]
    assert parsed(b"[1e400]", 200) == (["1e400"], [NO_NUMBER])
    assert parsed(rb'[-Infinity, "\udfff", NaN]', 200) == (["-Infinity", "\ufffd", "NaN"], [HALF_PAIR, NO_NUMBER])


@pytest.mark.parametrize(
    "release",
    [
        {"date": ["2000-01-01"] * 500, "tender": {"documents": [{"datePublished": "2020-01-01"}] * 500}},
        {
            "awards": [{"id": "a", "date": "2020-01-01"}] * 500,
            "contracts": [{"awardID": "a", "dateSigned": "2019"}] * 500,
        },
        {"tender": {"tenderPeriod": [{"startDate": ["2020"] * 500, "endDate": ["2019"] * 500}]}},
        {"contracts": [{"period": {"startDate": ["2020"] * 500, "endDate": ["2019"] * 500}}]},
    ],
)
def test_more_pairs_of_dates_than_can_be_held_are_an_error_of_the_check(release: dict[str, Any]) -> None:
    mapped = Mapper(reference_data(), Sampling(b""), Wanted(failures=True)).map([(1, release)])

    assert len(mapped.failures) < MOST_PAIRS
    assert mapped.partial.error_counts
    for errors in mapped.partial.errors.values():
        assert "more than 200,000 pairs of dates" in errors[0].error


def test_releases_of_one_process_without_end_are_merged_or_counted(tmp_path: Path) -> None:
    """They are on disk until all are read; those of one process may have 128 MB together."""
    many = b"".join(
        b'{"ocid": "many", "tag": ["award"], "date": "2020-01-01T00:%02d:%02d", "awards": [{"id": %d}]}\n'
        % (number // 60 % 60, number % 60, number)
        for number in range(3_000)
    )
    (tmp_path / "file").write_bytes(many + b'{"ocid": "one", "tag": ["tender"], "date": "2020"}\n')

    checked = check(tmp_path, "file", megabytes=MEGABYTES)

    assert checked.counts == (2, 2, 0)
    assert "3,001 loose releases were merged into 2 compiled releases." in checked.report["notes"]
    assert (
        next(
            field["coverage"]["filled"] for path, field in checked.report["field_level"].items() if path == "awards.id"
        )
        == 3_000
    )


def test_what_a_process_has_beyond_the_limit_is_counted(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(
        b"".join(
            b'{"ocid": "%b", "tag": ["tender"], "date": "2020", "id": "%05d"}\n' % (ocid, number)
            for number in range(100)
            for ocid in (b"a", b"b")
        )
        + b'{"ocid": "c", "tag": ["tender"], "date": "2020"}\n'
    )
    work = Work("check", reference_data(), b"", Wanted(), 200)
    with inline(), CollectionCheck(work, 1, Limits(text=5_000), lambda _: None) as collection:
        collection.run([str(tmp_path / "file")], lambda *_: None)

    assert collection.counts == Counts(read=201, checked=1, not_checked=200)
    assert all("have more than 5,000 bytes together" in reason for reason in collection.reasons)
