"""Nothing that isn't public is reached, whatever the trick."""

import asyncio
import re
import socket
import struct
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import anyio
import httpcore
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pelican_async.network.availability import availability
from pelican_async.network.guard import RESOLVED_AT_ONCE, TRANSLATED, Guard, Refused, is_own, is_public
from tests.pelican_async.network.callers import BODY, CALLERS, Caller
from tests.pelican_async.network.servers import Heard, answer, network, serving
from tests.pelican_async.network.tricks import NAMES, NOT_PUBLIC, PUBLIC, PUBLIC_ALONE, TRICKS


def silent(request: str, heard: Heard) -> bytes:  # noqa: ARG001
    return answer("200 OK", body=BODY)


@pytest.mark.parametrize("ask", CALLERS.values(), ids=CALLERS)
async def test_nothing_is_heard_of_any_trick(ask: Caller) -> None:
    reached = {}
    async with serving(silent) as heard:
        for trick in TRICKS:
            net = network(**NAMES)
            for _ in range(2):  # what rebinds does so for the second one
                reached[trick] = await ask(trick.replace("{port}", str(heard.port)), net.guard()) or bool(
                    {host for host, _ in net.wires.asked} - PUBLIC_ALONE
                )
                assert heard.connections == 0, trick
    assert [trick for trick, reached_ in reached.items() if reached_] == []


@pytest.mark.parametrize("ask", CALLERS.values(), ids=CALLERS)
async def test_nothing_is_heard_of_a_redirect_to_any_trick(ask: Caller) -> None:
    location = ""

    def redirect(request: str, heard: Heard) -> bytes:  # noqa: ARG001
        return answer("302 Found", f"Location: {location}")

    reached = {}
    async with serving(silent) as heard, serving(redirect) as allowed:
        for trick in filter(None, TRICKS):
            net = network(**NAMES)
            location = re.sub(r"[\r\n\x00]", "", trick.replace("{port}", str(heard.port)))
            before = allowed.connections
            url = f"http://moved.example:{allowed.port}/"
            answered = await ask(url, net.guard(f"moved.example:{allowed.port}"))
            assert allowed.connections > before  # it was asked, so the redirect was followed
            assert heard.connections == 0, trick
            others = {host for host, port in net.wires.asked if port != allowed.port}
            reached[trick] = answered or bool(others - PUBLIC_ALONE)
    assert [trick for trick, reached_ in reached.items() if reached_] == []


@pytest.mark.parametrize("ask", CALLERS.values(), ids=CALLERS)
async def test_the_listener_would_hear(ask: Caller) -> None:
    """The tests above mean something: with the name allowed, the same server answers, also after a redirect."""
    async with serving(silent) as heard:
        location = f"Location: http://loopback.example:{heard.port}/"
        async with serving(lambda _request, _heard: answer("302 Found", location)) as moved:
            guard = network(**NAMES).guard("loopback.example", "localhost")
            assert await ask(f"http://loopback.example:{heard.port}/", guard)
            assert await ask(f"http://localhost:{heard.port}/", guard)
            assert await ask(f"http://localhost:{moved.port}/", guard)
    assert len(heard.requests) == 3


def test_there_are_many_tricks() -> None:
    assert len(set(TRICKS)) == len(TRICKS) >= 150


async def test_a_name_is_resolved_once_for_each_connection_which_goes_to_what_was_checked() -> None:
    net = network(rebinding_example=[["8.8.8.8"], ["127.0.0.1"], ["8.8.4.4"]])
    statuses = await availability(["http://rebinding.example/"] * 3, guard=net.guard())
    assert statuses == ["ERROR"] * 3
    assert sorted(net.wires.asked) == [("8.8.4.4", 80), ("8.8.8.8", 80)]


async def test_other_addresses_are_tried_but_not_all() -> None:
    net = network(many_example=[[f"8.8.8.{last}" for last in range(1, 9)]])
    assert await availability(["http://many.example/"], guard=net.guard()) == ["ERROR"]
    assert net.wires.asked == [("8.8.8.1", 80), ("8.8.8.2", 80), ("8.8.8.3", 80)]


