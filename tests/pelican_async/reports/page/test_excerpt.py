import doctest

from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json, walk
from pelican_async.reports.page import excerpt as module
from pelican_async.reports.page.excerpt import LONGEST, excerpt
from tests.pelican_async.reports.making import RELEASE, huge_release
from tests.pelican_async.reports.test_visible import JSON

PATHS = st.text("ab.[]0123", max_size=12)


def marked(release: dict[str, Json], path: str) -> list[str]:
    found = excerpt(release, path)
    return [line.text for line in found.lines if line.marked] if found else []


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0


def test_a_field_of_the_release_itself() -> None:
    found = excerpt(RELEASE, "language")
    assert found is not None
    assert found.holder == ""
    assert [line.text for line in found.lines if line.marked] == ['"language": "en",']


def test_an_object_is_shown_with_its_fields() -> None:
    assert marked({"a": {"long": "x" * 60, "b": 1}}, "a") == ['"a": {', f'"long": "{"x" * 60}",', '"b": 1', "}"]


def test_what_is_missing_is_marked_as_such() -> None:
    assert marked({"a": {"b": 1}}, "a.c") == ['"c": is not there']


def test_the_fields_beside_are_shortened() -> None:
    release = {**{f"before{number}": [number] * 50 for number in range(9)}, "here": 1, "after": {"x": "y" * 99}}
    found = excerpt(release, "here")
    assert found is not None
    assert [line.text for line in found.lines] == [
        "… 6 more",
        '"before6": [ 50 entries ],',
        '"before7": [ 50 entries ],',
        '"before8": [ 50 entries ],',
        '"here": 1,',
        '"after": { 1 field }',
    ]


def test_paths_that_lead_nowhere_give_nothing() -> None:
    for path in ("", "[0]", "awards[7].date", "language.x", "tender.title.x.y", "...", "len(tenderers).x"):
        assert excerpt(RELEASE, path) is None, path


def test_huge_and_deep_releases_give_short_lines() -> None:
    found = excerpt(huge_release("x" * 50_000), "tender.title")
    assert found is not None
    assert len(found.lines) < 20
    assert max(len(line.text) for line in found.lines) < 3 * LONGEST


def test_deeper_than_python_can_follow() -> None:
    deep: Json = 1
    for _ in range(100_000):
        deep = [deep]
    assert marked({"a": deep}, "a") == ['"a": [[[…]]]']
    while type(deep) is list:
        deep = deep[0]


@given(st.dictionaries(st.sampled_from(["a", "b", "0"]), JSON, max_size=3), PATHS)
def test_no_release_and_no_path_raises(release: dict[str, Json], path: str) -> None:
    excerpt(release, path)


@given(st.dictionaries(st.sampled_from(["a", "b"]), JSON, max_size=2), st.sampled_from(["a", "b", "a.b", "a.a"]))
def test_whatever_walking_finds_is_marked(release: dict[str, Json], path: str) -> None:
    for concrete, _ in walk(release, path):
        assert marked(release, concrete)
