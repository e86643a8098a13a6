"""The generated modules are in step with what they are made from."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", ["generate_fields", "generate_telephone_lengths"])
def test_in_step(script: str) -> None:
    subprocess.run([sys.executable, ROOT / f"scripts/{script}.py", "--check"], check=True)  # noqa: S603 our own
