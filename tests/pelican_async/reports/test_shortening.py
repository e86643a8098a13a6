import doctest

import orjson
from hypothesis import given
from hypothesis import strategies as st

from checks.batch import Mapper, Wanted
from checks.sampling import Sampling
from checks.values import Json
from pelican_async.reports import shortening
from pelican_async.reports.examples import quote
from pelican_async.reports.shortening import LARGEST_EXAMPLE, shortened
from pelican_async.reports.stored import shown, stored_reports
from tests.checks.building import reference_data
from tests.pelican_async.reports.test_visible import JSON

LONG = "a" * 2_000_000


def test_examples() -> None:
    assert doctest.testmod(shortening).failed == 0


@given(JSON, st.integers(0, 200))
def test_what_is_given_is_the_value_itself_or_about_as_large_as_it_may_be(value: Json, largest: int) -> None:
    try:
        size = len(orjson.dumps(value))
    except TypeError:  # numbers and texts that no text as JSON has
        return
    found = shortened(value, largest)
    if size <= largest:
        assert found is value
    else:
        assert type(found) is type(value)
        # One entry can begin within the limit and end after it; control characters take six bytes each.
        assert len(orjson.dumps(found)) <= min(size, 12 * (largest + shortening.LONGEST))


def test_the_rows_of_a_report_are_small_whatever_is_quoted() -> None:
    """They have twenty examples each, and a database takes no more than 256 MB at once."""
    releases = {
        item: {
            "ocid": f"ocds-213czf-{item}",
            "date": LONG,
            "tender": {"tenderPeriod": {"startDate": LONG}, "documents": [[LONG]], "value": {"amount": LONG}},
            "buyer": {"id": LONG, "name": LONG},
            "parties": [{"id": "1", "roles": [LONG]}],
            "awards": [{"date": ["2020"] * 400, "suppliers": [{"id": {LONG: LONG}}]}],
            "contracts": [LONG],
        }
        for item in range(1, 6)
    }
    sampling = Sampling(b"")
    mapped = Mapper(reference_data(), sampling, Wanted()).map(releases.items())

    class Kept:
        def releases(self, _: object) -> dict[int, dict[str, Json]]:
            return releases

    quotations = quote(shown(mapped.partial, quality=True), sampling, reference_data(), Kept())
    reports = stored_reports(mapped.partial, quotations, quality=True)
    for examples in (*reports.field_examples.values(), *reports.check_examples.values()):
        assert len(orjson.dumps(examples)) < 20 * LARGEST_EXAMPLE
