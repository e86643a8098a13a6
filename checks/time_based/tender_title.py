"""The titles of tenders don't change from one version of a dataset to the next.

Applies to the releases of the older version whose `tender.title` is a string and not only white space.

Passes if the release of the newer version with the same `ocid` has the same title: upper and lower case are the same,
as is white space of any kind and length; at the ends it doesn't count. There, too, what isn't a string is no title.

Mend it by looking at the examples: an `ocid` that was given to another process, or a title that was lost or cut off.

>>> old = release(ocid="ocds-213czf-1", tender={"title": "New bridge"})
>>> check([old], [release(ocid="ocds-213czf-1", tender={"title": " NEW  bridge"})])
passed: 100 % have a pair, 100 % of them pass
>>> check([old], [release(ocid="ocds-213czf-1", tender={"title": "New road"})])
failed: 100 % have a pair, 0 % of them pass
>>> check([release(ocid="ocds-213czf-1", tender={"title": " "})], [old])
not computed
"""

from typing import Final

from checks.time_based.snapshots import NONE, State

VERSION: Final = 1.0


def applies(previous: State) -> bool:
    """Tell whether the check looks at a release of the older version."""
    return previous.title != NONE


def passes(previous: State, current: State) -> bool:
    """Tell whether a pair passes."""
    return previous.title == current.title
