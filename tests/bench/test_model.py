"""The model of the service does what can be worked out without it, where that can be."""

from dataclasses import replace
from typing import Final

import pytest

from bench.model import Cost, Costs, Deployment, Load, simulate
from bench.scaling import fitting

NOTHING: Final = Cost(loop=0, pool=0, database=0, broker=0, source=0)
FREE: Final = Costs(
    extract=NOTHING, check=NOTHING, whole=NOTHING, page=1000, message=100, batch=100, flush=0.0, counter=0.0
)
STEPS: Final = {
    "extract": {"loop": 13.0, "pool": -0.1, "database": 50.0, "broker": 1.0, "source": 10.0},
    "check": {"loop": 50.0, "pool": 90.0, "database": 100.0, "broker": 14.0, "source": 0.0},
    "whole": {"loop": 8.0, "pool": 10.0, "database": 6.0, "broker": 2.0, "source": 0.0},
    "page": 1000,
    "message": 100,
    "batch": 200,
    "flush_milliseconds": 0.2,
    "counter_milliseconds": 1.2,
}
LOAD: Final = Load(1, 20_000)


def checking(**cost: float) -> Costs:
    return replace(FREE, check=NOTHING._replace(**cost))


def test_measured_figures_become_seconds() -> None:
    costs = Costs.of(STEPS)
    assert costs.check == Cost(50e-6, 90e-6, 100e-6, 14e-6, 0.0)
    assert costs.extract.pool == 0.0
    assert (costs.page, costs.message, costs.batch, costs.flush, costs.counter) == (1000, 100, 200, 0.0002, 0.0012)
    assert costs.in_all("database") == pytest.approx(156e-6)


@pytest.mark.parametrize(("processes", "seconds"), [(1, 2.0), (2, 1.0), (4, 0.5), (8, 0.5)])
def test_checking_takes_as_long_as_its_processes_and_cores_let_it(processes: int, seconds: float) -> None:
    found = simulate(checking(pool=1e-4), Deployment(1, processes, 8, replica_cores=4), LOAD)
    assert found.seconds == pytest.approx(seconds, rel=0.02)


def test_one_batch_at_once_keeps_one_process_busy() -> None:
    assert simulate(checking(pool=1e-4), Deployment(1, 4, 1), LOAD).seconds == pytest.approx(2.0)


def test_an_event_loop_does_one_thing_at_a_time_and_replicas_have_one_each() -> None:
    one = simulate(checking(loop=1e-4), Deployment(1, 4, 4), LOAD)
    assert one.seconds == pytest.approx(2.0)
    assert one.busy["event loops"] == pytest.approx(1.0)
    assert simulate(checking(loop=1e-4), Deployment(2, 4, 4), LOAD).seconds == pytest.approx(1.0, rel=0.02)


def test_cores_that_are_shared_are_taken_by_all() -> None:
    costs = checking(loop=2e-5, pool=1e-4, database=6e-5, broker=2e-5)
    found = simulate(costs, Deployment(2, 2, 2, shared_cores=2), LOAD)
    assert found.seconds == pytest.approx(20_000 * 2e-4 / 2, rel=0.05)
    assert found.busy["cores of replicas"] == pytest.approx(1.0, abs=0.05)


def test_batches_of_one_dataset_pass_its_row_one_by_one_however_many_replicas_there_are() -> None:
    costs = replace(checking(pool=1e-6), counter=0.004, flush=0.001)
    pages = 20 * costs.flush
    found = simulate(costs, Deployment(16, 4, 4), LOAD)
    assert found.seconds == pytest.approx(200 * 0.005, abs=pages)
    assert found.busy["row of a dataset"] > 0.95
    side_by_side = simulate(costs, Deployment(16, 4, 4), Load(4, 5_000))
    assert side_by_side.seconds == pytest.approx(found.seconds / 4, abs=pages)


def test_extraction_and_the_look_at_the_whole_are_done_by_one() -> None:
    extract = replace(FREE, extract=NOTHING._replace(source=5e-5, database=5e-5), flush=0.002)
    assert simulate(extract, Deployment(8, 4, 4), LOAD).seconds == pytest.approx(2.0 + 20 * 0.002, rel=0.01)
    whole = replace(FREE, whole=NOTHING._replace(pool=1e-4))
    assert simulate(whole, Deployment(8, 4, 4), LOAD).seconds == pytest.approx(2.0)


def test_few_batches_are_announced_at_a_time() -> None:
    # One dataset has 8 messages for each batch at once: what comes after it doesn't wait for all of it.
    costs = checking(pool=1e-4)
    together = simulate(costs, Deployment(1, 1, 1), Load(2, 10_000))
    assert together.seconds == pytest.approx(2.0)


def test_the_same_is_simulated_each_time() -> None:
    costs, deployment = Costs.of(STEPS), Deployment(3, 2, 2)
    assert simulate(costs, deployment, LOAD) == simulate(costs, deployment, LOAD)


def test_what_is_said_to_be_needed_is_enough_and_nothing_is_too_busy() -> None:
    rate = 10_000.0
    deployment, found, reached = fitting(Costs.of(STEPS), rate, 10_000)
    assert reached >= rate
    assert found.busy["PostgreSQL"] * rate / reached <= 0.8
    less = replace(deployment, database_cores=1)
    assert simulate(Costs.of(STEPS), less, Load(2 * less.replicas, 10_000)).busy["PostgreSQL"] > 0.9
