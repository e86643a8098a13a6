"""A network of its own, in which public and private addresses are those of a machine that listens on all of them.

Run as a program in a new network namespace, it makes another one, beyond a cable, which has every address of the table;
asks for all of them, as the callers do; and prints what was answered, and what both machines heard, as JSON.
"""

import asyncio
import contextlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote

import anyio

from pelican_async.network.guard import Guard
from tests.pelican_async.network.callers import BODY, CALLERS, Caller, document
from tests.pelican_async.network.servers import Names, answer
from tests.pelican_async.network.tricks import NAMES, NOT_PUBLIC, PUBLIC, PUBLIC_ALONE, TRICKS

PORT: Final = 8080
REDIRECTING: Final = "8.8.8.8"
OWN: Final = ("9.9.9.9", "::ffff:9.9.9.9", "2620:fe::fe", "10.99.0.1")
"""Addresses of the machine that asks; all but the last are public ones."""
NOBODY_LISTENS_AT: Final = {"127.255.255.255", "224.0.0.1", "239.255.255.255", "255.255.255.255", "fe80::1"}
"""An address of several machines, or of one that depends on the cable: nothing can be connected there."""
OUTSIDE: Final = "outside"
PATIENCE: Final = 15.0


@dataclass
class Found:
    """What the program finds: of each caller, and of each machine."""

    listened_at: list[str]
    answered: dict[str, list[str]] = field(default_factory=dict)
    answered_if_allowed: dict[str, list[str]] = field(default_factory=dict)
    answered_after_redirect: dict[str, list[str]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    heard_here: list[str] = field(default_factory=list)


def tell(what: object) -> None:
    """Write a line for whoever runs this."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def ip(*words: str) -> bool:
    """Set an address, a link or a route, and say whether the system lets that be."""
    program = shutil.which("ip") or "ip"
    return subprocess.run([program, *words], check=False, capture_output=True).returncode == 0  # noqa: S603 ours


def assign(addresses: Iterable[str], device: str) -> list[str]:
    """Give a device the addresses that it can have, and say which those are."""
    given = []
    for address in addresses:
        plain = ip_address(address)
        mapped = plain.ipv4_mapped if plain.version == 6 else None
        length = 128 if plain.version == 6 and mapped is None else 32
        if ip(
            "address", "replace", f"{mapped or plain}/{length}", "dev", device, *(["nodad"] if length == 128 else [])
        ):
            given.append(address)
    return given


def route(device: str) -> None:
    """Send everything there."""
    for version in "46":
        ip(f"-{version}", "route", "add", "default", "dev", device)


@asynccontextmanager
async def listening(heard: list[str]) -> AsyncIterator[None]:
    """Listen on all addresses of this machine, and note at which somebody came. `/to/URL` redirects to a URL."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer.get_extra_info("sockname")[0])
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            path = (await reader.readuntil(b"\r\n\r\n")).decode().split(" ")[1]
            moved = path.startswith("/to/")
            location = f"Location: {unquote(path.removeprefix('/to/'))}"
            writer.write(answer("302 Found", location) if moved else answer("200 OK", body=BODY))
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(handle, ["0.0.0.0", "::"], PORT):  # noqa: S104 that's the point
        yield


async def outside() -> None:
    """Be the machine beyond the cable: takes orders as lines, and answers with lines."""
    loop = asyncio.get_running_loop()
    tell("there is a network of its own now")
    await loop.run_in_executor(None, sys.stdin.readline)  # the cable is there
    ip("link", "set", "lo", "up")
    ip("link", "set", OUTSIDE, "up")
    heard: list[str] = []
    async with listening(heard):
        given = assign((*PUBLIC, *PUBLIC_ALONE, *NOT_PUBLIC), OUTSIDE)
        route(OUTSIDE)
        tell(given)
        while await loop.run_in_executor(None, sys.stdin.readline):
            tell(heard)
            heard.clear()


async def ask_all(ask: Caller, urls: Iterable[str], guard: Guard | None) -> list[str]:
    """Give those of the URLs that are answered; without a guard their own hosts are allowed."""
    answered = []
    for url in urls:
        host = url.split("//")[-1].removesuffix(f":{PORT}").strip("[]")
        with anyio.move_on_after(PATIENCE):
            if await ask(url, guard or Guard(frozenset({host}))):
                answered.append(url)
    return answered


def urls_of(addresses: Iterable[str]) -> list[str]:
    """Give a URL for each address."""
    return [f"http://{f'[{address}]' if ':' in address else address}:{PORT}" for address in addresses]


async def inside(beyond: subprocess.Popen[str]) -> Found:
    """Ask for all addresses."""
    assert beyond.stdin is not None
    assert beyond.stdout is not None

    def told() -> list[str]:
        assert beyond.stdin is not None
        assert beyond.stdout is not None
        print(file=beyond.stdin, flush=True)
        lines: list[str] = json.loads(beyond.stdout.readline())
        return lines

    beyond.stdout.readline()
    ip("link", "set", "lo", "up")
    ip("link", "add", "inside", "type", "veth", "peer", "name", OUTSIDE, "netns", str(beyond.pid))
    ip("link", "set", "inside", "up")
    assign(OWN, "inside")
    found = Found([address for address in (*told(), *OWN) if address not in NOBODY_LISTENS_AT])
    route("inside")
    urls = urls_of((*PUBLIC, *NOT_PUBLIC, *OWN))
    async with listening(found.heard_here):
        for name, ask in CALLERS.items():
            found.answered_if_allowed[name] = await ask_all(ask, urls_of(found.listened_at), None)
        told()
        found.heard_here.clear()
        for name, ask in CALLERS.items():
            guard = Guard()
            found.answered[name] = await ask_all(ask, urls, guard)
            moved = [f"http://{REDIRECTING}:{PORT}/to/{url}" for url in urls]
            found.answered_after_redirect[name] = [url.partition("/to/")[2] for url in await ask_all(ask, moved, guard)]
        names = Guard(resolve=Names(**NAMES).resolve)
        for trick in TRICKS:
            with anyio.move_on_after(PATIENCE):
                await document(trick.replace("{port}", str(PORT)), names)
        found.heard = sorted(Counter(told()))
    return found


def main() -> None:
    """Run the one machine or, beyond it, the other."""
    if sys.argv[1:] == [OUTSIDE]:
        asyncio.run(outside())
        return
    command = [shutil.which("unshare") or "unshare", "--net", sys.executable, "-m", __spec__.name, OUTSIDE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as beyond:  # noqa: S603 this
        try:
            tell(asdict(asyncio.run(inside(beyond))))
        finally:
            beyond.kill()


if __name__ == "__main__":
    main()
