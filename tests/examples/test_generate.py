"""The example collection is what its generator makes."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from checks import catalog
from checks.batch import Mapper, Wanted
from checks.reference_data import ReferenceData
from checks.sampling import Sampling
from examples import generate
from pelican_async.reference import codelists, rates

FILES: Final = generate.files()


def releases(name: str) -> dict[str, Any]:
    return {release["ocid"]: release for release in map(json.loads, FILES[name].splitlines())}


@pytest.mark.parametrize("name", FILES)
def test_the_generator_makes_the_files_that_are_there(name: str) -> None:
    assert (Path(generate.__file__).with_name(name)).read_bytes() == FILES[name].encode()


def test_each_process_is_published_once() -> None:
    for name, text in FILES.items():
        assert len(releases(name)) == text.count("\n")


def test_the_collection_has_grown_changed_and_lost_some() -> None:
    then, now = releases("collection.previous.jsonl"), releases("collection.jsonl")
    assert 280 < len(now) < 320
    assert len(now.keys() - then.keys()) > 40
    assert 5 < len(then.keys() - now.keys()) < 20
    both = then.keys() & now.keys()
    assert sum("awards" in then[ocid] and "awards" not in now[ocid] for ocid in both) > 2
    assert sum(then[ocid]["tender"].get("title") != now[ocid]["tender"].get("title") for ocid in both) > 5


def test_the_files_are_small_and_name_no_host_that_could_exist() -> None:
    assert sum(map(len, FILES.values())) < 2_600_000
    for text in FILES.values():
        hosts = {part.split("/")[0].split('"')[0] for part in text.split("://")[1:]}
        assert hosts == {"portamaranta.example.org"}


def test_each_compiled_release_check_passes_here_and_fails_there() -> None:
    reference_data = ReferenceData(codelists.snapshot(), rates.snapshot().rates, date(2026, 11, 24).toordinal())
    mapper = Mapper(reference_data, Sampling(bytes(16)), Wanted())
    found = mapper.map(enumerate(map(json.loads, FILES["collection.jsonl"].splitlines()))).partial
    counts = zip(catalog.find("compiled_release"), found.application_counts, found.pass_counts, strict=True)
    assert [name for name, applied, passed in counts if not 0 < passed < applied] == []
