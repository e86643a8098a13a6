"""A change of any single expected value makes the comparison with the golden results fail."""

import gzip
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.golden import test_collections, test_compiled_release
from tests.golden import test_fields as fields
from tests.golden.loading import golden_dir, golden_file

pytestmark = pytest.mark.golden

LINES: Final = 12
CHANGES: Final = 12
Compare = Callable[[], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the golden results, with few lines and few collections."""
    golden_file("items.jsonl.gz")
    shutil.copy(golden_dir() / "rates.csv", tmp_path)
    for name in ("items.jsonl.gz", "edges.jsonl.gz"):
        lines = gzip.decompress((golden_dir() / name).read_bytes()).splitlines(keepends=True)
        computed = [line for line in lines if not json.loads(line)["not_computed"]]
        (tmp_path / name).write_bytes(gzip.compress(b"".join(computed[:: len(computed) // LINES])))
    edges = json.loads(gzip.decompress((golden_dir() / "edge_collections.json.gz").read_bytes()))
    few = {label: edge for label, edge in edges.items() if len(edge["data"]) < 10 and not edge["departs"]}
    (tmp_path / "edge_collections.json.gz").write_bytes(gzip.compress(json.dumps(few).encode()))
    shutil.copytree(golden_dir() / "collections", tmp_path / "collections")
    monkeypatch.setenv("GOLDEN_DIR", str(tmp_path))
    return tmp_path


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """Collect where there is a value that isn't made of others: its container, and its key there."""
    for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(entry, dict | list) and entry:
            places(entry, found)
        else:
            found.append((value, key))
    return found


def changed(value: Any) -> Any:  # noqa: ANN401
    """Give another value, as close to it as there is one."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}." if isinstance(value, str) else [value]


def assert_each_change_fails(path: Path, pick: Callable[[Any], Any], compare: Compare, *, by_line: bool) -> None:
    compare()
    original = path.read_bytes()
    text = gzip.decompress(original) if path.suffix == ".gz" else original
    chance = random.Random(path.name)  # noqa: S311 a test
    for _ in range(CHANGES):
        documents = [json.loads(line) for line in text.splitlines()] if by_line else [json.loads(text)]
        container, key = chance.choice(places([pick(document) for document in documents], []))
        container[key] = changed(container[key])
        written = "\n".join(json.dumps(document) for document in documents).encode()
        path.write_bytes(gzip.compress(written) if path.suffix == ".gz" else written)
        with pytest.raises(AssertionError):
            compare()
    path.write_bytes(original)


def nothing(_name: str, _value: object) -> None:
    """Take the place of `record_property`."""


@pytest.mark.parametrize("name", ["items.jsonl.gz", "edges.jsonl.gz"])
def test_fields(folder: Path, name: str) -> None:
    assert_each_change_fails(
        folder / name,
        lambda line: line["field_level"],
        lambda: fields.test_results_are_equal(name, nothing),
        by_line=True,
    )


@pytest.mark.parametrize("name", ["items.jsonl.gz", "edges.jsonl.gz"])
def test_compiled_releases(folder: Path, name: str) -> None:
    assert_each_change_fails(
        folder / name,
        lambda line: line["compiled_release_level"],
        lambda: test_compiled_release.test_results_are_equal(name, nothing),
        by_line=True,
    )


def test_collections_expected(folder: Path) -> None:
    assert_each_change_fails(
        folder / "collections/expected.json",
        lambda document: document["small"],
        lambda: test_collections.test_collections_are_equal("small", nothing),
        by_line=False,
    )


def test_edge_collections(folder: Path) -> None:
    assert_each_change_fails(
        folder / "edge_collections.json.gz",
        lambda document: [
            [edge["dataset_level"], edge["dataset_meta"], edge["time_based"]] for edge in document.values()
        ],
        lambda: test_collections.test_edge_collections_are_equal(nothing),
        by_line=False,
    )
