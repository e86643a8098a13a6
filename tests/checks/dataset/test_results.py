"""What the results say, beyond what golden collections compare: examples, URLs, what couldn't be converted."""

from typing import Any

from checks.dataset.results import DatasetResult
from tests.checks.building import release
from tests.checks.dataset.running import outcome


def test_examples_of_codes_name_the_item() -> None:
    shares = (
        outcome(
            [
                release(ocid="a", awards=[{"status": "active"}, {"status": "active"}]),
                release(ocid="b", awards=[{"status": "pending"}]),
                release(awards=[{"status": "pending"}]),
            ]
        )
        .results["distribution.awards_status"]
        .meta["shares"]
    )
    assert shares == {
        "active": {"share": 0.5, "count": 2, "examples": [{"item_id": 1, "ocid": "a"}] * 2},
        "pending": {
            "share": 0.5,
            "count": 2,
            "examples": [{"item_id": 2, "ocid": "b"}, {"item_id": 3, "ocid": None}],
        },
    }


def test_examples_of_tender_ids_list_all_items() -> None:
    found = outcome([release(ocid=ocid, tender={"id": number}) for ocid, number in (("a", 1), ("b", "1"), ("c", 2))])
    meta = found.results["unique.tender_id"].meta
    assert meta["failed_examples"] == [
        {
            "tender_id": "1",
            "item_id": 1,
            "ocid": "a",
            "all_items": [{"item_id": 1, "ocid": "a"}, {"item_id": 2, "ocid": "b"}],
        }
    ]
    assert meta["passed_examples"] == [
        {"tender_id": "2", "item_id": 3, "ocid": "c", "all_items": [{"item_id": 3, "ocid": "c"}]}
    ]


def test_examples_of_related_processes_say_where_and_what() -> None:
    own = [{}, {"scheme": "ocid", "identifier": "b", "title": "Road"}]
    of_contract = [{"scheme": "ocid", "identifier": 5}]
    found = outcome(
        [
            release(ocid="a", relatedProcesses=own, contracts=[{"relatedProcesses": of_contract}]),
            release(ocid="b", tender={"title": "Bridge"}),
        ]
    ).results
    named = {"item_id": 1, "ocid": "a", "related_path": "relatedProcesses[1]", "related_ocid": "b"}
    assert found["reference.related_process_identifier"].meta["passed_examples"] == [named]
    assert found["reference.related_process_identifier"].meta["failed_examples"] == [
        {"item_id": 1, "ocid": "a", "related_path": "contracts[0].relatedProcesses[0]", "related_ocid": 5}
    ]
    assert found["consistent.related_process_title"].meta["failed_examples"] == [
        {**named, "related_title": "Road", "original_title": "Bridge"}
    ]


def test_the_first_release_with_a_title_counts() -> None:
    related = [{"scheme": "ocid", "identifier": "b", "title": "Road"}]
    found = outcome(
        [
            release(ocid="b", tender={"title": ""}),
            release(ocid="b", tender={"title": "Road"}),
            release(ocid="b", tender={"title": "Bridge"}),
            release(ocid="a", relatedProcesses=related),
        ]
    ).results["consistent.related_process_title"]
    assert found.result is True


def urls(count: int, statuses: dict[str, int | None] | None) -> DatasetResult:
    documents = [{"url": f"https://example.com/{number}"} for number in range(count)]
    return outcome([release(ocid="a", tender={"documents": documents})], statuses).results["misc.url_availability"]


def test_urls_pass_by_their_status() -> None:
    statuses: dict[str, int | None] = {f"https://example.com/{number}": 200 for number in range(100)}
    assert urls(100, statuses)[:2] == (True, 100.0)
    statuses |= {"https://example.com/0": 404, "https://example.com/1": None, "https://example.com/2": 399}
    result, value, meta = urls(100, statuses)
    assert (result, value) == (False, 98.0)
    assert [(example["value"], example["status"]) for example in meta["failed_examples"]] == [
        ("https://example.com/0", 404),
        ("https://example.com/1", "ERROR"),
    ]
    assert {example["status"] for example in meta["passed_examples"]} == {"OK"}
    assert (meta["total_passed"], meta["total_failed"], meta["total_processed"]) == (98, 2, 100)


def test_urls_of_a_sample_are_requested() -> None:
    statuses: dict[str, int | None] = {f"https://example.com/{number}": 200 for number in range(500)}
    assert urls(500, statuses).meta["total_processed"] == 100
    assert urls(99, statuses).result is None
    assert urls(500, None).result is None


def test_what_could_not_be_converted_is_counted_by_currency() -> None:
    day = "2019-01-01"
    values: list[Any] = [
        {"amount": 1, "currency": "EUR"},
        {"amount": 1, "currency": "XYZ"},
        {"amount": -1, "currency": "XYZ"},
        {"amount": "x", "currency": "XYZ"},
        {"amount": 1.5, "currency": "XYZ"},
        {"amount": 1, "currency": ["EUR"]},
        {"amount": 1, "currency": "pounds"},
        {"amount": 1, "currency": None},
    ]
    releases = [release(date=day, awards=[{"value": value} for value in values]), release(tender={"value": values[0]})]
    assert outcome(releases).unconverted == {"XYZ": 2, "other": 2, "EUR": 1}
