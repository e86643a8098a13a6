import contextlib
import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources.parsing import NotJson, parse
from tests.pelican_async.sources.containers import MANY, values


@MANY
@given(values, st.booleans())
def test_json_is_parsed_as_python_does(value: Json, ensure_ascii: bool) -> None:  # noqa: FBT001
    assert parse(json.dumps(value, ensure_ascii=ensure_ascii).encode(), 100) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rb'{"a": NaN, "b": [Infinity, -Infinity]}', {"a": "NaN", "b": ["Infinity", "-Infinity"]}),
        (rb"[1e400, -1e400, 1e5, 1e-400]", ["1e400", "-1e400", 100000.0, 0.0]),
        (rb'"\ud800"', "\ufffd"),
        (rb'{"\udc00a": "\ud83d\ude00 \\ud800 \ud83d"}', {"\ufffda": "\U0001f600 \\ud800 \ufffd"}),
        (rb'"\u0000"', "\0"),
        (rb'{"a": 1, "a": 2}', {"a": 2}),
        (rb'{"a": NaN, "a": 2}', {"a": 2}),
        (b"\xef\xbb\xbf{}", {}),
        (b"[18446744073709551615, -9223372036854775808, NaN]", [2**64 - 1, -(2**63), "NaN"]),
        (b"[18446744073709551616]", [float(2**64)]),
        (b"[18446744073709551616, NaN]", [float(2**64), "NaN"]),
        (b"9" * 400, "9" * 400),
        (b"-" + b"9" * 5000, "-" + "9" * 5000),
    ],
)
def test_what_is_often_published_is_read(text: bytes, expected: Json) -> None:
    value = parse(text, 100)

    assert value == expected
    assert orjson.loads(orjson.dumps(value)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is empty"),
        (b"  ", "is empty"),
        (b'{"id": 1', "ends in the middle, after '{\"id\": 1'"),
        (b'{"id": "1', "ends in the middle of a string"),
        (b'{"id" 1}', "a colon was expected at character 6"),
        (b'{"id": 1,}', "isn't JSON"),
        (b"[1 2]", "a comma or the end was expected at character 3"),
        (b"{id: 1}", "a key in quotes was expected"),
        (b"{} {}", "the end was expected"),
        (b'{"a": "b\tc"}', "control character"),
        (b'"\\x"', "a backslash"),
        (b'"\\u12"', "hexadecimal"),
        (b'"caf\xe9"', "isn't UTF-8 .byte 4 of the text is 0xe9, after '\"caf'.*ISO-8859-1"),
        (b'"\xed\xa0\x80"', "isn't UTF-8"),
    ],
)
def test_the_reason_says_what_is_wrong_and_where(text: bytes, reason: str) -> None:
    with pytest.raises(NotJson, match=reason):
        parse(text, 100)


@pytest.mark.parametrize("depth", [1, 2, 200])
@pytest.mark.parametrize(
    ("opening", "inside", "ending"), [("[", "", "]"), ('{"a":', "0", "}"), ('[{"]":', "[NaN]", "}]")]
)
def test_depth_is_limited_exactly(depth: int, opening: str, inside: str, ending: str) -> None:
    levels = opening.count("[") + opening.count("{")
    rest = inside.count("[")
    times = (depth - rest) // levels
    fits = (opening * times + inside + ending * times).encode()
    too_deep = (opening * (times + 1) + inside + ending * (times + 1)).encode()

    if times:
        assert parse(fits, depth) is not None
    with pytest.raises(NotJson, match=f"nested deeper than {depth} levels"):
        parse(too_deep, depth)


@pytest.mark.parametrize("count", [1023, 1025, 100_000])
def test_depth_that_no_parser_bears_is_reported(count: int) -> None:
    with pytest.raises(NotJson, match="nested deeper"):
        parse(b"[" * count + b"]" * count, 200)


@MANY
@given(values, st.integers(0, 12))
def test_depth_is_that_of_the_value(value: Json, depth: int) -> None:
    text = json.dumps(value).encode()
    if _depth(value) <= depth:
        assert parse(text, depth) == value
    else:
        with pytest.raises(NotJson, match="nested deeper"):
            parse(text, depth)


@MANY
@given(st.binary() | st.text('{}[]",:\\ud8001eENa-\n').map(str.encode))
def test_any_bytes_are_parsed_or_refused(text: bytes) -> None:
    with contextlib.suppress(NotJson):
        value = parse(text, 20)
        assert orjson.loads(orjson.dumps(value)) == value


def _depth(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
