"""Runs the embedded PostgreSQL, and stops it when its own parent is gone, however that ended.

This is a program of its own: `guard.py [--remove FOLDER]... [--as UID:GID] SECONDS COMMAND...`. The parent keeps a pipe
to its standard input, which ends with the parent, even with one that is killed. Then the server is asked to stop at
once (connections are closed), has so many seconds for it, is killed otherwise, and the folders that were for this run
alone are removed. Inherited files stay open in the server too, so that a lock on one of them lasts as long as either
lives.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading


def main() -> int:
    """Run the command until it or the parent ends."""
    remove, options, words = [], {}, sys.argv[1:]
    while words[0].startswith("--"):
        option, value = words[:2]
        if option == "--remove":
            remove.append(value)
        else:
            uid, gid = map(int, value.split(":"))
            options = {"user": uid, "group": gid, "extra_groups": []}
        words = words[2:]
    seconds, command = float(words[0]), words[1:]
    # What stops a whole group of processes (Ctrl-C, the end of a container or session) is for the parent to act upon.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False, start_new_session=True, **options)  # type: ignore[call-overload]  # noqa: S603
    threading.Thread(target=_stop_with_parent, args=(server, seconds), daemon=True).start()
    status = int(server.wait())
    for folder in remove:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if status == 0 else 1


def _stop_with_parent(server: "subprocess.Popen[bytes]", seconds: float) -> None:
    os.read(
        0, 1
    )  # nothing is ever written there; not by `sys.stdin`, whose lock would be held at the interpreter's end
    server.send_signal(signal.SIGINT)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
