"""Refuses requests that nobody who may ask would send, before anything is done for them.

A page in the browser of somebody who can reach this service can ask it, too, if the page's name is made to resolve to
this address (DNS rebinding); the header `Host` then has that name. So what is asked must be an address, a name without
a dot (`localhost`, or a container's), which nobody can register, or a name that the operator has set. Probes of health
are answered whatever the name: they tell little, and those who ask may not be able to choose it.
"""

import re
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final, NamedTuple

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pelican_async.web.answering import error

LONGEST_URL: Final = 2_000
LARGEST_HEAD: Final = 16_384
PROBES: Final = "/health/"
HOST: Final = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::[0-9]*)?")


class Refusal(NamedTuple):
    """Why a request is refused."""

    status: HTTPStatus
    text: str


URL_TOO_LONG: Final = Refusal(HTTPStatus.REQUEST_URI_TOO_LONG, f"The URL has more than {LONGEST_URL} characters.")
HEAD_TOO_LARGE: Final = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"The headers have more than {LARGEST_HEAD} bytes."
)
HAS_A_BODY: Final = Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Nothing here takes a body.")
OTHER_HOST: Final = Refusal(HTTPStatus.MISDIRECTED_REQUEST, "This is not asked by that name, unless HTTP_HOSTS has it.")


def is_allowed(host: str | None, names: frozenset[str]) -> bool:
    """Tell whether a header `Host` has a name of this service; who sends none (as in HTTP/1.0) is no browser."""
    if not host:
        return True
    found = HOST.fullmatch(host.lower())
    if found is None:
        return False
    address, name = found["address"], (found["name"] or "").removesuffix(".")
    return _is_address(address or name) or (address is None and ("." not in name or name in names))


def refusal(scope: Scope, names: frozenset[str]) -> Refusal | None:
    """Say why a request is refused, if it is."""
    headers = Headers(scope=scope)
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
        return URL_TOO_LONG
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEAD:
        return HEAD_TOO_LARGE
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        return HAS_A_BODY
    if not scope["path"].startswith(PROBES) and not is_allowed(headers.get("host"), names):
        return OTHER_HOST
    return None


class Refusing:
    """Passes on what isn't refused. `names` are those of `HTTP_HOSTS`."""

    def __init__(self, application: ASGIApp, names: frozenset[str]) -> None:
        self._application = application
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        found = refusal(scope, self._names) if scope["type"] == "http" else None
        answer: ASGIApp = self._application if found is None else _closing(found)
        await answer(scope, receive, send)


def _closing(found: Refusal) -> Response:
    """Answer, and take nothing more from that connection."""
    answer = error(found.text, found.status)
    answer.headers["Connection"] = "close"
    return answer


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
