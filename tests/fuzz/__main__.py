"""Fuzzes all targets in turn, for some minutes in all: `python -m tests.fuzz MINUTES [TARGET...]`.

What they come to know is kept in `build/fuzz/TARGET/corpus`, so the next run goes on from there. Inputs for which
something doesn't hold are in `build/fuzz/TARGET`; mend what they show, and put them into `tests/fuzz/found/TARGET`.
"""

import importlib
import re
import subprocess
import sys
import time
from hashlib import sha1
from pathlib import Path
from typing import Final

TARGETS: Final = ("reading", "checking", "storing", "reporting")
ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ROOT / "build" / "fuzz"
LONGEST_SECONDS: Final = 120
"""An input that takes longer is a find: on a busy machine most take a hundredth of it."""
MEMORY: Final = 2_000
"""Megabytes; more is a find."""
LARGEST: Final = 65_536
FINDS: Final = 20
"""A target with so many finds is left: mend some first."""


def fuzz(name: str, seconds: float) -> bool:
    """Fuzz one target, on after each find; say whether there was none."""
    folder = BUILD / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in importlib.import_module(f"tests.fuzz.{name}").seeds():
        (corpus / sha1(seed).hexdigest()).write_bytes(seed)  # noqa: S324 a name, as libFuzzer gives them
    end = time.monotonic() + seconds
    executions = finds = 0
    while (left := end - time.monotonic()) > 1 and finds < FINDS:
        log = folder / "log.txt"
        with log.open("wb") as file:
            ended = subprocess.run(  # noqa: S603 our own
                [
                    *(sys.executable, "-m", "tests.fuzz.target", name, str(corpus)),
                    *(f"-max_total_time={int(left)}", f"-timeout={LONGEST_SECONDS}", f"-rss_limit_mb={MEMORY}"),
                    *(f"-max_len={LARGEST}", f"-artifact_prefix={folder}/", "-print_final_stats=1"),
                ],
                cwd=ROOT,
                check=False,
                stdout=file,
                stderr=file,
            )
        said = log.read_text(encoding="utf-8", errors="replace")
        executions += max(map(int, re.findall(r"^#(\d+)\s", said, re.MULTILINE)), default=0)
        if ended.returncode:
            finds += 1
            print(said[-4_000:])
    covered = re.findall(r"cov: (\d+)", said)[-1:] if executions else []
    print(f"{name}: {executions:,} executions in {seconds:,.0f} seconds, {finds} finds, edges covered: {covered}")
    return not finds


def main(minutes: float, names: list[str]) -> int:
    """Fuzz targets for so many minutes in all; give the exit status."""
    chosen = names or list(TARGETS)
    good = [fuzz(name, minutes * 60 / len(chosen)) for name in chosen]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
