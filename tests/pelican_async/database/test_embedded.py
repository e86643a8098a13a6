import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil
import pytest

from pelican_async.database import embedded as module
from pelican_async.database import programs
from pelican_async.database.embedded import Server, embedded
from pelican_async.errors import UserError

ROOT = os.geteuid() == 0
HOLD = """
import asyncio, sys
from pathlib import Path
from pelican_async.database.embedded import Server

async def hold():
    async with Server(Path(sys.argv[1]) if sys.argv[1] else None) as server:
        print(server.pid, server.url, flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that any account can come to, unlike those of the tests."""
    above = Path(tempfile.mkdtemp(prefix="pelican-async-test-"))
    above.chmod(0o755)
    yield above / "postgresql"
    shutil.rmtree(above)


def sockets(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def ended(pid: int) -> None:
    """Come back once the process has ended, which isn't this one's child."""
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(pid).wait(20)


async def test_data_stay_in_the_folder(folder: Path) -> None:
    async with embedded(folder) as url:
        await ask(url, "create table it as select 'here' as value")
    assert not sockets(url).parent.exists()
    async with embedded(folder) as url:
        assert await ask(url, "select value from it") == "here"
        assert await ask(url, "show fsync") == "on"
    assert not sockets(url).parent.exists()


async def test_a_temporary_one_leaves_nothing() -> None:
    async with Server() as server:
        assert await ask(server.url, "show fsync") == "off"
        place, pid = sockets(server.url), server.pid
        assert (place.parent / "data").is_dir()
    assert not place.parent.exists()
    assert not psutil.pid_exists(pid)


async def test_can_be_reached_by_its_socket_alone_by_its_account_alone(folder: Path) -> None:
    async with Server(folder) as server:
        assert psutil.Process(server.pid).net_connections("inet") == []
        assert psutil.Process(server.pid).uids().effective == programs.account().uid != 0
        assert sockets(server.url).stat().st_mode & 0o077 == 0
        assert (folder / "data").stat().st_mode & 0o077 == 0
        for ours in (folder, folder / "lock", folder / "server.log", sockets(server.url).parent):
            assert ours.stat().st_uid == os.geteuid()
            assert ours.stat().st_mode & 0o022 == 0


async def test_text_is_utf8_and_the_same_on_all_systems() -> None:
    async with embedded() as url:
        assert await ask(url, "select 'CONTRATACIÓN' ilike 'contratación' and 'Z' < 'a' and length('ñ') = 1")


async def test_can_be_stopped_and_started_again(folder: Path) -> None:
    server = Server(folder, durable=False)
    async with server:
        await ask(server.url, "create table it ()")
        await server.stop()
        with pytest.raises(OSError):  # noqa: PT011 there is nothing to connect to
            await ask(server.url, "select 1")
        await server.start()
        assert await ask(server.url, "select count(*) from it") == 0


async def test_ends_when_cancelled(folder: Path) -> None:
    started: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def hold() -> None:
        async with Server(folder) as server:
            started.set_result(server.pid)
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    pid = await started
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("temporary", [True, False])
async def test_ends_with_its_parent(folder: Path, by: signal.Signals, *, temporary: bool) -> None:
    command = [sys.executable, "-c", HOLD, "" if temporary else str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:  # noqa: S603, ASYNC220
        assert parent.stdout is not None
        pid, url = parent.stdout.readline().split()
        guard = psutil.Process(int(pid)).ppid()
        await ask(url, "create table it as select 'here' as value")
        parent.send_signal(by)
    ended(int(pid))
    ended(guard)
    assert not sockets(url).parent.exists()
    if not temporary:
        async with embedded(folder) as again:
            assert await ask(again, "select value from it") == "here"


async def test_what_stops_a_whole_group_leaves_the_server_to_its_parent(folder: Path) -> None:
    async with Server(folder) as server:
        guard = psutil.Process(server.pid).parent()
        assert guard is not None
        assert os.getpgid(guard.pid) != os.getpgrp()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            guard.send_signal(number)
        assert await ask(server.url, "select 1") == 1


async def test_starts_after_everything_was_killed_and_its_number_given_to_another_process(folder: Path) -> None:
    async with Server(folder) as server:
        await ask(server.url, "create table it as select 'here' as value")
        left = (folder / "data" / "postmaster.pid").read_text()
        killed = psutil.Process(server.pid)
        guard = killed.parent()
        assert guard is not None
        guard.kill()
        killed.kill()
        killed.wait(10)
    other = subprocess.Popen(["/bin/sleep", "60"], **programs.account().options())  # noqa: ASYNC220
    try:
        (folder / "data" / "postmaster.pid").write_text(left.replace(str(killed.pid), str(other.pid), 1))
        async with embedded(folder) as url:
            assert await ask(url, "select value from it") == "here"
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize("temporary", [True, False])
async def test_a_server_whose_guard_was_killed_ends_all_the_same(folder: Path, *, temporary: bool) -> None:
    async with Server(None if temporary else folder) as server:
        process = psutil.Process(server.pid)
        guard = process.parent()
        assert guard is not None
        guard.kill()
        assert await ask(server.url, "select 1") == 1
    ended(process.pid)
    assert not sockets(server.url).parent.exists()


async def test_two_do_not_use_one_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    async with Server(folder) as server:
        with pytest.raises(UserError, match=rf"{folder} is in use by another PostgreSQL \(process {server.pid}\)"):
            await Server(folder).start()
        assert await ask(server.url, "select 1") == 1


async def test_one_that_was_started_by_hand_keeps_its_folder(folder: Path) -> None:
    async with Server(folder):
        pass
    program = programs.locate() / "bin" / "postgres"
    command = [
        str(program),
        "-D",
        str(folder / "data"),
        "-c",
        "listen_addresses=",
        "-c",
        f"unix_socket_directories={folder / 'data'}",
    ]
    whom = programs.account().options()
    by_hand = subprocess.Popen(command, stderr=subprocess.PIPE, cwd="/", text=True, **whom)  # noqa: S603, ASYNC220
    try:
        assert by_hand.stderr is not None
        assert any("ready to accept connections" in line for line in by_hand.stderr)
        with pytest.raises(UserError, match="in use by another PostgreSQL"):
            await Server(folder).start()
        assert await ask(f"postgresql://pelican@/postgres?host={folder / 'data'}", "select 1") == 1
    finally:
        by_hand.send_signal(signal.SIGINT)
        by_hand.communicate()


async def test_refuses_the_folder_of_another_version(folder: Path) -> None:
    async with Server(folder):
        pass
    (folder / "data" / "PG_VERSION").write_text("15\n")
    with pytest.raises(UserError, match=r"was made by PostgreSQL 15; this is PostgreSQL \d+, which can't read it"):
        await Server(folder).start()


async def test_refuses_a_folder_of_something_else(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    with pytest.raises(UserError, match="is not a folder of PostgreSQL"):
        await Server(folder).start()


async def test_refuses_a_file(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(UserError, match="can't be made or written to"):
        await Server(folder).start()


async def test_says_why_it_did_not_start(folder: Path) -> None:
    async with Server(folder):
        pass
    (folder / "data" / "postgresql.conf").write_text("shared_memory_type = none\n")
    with pytest.raises(UserError, match=r"(?s)did not start on .*FATAL: .*postgresql.conf"):
        await Server(folder).start()


async def test_makes_half_made_data_again(folder: Path) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    async with embedded(folder) as url:
        assert await ask(url, "select 1") == 1


@pytest.mark.skipif(not ROOT, reason="a folder is out of reach for another account only: root runs it as one")
async def test_refuses_a_folder_that_its_account_can_not_come_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(UserError, match=r"can't enter"):
        await Server(tmp_path / "postgresql").start()


@pytest.mark.skipif(not ROOT, reason="programs are out of reach for another account only: root runs them as one")
async def test_runs_programs_that_its_account_can_not_come_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "site").symlink_to(programs.locate().parent.parent)
    monkeypatch.setattr(module, "locate", lambda: tmp_path / "site" / programs.PACKAGE / "pginstall")
    async with Server() as server:
        assert Path(psutil.Process(server.pid).exe()).is_relative_to(sockets(server.url).parent)
        assert await ask(server.url, "select 1") == 1
    assert not sockets(server.url).parent.exists()


async def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "PACKAGE", "not_installed")
    with pytest.raises(UserError, match=r"install pelican-async\[embedded\].*or let DATABASE_URL name"):
        await Server().start()


async def test_says_that_programs_do_not_run_here(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "postgres").write_bytes(b"\x7fELF of another system")
    (tmp_path / "bin" / "postgres").chmod(0o755)
    with pytest.raises(UserError, match="doesn't run on this system"):
        programs.version(tmp_path)


async def test_one_that_does_not_stop_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    async with Server(folder, durable=False) as server:
        frozen = psutil.Process(server.pid)
        its_own = frozen.children()
        frozen.suspend()
    assert not frozen.is_running()
    psutil.wait_procs(its_own, 10)
