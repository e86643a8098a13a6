"""JSON Lines: cut at line feeds, never parsed."""

import json
from collections.abc import Iterator

from pelican_async.sources.texts import Break, Damaged, Text

BLANKS = b" \t\r"
BRACKETS = BLANKS + b"{}[],"
SAMPLE = 10


def are_lines(head: bytes, *, complete: bool) -> bool:
    """Tell whether a text is JSON Lines by its beginning; `complete` if that is all of it.

    It is if at least half of its first lines, and of these at least one, are each a JSON value, and none of the others
    is only brackets, as in values printed over several lines. A single line counts as a value that may be large, and
    that is better taken apart than held in memory.
    """
    lines = head.split(b"\n", SAMPLE * 4)
    if not complete or len(lines) > SAMPLE * 4:
        lines.pop()
    sample = [line for line in lines if line.strip(BLANKS)][:SAMPLE]
    others = [line for line in sample if not _is_value(line)]
    return 1 < len(sample) >= 2 * len(others) and all(line.strip(BRACKETS) for line in others)


def _is_value(line: bytes) -> bool:
    try:
        json.loads(line.decode("utf-8", "replace"), strict=False, parse_int=str)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def cut(blocks: Iterator[bytes], limit: int) -> Iterator[list[Text] | Break]:
    """Cut blocks into lines with their numbers, without blanks around them and without blank lines.

    Lines longer than `limit` bytes are given as breaks and aren't held in memory. Where the blocks end early, the last
    line is dropped and a break says why.
    """
    begun: list[bytes] = []
    length = 0
    number = 1
    too_long = False
    try:
        for block in blocks:
            end = block.rfind(b"\n")
            if end < 0:
                length += len(block)
                too_long = too_long or length > limit
                if too_long:
                    begun.clear()
                else:
                    begun.append(block)
                continue
            lines = b"".join((*begun, memoryview(block)[:end])).split(b"\n")
            if too_long:
                yield _too_long(number, limit)
                lines[0] = b""
            yield from _numbered(lines, number, limit)
            number += len(lines)
            begun, length, too_long = [block[end + 1 :]], len(block) - end - 1, False
    except Damaged as damaged:
        yield Break(number, "damaged", str(damaged))
        return
    if too_long:
        yield _too_long(number, limit)
    else:
        yield from _numbered([b"".join(begun)], number, limit)


def _numbered(lines: list[bytes], first: int, limit: int) -> Iterator[list[Text] | Break]:
    texts = [Text(value, number) for number, line in enumerate(lines, first) if (value := line.strip(BLANKS))]
    if max(map(len, lines)) > limit:
        long = [text.place for text in texts if len(text.value) > limit]
        yield from (_too_long(number, limit) for number in long)
        texts = [text for text in texts if len(text.value) <= limit]
    if texts:
        yield texts


def _too_long(number: int, limit: int) -> Break:
    return Break(number, "too-long", f"a line is longer than the limit of {limit:,} bytes")
