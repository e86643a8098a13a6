import json

from hypothesis import given
from hypothesis import strategies as st

from pelican_async.sources.limits import Limits
from pelican_async.sources.spooling import Group, LooseReleases
from pelican_async.sources.texts import Unreadable
from tests.pelican_async.sources.containers import MANY


@MANY
@given(st.lists(st.tuples(st.text(max_size=2), st.binary(max_size=5)), max_size=20))
def test_releases_come_back_by_ocid_in_their_order(added: list[tuple[str, bytes]]) -> None:
    with LooseReleases(Limits()) as releases:
        for place, (ocid, text) in enumerate(added):
            releases.add(ocid, text, "file", "line", place)
        groups = list(releases.groups())

    ocids = [ocid for ocid, _ in added]
    expected = {
        ocid: Group(ocid, [text for other, text in added if other == ocid], "file", "line", ocids.index(ocid))
        for ocid in sorted(set(ocids), key=str.encode)
    }
    assert groups == list(expected.values())


def test_a_process_too_large_to_be_merged_is_reported() -> None:
    with LooseReleases(Limits(text=100)) as releases:
        for place in range(11):
            releases.add("large", b"x" * 10, "a", "line", place)
        releases.add("small", b"x" * 10, "b", "byte", 5)
        large, small = releases.groups()

    assert isinstance(large, Unreadable)
    assert (large.kind, large.count, large.place, large.source) == ("too-long", 11, 0, "a")
    assert isinstance(small, Group)


def test_many_releases_come_back() -> None:
    count = 20_000
    with LooseReleases(Limits()) as releases:
        for number in range(count):
            ocid = f"ocds-{number * 7919 % (count // 2)}"
            releases.add(ocid, json.dumps({"ocid": ocid, "title": "x" * 500}).encode(), "file", "byte", number)
        groups = [group for group in releases.groups() if isinstance(group, Group)]

    assert len(groups) == count // 2
    assert all(len(group.texts) == 2 for group in groups)
