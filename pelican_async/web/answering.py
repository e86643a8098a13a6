"""How answers over HTTP look: JSON, and nothing of what was asked in them."""

from http import HTTPStatus
from typing import Final

import orjson
from starlette.responses import Response

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer, which the server adds: also to what it answers itself."""


def as_json(value: object, code: HTTPStatus = HTTPStatus.OK) -> Response:
    """Answer with a value."""
    body = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NAIVE_UTC)
    return Response(body, code, media_type="application/json")


def error(text: str, code: HTTPStatus) -> Response:
    """Answer that it can't be had."""
    return as_json({"error": text}, code)
