"""Counts the instructions that all checks take, which don't depend on what else a machine does: `valgrind` counts them.

The whole map and reduce of some releases of the example collection, in both forms. What is compared is their number
over that of a yardstick (`counted.py`), a fixed piece of work that the same process does just before. So what
processor, C library and the build of Python make of the same code cancels out: between Debian's own Python 3.11 and one
that was compiled without its optimisations, counts differed by 7 to 15 hundredths, and ratios by one. Between versions
of Python ratios do differ, so each has a file of its own. Strings are hashed with a fixed seed, and garbage isn't
collected: the same code on the same machine differs by less than a thousandth.

`python -m bench instructions --write` keeps the ratios in `bench/measured/`; a test fails if one is more than a tenth
above that. Do it after a change that is meant to cost what it costs, or to keep what was won.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.table import Table

from bench.check_file import EXAMPLE, ROOT
from bench.extent import Extent, Figures, Measurement, table
from scripts.build_compiled import compiled

RELEASES: Final = 100
FEW: Final = 5
YARDSTICKS: Final = {"pure": "interpreter", "compiled": "types"}
"""What each form is measured by."""
MARK: Final = "getloadavg"
"""The function of the C library at which counting is divided."""
PHASES: Final = 4
"""Starting, the yardstick, the work, ending."""
MEASUREMENT_NAME: Final = f"instructions_python{sys.version_info.major}.{sys.version_info.minor}"


def measure(extent: Extent) -> Figures:
    """Count them; in the small form only the pure one's, of few releases."""
    releases = FEW if extent.small else RELEASES
    forms = {"pure": ROOT} if extent.small else {"pure": ROOT, "compiled": compiled()}
    return {form: counted(folder, YARDSTICKS[form], releases) for form, folder in forms.items()}


def counted(folder: Path, yardstick: str, releases: int = RELEASES) -> dict[str, float]:
    """Count the instructions of the packages in a folder: in thousands, for one release, and over a yardstick's."""
    if shutil.which("valgrind") is None:
        sys.exit("Instructions are counted by valgrind, which isn't there: install it (apt-get install valgrind).")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        lines = EXAMPLE.read_bytes().splitlines(keepends=True)[:releases]
        (place / "releases").write_bytes(b"".join(lines))
        program = [sys.executable, "-B", str(ROOT / "bench/counted.py")]
        _run([*program, "prepare", temporary], folder)
        valgrind = ["valgrind", "--tool=callgrind", f"--dump-before={MARK}", f"--callgrind-out-file={temporary}/counts"]
        _run([*valgrind, *program, "run", temporary, f"{temporary}/releases", yardstick], folder)
        dumps = sorted(place.glob("counts.*"), key=lambda path: int(path.suffix[1:]))
        phases = [_total(path) for path in [*dumps, place / "counts"]]
    if len(phases) != PHASES:
        raise RuntimeError(f"{MARK} was seen {len(phases) - 1} times: is the C library another one?")
    _, fixed, checks, _ = phases
    return {
        "yardstick": round(fixed / len(lines) / 1e3, 1),
        "all_checks": round(checks / len(lines) / 1e3, 1),
        "ratio": round(checks / fixed, 3),
    }


def _run(command: Sequence[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=folder)  # noqa: S603 our own
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def _total(dump: Path) -> int:
    found = re.search(r"^totals: (\d+)", dump.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, dump  # noqa: S101 each dump has it
    return int(found[1])


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    shown = table("Instructions per release, in thousands", "form", "all checks", "yardstick", "ratio")
    for form, row in figures.items():
        shown.add_row(form, f"{row['all_checks']:,}", f"{row['yardstick']:,}", f"{row['ratio']:.3f}")
    return [shown]


MEASUREMENT: Final = Measurement(MEASUREMENT_NAME, measure, tables)
