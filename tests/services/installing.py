"""Installs what tests run beside Python, where that can be done without asking: as root, on Debian and Ubuntu."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install a package, without starting what is in it as a service."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _alone(), _nothing_starts():
        for words in ("update", f"install --yes --no-install-recommends {package}"):
            command = ["apt-get", "-qq", *words.split()]
            subprocess.run(command, check=True, env=environment, stdout=sys.stderr)  # noqa: S603 as it stands here


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for other processes of the tests that install something."""
    with (Path(tempfile.gettempdir()) / "pelican-async-installing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _nothing_starts() -> Iterator[None]:
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()
