"""One measured task, in a process of its own: prints the CPU seconds that it took."""

# ruff: noqa: PLC0415 what a task needs is imported by that task alone

import gzip
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def lines(path: Path) -> list[bytes]:
    """Give the lines of a file of JSON Lines, plain or gzip."""
    text = path.read_bytes()
    return (gzip.decompress(text) if path.suffix == ".gz" else text).rstrip(b"\n").split(b"\n")


def all_checks(path: Path) -> Callable[[], object]:
    """Prepare the whole map and reduce, as `check FILE` does it."""
    from checks.batch import Wanted
    from checks.facts import Facts, ocid_in
    from checks.reference_data import ReferenceData
    from pelican_async.origins import Batches, Located
    from pelican_async.reference.codelists import snapshot
    from pelican_async.reference.rates import snapshot as ecb
    from pelican_async.work import Work, do, prepare

    data = ReferenceData(snapshot(), ecb().rates, datetime.now(UTC).toordinal())
    work = Work("check", data, b"bench", Wanted(5, failing_examples=True), 200)
    prepare(work)
    located = [Located(text, "bench", "line", number) for number, text in enumerate(lines(path), 1)]

    class Kept:
        """Keeps the facts in memory."""

        def __init__(self) -> None:
            self.texts: dict[int, bytes] = {}

        def facts(self, items: object) -> dict[int, Facts]:
            return {item: Facts(self.texts[item]) for item in items}  # type: ignore[attr-defined]

        def ocids(self, items: object) -> dict[int, str | None]:
            return {item: ocid_in(self.texts[item]) for item in items}  # type: ignore[attr-defined]

    def run() -> object:
        kept = Kept()
        total = None
        for batch in Batches().cut(located):
            done = do(batch)
            kept.texts.update(zip(done.items, done.facts, strict=True))
            if total is None:
                total = done.partial
            elif done.partial is not None:
                total.merge(done.partial)
        return total.dataset.finish(kept) if total else None

    return run


def loads(path: Path) -> Callable[[], object]:
    """Prepare parsing alone."""
    import orjson

    texts = lines(path)
    return lambda: [len(orjson.loads(text)) for text in texts]


def coverage(path: Path) -> Callable[[], object]:
    """Prepare the Rust program."""
    import ocdscardinal

    return lambda: ocdscardinal.coverage(str(path))


def main() -> None:
    """Run the task that is named."""
    task = {"map": all_checks, "loads": loads, "coverage": coverage}[sys.argv[1]](Path(sys.argv[2]))
    start = time.process_time()
    task()
    print(time.process_time() - start)


if __name__ == "__main__":
    main()
