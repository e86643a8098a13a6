"""The checks give the same results when they are compiled, as they are in the wheel."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.build_compiled import compiled

ROOT: Final = Path(__file__).parents[1]
TESTS: Final = (  # not those that change constants, which are written into compiled code
    "tests/checks/test_batch.py",
    "tests/checks/test_fields.py",
    "tests/checks/dataset/test_map_and_reduce.py",
    "tests/checks/time_based",
    "tests/golden/test_collections.py",
    "tests/golden/test_compiled_release.py",
    "tests/golden/test_fields.py",
    "tests/pelican_async/sources/test_kinds.py",
    "tests/pelican_async/sources/test_parsing.py",
    "tests/pelican_async/test_collection_check.py",
)


@pytest.mark.compiled
def test_compiled_checks_pass_the_same_tests() -> None:
    folder = compiled()
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    python = [sys.executable, "-P"]
    where = [*python, "-c", "import checks.batch; print(checks.batch.__file__)"]
    found = subprocess.run(where, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert Path(found.stdout).parent == folder / "checks"
    assert ".py" not in Path(found.stdout).suffixes

    command = [*python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    done = subprocess.run([*command, *TESTS], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert not done.returncode, done.stdout[-10_000:] + done.stderr[-2_000:]
