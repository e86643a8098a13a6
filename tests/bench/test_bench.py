"""Each part of the benchmark runs from end to end, on hardly anything. What it takes isn't judged here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bench.__main__ import MEASUREMENTS

ROOT: Final = Path(__file__).parents[2]
ELSEWHERE: Final = {"instructions"}
"""What has a test of its own, which measures it whole."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.usefixtures("rabbitmq")  # which is installed then, if that can be done
@pytest.mark.parametrize("name", sorted(MEASUREMENTS.keys() - ELSEWHERE))
def test_a_small_form_prints_tables_and_writes_json(name: str) -> None:
    done = run(name, "--small")
    assert not done.returncode, done.stdout + done.stderr
    path = ROOT / f"build/bench/small/{MEASUREMENTS[name].name}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["figures"]
    assert content["command"] == f"python -m bench {name} --small"
    tables = MEASUREMENTS[name].tables(content["figures"])  # from the JSON alone
    assert tables
    for table in tables:
        assert table.row_count
        assert str(table.title)[:40] in done.stdout
    assert str(path.relative_to(ROOT)) in done.stdout


def test_figures_of_the_small_form_are_not_kept() -> None:
    done = run("check_file", "--small", "--write")
    assert done.returncode == 2
    assert "aren't kept" in done.stderr
