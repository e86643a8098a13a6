"""Build the wheel whose checks are compiled, and install it into a folder of its own: prints that folder's path.

`.cache/compiled/` has it for the sources as they are, so that it is built once after each change of them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
CACHE: Final = ROOT / ".cache/compiled"
SOURCES: Final = ("checks", "pelican_async", "setup.py", "pyproject.toml", "README.md", "LICENSE")


@cache
def compiled() -> Path:
    """Give the folder that has the packages of the wheel, compiled; build it if there is none for these sources."""
    folder = CACHE / _digest()
    CACHE.parent.mkdir(exist_ok=True)
    with CACHE.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # so that of several who need it one builds it
        if not (folder / "checks").is_dir():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    shutil.rmtree(CACHE, ignore_errors=True)
    source = CACHE / "source"
    for name in SOURCES:
        _copy(ROOT / name, source / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(CACHE), str(source))
    wheel = next(CACHE.glob("*.whl"))
    _pip("install", "--no-deps", "--target", str(CACHE / "new"), str(wheel))
    shutil.rmtree(source)
    (CACHE / "new").rename(folder)


def _digest() -> str:
    """Stand for the sources, and for what they are compiled for."""
    digest = hashlib.sha256(f"{sys.version}{sysconfig.get_platform()}".encode())
    for path in sorted(path for name in SOURCES for path in (ROOT / name, *(ROOT / name).rglob("*"))):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", *arguments]
    environment = {**os.environ, "PELICAN_COMPILE": "1"}
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)  # noqa: S603 our own
    if done.returncode:
        sys.exit("The checks couldn't be compiled, see above: it takes a C compiler, and what `make test` installs.")


if __name__ == "__main__":
    print(compiled())
