"""Lists of releases as fuzzed texts have them: what they begin as, and how they change."""

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import orjson

from checks.batch import Mapper, Wanted
from checks.sampling import Sampling
from checks.values import Json
from pelican_async.sources.parsing import NotJson, parse
from tests.checks.building import reference_data
from tests.checks.test_fields import RELEASE
from tests.fuzz import structure
from tests.golden.loading import golden_dir

EXAMPLES: Final = Path(__file__).parents[2] / "examples" / "collection.jsonl"
LARGEST: Final = 20_000
DEPTH: Final = 200
MOST: Final = 30
WANTED: Final = Wanted(sample_size=3, facts=True, failures=True, snapshot=True, stored=True)
Item = tuple[int, dict[str, Json]]


@cache
def mapper() -> Mapper:
    """Give the mapper of all inputs, whose caches are as full as those of a process that checked a lot."""
    return Mapper(reference_data(), Sampling(b"a fuzzer"), WANTED)


def items_in(data: bytes) -> Sequence[Item]:
    """Give the releases in a JSON text, numbered as items."""
    try:
        value = parse(data, DEPTH)
    except NotJson:
        return ()
    listed = value if type(value) is list else [value]
    return list(enumerate([entry for entry in listed if type(entry) is dict][:MOST], 1))


def seeds() -> Iterator[bytes]:
    """Give lists of releases: of the example collection, and of the golden ones, where they are."""
    lines = EXAMPLES.read_bytes().splitlines()
    releases = [orjson.loads(line) for line in lines[::25] if len(line) < LARGEST]
    yield orjson.dumps([RELEASE])
    yield from (orjson.dumps([release]) for release in releases)
    yield from (orjson.dumps(releases[start : start + 3]) for start in range(0, len(releases), 3))
    edges = golden_dir() / "edges.jsonl.gz"
    if edges.exists():
        with gzip.open(edges, "rt", encoding="utf-8") as file:
            yield from (orjson.dumps([json.loads(line)["data"]]) for line in file if len(line) < LARGEST)


def mutate(data: bytes, most: int, seed: int, default: Callable[[bytes, int], bytes]) -> bytes:
    """Change releases by their structure; now and then their bytes."""
    chance = random.Random(seed)
    changed = None if chance.random() < 0.05 else structure.mutated(data, chance)
    return default(data, most) if changed is None or len(changed) > most else changed
