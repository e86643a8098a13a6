"""Connects to public addresses only, whatever a URL, a redirect or a name server says.

An address is checked where the connection to it is made: the name is resolved here, each address that it has is
checked, and the connection goes to exactly that address, without resolving the name once more. So neither unusual
spellings of an address, nor redirects, nor a name server that changes its answers leads to anything private.

A machine may have public addresses itself. What listens there may trust whoever comes from this machine, or a firewall
may be what keeps others away, so these are refused as well.
"""

import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

import anyio
import httpcore

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a host, best first; raises `OSError` if it has none."""

PORTS: Final = frozenset({80, 443})
DISCARD: Final = 9
"""A port that nothing is sent to."""
FIRST_FREE_PORT: Final = 1024
"""Web servers answer on these ports, or anywhere from here on; those below belong to mail, shells and the like."""
ATTEMPTS: Final = 3
"""How many addresses of a host are tried."""

NOT_PUBLIC: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by customers of a provider (CGNAT)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own services, on a public address
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays from IPv6 (6to4)
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
PUBLIC_6: Final = IPv6Network("2000::/3")
"""All that is public is in here, besides the ways to write an address of IPv4; not all in here is public."""
NOT_PUBLIC_6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, tunnels to any address of IPv4 among them (Teredo)
        "2001:db8::/32",  # documentation
        "2002::/16",  # tunnels to any address of IPv4 (6to4)
        "3fff::/20",  # documentation
    )
)
RESOLVED_AT_ONCE: Final = 8
"""Name servers of publishers may be slow: they take up these threads, and none of those that others need."""
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""How networks without IPv4 reach it (NAT64): the last 4 bytes are its address."""


class Refused(httpcore.ConnectError):
    """A connection that must not be made."""


def is_public(address: Address) -> bool:
    """Tell whether an address is reachable from everywhere, and so no secret of the network that this runs in."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in TRANSLATED:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def is_own(address: Address) -> bool:
    """Tell whether an address is one of this machine: then whatever is sent there comes from there, too."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((str(address), DISCARD))  # says where it would be sent from, and sends nothing
            return ip_address(asked.getsockname()[0]) == address
    except OSError:  # there is no way to it
        return False


class Resolver:
    """Asks the system for the addresses of hosts, as many at once as `RESOLVED_AT_ONCE`."""

    def __init__(self) -> None:
        self._turns = anyio.CapacityLimiter(RESOLVED_AT_ONCE)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a host. Whoever is cancelled doesn't wait for the answer."""
        found = await anyio.to_thread.run_sync(
            lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), abandon_on_cancel=True, limiter=self._turns
        )
        return [str(address[0]) for *_, address in found]


def _may_be_reached(address: Address) -> bool:
    return is_public(address) and not is_own(address)


class Guard(httpcore.AsyncNetworkBackend):
    """Makes the connections of an HTTP client.

    `allowed_hosts` are exempt from the checks of address and port; each is a host as it stands in URLs, in lower case,
    or a host and a port (`localhost:8000`). `connector` makes the connections to addresses that passed.
    """

    def __init__(
        self,
        allowed_hosts: frozenset[str] = frozenset(),
        resolve: Resolve | None = None,
        connector: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed_hosts = allowed_hosts
        self._resolve = Resolver() if resolve is None else resolve
        self._connector = httpcore.AnyIOBackend() if connector is None else connector

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the client's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that may be reached and answers; `timeout` is for each, in seconds."""
        failed: httpcore.ConnectError | httpcore.ConnectTimeout = Refused(f"{host} has no address to be connected to.")
        for address in (await self._addresses(host, port))[:ATTEMPTS]:
            try:
                return await self._connector.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        allowed = not self._allowed_hosts.isdisjoint({host, f"{host}:{port}"})
        if not allowed and port not in PORTS and port < FIRST_FREE_PORT:
            raise Refused(f"Port {port} isn't one of web servers.")
        try:
            found = [ip_address(address) for address in await self._resolve(host, port)]
        except (OSError, ValueError) as error:
            raise httpcore.ConnectError(f"{host} has no address.") from error
        return [address for address in dict.fromkeys(found) if allowed or _may_be_reached(address)]
