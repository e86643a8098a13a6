"""The generated module is in step with the list of fields."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_in_step() -> None:
    subprocess.run([sys.executable, ROOT / "scripts/generate_fields.py", "--check"], check=True)  # noqa: S603 our own
