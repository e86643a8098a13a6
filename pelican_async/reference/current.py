"""The reference data that the service checks by: loaded from the database, and handed to pool processes as a file."""

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from checks.codelists import Codelists
from checks.reference_data import ReferenceData
from pelican_async.reference.rates import ExchangeRates
from pelican_async.temporary import own_folder


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
        self.loaded: Loaded | None = None

    @classmethod
    @contextmanager
    def kept(cls) -> Iterator[Self]:
        """Keep it in a folder of its own, which is removed at the end."""
        with tempfile.TemporaryDirectory(prefix="reference-", dir=own_folder()) as folder:
            yield cls(Path(folder))

    def replace(self, codelists: Codelists, rates: ExchangeRates) -> Loaded:
        """Use other reference data from now on."""
        self._count += 1
        path = self._folder / f"reference-{self._count}.pickle"
        path.write_bytes(pickle.dumps(ReferenceData(codelists, rates.rates, today=0), 5))
        self.loaded = Loaded(codelists, rates, path)
        return self.loaded
