"""Makes URLs fit to be shown."""

import re
from typing import Final

# A password may itself have any of the characters that separate the parts of a URL, so rather too much is hidden.
_PASSWORD: Final = re.compile(r"(//[^/?#:@]*):.*@", re.DOTALL)
_PARAMETER: Final = re.compile(r"([?&][^=&#]*(?:pass|secret|token|key)[^=&#]*=)[^&#]*", re.IGNORECASE)


def masked(url: str) -> str:
    """Replace what is secret in a URL: `postgresql://me:secret@host/it` becomes `postgresql://me:***@host/it`."""
    return _PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1:***@", url))


_URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE)


def masked_text(text: str) -> str:
    """Replace what is secret in the URLs of a text."""
    return _URL.sub(lambda found: masked(found.group()), text) if "://" in text else text
