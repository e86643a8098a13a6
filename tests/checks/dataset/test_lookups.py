"""What was looked up once isn't looked up again."""

from collections.abc import Collection, Mapping

from checks.dataset.collecting import Lookups
from checks.facts import Facts
from checks.sampling import Sampling, place_of


class Items:
    """Remembers which items it was asked for."""

    def __init__(self) -> None:
        self.asked: list[set[int]] = []

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        raise NotImplementedError

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        self.asked.append(set(items))
        return {item: f"ocds-{item}" for item in items}


def test_names_are_looked_up_once() -> None:
    items = Items()
    lookups = Lookups(items, Sampling(b"a test"))
    assert lookups.names([place_of(1), place_of(2, 5)])[2] == {"item_id": 2, "ocid": "ocds-2"}
    assert lookups.names([place_of(2), place_of(3)])[3] == {"item_id": 3, "ocid": "ocds-3"}
    assert lookups.names([place_of(1)])[1] == {"item_id": 1, "ocid": "ocds-1"}
    assert items.asked == [{1, 2}, {3}]
