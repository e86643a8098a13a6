"""What a check of files is asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """One run over files.

    `sources` and `previous` are files, folders or `-`. Every failing result goes to `failures`, if that is given.
    `processes` is how many check releases, or `None` for one per core. `online` allows requests for the URLs of
    documents. `rates` is a CSV file of exchange rates to use instead of those in the package. `requirements` are pairs
    of a check's or field's name and the least share that must pass, in percent; the names are known to exist.
    """

    sources: tuple[str, ...]
    previous: tuple[str, ...]
    failures: Path | None
    processes: int | None
    online: bool
    rates: Path | None
    requirements: tuple[tuple[str, float], ...]
