"""The reference data that the service checks by: loaded from the database, and handed to pool processes as a file."""

import pickle
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from checks.codelists import Codelists
from checks.reference_data import ReferenceData
from pelican_async.reference.rates import ExchangeRates
from pelican_async.temporary import kept_there, own_folder

NEEDED_SECONDS: Final = 2 * 24 * 3600.0
"""So long, at most, is a file needed after it was replaced: no batch or dataset may take more than half of that."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Reference data as they were when loaded; `path` is the file that has them for pool processes."""

    codelists: Codelists
    rates: ExchangeRates
    path: Path


class CurrentReferenceData:
    """Keeps the newest reference data, and the files of older ones, which batches under way may still need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._replaced: deque[tuple[float, Path]] = deque()
        self.loaded: Loaded | None = None

    @classmethod
    @contextmanager
    def kept(cls) -> Iterator[Self]:
        """Keep it in a folder of its own, which is removed at the end."""
        with tempfile.TemporaryDirectory(prefix="reference-", dir=own_folder()) as folder:
            yield cls(Path(folder))

    def replace(self, codelists: Codelists, rates: ExchangeRates) -> Loaded:
        """Use other reference data from now on. Raises `UserError` if there is no room for their file."""
        path = self._folder / f"reference-{self._count + 1}.pickle"
        with kept_there():
            path.write_bytes(pickle.dumps(ReferenceData(codelists, rates.rates, today=0), 5))
        self._count += 1
        if self.loaded is not None:
            self._replaced.append((time.monotonic(), self.loaded.path))
        while self._replaced and self._replaced[0][0] < time.monotonic() - NEEDED_SECONDS:
            self._replaced.popleft()[1].unlink()
        self.loaded = Loaded(codelists, rates, path)
        return self.loaded
