from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checks.facts import Facts, facts, ocid_in
from checks.release import at
from tests.checks.building import release, with_anything_anywhere

EXAMPLE: dict[str, Any] = {
    "ocid": "a",
    "buyer": {"id": 5},
    "tender": {"id": 1.0, "title": "Bridge", "value": {"amount": 5, "currency": "USD"}},
    "awards": [{"value": {"amount": 1}}, 5, {"value": [{"amount": 2}, None]}],
    "contracts": [{"relatedProcesses": [{"identifier": "b"}]}],
    "relatedProcesses": [{"identifier": "c"}, {}],
}


def test_facts_come_back() -> None:
    found = Facts(facts(release(**EXAMPLE)))
    assert (found.ocid, found.buyer_id, found.tender_id, found.tender_title) == ("a", 5, 1.0, "Bridge")
    assert found.value("tender.value", 0) == ("tender.value", {"amount": 5, "currency": "USD"})
    assert found.value("awards.value", 1) == ("awards[2].value[0]", {"amount": 2})
    assert found.related_process(0) == ("relatedProcesses[0]", {"identifier": "c"})
    assert found.related_process(2) == ("contracts[0].relatedProcesses[0]", {"identifier": "b"})


def test_nothing_is_needed() -> None:
    found = Facts(facts(release()))
    assert (found.ocid, found.buyer_id, found.tender_id, found.tender_title) == (None, None, None, None)


@settings(max_examples=60)
@given(with_anything_anywhere(EXAMPLE))
def test_anything_goes_through(fields: dict[str, Any]) -> None:
    made = release(**fields)
    found = Facts(facts(made))
    assert found.ocid == made.ocid
    for index, (path, value) in enumerate(made.found[at("awards.value")]):
        assert found.value("awards.value", index) == (path, value)


@given(st.none() | st.integers() | st.text(st.characters(exclude_categories=[]), max_size=8))
@example('a"\\\n')
@example("ocds-213czf-1")
def test_the_ocid_alone_is_the_same(ocid: object) -> None:
    made = release(ocid=ocid)
    assert ocid_in(facts(made)) == made.ocid == Facts(facts(made)).ocid


@pytest.mark.parametrize("value", ["\ud800", 10**30, -(2**70)])
def test_what_is_hard_to_write_comes_back(value: object) -> None:
    found = Facts(facts(release(tender={"id": value, "value": {"amount": value}})))
    assert found.tender_id == value
    assert found.value("tender.value", 0) == ("tender.value", {"amount": value})


def test_what_is_too_deep_is_cut_off() -> None:
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]
    found = Facts(facts(release(ocid="a", tender={"id": nested, "title": "Bridge"})))
    assert (found.ocid, found.tender_title) == ("a", "Bridge")
