"""The fast walk gives what the readable one says, whatever the release contains."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.field_table import FIELDS, VARIANTS
from checks.field_walk import FieldWalk
from checks.fields import ALL, TREE, occurrences, occurrences_of, results, rows
from checks.outcomes import ERROR, outcomes_of
from checks.quality import Quality
from tests.checks.building import json_values, reference_data, with_anything_anywhere
from tests.checks.walking import walked

QUALITY = Quality(VARIANTS, reference_data())
WALK = FieldWalk(QUALITY)
RELEASE = {
    "ocid": "ocds-213czf-1",
    "date": "2020-01-01",
    "parties": [{"id": "1", "contactPoint": {"email": "a@b", "telephone": "+44 20 7946 0958"}}],
    "tender": {"items": [{"quantity": 1}], "documents": [{"documentType": "tenderNotice", "language": "en"}]},
    "awards": [{"id": "a", "suppliers": [{"identifier": {"scheme": "GB-COH"}}], "documents": [{"format": "x"}]}],
    "contracts": [{"implementation": {"transactions": [{"value": {"amount": "5"}}]}, "milestones": [{"id": 1}]}],
    "language": "en",
}


def test_all_fields_are_there() -> None:
    assert len(FIELDS) == len(ALL) == 559
    assert sum(1 for field in ALL if field.quality) == 148
    assert len({field.path for field in ALL}) == 559
    assert len(TREE) == 100


@given(with_anything_anywhere(RELEASE))
def test_walks_agree_for_any_value_in_any_place(release: dict[str, Any]) -> None:
    assert walked(WALK, release, release) == rows(release, QUALITY)


@given(st.dictionaries(st.sampled_from(sorted({field.path.split(".")[0] for field in ALL})), json_values(), max_size=4))
def test_walks_agree_for_any_release(release: dict[str, Any]) -> None:
    assert walked(WALK, release, release) == rows(release, QUALITY)


@given(with_anything_anywhere(RELEASE))
def test_occurrences_of_a_node_are_those_of_the_whole_release(release: dict[str, Any]) -> None:
    found = list(occurrences(release))

    for node in TREE:
        assert occurrences_of(release, node.number) == [one for one in found if one.node == node]


@given(with_anything_anywhere(RELEASE))
def test_results_have_the_shape_that_readers_expect(release: dict[str, Any]) -> None:
    for path, entries in results(release, QUALITY).items():
        for entry in entries:
            assert entry["path"].rpartition(".")[2] == path.rpartition(".")[2]
            for group in (entry["coverage"], entry["quality"]):
                checks = group["check_results"]
                assert group["overall_result"] == (checks[-1]["result"] if checks else None)
                assert all((check["reason"] is None) == check["result"] for check in checks)
            if not entry["coverage"]["overall_result"]:
                assert not entry["quality"]["check_results"]


def test_a_list_in_a_list_is_opened_once() -> None:
    found = results({"awards": [[{"id": "", "items": [{"id": 1}]}, 5]]}, QUALITY)
    assert [entry["path"] for entry in found["awards.id"]] == ["awards[0][0].id", "awards[0][1].id"]
    assert [entry["coverage"]["overall_result"] for entry in found["awards.id"]] == [False, False]
    assert "awards.items.id" not in found


def test_only_empty_inner_lists() -> None:
    assert results({"tender": [[]]}, QUALITY)["tender.id"] == []
    assert "tender.id" not in results({"tender": []}, QUALITY)


def test_an_error_in_a_check_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    quality = Quality(VARIANTS, reference_data())
    language = next(variant for variant in quality.variants if variant.name == "language")

    def broken(*_: object) -> str:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(language, "check", broken)
    walk = FieldWalk(quality)
    with pytest.raises(ZeroDivisionError):
        walked(walk, {"language": "zz"})
    quality.guarded = True
    assert ERROR in outcomes_of(walked(walk, {"language": "zz"})[0][0])
    assert quality.errors == [("language", "ZeroDivisionError: planted")]
