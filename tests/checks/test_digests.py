from hypothesis import given
from hypothesis import strategies as st

from checks.digests import digest, digest_json, digests
from checks.values import equal
from tests.checks.building import json_values


@given(json_values(), json_values())
def test_digests_are_equal_as_values_are(one: object, other: object) -> None:
    assert (digest_json(one) == digest_json(other)) is equal(one, other)


def test_what_is_equal_as_json_has_one_digest() -> None:
    assert digest_json({"a": [1, {"b": None}], "c": 2.0}) == digest_json({"c": 2, "a": [1.0, {"b": None}]})
    assert (
        len({digest_json(value) for value in (1, "1", True, "True", [1], ["1"], {"1": 1}, None, "None", [], {})}) == 11
    )
    assert digest_json([[1], 2]) != digest_json([[1, 2]])
    assert digest_json(["a", "b"]) != digest_json(["a:b"])


@given(st.lists(st.text()))
def test_many_are_digested_as_one_is(texts: list[str]) -> None:
    assert list(digests(texts)) == [digest(text) for text in texts] == [digest_json(text) for text in texts]


def test_lone_surrogates_are_digested() -> None:
    assert list(digests(["a", "\ud800"])) == [digest("a"), digest("\ud800")]
    assert digest("\ud800") != digest("\ud801")
