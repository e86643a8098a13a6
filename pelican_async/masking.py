"""Makes URLs, and texts that may have some, fit to be shown."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote

# Texts can be publishers', so no pattern looks at anything twice: the time is linear in the length.
_USER: Final = re.compile(r"//[^/?#:@]*+:")
_NAMES: Final = re.compile("pass|secret|token|key", re.IGNORECASE)
_PARAMETER: Final = re.compile(r"([?&][^=&#?]*+=)[^&#]*+")
_SEPARATORS: Final = re.compile(r"[/?#@:\[\]]")
_URL: Final = re.compile(r"://[^\s\"'<>]++")


def masked(url: str) -> str:
    """Replace what is secret in a URL: `postgresql://me:secret@host/it` becomes `postgresql://me:***@host/it`."""
    before, password, after = _parts(url)
    return _PARAMETER.sub(_without_value, f"{before}***{after}" if password else url)


def _parts(url: str) -> tuple[str, str, str]:
    """Give the password of a URL, which may be empty, and what is before and after it."""
    # A password may itself have any of the characters that separate the parts of a URL, so rather too much is hidden.
    before, at, after = url.rpartition("@")
    user = _USER.search(before)
    return (before[: user.end()], before[user.end() :], at + after) if user else (url, "", "")


def _without_value(parameter: re.Match[str]) -> str:
    return f"{parameter[1]}***" if _NAMES.search(parameter[1]) else parameter[0]


def masked_text(text: str) -> str:
    """Replace what is secret in the URLs of a text."""
    return _URL.sub(lambda found: masked(found[0]), text)


def secrets_in(url: str) -> Iterator[str]:
    """Give what is secret in a URL, as it is written there and as it is meant.

    If it can't be read, errors may quote a part of a password that was taken for something else: parts are secret, too.
    """
    password = _parts(url)[1]
    if password:
        yield from {password, unquote(password)}
        yield from filter(None, _SEPARATORS.split(password))
    for name, value in parse_qsl(url.partition("?")[2]):
        if _NAMES.search(name):
            yield value
