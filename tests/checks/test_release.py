"""What a release tells of itself, and of the ids in it."""

from checks.release import described_pair, later_pairs
from checks.values import Dated, identity
from tests.checks.building import release


def test_own_values() -> None:
    it = release(ocid="ocds-213czf-1", date="2019-02-03T23:00:00-05:00", tender={"status": "active"})
    assert (it.ocid, it.day, it.tender) == ("ocds-213czf-1", 737093, {"status": "active"})
    [date] = it.date
    assert (date.path, date.value, date.day) == ("date", "2019-02-03T23:00:00-05:00", 737093)


def test_own_values_of_another_type() -> None:
    it = release(ocid=1, date=["2019-02-03"], tender=[{"status": "active"}])
    assert (it.ocid, it.day, it.tender) == (None, None, {})
    [date] = it.date
    assert (date.path, date.value, date.day) == ("date[0]", "2019-02-03", 737093)


def test_ids_are_counted_with_their_types() -> None:
    awards = [{"id": "1"}, {"id": 1}, {"id": 1.0}, {"id": ["1", ["x"]]}, {"id": True}, {}, 5]
    ids = release(awards=awards).award_ids
    assert ids.counts == {"1": 2, 1: 2, identity(["x"]): 1, identity(True): 1}
    assert ids.texts == {"1", "1.0", "['x']", "True"}


def test_parties_by_text() -> None:
    parties = release(parties=[{"id": "1"}, {"id": 1, "name": "A"}, {"id": None, "name": "B"}, {"id": ["2"]}]).parties
    assert parties.by_text == {
        "1": None,
        "None": ("parties[2]", {"id": None, "name": "B"}),
        "['2']": ("parties[3]", {"id": ["2"]}),
    }
    assert set(parties.named) == {"1", "None"}
    assert parties.named["1"] == ("parties[1]", {"id": 1, "name": "A"})


def test_releases_without_parties_share_nothing_that_is_found() -> None:
    assert release().parties.by_text == {}
    assert release(parties=[{"id": "1"}]).parties.counts == {"1": 1}
    assert release().parties.counts == {}


def dated(parent: str, day: int) -> Dated:
    return Dated(f"{parent}.date", f"2019-01-0{day}", day, parent, parent)


def test_later_pairs_come_in_the_order_of_the_first_dates() -> None:
    firsts = [dated(f"a[{index}]", day) for index, day in enumerate((3, 1, 2))]
    seconds = [dated(f"b[{index}]", day) for index, day in enumerate((2, 1))]
    described = map(described_pair, later_pairs(firsts, seconds))
    pairs = [(pair["path_1"], pair["path_2"]) for pair in described]
    assert pairs == [
        ("a[0].date", "b[0].date"),
        ("a[0].date", "b[1].date"),
        ("a[2].date", "b[1].date"),
    ]
    assert not later_pairs(firsts, [])
    assert not later_pairs([], seconds)
    assert not later_pairs(firsts[2:], seconds[:1]), "the same day isn't after"
