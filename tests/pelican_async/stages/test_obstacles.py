"""What stands in the way of work is told while it does: not what passes at once, and not for ever."""

import pytest

from pelican_async.stages import obstacles
from pelican_async.stages.obstacles import AGAIN, Obstacles


def test_what_is_met_again_and_again_is_told_until_it_is_passed() -> None:
    met = Obstacles()
    for _ in range(AGAIN):
        assert met.now() == {}
        met.meet("report", OSError("postgresql://me:secret@host is full"))
    met.meet("relay", OSError("once"))
    assert met.now() == {"report": "postgresql://me:***@host is full"}
    met.passed("report")
    met.passed("wipe")
    assert met.now() == {}


def test_what_was_met_long_ago_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    met = Obstacles()
    for _ in range(AGAIN):
        met.meet("report", TimeoutError())
    assert met.now() == {"report": "TimeoutError"}
    monkeypatch.setattr(obstacles, "FORGOTTEN", 0.0)
    assert met.now() == {}
