"""The record of what hostile data does names tests that are there, and limits that hold."""

import re
from pathlib import Path
from typing import Final

import pytest

from checks.dataset.codes import LONGEST
from checks.dataset.documents import LONGEST_URL
from checks.release import MOST_PAIRS
from pelican_async.collection_check import REASONS
from pelican_async.reports.shortening import LARGEST_EXAMPLE
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import MOST_VALUES
from pelican_async.sources.unpacking import LIST_BYTES, XZ_MEMORY

TESTS: Final = Path(__file__).parent
RECORD: Final = (TESTS.parent / "docs" / "hostile-data.md").read_text(encoding="utf-8")
TABLES: Final = [table for table in RECORD.split("\n\n") if table.startswith("|") and "| test |\n" in table]
MEGABYTE: Final = 2**20


def test_each_test_that_it_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", RECORD))
    there = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named - there == set()


def test_each_attack_has_a_test() -> None:
    rows = [row for table in TABLES for row in table.splitlines()[2:]]
    assert len(rows) > 30
    assert [row for row in rows if "`test_" not in row.split(" | ")[-1]] == []


def test_each_file_that_it_names_is_there() -> None:
    files = re.findall(r"`((?:tests|pelican_async)/[\w/.]+)`", RECORD)
    assert {file for file in files if not (TESTS.parent / file).exists()} == set()


@pytest.mark.parametrize(
    "said",
    [
        f"{Limits().text // MEGABYTE} MB, {Limits().depth} levels, {MOST_VALUES:,} values",
        f"| {MOST_PAIRS:,} pairs |",
        f"| {Limits().unpacked // MEGABYTE} MiB and {Limits().ratio} times what was read |",
        f"| {LIST_BYTES // MEGABYTE} MiB,",
        f"| {XZ_MEMORY // MEGABYTE} MiB |",
        f"| {LONGEST} and {LONGEST_URL:,} characters |",
        f"| {REASONS:,} reasons |",
        f"| {LARGEST_EXAMPLE // 1000} kB each |",
    ],
)
def test_its_limits_are_those_of_the_code(said: str) -> None:
    assert said in RECORD
