"""Whatever is in the files, all that was read is accounted for."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from checks.batch import Failure, Wanted
from pelican_async.collection_check import OTHER, REASONS, CollectionCheck
from pelican_async.reports.report import Counts
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import HALF_PAIR, NO_NUMBER
from pelican_async.work import Work
from tests.checks.building import reference_data

COMPILED = {"ocid": "ocds-213czf-1", "tag": ["compiled"], "tender": {"id": "1"}}
RELEASE = {"ocid": "ocds-213czf-2", "tag": ["tender"], "date": "2020-01-01T00:00:00Z", "tender": {"id": "2"}}
AWARD = {"ocid": "ocds-213czf-2", "tag": ["award"], "date": "2020-02-01T00:00:00Z", "awards": [{"id": "a"}]}
LINKED = {"url": "https://example.org/release.json", "date": "2020-01-01", "tag": ["tender"]}
RECORD = {"ocid": "ocds-213czf-3", "compiledRelease": {**COMPILED, "ocid": "ocds-213czf-3"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def check(path: Path, texts: Sequence[str]) -> tuple[CollectionCheck, list[Failure]]:
    file = path / "file"
    file.write_text("\n".join(texts))
    failures: list[Failure] = []
    work = Work("check", reference_data(), b"a test", Wanted(3, failing_examples=True, failures=True), 200)
    collection = CollectionCheck(work, 1, Limits(), failures.extend)
    with collection:
        collection.run([str(file)], lambda *_: None)
        items = {
            collection.sampling.place(place)[0]
            for sample in collection.partial.tally.samples.values()
            for place in sample
        }
        assert set(collection.releases(items)) == items
    return collection, failures


def test_every_kind_of_line_is_accounted_for(folder: Path) -> None:
    lines = [
        COMPILED,
        RELEASE,
        AWARD,
        LINKED,
        RECORD,
        {},
        None,
        5,
        {"ocid": "x", "releases": [LINKED]},
        [COMPILED, [RECORD]],
    ]
    collection, failures = check(folder, [json.dumps(line) for line in lines])
    # compiled, two releases of one process, record, and two in the list; not the links, {}, null and 5
    assert collection.counts == Counts(read=10, checked=5, not_checked=5)
    assert collection.partial.count == 5
    assert collection.merged_releases == 2
    assert collection.merged_processes == 1
    assert collection.linked == 2
    assert [refused.place.rpartition(", ")[2] for refused in collection.not_checked] == [
        f"line {number}" for number in (4, 6, 7, 8, 9)
    ]
    assert {failure.ocid for failure in failures} == {f"ocds-213czf-{number}" for number in (1, 2, 3)}


def test_packages_in_lines_are_opened(folder: Path) -> None:
    packages = [{"uri": "a", "releases": [RELEASE, AWARD]}, {"uri": "b", "records": [RECORD, RECORD]}] * 3
    collection, _ = check(folder, [json.dumps(package) for package in packages])
    assert collection.counts == Counts(read=7, checked=7, not_checked=0)
    assert collection.merged_releases == 6


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_read_otherwise_than_written_is_told_of(folder: Path, packed: bool) -> None:  # noqa: FBT001
    number = {**RELEASE, "tender": {"value": {"amount": float("nan")}}}
    values = [{**COMPILED, "tender": {"title": "\ud800"}}, [number, AWARD] if packed else number, AWARD, COMPILED]
    collection, _ = check(folder, [json.dumps(value) for value in values])
    assert collection.changes == {HALF_PAIR: 1, NO_NUMBER: 1}
    places = {change: place.rpartition(", ")[2] for change, place in collection.first_changed.items()}
    assert places[HALF_PAIR] == "line 1"
    assert places[NO_NUMBER] in {"line 2", "line 3"}, "that of the first release of its process"


def test_releases_that_cannot_be_merged(folder: Path) -> None:
    lines = [
        {"ocid": "ocds-213czf-4", "tag": ["tender"]},
        RELEASE,
        {**AWARD, "date": None},
        {"tag": ["tender"], "buyer": {}},
    ]
    collection, _ = check(folder, [json.dumps(line) for line in lines])
    # a single release without a date, and one without an ocid, are checked as they stand; two of one process can't be
    assert collection.counts == Counts(read=3, checked=2, not_checked=1)
    assert collection.unmerged == 2
    assert "can't be merged" in next(iter(collection.reasons))


def test_broken_lines_do_not_stop_the_others(folder: Path) -> None:
    collection, _ = check(
        folder,
        [json.dumps(COMPILED), '{"ocid": ', '{"ocid": "b", "tender": {"value": NaN}}', "\x00", '{"ocid": "\\ud800"}'],
    )
    assert collection.counts == Counts(read=5, checked=3, not_checked=2)


def test_reasons_beyond_counting_are_counted_together(folder: Path) -> None:
    good = [json.dumps(COMPILED)] * 10
    collection, _ = check(folder, [*good, *(f'{{"ocid": {number} x' for number in range(3_000))])
    assert collection.counts == Counts(read=3_010, checked=10, not_checked=3_000)
    assert len(collection.reasons) == REASONS + 1
    assert collection.reasons[OTHER] == 3_000 - REASONS
