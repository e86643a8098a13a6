"""Contracting processes don't disappear from one version of a dataset to the next.

Applies to all releases of the older version. A pair is a release of the newer version with the same `ocid`; a release
without one, or whose `ocid` isn't a string, has no pair.

Passes if there is a pair, so of the pairs all pass: what matters is how many have one.

Mend it by publishing all processes again in each version, also those that are over, under the `ocid` they had before.

>>> check([release(ocid="ocds-213czf-1")], [release(ocid="ocds-213czf-1")])
passed: 100 % have a pair, 100 % of them pass
>>> check([release(ocid="ocds-213czf-1")], [release(ocid="ocds-213czf-01")])
0 % have a pair
"""

from typing import Final

from checks.time_based.snapshots import State

VERSION: Final = 1.0


def applies(previous: State) -> bool:  # noqa: ARG001 it applies whatever the release is
    """Tell whether the check looks at a release of the older version."""
    return True


def passes(previous: State, current: State) -> bool:  # noqa: ARG001 that there is a pair is all that counts
    """Tell whether a pair passes."""
    return True
