"""The documents can be had at their URLs.

Looks at a sample of 100 of the `url` values, those that are strings, of the documents of planning, tender, awards,
contracts and their implementation; the value is the share of them that pass.

Passes if all do: a URL passes if a request for it is answered, after redirects and within the time limit, with an HTTP
status from 200 to 399.

Not computed if there are fewer than 100 URLs, or if nothing may be requested.

Mend it by correcting the addresses, and by keeping documents where they were first published.

>>> check(release(tender={"documents": [{"url": "https://example.com/notice.pdf"}]}))
not computed: At least 100 document URLs are needed; found: 1.
>>> check(release(tender={"documents": [{"url": f"https://example.com/{number}.pdf"} for number in range(100)]}))
not computed: Offline: no URL was requested.
"""

from typing import Any, Final

from checks.dataset.collecting import Collected, Lookups, example
from checks.dataset.documents import URLS, Documents
from checks.dataset.passing import passing
from checks.dataset.results import DatasetResult, not_computed
from checks.sampling import place_of

VERSION: Final = 1.0
COLLECTED: Final = Collected(Documents)
OK: Final = 200
BAD_REQUEST: Final = 400


def finish(documents: Documents, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    if documents.url_count < URLS:
        return not_computed(VERSION, f"At least {URLS} document URLs are needed; found: {documents.url_count}.")
    if lookups.statuses is None:
        return not_computed(VERSION, "Offline: no URL was requested.")
    places = {place_of(*lookups.sampling.place(scrambled)): url for scrambled, url in documents.urls}
    facts = lookups.facts(places)
    passed: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for place, url in sorted(places.items()):
        status = lookups.statuses.get(url)
        passes = status is not None and OK <= status < BAD_REQUEST
        shown = "OK" if passes else "ERROR" if status is None else status
        (passed if passes else failed).append({"value": url, **example(place, facts), "status": shown})
    return passing(VERSION, len(passed), len(failed), passed, failed)
