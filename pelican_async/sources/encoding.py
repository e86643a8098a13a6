"""Bytes in UTF-8, whether they came in UTF-8 or UTF-16, with or without a byte-order mark."""

import codecs
from collections.abc import Iterator
from itertools import chain


def utf8(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Give the blocks in UTF-8 without byte-order mark.

    UTF-16 is known by its mark or by the zeros beside the first character. What is wrong in it becomes U+FFFD. Bytes of
    any other encoding are passed as they are, since only parsing shows where they aren't UTF-8.
    """
    head = b""
    for block in blocks:
        head += block
        if len(head) >= len(codecs.BOM_UTF8):
            break
    rest = chain([head] if head else [], blocks)
    name = _utf16(head)
    if name:
        return _recoded(rest, codecs.getincrementaldecoder(name)("replace"))
    if head.startswith(codecs.BOM_UTF8):
        head = head.removeprefix(codecs.BOM_UTF8)
        return chain([head] if head else [], blocks)
    return rest


def _utf16(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = [byte == 0 for byte in head[:2]]
    if zeros == [False, True]:
        return "utf-16-le"
    if zeros == [True, False]:
        return "utf-16-be"
    return None


def _recoded(blocks: Iterator[bytes], decoder: codecs.IncrementalDecoder) -> Iterator[bytes]:
    for block in blocks:
        if text := decoder.decode(block):
            yield text.encode()
    if text := decoder.decode(b"", final=True):
        yield text.encode()
