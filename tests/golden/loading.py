"""Finds and reads the golden results: releases, and what an independent system gave for them."""

import csv
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from checks.money import Rates
from checks.reference_data import ReferenceData
from pelican_async.reference.codelists import snapshot

REPOSITORY: Final = Path(__file__).parents[2]
OCID_PREFIXES: Final = frozenset({"ocds-213czf", "ocds-b5fd17"})
IDENTIFIER_SCHEMES: Final = frozenset({"GB-COH", "GB-LAC", "XI-LEI", "US-DOS"})
TODAY: Final = date(2026, 1, 1)


def golden_dir() -> Path:
    """Give the folder of golden results: `GOLDEN_DIR`, or `../shared/golden` beside the repository."""
    return Path(os.environ.get("GOLDEN_DIR") or REPOSITORY.parent / "shared" / "golden")


def golden_file(name: str) -> Path:
    """Give the path of a golden file; skip the test, saying so, where it is missing."""
    path = golden_dir() / name
    if not path.is_file():
        pytest.skip(f"there is no {path}: set GOLDEN_DIR to the folder of the golden results")
    return path


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Read a golden file of JSON Lines, compressed by gzip."""
    with gzip.open(golden_file(name), "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def document(name: str) -> Any:  # noqa: ANN401
    """Read a golden file of one JSON value, compressed by gzip or not."""
    path = golden_file(name)
    content = path.read_bytes()
    return json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)


@cache
def reference_data() -> ReferenceData:
    """Give the reference data behind all golden results."""
    before = csv.field_size_limit(2**31 - 1)
    with golden_file("rates.csv").open(encoding="utf-8", newline="") as file:
        rates = [(date.fromisoformat(row["valid_on"]), json.loads(row["rates"])) for row in csv.DictReader(file)]
    csv.field_size_limit(before)  # which is for all that this process reads
    codelists = replace(snapshot(), ocid_prefixes=OCID_PREFIXES, identifier_schemes=IDENTIFIER_SCHEMES)
    return ReferenceData(codelists=codelists, rates=Rates(rates), today=TODAY.toordinal())
