"""A real RabbitMQ for tests.

It is the first of these that there is: the one that `RABBIT_URL` names; one that answers on this machine, as its
installation leaves it; one of our own, from the installed programs. On Debian and Ubuntu, root gets them installed.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

import aio_pika
import psutil
import pytest
import pytest_asyncio

from pelican_async.database.programs import account
from pelican_async.messages import Queue
from tests.services.installing import can_install, install
from tests.services.keeper import kept

DEFAULT_PORT = 5672
START_SECONDS = 90.0
PAUSE = 0.02
# Where Debian has the programs themselves: what it has on the path runs as one account only.
DEBIAN = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
# Schedulers that spin while they wait take the processors from everybody else.
ERLANG = "+sbwt none +sbwtdcpu none +sbwtdio none"
WANTED = (
    "These tests need RabbitMQ: install rabbitmq-server (on Debian and Ubuntu: apt-get install rabbitmq-server), "
    "or let RABBIT_URL name one, such as amqp://guest:guest@localhost:5672"
)


def program() -> Path | None:
    """Give the program that runs the server, if it is installed."""
    if DEBIAN.exists():
        return DEBIAN
    found = shutil.which("rabbitmq-server")
    return Path(found) if found else None


def answers(port: int) -> bool:
    """Tell whether a broker of AMQP 0-9-1 is there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


class OwnRabbitmq:
    """A server that nobody else uses, to be disturbed. It listens on the loopback address alone."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pelican-async-test-"))
        self._port, self._distribution, self._names = free_ports(3)
        self._who = account()
        self._guard: subprocess.Popen[bytes] | None = None
        self._frozen: psutil.Process | None = None
        self.url = f"amqp://guest:guest@127.0.0.1:{self._port}/"
        for name in ("enabled_plugins", "rabbitmq.conf", ".erlang.cookie"):
            (self._folder / name).write_text({"enabled_plugins": "[].", ".erlang.cookie": token_hex(10)}.get(name, ""))
            os.chown(self._folder / name, *self._who)
        (self._folder / ".erlang.cookie").chmod(0o400)
        os.chown(self._folder, *self._who)

    async def start(self) -> None:
        """Start it, with what it had when it was stopped. It does nothing if it runs."""
        await asyncio.to_thread(self.start_now)

    async def stop(self) -> None:
        """Stop it as a restart of the service would."""
        await asyncio.to_thread(self.stop_now)

    async def kill(self) -> None:
        """Kill it, as a power cut would."""
        self.thaw()
        await asyncio.to_thread(self._end)

    def freeze(self) -> None:
        """Let it answer nothing more, with all its connections open."""
        self._frozen = self._server()
        self._frozen.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._frozen is not None and self._frozen.is_running():
            self._frozen.send_signal(signal.SIGCONT)
        self._frozen = None

    async def alarm(self) -> None:
        """Let it be short of memory, as far as it knows: it reads nothing more from who publishes."""
        await self._control("rabbit_alarm:set_alarm({{resource_limit, memory, node()}, []}).")

    async def calm(self) -> None:
        """Let it have enough again."""
        await self._control("rabbit_alarm:clear_alarm({resource_limit, memory, node()}).")

    async def _control(self, expression: str) -> None:
        server = program()
        assert server is not None, WANTED
        process = await asyncio.create_subprocess_exec(
            server.with_name("rabbitmqctl"),
            *("--node", self._environment()["RABBITMQ_NODENAME"], "eval", expression),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env=self._environment(),
            user=self._who.uid,
            group=self._who.gid,
            extra_groups=[],
        )
        said, _ = await process.communicate()
        if process.returncode:
            raise RuntimeError(f"RabbitMQ could not be controlled:\n{said.decode(errors='replace')}")

    def start_now(self) -> None:
        if self._guard is not None:
            return
        server = program()
        assert server is not None, WANTED
        commands = [["epmd", "-address", "127.0.0.1", "-port", str(self._names)], [str(server)]]
        log = self._folder / "output"
        with log.open("wb") as output:
            self._guard = subprocess.Popen(  # noqa: S603 this file
                [
                    sys.executable,
                    Path(__file__).with_name("until_parent_ends.py"),
                    f"{self._who.uid}:{self._who.gid}",
                    json.dumps(commands),
                ],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=self._folder,
                env=self._environment(),
            )
        end = time.monotonic() + START_SECONDS
        while not answers(self._port):
            if self._guard.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"RabbitMQ did not start:\n{log.read_text(errors='replace')[-4000:]}")
            time.sleep(PAUSE)

    def stop_now(self) -> None:
        self.thaw()
        if self._guard is not None:
            self._end(b"stop\n")

    def remove(self) -> None:
        """End it without ado, and leave nothing."""
        self._end()
        shutil.rmtree(self._folder)

    def _end(self, last_words: bytes = b"") -> None:
        if self._guard is not None:
            self._guard.communicate(last_words)
            self._guard = None

    def _server(self) -> psutil.Process:
        assert self._guard is not None
        children = psutil.Process(self._guard.pid).children()
        return next(child for child in children if child.name() != "epmd")

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self._names),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"test{self._port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "RABBITMQ_MNESIA_BASE": f"{folder}/data",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/none",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"{ERLANG} -kernel inet_dist_use_interface {{127,0,0,1}}",
            # It replaces the shell that starts it, and ends in order when it is told to.
            "RUNNING_UNDER_SYSTEMD": "1",
        }


class Rabbitmq:
    """A server that all tests of a session share."""

    def __init__(self, url: str) -> None:
        self.url = url


@asynccontextmanager
async def shared() -> AsyncIterator[str]:
    """Give what the keeper runs."""
    if program() is None:
        install("rabbitmq-server")
    server = OwnRabbitmq()
    try:
        await server.start()
        yield server.url
    finally:
        server.remove()


@pytest.fixture(scope="session")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbitmq]:
    """Give a server, the same one for all processes of the session: touch nothing but queues of the test's own."""
    if url := os.environ.get("RABBIT_URL"):
        yield Rabbitmq(url)
    elif answers(DEFAULT_PORT):
        yield Rabbitmq(f"amqp://guest:guest@127.0.0.1:{DEFAULT_PORT}/")
    elif program() is None and not can_install():
        pytest.fail(WANTED, pytrace=False)
    else:
        base = tmp_path_factory.getbasetemp()
        folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        with kept(f"{__name__}:shared", folder) as url:
            yield Rabbitmq(url)


@pytest.fixture(scope="session")
def disturbed() -> Iterator[OwnRabbitmq]:
    """Give the server that the tests of one process disturb, one after the other."""
    if program() is None:
        if not can_install():
            pytest.fail(WANTED, pytrace=False)
        install("rabbitmq-server")
    server = OwnRabbitmq()
    try:
        yield server
    finally:
        server.remove()


@pytest_asyncio.fixture
async def own_rabbitmq(disturbed: OwnRabbitmq) -> AsyncIterator[OwnRabbitmq]:
    """Give a server that no other test uses meanwhile, started."""
    await disturbed.start()
    yield disturbed
    disturbed.thaw()


@pytest_asyncio.fixture
async def exchange(rabbitmq: Rabbitmq) -> AsyncIterator[str]:
    """Give the name of an exchange of the test's own, which isn't there yet. It and its queues are removed after."""
    name = f"test_{token_hex(8)}"
    yield name
    connection = await aio_pika.connect(rabbitmq.url)
    async with connection, connection.channel() as channel:
        for queue in [*(queue.within(name) for queue in Queue), f"{name}_dead_letter"]:
            await channel.queue_delete(queue)
        await channel.exchange_delete(name)
