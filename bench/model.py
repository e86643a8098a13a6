"""A model of the service in more than one place: what replicas, PostgreSQL and the broker do, as a simulation.

It knows what each step costs each part (measured with one replica, one step at a time), which of it must wait for what,
and how many of each part there are; it follows batches through all of it, in simulated time. Parts:

- a machine: so many cores, which work takes in turns; work that is under way elsewhere takes none;
- a replica: an event loop, which does one thing at a time; processes that check, one batch each; some batches at once;
- PostgreSQL: cores of its machine; a commit waits for the disk, and many commits can wait for the same write;
- a dataset: is extracted page by page by one replica; each of its batches keeps its row while it counts down, so that
  they come one after the other there; once all are checked, one process looks at the whole of it;
- the broker, and the database that collections come from: cores of their machines.

What it leaves out: the network (some tenths of a millisecond for each statement, during which nobody works), and what
goes wrong.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import simpy

SLICE: Final = 0.005
"""For so many seconds work keeps a core while others wait for it."""
READING: Final = 1 / 3
"""The share of a batch's work that is done before its items are checked, of the event loop and of the database."""
AHEAD: Final = 8
"""So many messages of a dataset, for each batch that a replica has at once, are announced and not checked yet."""
LONG_STAGES: Final = 2

Waiting = Generator[simpy.Event, Any, None]


class Cost(NamedTuple):
    """CPU seconds that a release costs each part in a step."""

    loop: float
    pool: float
    database: float
    broker: float
    source: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What each step costs, and how many releases a page, a message and a batch have, which is made of messages.

    A commit waits for the disk for `flush` seconds; a batch keeps the row of its dataset for `counter` seconds besides.
    """

    extract: Cost
    check: Cost
    whole: Cost
    page: int
    message: int
    batch: int
    flush: float
    counter: float

    @classmethod
    def of(cls, steps: Mapping[str, Any]) -> "Costs":
        """Read what was measured: microseconds and milliseconds."""

        def cost(step: str) -> Cost:
            return Cost(*(max(steps[step][part], 0.0) / 1e6 for part in Cost._fields))

        return cls(
            extract=cost("extract"),
            check=cost("check"),
            whole=cost("whole"),
            page=steps["page"],
            message=steps["message"],
            batch=steps["batch"],
            flush=max(steps["flush_milliseconds"], 0.0) / 1e3,
            counter=steps["counter_milliseconds"] / 1e3,
        )

    def in_all(self, part: str) -> float:
        """Give the CPU seconds that a release costs a part, in all steps."""
        return float(sum(getattr(cost, part) for cost in (self.extract, self.check, self.whole)))


@dataclass(frozen=True, slots=True)
class Deployment:
    """What there is: replicas, each with so many processes and batches at once, and cores.

    With `shared_cores` everything runs on one machine of so many. Otherwise each replica has a machine of its own with
    `replica_cores`, PostgreSQL one with `database_cores`, and the broker and the source have more than they need.
    """

    replicas: int
    processes: int
    batches_at_once: int
    shared_cores: int = 0
    replica_cores: int = 4
    database_cores: int = 4


@dataclass(frozen=True, slots=True)
class Load:
    """So many datasets at once, of so many releases each."""

    datasets: int
    releases: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many seconds it took, and which share of them each part was busy: of all of its kind, on average."""

    seconds: float
    busy: Mapping[str, float]


class Part:
    """Places at which work is done, and for how long it was."""

    def __init__(self, world: simpy.Environment, places: int) -> None:
        self.resource = simpy.Resource(world, places)
        self.places = places
        self.busy = 0.0


class Replica(NamedTuple):
    """One replica."""

    cores: Part
    loop: Part
    pool: Part
    long_stages: simpy.Resource


class Dataset:
    """One dataset: batches that are announced, what is left of it, its row."""

    def __init__(self, world: simpy.Environment, batches: int, window: int) -> None:
        self.held = 0
        self.under_way = 0
        self.window = window
        self.batches = self.left = batches
        self.row = Part(world, 1)
        self.all_checked = world.event()

    def extracted(self, batches: int) -> int:
        """Hold some more batches; give how many of all that are held can be announced."""
        self.held += batches
        return self.announce()

    def announce(self) -> int:
        """Give how many batches are announced now."""
        count = max(0, min(self.held, self.window - self.under_way))
        self.held -= count
        self.under_way += count
        return count

    def checked(self) -> int:
        """Count a batch that is checked; give how many are announced for it."""
        self.under_way -= 1
        self.left -= 1
        if not self.left:
            self.all_checked.succeed()
        return self.announce()


