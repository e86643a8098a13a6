"""Makes URLs, and texts that may have some, fit to be shown."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

# A password may itself have any of the characters that separate the parts of a URL, so rather too much is hidden.
_PASSWORD: Final = re.compile(r"(//[^/?#:@]*):.*@", re.DOTALL)
_NAMES: Final = "pass|secret|token|key"
_PARAMETER: Final = re.compile(rf"([?&][^=&#]*(?:{_NAMES})[^=&#]*=)[^&#]*", re.IGNORECASE)


def masked(url: str) -> str:
    """Replace what is secret in a URL: `postgresql://me:secret@host/it` becomes `postgresql://me:***@host/it`."""
    return _PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


_URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE)


def masked_text(text: str) -> str:
    """Replace what is secret in the URLs of a text."""
    return _URL.sub(lambda found: masked(found.group()), text) if "://" in text else text


def secrets_in(url: str) -> Iterator[str]:
    """Give what is secret in a URL, as it is written there and as it is meant."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:  # then there is nothing that could be connected to, either
        return
    if password:
        yield from {password, unquote(password)}
    for name, value in parse_qsl(parts.query):
        if re.search(_NAMES, name, re.IGNORECASE):
            yield value
