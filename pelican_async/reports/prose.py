"""Reads the texts of checks: paragraphs, lists, and names in backticks."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_CODE: Final = re.compile(r"``(.+?)``|`([^`]+)`")
_ITEM: Final = "- "


class Paragraph(NamedTuple):
    """A paragraph, or a list if it has `items`."""

    text: str
    items: list[str]


class Span(NamedTuple):
    """A part of a text; `code` if it stood in backticks."""

    text: str
    code: bool


def paragraphs(text: str) -> list[Paragraph]:
    r"""Divide a text at its empty lines; lines are joined, and those that begin with a hyphen are items of a list.

    >>> [paragraph.items for paragraph in paragraphs("One\nline.\n\n- a\n  b\n- c")]
    [[], ['a b', 'c']]
    """
    return [_paragraph(part.strip()) for part in text.split("\n\n") if part.strip()]


def _paragraph(part: str) -> Paragraph:
    if part.startswith(_ITEM):
        items = [" ".join(item.split()) for item in part.removeprefix(_ITEM).split(f"\n{_ITEM}")]
        return Paragraph("", items)
    return Paragraph(" ".join(part.split()), [])


def spans(text: str) -> list[Span]:
    """Divide a text into what stands in backticks, and the rest.

    >>> [span.text for span in spans("Set `a` to ``b`c``.") if span.code]
    ['a', 'b`c']
    """
    return list(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    end = 0
    for match in _CODE.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()], code=False)
        yield Span(match[1] or match[2], code=True)
        end = match.end()
    if end < len(text):
        yield Span(text[end:], code=False)
