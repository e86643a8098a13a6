import io
import os
import sys
from pathlib import Path

import pytest

from pelican_async.sources.limits import Limits
from pelican_async.sources.reading import Chunk, Unreadable, read, size
from tests.pelican_async.sources.containers import PACKINGS, unreadable_in, values_in

LINES = b"".join(b'{"id": %d}\n' % number for number in range(100_000))


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.json", "a/2.json", "a/1.json", ".hidden", ".git/config", "c/.x/y"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(f'{{"name": "{name}"}}')
    os.mkfifo(tmp_path / "pipe")

    parts = list(read([str(tmp_path)], Limits()))

    assert values_in(parts) == [{"name": "b.json"}, {"name": "a/1.json"}, {"name": "a/2.json"}]
    assert parts[0].source == str(tmp_path / "b.json")


def test_what_is_missing_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text("{}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "broken").symlink_to("nowhere")
    names = ["missing", "folder", "links", "good.json", "nul\0"]

    parts = list(read([str(tmp_path / name) for name in names], Limits()))

    assert values_in(parts) == [{}]
    assert [part.kind for part in unreadable_in(parts)] == ["missing", "empty", "missing", "missing"]
    assert all("Errno" not in part.reason and part.reason for part in unreadable_in(parts))


@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, packing: str) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as file:
        file.write(PACKINGS[packing](b'{"id": 1}\n{"id": 2}'))
    with io.TextIOWrapper(os.fdopen(reader, "rb")) as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)

        parts = list(read(["-"], Limits()))

    assert values_in(parts) == [{"id": 1}, {"id": 2}]
    assert size(["-"]) is None


@pytest.mark.parametrize("packing", PACKINGS)
def test_what_was_read_from_disk_is_known(tmp_path: Path, packing: str) -> None:
    (tmp_path / "1").write_bytes(PACKINGS[packing](LINES))
    (tmp_path / "2").write_bytes(b"<" * 1000)
    (tmp_path / "3").write_bytes(b"{}")

    chunks = [part for part in read([str(tmp_path), "missing"], Limits()) if isinstance(part, Chunk)]

    consumed = [chunk.consumed for chunk in chunks]
    assert len(consumed) > 2
    assert consumed == sorted(consumed)
    assert consumed[-1] == size([str(tmp_path), "missing"]) == sum(file.stat().st_size for file in tmp_path.iterdir())


def test_chunks_are_of_one_size_in_any_format(tmp_path: Path) -> None:
    for name, data in (("lines", LINES), ("list", b"[" + LINES.strip().replace(b"\n", b",") + b"]")):
        (tmp_path / name).write_bytes(data)

        chunks = list(read([str(tmp_path / name)], Limits()))

        assert not any(isinstance(chunk, Unreadable) for chunk in chunks)
        lengths = [sum(len(text.value) + 1 for text in chunk.texts) for chunk in chunks if isinstance(chunk, Chunk)]
        assert len(lengths) > 2
        assert max(lengths) < 600_000


@pytest.mark.data
@pytest.mark.parametrize("name", ["not-json.json", "release-package-iso-8859-1.json"])
def test_a_publishers_broken_file_is_read_entry_by_entry(name: str) -> None:
    data = os.environ.get("DATA_DIR") or Path(__file__).parents[4] / "shared/data"
    file = Path(data, "format-samples", name)
    if not file.exists():
        pytest.skip(f"{file} is not there")

    parts = list(read([str(file)], Limits()))

    assert unreadable_in(parts) == []
    assert sum(len(part.texts) for part in parts if isinstance(part, Chunk)) > 1
