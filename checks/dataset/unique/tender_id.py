"""No two releases have the same tender.id.

Looks at `tender.id` of all releases, as a string, where it is there and neither `null` nor empty; the value is the
share of releases whose id no other release has.

Passes if each occurs once.

Not computed if no release has one. An example of an id that occurs more than once lists the first 1,000 releases that
have it.

Mend it by giving each tender an id of its own, for example its number in the system it comes from.

>>> check(release(tender={"id": "2019-17"}), release(tender={"id": "2019-18"}))
passed: 100 %
>>> check(release(tender={"id": 1}), release(tender={"id": "1"}), release(tender={"id": 2}), release(tender={"id": 3}))
failed: 50 %
>>> check(release(tender={"id": ""}))
not computed: No release has a tender.id.
"""

from collections.abc import Mapping
from typing import Any, Final

from checks.dataset.collecting import Collected, Lookups, Names, example, examples
from checks.dataset.passing import passing, sampled
from checks.dataset.results import DatasetResult, not_computed
from checks.dataset.tenders import Tenders
from checks.facts import Facts
from checks.sampling import item_of
from checks.values import text

VERSION: Final = 2.0
COLLECTED: Final = Collected(Tenders)
LISTED: Final = 1_000


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    ids = tenders.ids
    if not ids:
        return not_computed(VERSION, "No release has a tender.id.")
    repeated = ids.repeated()
    once = ids.single(repeated)
    passed = sampled(once, lookups)
    more = {places[0]: places for places in ids.places_of(repeated).values()}
    failed = sampled(more, lookups)
    having = {place: [place] for place in passed} | {place: more[place][:LISTED] for place in failed}
    facts = lookups.facts(having)
    names = lookups.names([place for places in having.values() for place in places])
    shown = [[_example(place, having[place], facts, names) for place in places] for places in (passed, failed)]
    return passing(VERSION, len(once), len(ids) - len(once), *shown)


def _example(place: int, having: list[int], facts: Mapping[int, Facts], names: Names) -> dict[str, Any]:
    first = facts[item_of(place)]
    return {"tender_id": text(first.tender_id), **example(place, facts), "all_items": examples(having, names)}
