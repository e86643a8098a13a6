"""JSON values cut out of a stream by their structure, without parsing them, in flat memory.

Quotes and brackets alone tell where a value ends. What is wrong inside a value is left to be found when it is parsed.
A list at the top, and the lists `releases` and `records` of an object without an `ocid` (that is a package), are taken
apart: each entry is a text. Any other object is a text as a whole.
"""

import re
from collections.abc import Iterator

import orjson

from pelican_async.sources.texts import Break, PackageInfo, Text
from pelican_async.sources.window import Window

LISTS = ("releases", "records")
INFO = ("uri", "publishedDate", "publisher", "license")
INFO_SIZE = 10_000
UNDECIDED = 4 * 1024 * 1024
"""How much of an object is read to see whether it has an `ocid`, before its `releases` are taken for a package's."""

# Patterns work on masked bytes: a string ends at the next quote.
_STRING = rb'"[^"]*+"'
_PLAIN = rb'[^"\[\]{}]*+'


def _inside(levels: int) -> bytes:
    """Give a pattern for all that is between brackets, with as many levels of brackets inside.

    A release with fewer levels is jumped over by one match, without a step in Python. Nothing is ever tried twice.
    """
    value = rb"(?:" + _STRING + rb"|[\[{]" + _inside(levels - 1) + rb"[\]}])" if levels else _STRING
    return _PLAIN + rb"(?:" + value + _PLAIN + rb")*+"


_LEVELS = 5
_NESTED = re.compile(rb"[\[{]" + _inside(_LEVELS) + rb"[\]}]")
_STEP = re.compile(_inside(_LEVELS) + rb'(?:([\[\]{}])|(")|\Z)')
_ENTRY = re.compile(rb"[ \t\r\n]*+([\[{]" + _inside(_LEVELS) + rb"[\]}])[ \t\r\n]*+([,\]])")
_TOKEN = re.compile(_STRING + rb'|[\[\]{}"]')
_DEEP = 20
"""From here on, most levels hold little but the next, and brackets are counted one by one, which is faster then."""
_SPACE = re.compile(rb"[ \t\r\n]*+")
_SPACE_OUTSIDE = re.compile(rb"(?:[ \t\r\n]|\xef\xbb\xbf)*+")
_SCALAR = re.compile(rb'[^ \t\r\n,:"\[\]{}]++')
_WORD = re.compile(rb"-?(?:[0-9][0-9.eE+-]*+|Infinity)|true|false|null|NaN")
_RESUME = re.compile(rb"\n[\[{]")
_END = _NONE = -1
_COMMA, _COLON, _QUOTE, _OPEN, _CLOSE, _OPEN_LIST, _CLOSE_LIST = b',:"{}[]'
_OPENINGS = b"[{"
# Where a list is being read, and what can't come there.
_FIRST, _AFTER_COMMA, _AFTER_VALUE = range(3)
_UNEXPECTED = (b",", b",]", b"")


class _Cut(Exception):  # noqa: N818
    """The data ends inside a value."""


class _Broken(Exception):  # noqa: N818
    """What is at the position can't be there; the message says what was expected."""


