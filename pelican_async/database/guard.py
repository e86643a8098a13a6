"""Runs the embedded PostgreSQL, and stops it when its own parent is gone, however that ended.

A program of its own: `guard.py FOLDER ACCOUNT SECONDS COMMAND...`, the account as `UID:GID`. The parent keeps a pipe
to its standard input, which ends with the parent, even with one that is killed. Then the server is asked to stop at
once (connections are closed), has so many seconds for it, is killed otherwise, and the folder that was for this run
alone is removed. Inherited files stay open in the server too, so that a lock on one of them lasts as long as either
lives.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading

SAME = "same"


def main() -> int:
    """Run the command until it or the parent ends."""
    folder, account, seconds, *command = sys.argv[1:]
    options = {}
    if account != SAME:
        uid, gid = map(int, account.split(":"))
        options = {"user": uid, "group": gid, "extra_groups": []}
    # What stops a whole group of processes (Ctrl-C, the end of a container or session) is for the parent to act upon.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False, start_new_session=True, **options)  # type: ignore[call-overload]  # noqa: S603 ours
    threading.Thread(target=_stop_with_parent, args=(server, float(seconds)), daemon=True).start()
    status = int(server.wait())
    shutil.rmtree(folder, ignore_errors=True)
    return 0 if status == 0 else 1


def _stop_with_parent(server: "subprocess.Popen[bytes]", seconds: float) -> None:
    # Nothing is ever written there. Read by `sys.stdin`, its lock would be held when the interpreter ends.
    os.read(0, 1)
    server.send_signal(signal.SIGINT)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
