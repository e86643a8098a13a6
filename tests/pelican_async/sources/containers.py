"""JSON values written as publishers write them: in every container, packing and encoding."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import parse
from pelican_async.sources.reading import Chunk, Unreadable, read

LIMITS = Limits()
# Machines can be busy: no example fails by the clock. Those that write a file are fewer.
MANY = settings(deadline=None)
FEW = settings(deadline=None, max_examples=50)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["releases", "records", "ocid", '"', "\\", '\\"', "]}", "[{", '{"releases":[', "\n", "\\\\", "\ufeff"]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(texts, children, max_size=4),
    max_leaves=12,
)
releases = st.dictionaries(texts.filter(lambda key: key not in {"releases", "records"}), values, max_size=5)


def dumped(value: Json, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a folder/data.json", data)
    return file.getvalue()


CONTAINERS: dict[str, Callable[[list[Json]], str]] = {
    "JSON Lines": lambda entries: "".join(f"{dumped(entry)}\n" for entry in entries),
    "JSON Lines, CRLF, blank lines": lambda entries: "\r\n \r\n".join(map(dumped, entries)),
    "pretty-printed, after each other": lambda entries: "\n".join(dumped(entry, 2) for entry in entries),
    "without space between": lambda entries: "".join(map(dumped, entries)),
    "list": dumped,
    "pretty-printed list": lambda entries: dumped(entries, 1),
    "release package": lambda entries: dumped({"uri": "u", "a": {"releases": [1]}, "releases": entries, "z": "]"}),
    "pretty-printed record package": lambda entries: dumped({"x": ["records"], "records": entries}, 4),
    "package with an escaped key": lambda entries: '{"rel\\u0065ases" :\t' + dumped(entries) + "}",
}
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "gzip, two members": lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:]),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zip": zipped,
    "gzip in zip": lambda data: zipped(gzip.compress(data)),
    "xz in gzip": lambda data: gzip.compress(lzma.compress(data)),
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


def read_bytes(folder: Path, data: bytes, limits: Limits = LIMITS) -> list[Chunk | Unreadable]:
    file = folder / "data"
    file.write_bytes(data)
    return list(read([str(file)], limits))


def values_in(parts: Iterable[Chunk | Unreadable]) -> list[Json]:
    return [parse(text.value, LIMITS.depth) for part in parts if isinstance(part, Chunk) for text in part.texts]


def unreadable_in(parts: Iterable[Chunk | Unreadable]) -> list[Unreadable]:
    return [part for part in parts if isinstance(part, Unreadable)]
