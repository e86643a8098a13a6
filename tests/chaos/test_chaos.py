"""The short form of the chaos run; `make chaos SEED=N FAULTS=M` is the long one."""

import shutil
from pathlib import Path

import pytest

from tests.chaos.faults import Kind, script
from tests.chaos.running import Chaos
from tests.chaos.verdict import differences
from tests.services import rabbitmq
from tests.services.installing import can_install, install

SEED = 41
FAULTS = 6


def test_a_seed_gives_the_same_script() -> None:
    assert script(7, 40) == script(7, 40)
    assert script(7, 40) != script(8, 40)
    assert {fault.kind for fault in script(7, len(Kind))} == set(Kind)


def test_a_difference_is_told() -> None:
    expected = {"report": ["a row", "another row"]}
    assert list(differences(expected, {"1": {"report": ["another row", "a row"]}}, [1])) == []
    doubled = list(differences(expected, {"1": {"report": ["a row", "a row"]}}, [1]))
    assert doubled == [
        "round 1, report: this row is there, but isn't expected: a row",
        "round 1, report: this row is expected, but isn't there: another row",
    ]
    assert len(list(differences(expected, {}, [1]))) == 2
    assert len(list(differences(expected, {"1": expected, "unknown": {"outbox": ["of nobody"]}}, [1]))) == 1


async def test_whatever_breaks_the_outcome_is_the_same(tmp_path: Path) -> None:
    if rabbitmq.program() is None:
        if not can_install():
            pytest.fail(rabbitmq.WANTED, pytrace=False)
        install("rabbitmq-server")
    outcome = await Chaos(SEED, FAULTS, tmp_path / "logs", print).run()
    assert outcome.wrong == [], "\n".join([*outcome.log, *outcome.wrong, f"The replicas' logs: {tmp_path / 'logs'}"])
    shutil.rmtree(tmp_path / "logs")
