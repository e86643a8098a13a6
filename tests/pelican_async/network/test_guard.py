"""Nothing that isn't public is reached, whatever the trick."""

import socket
import struct
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpcore
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pelican_async.network.availability import availability
from pelican_async.network.guard import TRANSLATED, Guard, Refused, is_public
from tests.pelican_async.network.servers import Heard, answer, network, serving

TRICKS: Final = [
    # Ways to write the loopback address of IPv4.
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}",
    "HTTP://127.0.0.1:{port}/",
    "  http://127.0.0.1:{port}/  ",
    "http://127.0.0.1.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://127.1.2.3:{port}/",
    "http://127.255.255.254:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7F.0x0.0x0.0x1:{port}/",
    "http://0x7f.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0x0.1:{port}/",
    "http://00000177.000.000.001:{port}/",
    "http://127.0.0.1%2f@127.0.0.1:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    # Digits and dots that become ASCII when a name is prepared.
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1:{port}/",
    # This host, in other words.
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0x0:{port}/",
    "http://localhost:{port}/",
    "http://LocalHost:{port}/",
    "http://localhost.:{port}/",
    "http://ⓛocalhost:{port}/",
    "http://lo\ncalhost:{port}/",
    "http://lo\tcalhost:{port}/",
    # IPv6, and IPv4 inside it.
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[0000::0001]:{port}/",
    "http://[::]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[::1%lo]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::FFFF:7F00:0001]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::80ff:fffe]:{port}/",
    # Credentials, and what may look like a host.
    "http://user:secret@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://example.com%00@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.com/",
    "http://127.0.0.1:{port}?@example.com/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://example.com\\@127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
    # Names that lead here.
    "http://loopback.example:{port}/",
    "http://loopback6.example:{port}/",
    "http://mapped.example:{port}/",
    "http://unspecified.example:{port}/",
    "http://mixed.example:{port}/",
    "http://scoped.example:{port}/",
    "http://LOOPBACK.example.:{port}/",
    "http://rebinding.example:{port}/",
    # TLS and other schemes.
    "https://127.0.0.1:{port}/",
    "https://loopback.example:{port}/",
    "https://[::1]:{port}/",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET%20/",
    "file://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "ws://127.0.0.1:{port}/",
    "unix://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/info",
    "ldap://127.0.0.1:{port}/",
    "jar:http://127.0.0.1:{port}/!/",
    "view-source:http://127.0.0.1:{port}/",
    "javascript:fetch('http://127.0.0.1:{port}/')",
    "data:text/html,<img src=http://127.0.0.1:{port}/>",
    # Line breaks that would make two requests of one.
    "http://loopback.example:{port}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "http://127.0.0.1:{port}\r\n/",
    "http://127.0.0.1:{port}\x00/",
]
NAMES: Final[dict[str, Sequence[Sequence[str]]]] = {
    "loopback_example": [["127.0.0.1"]],
    "loopback6_example": [["::1"]],
    "mapped_example": [["::ffff:127.0.0.1"]],
    "unspecified_example": [["0.0.0.0", "::"]],  # noqa: S104 this is what must not be reached
    "mixed_example": [["8.8.8.8", "127.0.0.1", "::1"]],
    "scoped_example": [["::1%lo"]],
    # Whoever checks one answer and connects to the next one ends on loopback.
    "rebinding_example": [["8.8.8.8"], ["127.0.0.1"]],
    "example_com": [["8.8.4.4"]],
    "moved_example": [["127.0.0.1"]],
}
PUBLIC_ALONE: Final = {("8.8.8.8"), ("8.8.4.4")}


def silent(request: str, heard: Heard) -> bytes:  # noqa: ARG001
    return answer("200 OK")


@pytest.mark.parametrize("trick", TRICKS)
async def test_hears_nothing_of_a_trick(trick: str) -> None:
    net = network(**NAMES)
    async with serving(silent) as heard:
        statuses = await availability([trick.replace("{port}", str(heard.port))] * 3, guard=net.guard())
    assert statuses == ["ERROR"] * 3
    assert heard.connections == 0
    assert {host for host, _ in net.wires.asked} <= PUBLIC_ALONE


@pytest.mark.parametrize("trick", TRICKS)
async def test_hears_nothing_of_a_redirect_to_a_trick(trick: str) -> None:
    net = network(**NAMES)
    async with serving(silent) as heard:
        location = "".join(trick.replace("{port}", str(heard.port)).split("\r\n")).replace("\n", "").replace("\x00", "")

        def redirect(request: str, heard: Heard) -> bytes:  # noqa: ARG001
            return answer("302 Found", f"Location: {location}")

        async with serving(redirect) as allowed:
            url = f"http://moved.example:{allowed.port}/"
            statuses = await availability([url], guard=net.guard(f"moved.example:{allowed.port}"))
    assert statuses == ["ERROR"]
    assert heard.connections == 0
    assert allowed.requests  # it was asked, so the redirect was followed
    assert {host for host, port in net.wires.asked if port != allowed.port} <= PUBLIC_ALONE


def test_there_are_many_tricks() -> None:
    assert len(set(TRICKS)) >= 60


async def test_the_listener_would_hear() -> None:
    """The tests above mean something: with the name allowed, the same server answers."""
    net = network(**NAMES)
    async with serving(silent) as heard:
        statuses = await availability(
            [f"http://loopback.example:{heard.port}/", f"http://localhost:{heard.port}/"],
            guard=net.guard("loopback.example", "localhost"),
        )
    assert statuses == ["OK", "OK"]
    assert len(heard.requests) == 2


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


async def test_without_a_resolver_of_its_own_it_asks_the_system() -> None:
    with pytest.raises(Refused, match="localhost has no address"):
        await Guard().connect_tcp("localhost", 80)
    with pytest.raises(httpcore.ConnectError, match="has no address"):
        await Guard().connect_tcp("no such name", 80)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 this is what must not be reached
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::2",
        "::8.8.8.8",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:0:808:808::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2001:db8:ffff::1",
        "2002:808:808::1",
        "2002:a00:1::1",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860::8888",
        "2400:cb00::1",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ],
)
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
