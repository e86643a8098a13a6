"""Publishers' data holds anything anywhere: every check gives a well-formed result, and leaves the release as it is."""

import copy
from typing import Any, Final

import orjson
from hypothesis import given
from hypothesis import strategies as st

from checks import catalog
from checks.release import Release
from checks.results import Result
from tests.checks.building import json_values, reference_data, with_anything_anywhere

CHECKS: Final = catalog.find("compiled_release")
PLACES: Final = ("ocid", "date", "parties", "buyer", "planning", "tender", "awards", "contracts", "relatedProcesses")
DAY: Final = "2019-02-03T00:00:00Z"
VALUE: Final = {"amount": 10, "currency": "EUR"}
PERIOD: Final = {"startDate": DAY, "endDate": "2019-02-10", "maxExtentDate": DAY, "durationInDays": 7}
PARTY: Final = {"id": "p", "name": "P"}
DOCUMENTS: Final = [{"datePublished": DAY, "dateModified": "2018-01-01"}]
MILESTONES: Final = [{"status": "notMet", "dateModified": DAY, "dateMet": "2020-01-01"}]
AMENDMENTS: Final = [{"date": "2020-01-01"}]
EXAMPLE: Final[dict[str, Any]] = {
    "ocid": "ocds-213czf-1",
    "date": DAY,
    "parties": [
        {**PARTY, "roles": ["supplier", "tenderer", "buyer", "procuringEntity", "payer", "payee"]},
        {"id": 1, "name": "Q", "roles": ["payee"]},
    ],
    "buyer": PARTY,
    "planning": {"budget": {"amount": {"amount": 30, "currency": "USD"}}, "documents": DOCUMENTS},
    "tender": {
        "status": "active",
        "procurementMethod": "direct",
        "numberOfTenderers": 2,
        "tenderers": [PARTY, {"id": 1}],
        "procuringEntity": PARTY,
        "value": VALUE,
        "tenderPeriod": PERIOD,
        "contractPeriod": PERIOD,
        "milestones": MILESTONES,
        "amendments": AMENDMENTS,
    },
    "awards": [
        {"id": "a", "status": "pending", "date": DAY, "value": VALUE, "suppliers": [PARTY], "amendments": AMENDMENTS},
        {"id": 2, "status": "active", "value": {"amount": "7", "currency": "GBP"}, "contractPeriod": PERIOD},
    ],
    "contracts": [
        {
            "awardID": "a",
            "status": "cancelled",
            "dateSigned": "2019-01-01",
            "value": {"amount": 9, "currency": "USD"},
            "period": PERIOD,
            "implementation": {
                "transactions": [{"date": DAY, "value": VALUE, "payer": PARTY, "payee": {"id": "1", "name": "Q"}}],
                "milestones": MILESTONES,
                "documents": DOCUMENTS,
            },
        },
    ],
}


def assert_well_formed(result: Result) -> None:
    if result.result is None:
        assert result.application_count is None
        assert result.pass_count is None
        assert result.meta is not None
        assert isinstance(result.meta["reason"], str)
        return
    assert result.application_count is not None
    assert result.pass_count is not None
    assert 0 <= result.pass_count <= result.application_count
    assert result.application_count > 0
    assert result.result is (result.pass_count == result.application_count)
    assert (result.meta is None) is result.result
    if result.meta is not None and "failed_paths" in result.meta:
        assert len(result.meta["failed_paths"]) == result.application_count - result.pass_count


def said(results: dict[str, Result]) -> dict[str, tuple[Any, ...]]:
    return {name: (one.result, one.application_count, one.pass_count, one.meta) for name, one in results.items()}


def assert_all_work(data: dict[str, Any]) -> None:
    before = copy.deepcopy(data)
    release = Release(data, 1, reference_data())
    results = {name: check.module.check(release) for name, check in CHECKS.items()}
    for result in results.values():
        assert_well_formed(result)
        orjson.dumps(result.meta)
    assert data == before
    alone = {name: check.module.check(Release(data, 1, reference_data())) for name, check in CHECKS.items()}
    assert said(results) == said(alone), "what one check gives must not depend on the others"


def test_the_example_is_one_that_checks_apply_to() -> None:
    release = Release(EXAMPLE, 1, reference_data())
    assert [name for name, check in CHECKS.items() if check.module.check(release).result is None] == []


@given(with_anything_anywhere(EXAMPLE))
def test_anything_anywhere(data: dict[str, Any]) -> None:
    assert_all_work(data)


@given(st.dictionaries(st.sampled_from(PLACES), json_values()))
def test_any_release(data: dict[str, Any]) -> None:
    assert_all_work(data)
