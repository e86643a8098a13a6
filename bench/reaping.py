"""Runs a command, waits for all that came of it, and tells the CPU seconds of all of that: `reaping.py COMMAND...`.

What a process started and didn't wait for itself, such as a server that forks others for it, is left to its parent's
parent, if that one asks for it: on Linux alone.
"""

import ctypes
import os
import resource
import subprocess
import sys
from typing import Final

SUBREAPER: Final = 36
"""`PR_SET_CHILD_SUBREAPER` of prctl(2)."""


def main() -> int:
    """Run the command with this process's input, and without output; give its exit status."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    started = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    status = started.wait()
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime)
    return status


if __name__ == "__main__":
    sys.exit(main())
