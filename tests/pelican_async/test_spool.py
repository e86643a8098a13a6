"""A spool gives back what was put into it, and leaves nothing behind."""

import tempfile
from pathlib import Path

import pytest

from pelican_async.spool import Spool


def test_records_are_read_by_number_also_between_appends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool() as spool:
        spool.append(2, b"two")
        spool.append(5, b"")
        assert spool.read([5, 2, 3]) == {2: b"two", 5: b""}
        spool.append(9, b"nine")
        assert spool.read([9, 9]) == {9: b"nine"}
        assert spool.read([]) == {}
        assert list(tmp_path.iterdir()) == []
