import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder for files that the many examples of one test write over each other."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
