"""Partials come back from the database as they were, and nothing else does."""

import os
import pickle
import zlib

import pytest

from checks.batch import Mapper, Partial, Wanted
from checks.sampling import Sampling
from pelican_async import partials
from pelican_async.partials import WrongPartialError, packed
from tests.checks.building import reference_data

WANTED = Wanted(facts=False, snapshot=True, stored=True)
RELEASES = [(item, {"ocid": f"ocds-213czf-{item}", "tender": {"title": "a", "id": item}}) for item in range(1, 40)]


def mapped(first: int, last: int) -> Partial:
    return Mapper(reference_data(), Sampling(b"a test"), WANTED).map(RELEASES[first:last]).partial


def test_what_was_packed_in_parts_merges_as_the_whole() -> None:
    whole = mapped(0, 39)
    counts = Partial(Sampling(b"a test"), WANTED)
    collected, snapshot = None, None
    for part in (packed(mapped(0, 15)), packed(mapped(15, 39))):
        partials.add_counts(counts, part.tally)
        if collected is None or snapshot is None:
            collected, snapshot = partials.collected(part.collected), partials.snapshot(part.snapshot)
        else:
            collected.merge(partials.collected(part.collected))
            snapshot.merge(partials.snapshot(part.snapshot))
    assert collected is not None
    assert snapshot is not None
    assert (counts.count, counts.tally.counts, counts.tally.samples) == (39, whole.tally.counts, whole.tally.samples)
    assert whole.snapshot is not None
    assert snapshot.by_ocid() == whole.snapshot.by_ocid()
    assert collected.urls() == whole.dataset.urls()


class Hostile:
    """Would run a program when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/pelican-async-was-here",)


@pytest.mark.parametrize(
    "part",
    [
        zlib.compress(pickle.dumps(Hostile())),
        zlib.compress(pickle.dumps(eval)),
        zlib.compress(b"\x80\x05cchecks.catalog\nimportlib.import_module\n."),
        zlib.compress(b"nothing of the kind"),
        b"not compressed",
        b"",
    ],
)
def test_nothing_else_is_read(part: bytes) -> None:
    with pytest.raises(WrongPartialError):
        partials.snapshot(part)


def test_the_version_is_that_of_the_checks() -> None:
    assert partials.version() == partials.version()
    assert len(partials.version()) == 24
