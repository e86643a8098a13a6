"""Runs programs, and kills them when its own parent is gone, however that ended.

This is a program of its own: `until_parent_ends.py UID:GID COMMANDS`, with the commands as JSON. The parent keeps a
pipe to its standard input; a line there asks the last program to stop.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys

uid, gid = map(int, sys.argv[1].split(":"))
account = {} if uid == os.geteuid() else {"user": uid, "group": gid, "extra_groups": []}
for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ignored, signal.SIG_IGN)
programs = [
    subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **account)  # type: ignore[call-overload]  # noqa: S603
    for command in json.loads(sys.argv[2])
]
if sys.stdin.buffer.readline():
    programs[-1].terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        programs[-1].wait(20)
for program in reversed(programs):
    program.kill()
    program.wait()
