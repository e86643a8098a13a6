"""What a contracting process has come to isn't lost from one version of a dataset to the next.

Applies to all releases of the older version.

Passes if the release of the newer version with the same `ocid` still has a `tender` and a `planning` object that isn't
empty where the older one has, and no fewer entries in the lists `awards` and `contracts`.

Mend it by publishing what was published before together with what is new, instead of in its place.

>>> old = release(ocid="ocds-213czf-1", tender={"id": "1"}, awards=[{"id": "1"}])
>>> check([old], [release(ocid="ocds-213czf-1", tender={"id": "1"}, awards=[{"id": "1"}, {"id": "2"}])])
passed: 100 % have a pair, 100 % of them pass
>>> check([old], [release(ocid="ocds-213czf-1", awards=[{"id": "1"}])])
failed: 100 % have a pair, 0 % of them pass
"""

from typing import Final

from checks.time_based.snapshots import State

VERSION: Final = 1.0


def applies(previous: State) -> bool:  # noqa: ARG001 it applies whatever the release is
    """Tell whether the check looks at a release of the older version."""
    return True


def passes(previous: State, current: State) -> bool:
    """Tell whether a pair passes."""
    return (
        current.tender >= previous.tender
        and current.planning >= previous.planning
        and current.awards >= previous.awards
        and current.contracts >= previous.contracts
    )
