"""The short form of the chaos run; `make chaos SEED=N FAULTS=M` is the long one."""

import shutil
from pathlib import Path

import pytest

from tests.chaos.faults import Kind, script
from tests.chaos.running import Chaos
from tests.services import rabbitmq

SEED = 41
FAULTS = 6


def test_a_seed_gives_the_same_script() -> None:
    assert script(7, 40) == script(7, 40)
    assert script(7, 40) != script(8, 40)
    assert {fault.kind for fault in script(7, len(Kind))} == set(Kind)


async def test_whatever_breaks_the_outcome_is_the_same(tmp_path: Path) -> None:
    if rabbitmq.program() is None:
        if not rabbitmq.can_install():
            pytest.fail(rabbitmq.WANTED, pytrace=False)
        rabbitmq.install()
    outcome = await Chaos(SEED, FAULTS, tmp_path / "logs", print).run()
    assert outcome.wrong == [], "\n".join([*outcome.log, *outcome.wrong, f"The replicas' logs: {tmp_path / 'logs'}"])
    shutil.rmtree(tmp_path / "logs")
