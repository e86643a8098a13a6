"""Reads a URL of a publisher as what is to be requested of whom."""

import string
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

LONGEST: Final = 8_000
"""Characters; servers refuse longer ones as well."""
PORTS: Final = {"http": 80, "https": 443}


class Target(NamedTuple):
    """What is requested (`path`, with the query) of whom. All but `url` are ASCII, and a host has no brackets."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Give the value of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str) -> Target:
    """Read a URL. User name, password and fragment are dropped; what isn't ASCII in path and query is percent-encoded.

    Raises `ValueError` if it isn't a URL of http or https with a host.
    """
    if len(url) > LONGEST:
        raise ValueError("It is too long.")
    parts = urlsplit(url.strip())
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("It isn't a URL of http or https with a host.")
    if parts.port == 0:
        raise ValueError("There is no port 0.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(
        url=url,
        scheme=parts.scheme,
        host=parts.hostname.encode("idna").decode("ascii").lower(),
        port=PORTS[parts.scheme] if parts.port is None else parts.port,
        path=quote(path if path.startswith("/") else f"/{path}", safe=string.punctuation),
    )
