"""`python -m tests.chaos SEED FAULTS`: one run, told as it goes."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Final

from tests.chaos.running import Chaos

LOGS: Final = Path("build") / "chaos"


def main() -> int:
    """Run, and give the exit status."""
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    folder = LOGS / f"seed-{seed}"
    chaos = Chaos(seed, count, folder, partial(print, flush=True))
    for fault in chaos.outcome.faults:
        print(f"{'together with the next' if fault.overlaps else '':>24}  {fault}")
    outcome = asyncio.run(chaos.run())
    for wrong in outcome.wrong:
        print(f"WRONG: {wrong}")
    print(f"{len(outcome.faults)} faults, {outcome.rounds} rounds, {outcome.seconds:.0f} s; logs: {folder}")
    print(f"make chaos SEED={seed} FAULTS={count}: {'FAILED' if outcome.wrong else 'all is as it must be'}")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