@pytest.mark.parametrize(
    ("port", "asked"),
    [*((port, True) for port in (80, 443, 1024, 8080, 65535)), *((port, False) for port in (0, 1, 22, 25, 81, 1023))],
)
async def test_ports(port: int, *, asked: bool) -> None:
    net = network(example_com=[["8.8.4.4"]])
    await availability([f"http://example.com:{port}/"], guard=net.guard())
    assert net.wires.asked == ([("8.8.4.4", port)] if asked else [])


async def test_allows_a_named_host_as_it_is_named_alone() -> None:
    net = network(inside_example=[["127.0.0.1"]], outside_example=[["127.0.0.1"]])
    async with serving(silent) as heard:
        urls = [f"http://{host}:{heard.port}/" for host in ("inside.example", "outside.example", "127.0.0.1")]
        assert await availability(urls, guard=net.guard("inside.example")) == ["OK", "ERROR", "ERROR"]
        other = net.guard(f"inside.example:{heard.port + 1}")
        assert await availability(urls[:1], guard=other) == ["ERROR"]


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_an_address_of_this_machine_is_known_and_nothing_is_sent_there(family: socket.AddressFamily) -> None:
    """Public ones are told by a test in a network of its own; here those of loopback stand for them."""
    own = "127.0.0.1" if family == socket.AF_INET else "::1"
    with socket.socket(family, socket.SOCK_DGRAM) as heard:
        try:
            heard.bind((own, 0))
        except OSError:
            pytest.skip("there is no IPv6 here")
        assert is_own(ip_address(own))
        heard.setblocking(False)
        with pytest.raises(BlockingIOError):
            heard.recv(1)
    assert not is_own(ip_address("8.8.8.8"))
    assert not is_own(ip_address("2606:4700::1111"))


async def test_slow_name_servers_hold_nobody_else_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def slow(host: str, *_: object, **__: object) -> list[object]:
        answered.wait()
        raise OSError(host)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    guard = Guard()
    try:
        async with anyio.create_task_group() as tasks:
            for _ in range(4 * RESOLVED_AT_ONCE):
                tasks.start_soon(ask_slowly, guard)
            with anyio.fail_after(5):
                assert await asyncio.get_running_loop().run_in_executor(None, lambda: "a thread is free")
                assert await anyio.to_thread.run_sync(lambda: "and another one")
            tasks.cancel_scope.cancel()  # which waits for no name server
    finally:
        answered.set()


async def ask_slowly(guard: Guard) -> None:
    await guard.connect_tcp("slow.example", 80)


async def test_without_a_resolver_of_its_own_it_asks_the_system() -> None:
    with pytest.raises(Refused, match="localhost has no address"):
        await Guard().connect_tcp("localhost", 80)
    with pytest.raises(httpcore.ConnectError, match="has no address"):
        await Guard().connect_tcp("no such name", 80)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_python_calls_private_is_not_public(address: IPv4Address) -> None:
    expected = not (address.is_global and not address.is_multicast)
    if expected:
        assert not is_public(address)
    for prefix in ("::ffff:0:0/96", "64:ff9b::/96"):
        wrapped = IPv6Address(int(IPv6Network(prefix).network_address) + int(address))
        assert is_public(wrapped) == is_public(address)


@given(
    st.integers(0, 2**128 - 1).map(IPv6Address) | st.integers(0, 2**125 - 1).map(lambda low: IPv6Address(low + 2**125))
)
def test_what_python_calls_private_is_not_public_in_6(address: IPv6Address) -> None:
    assume(address.ipv4_mapped is None and address not in TRANSLATED)
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert not is_public(address)


def test_the_system_writes_addresses_as_expected() -> None:
    """What the tricks with numbers rest on: the system reads them as loopback."""
    for host in ("127.1", "2130706433", "0x7f000001", "0177.0.0.1"):
        found = socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM)
        assert struct.unpack("!I", socket.inet_aton(str(found[0][4][0])))[0] == 0x7F000001