class Scanner:
    """Cuts the values out of the blocks of one source; `texts` can be used once."""

    def __init__(self, blocks: Iterator[bytes], limit: int) -> None:
        self._window = Window(blocks)
        self._limit = limit
        self._begun = 0
        self._inner = _NONE
        self._too_long = False

    def texts(self) -> Iterator[Text | Break | PackageInfo]:
        """Give the texts in order, at byte places; breaks where something can't be read; and what packages say."""
        window = self._window
        first = True
        while (character := self._next(_SPACE_OUTSIDE)) != _END:
            self._begun = window.place
            window.mark = None
            self._too_long = False
            try:
                yield from self._value(character)
            except _Cut:
                break
            except _Broken as broken:
                yield self._break(str(broken))
                # What doesn't even begin like JSON is a file of another kind; any part of it that looks like JSON
                # would be reported for nothing.
                if (first and window.place == self._begun) or not self._resume():
                    return
            first = False
        else:
            if window.damage:
                yield Break(self._end(), "damaged", window.damage)
            return
        if window.damage:
            yield Break(self._end(), "damaged", window.damage)
        else:
            yield Break(self._end(), "cut-off", f"ends in the middle of the value that begins at byte {self._begun:,}")

    def _value(self, character: int) -> Iterator[Text | Break | PackageInfo]:
        if character == _OPEN:
            yield from self._object()
        elif character == _OPEN_LIST:
            yield from self._entries()
        elif character == _QUOTE:
            yield self._taken()
        else:
            yield self._word()

    def _object(self) -> Iterator[Text | Break | PackageInfo]:
        window = self._window
        begun = window.mark = window.place
        entries: list[Text | Break] = []
        info: dict[str, bytes] = {}
        is_package = decided = False
        window.position += 1
        try:
            while (key := self._key(strict=is_package)) is not None:
                if key == "ocid" and not decided:
                    is_package = False
                    self._rest()
                    break
                if key in LISTS and self._next() == _OPEN_LIST:
                    is_package = True
                    for entry in self._entries():
                        entries.append(entry)
                        decided = decided or window.mark is None or window.place - begun > UNDECIDED
                        if decided:
                            window.mark = None
                            self._too_long = False
                            yield from entries
                            entries.clear()
                else:
                    value = self._kept()
                    if key in INFO and value is not None and len(value) <= INFO_SIZE:
                        info.setdefault(key, value)
        except (_Cut, _Broken):
            if is_package:
                yield from entries
                yield _info(info)
            raise
        if is_package:
            yield from entries
            yield _info(info)
        else:
            yield self._text(begun)

    def _key(self, *, strict: bool) -> str | None:
        """Read a key and its colon; None at the end of the object.

        What isn't a key breaks a package. In any other object it is passed over, up to the object's end, since parsing
        its text says better what is wrong.
        """
        window = self._window
        while (character := self._next()) == _COMMA:
            window.position += 1
        if character == _CLOSE:
            window.position += 1
            return None
        if character == _QUOTE:
            key = self._kept()
            if self._next() == _COLON:
                window.position += 1
                self._next()
                return "" if key is None else _string(key)
        if strict:
            raise _Broken("a key in quotes and a colon were expected")
        self._rest()
        return None

    def _entries(self) -> Iterator[Text | Break]:
        """Read a list, entry by entry."""
        window = self._window
        window.position += 1
        state = _FIRST
        told = False
        while True:
            entry = _ENTRY.match(window.masked, window.position) if state != _AFTER_VALUE else None
            if entry:
                place = window.base + entry.start(1)
                window.position = entry.end()
                yield self._limited(window.raw[entry.start(1) : entry.end(1)], place)
                if entry[2] == b"]":
                    return
                state = _AFTER_COMMA
                continue
            character = self._next()
            if character in (_CLOSE, _COLON):
                raise _Broken("a comma or the end of the list was expected")
            if not told and character in _UNEXPECTED[state]:
                told = True
                yield self._break("a value was expected")
            elif not told and state == _AFTER_VALUE and character not in b",]":
                told = True
                yield self._break("a comma was expected")
            if character == _CLOSE_LIST:
                window.position += 1
                return
            if character == _COMMA:
                window.position += 1
                state = _AFTER_COMMA
            else:
                yield self._taken()
                state = _AFTER_VALUE

    def _word(self) -> Text | Break:
        """Take what is outside of any value: only there, a word that isn't JSON isn't left to be found by parsing."""
        window = self._window
        begun = window.place
        text = self._taken()
        if isinstance(text, Text) and not _WORD.fullmatch(text.value):
            window.position = begun - window.base
            raise _Broken("a value was expected")
        return text

    def _taken(self) -> Text | Break:
        begun = self._window.place
        value = self._kept()
        return self._beyond(begun) if value is None else self._limited(value, begun)

    def _kept(self) -> bytes | None:
        """Move to the end of the value at the position and give its bytes; None if they are beyond the limit."""
        window = self._window
        begun = self._inner = window.place
        outer = window.mark
        was_too_long, self._too_long = self._too_long, False
        if outer is None:
            window.mark = begun
        self._skip()
        value = None if self._too_long else window.since(begun)
        self._inner = _NONE
        self._too_long = was_too_long or (outer is not None and window.mark != outer)
        if window.mark != outer:
            window.mark = None
        return value

    def _text(self, begun: int) -> Text | Break:
        if self._too_long:
            return self._beyond(begun)
        return self._limited(self._window.since(begun), begun)

    def _limited(self, value: bytes, begun: int) -> Text | Break:
        if len(value) > self._limit:
            return self._beyond(begun)
        # Outside strings a tab is as good as a line feed; inside, both are wrong, and stay so.
        return Text(value.replace(b"\n", b"\t"), begun)

    def _beyond(self, begun: int) -> Break:
        return Break(begun, "too-long", f"a value is longer than the limit of {self._limit:,} bytes")

    def _skip(self) -> None:
        """Move to the end of the value at the position."""
        window = self._window
        character = self._next()
        if character == _QUOTE:
            window.position += 1
            self._end_string()
        elif character in _OPENINGS:
            nested = _NESTED.match(window.masked, window.position)
            if nested:
                window.position = nested.end()
            else:
                window.position += 1
                self._rest()
        else:
            self._end_scalar()

    def _rest(self) -> None:
        """Move to the end of the object or list that the position is in."""
        window = self._window
        depth = 1
        while depth:
            step = _STEP.match(window.masked, window.position)
            if step is None:  # the pattern fits everywhere
                raise _Broken("a bracket was expected")
            window.position = step.end()
            if step[1]:
                depth += 1 if step[1] in _OPENINGS else -1
                if depth > _DEEP:
                    depth = self._up(depth)
            elif step[2]:
                self._end_string()
            else:
                self._more()

    def _up(self, depth: int) -> int:
        """Move on until only `_DEEP` levels are left to move out of, or the data must be read on; give how many are."""
        window = self._window
        for token in _TOKEN.finditer(window.masked, window.position):
            character = window.masked[token.start()]
            if character != _QUOTE:
                depth += 1 if character in _OPENINGS else -1
                if depth == _DEEP:
                    window.position = token.end()
                    return depth
            elif token.end() == token.start() + 1:
                window.position = token.start()
                return depth
        window.position = len(window.masked)
        return depth

    def _end_string(self) -> None:
        window = self._window
        while (end := window.masked.find(b'"', window.position)) < 0:
            window.position = len(window.masked)
            self._more()
        window.position = end + 1

    def _end_scalar(self) -> None:
        window = self._window
        begun = window.place
        while scalar := _SCALAR.match(window.masked, window.position):
            window.position = scalar.end()
            if window.position < len(window.masked):
                return
            try:
                self._more()
            except _Cut:
                return  # a number at the very end of the data is complete
        if window.place == begun:
            raise _Broken("a value was expected")

    def _more(self) -> None:
        """Read on inside a value; one beyond the limit is no longer kept."""
        window = self._window
        if window.mark is not None and window.place - window.mark > self._limit:
            if window.mark < self._inner and window.place - self._inner <= self._limit:
                window.mark = self._inner
            else:
                window.mark = None
                self._too_long = True
        if not window.fill():
            raise _Cut

    def _next(self, space: re.Pattern[bytes] = _SPACE) -> int:
        """Move to the next character that isn't a space and give it; `_END` outside of values, if there is none."""
        window = self._window
        outside = space is _SPACE_OUTSIDE
        while True:
            blank = space.match(window.masked, window.position)
            window.position = blank.end() if blank else window.position
            # A byte-order mark can be cut by the end of a block.
            if window.position + 2 * outside < len(window.masked):
                return window.masked[window.position]
            if not outside:
                self._more()
            elif not window.fill():
                return window.masked[window.position] if window.position < len(window.masked) else _END

    def _resume(self) -> bool:
        """Move to the next line that begins with a bracket; False if there is none."""
        window = self._window
        window.mark = None
        while True:
            found = _RESUME.search(window.masked, window.position)
            if found:
                window.position = found.end() - 1
                return True
            window.position = max(window.position, len(window.masked) - 1)
            if not window.fill():
                return False

    def _break(self, expected: str) -> Break:
        window = self._window
        found = window.raw[window.position : window.position + 20].decode("utf-8", "replace")
        return Break(window.place, "not-json", f"isn't JSON: {expected}, not {found!r}")

    def _end(self) -> int:
        return self._window.base + len(self._window.raw)


def _string(text: bytes) -> str:
    if b"\\" not in text:
        return text[1:-1].decode("utf-8", "replace")
    try:
        return str(orjson.loads(text))
    except orjson.JSONDecodeError:
        return ""


def _info(members: dict[str, bytes]) -> PackageInfo:
    values: dict[str, str] = {}
    for key, member in members.items():
        try:
            value = orjson.loads(member)
        except orjson.JSONDecodeError:
            continue
        if key == "publisher" and isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str):
            values[key] = value
    return PackageInfo(values.get("uri"), values.get("publishedDate"), values.get("publisher"), values.get("license"))
