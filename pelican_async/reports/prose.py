"""Reads the texts of checks' docstrings: paragraphs, whose lines are broken anywhere, and code in backticks."""

import re
from typing import Final

CODE: Final = re.compile("`([^`\n]+)`")
_LINE_BREAK: Final = re.compile(r"\n(?!\s*- )\s*")


def paragraphs(text: str) -> list[str]:
    r"""Give the paragraphs, each on one line, but for lists, which have each entry on a line.

    >>> paragraphs("Applies once,\nif it is.\n\nEither:\n- one\n  thing\n- or two")
    ['Applies once, if it is.', 'Either:\n- one thing\n- or two']
    """
    return [_LINE_BREAK.sub(" ", paragraph.strip()) for paragraph in text.split("\n\n") if paragraph.strip()]


def one_line(text: str) -> str:
    """Give the whole text on one line."""
    return " ".join(text.split())
