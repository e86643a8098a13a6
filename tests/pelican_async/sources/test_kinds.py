import pytest
from hypothesis import given

from checks.values import Json
from pelican_async.sources.kinds import Contents, Kind, contents, kind, package_info
from pelican_async.sources.texts import PackageInfo
from tests.pelican_async.sources.containers import MANY, values


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"ocid": "1", "tag": ["compiled"]}, Kind.COMPILED),
        ({"ocid": "1", "tag": "compiled"}, Kind.COMPILED),
        ({"tag": ["compiled"]}, Kind.COMPILED),
        ({"ocid": "1"}, Kind.COMPILED),
        ({"ocid": None}, Kind.COMPILED),
        ({"ocid": "1", "tag": []}, Kind.COMPILED),
        ({"tender": {}}, Kind.COMPILED),
        ({"tender": {}, "tag": ["tender"]}, Kind.RELEASE),
        ({"ocid": "1", "tag": ["planning", "tender"]}, Kind.RELEASE),
        ({"ocid": "1", "tag": "contract"}, Kind.RELEASE),
        ({"ocid": "1", "tag": {"compiled": 1}}, Kind.RELEASE),
        ({"url": "https://example.com", "date": "2020", "tag": ["planning"]}, Kind.LINKED),
        ({"url": 5}, Kind.NOT_OCDS),
        ({"ocid": "1", "compiledRelease": {}}, Kind.RECORD),
        ({"ocid": "1", "releases": []}, Kind.RECORD),
        ({"ocid": "1", "versionedRelease": {}}, Kind.RECORD),
        ({"uri": "u", "releases": []}, Kind.RELEASE_PACKAGE),
        ({"releases": [], "records": [{}]}, Kind.RECORD_PACKAGE),
        ({"releases": {}}, Kind.NOT_OCDS),
        ({}, Kind.NOT_OCDS),
        ({"id": "1", "date": "2020", "language": "es"}, Kind.NOT_OCDS),
        ([], Kind.LIST),
        (None, Kind.NOT_AN_OBJECT),
        ("compiled", Kind.NOT_AN_OBJECT),
    ],
)
def test_kinds(value: Json, expected: Kind) -> None:
    assert kind(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"ocid": "1", "compiledRelease": {"a": 1}, "releases": [{}]}, Contents([{"a": 1}], [], 0)),
        ({"ocid": "1", "compiledRelease": None, "releases": [{}, 1, {"url": "u"}]}, Contents([], [{}, 1], 1)),
        ({"ocid": "1", "releases": "none"}, Contents([], [], 0)),
        ({"ocid": "1", "versionedRelease": {}}, Contents([], [], 0)),
        ({"releases": [1, {}]}, Contents([1, {}], [], 0)),
        ({"records": [1], "releases": [2]}, Contents([2, 1], [], 0)),
        ([1, 2], Contents([1, 2], [], 0)),
        ({"ocid": "1"}, Contents([], [], 0)),
        (5, Contents([], [], 0)),
    ],
)
def test_contents(value: Json, expected: Contents) -> None:
    assert contents(value, kind(value)) == expected


@MANY
@given(values)
def test_any_value_has_a_kind_and_contents(value: Json) -> None:
    assert isinstance(contents(value, kind(value)), Contents)
    assert isinstance(package_info(value), PackageInfo)


def test_package_info() -> None:
    package = {"uri": "u", "publisher": {"name": "A town"}, "publishedDate": 5, "license": None}

    assert package_info(package) == PackageInfo(uri="u", publisher="A town")
    assert package_info({"publisher": "A town"}) == PackageInfo()