class Service:
    """Everything of a deployment."""

    def __init__(self, world: simpy.Environment, costs: Costs, deployment: Deployment) -> None:
        self.world = world
        self.costs = costs
        shared = Part(world, deployment.shared_cores) if deployment.shared_cores else None
        plenty = 10 * deployment.replicas
        self.database = shared or Part(world, deployment.database_cores)
        self.broker = shared or Part(world, plenty)
        self.source = shared or Part(world, plenty)
        self.replicas = [
            Replica(
                shared or Part(world, deployment.replica_cores),
                Part(world, 1),
                Part(world, deployment.processes),
                simpy.Resource(world, LONG_STAGES),
            )
            for _ in range(deployment.replicas)
        ]
        self.queue = simpy.Store(world)
        """What the broker has: the dataset of each announced batch."""

    def work(self, cores: Part, seconds: float, own: Part | None = None) -> Waiting:
        """Work for so many seconds on any of some cores. `own` is who does it, and does nothing else meanwhile."""
        if own is not None:
            with own.resource.request() as turn:
                yield turn
                began = self.world.now
                yield from self._on(cores, seconds)
                own.busy += self.world.now - began
        else:
            yield from self._on(cores, seconds)

    def _on(self, cores: Part, seconds: float) -> Waiting:
        while seconds > 0:
            part = min(seconds, SLICE)
            with cores.resource.request() as core:
                yield core
                yield self.world.timeout(part)
            cores.busy += part
            seconds -= part

    def extract(self, dataset: Dataset, replica: Replica, releases: int) -> Waiting:
        """Extract a dataset, page by page."""
        cost, costs = self.costs.extract, self.costs
        batches = taken = 0
        with replica.long_stages.request() as place:
            yield place
            for start in range(0, releases, costs.page):
                page = min(costs.page, releases - start)
                yield from self.work(self.source, cost.source * page)
                yield from self.work(replica.cores, cost.loop * page, replica.loop)
                yield from self.work(self.database, cost.database * page)
                yield self.world.timeout(costs.flush)
                taken += page
                more = taken * dataset.batches // releases - batches
                batches += more
                yield from self.publish(dataset, dataset.extracted(more), cost.broker * page)
        yield dataset.all_checked
        yield from self.look_at_whole(replica, releases)

    def publish(self, dataset: Dataset, batches: int, seconds: float) -> Waiting:
        """Let the broker have batches."""
        yield from self.work(self.broker, seconds)
        for _ in range(batches):
            yield self.queue.put(dataset)

    def check(self, replica: Replica) -> Waiting:
        """Check batches, one after the other, for ever."""
        cost, size = self.costs.check, self.costs.batch
        while True:
            dataset: Dataset = yield self.queue.get()
            yield from self.work(replica.cores, cost.loop * size * READING, replica.loop)
            yield from self.work(self.database, cost.database * size * READING)
            yield from self.work(replica.cores, cost.pool * size, replica.pool)
            yield from self.work(replica.cores, cost.loop * size * (1 - READING), replica.loop)
            yield from self.work(self.database, cost.database * size * (1 - READING))
            with dataset.row.resource.request() as turn:
                yield turn
                yield self.world.timeout(self.costs.counter + self.costs.flush)
                dataset.row.busy += self.costs.counter + self.costs.flush
            yield from self.publish(dataset, dataset.checked(), cost.broker * size)

    def look_at_whole(self, replica: Replica, releases: int) -> Waiting:
        """Do the stages that look at a whole dataset, in one process."""
        cost = self.costs.whole
        with replica.long_stages.request() as place:
            yield place
            yield from self.work(self.database, cost.database * releases)
            yield from self.work(replica.cores, cost.pool * releases)
            yield from self.work(replica.cores, cost.loop * releases, replica.loop)

    def busy(self, datasets: list[Dataset]) -> dict[str, float]:
        """Give which share of the time so far each kind of part was busy."""
        parts = {
            "cores of replicas": {id(replica.cores): replica.cores for replica in self.replicas}.values(),
            "event loops": [replica.loop for replica in self.replicas],
            "pools": [replica.pool for replica in self.replicas],
            "PostgreSQL": [self.database],
            "row of a dataset": [dataset.row for dataset in datasets],
        }
        return {
            name: sum(part.busy for part in some) / sum(part.places for part in some) / self.world.now
            for name, some in parts.items()
        }


def simulate(costs: Costs, deployment: Deployment, load: Load) -> Outcome:
    """Have so many datasets checked, all asked for at the beginning."""
    world = simpy.Environment()
    service = Service(world, costs, deployment)
    announced = deployment.replicas * deployment.batches_at_once * AHEAD * costs.message
    window = max(1, announced // costs.batch)
    batches = -(-load.releases // costs.batch)
    datasets = [Dataset(world, batches, window) for _ in range(load.datasets)]
    for replica in service.replicas:
        for _ in range(deployment.batches_at_once):
            world.process(service.check(replica))
    extractions = [
        world.process(service.extract(dataset, service.replicas[index % deployment.replicas], load.releases))
        for index, dataset in enumerate(datasets)
    ]
    world.run(world.all_of(extractions))
    return Outcome(world.now, service.busy(datasets))
