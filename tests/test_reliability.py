"""The record of what people may rely on names what is there."""

import re
from pathlib import Path
from typing import Final

from pelican_async.crash_points import CrashPoint

REPOSITORY: Final = Path(__file__).parents[1]
RECORD: Final = (REPOSITORY / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_each_crash_point_is_in_the_table() -> None:
    assert re.findall(r"^\| `([a-z ]+)` \|", RECORD, re.MULTILINE) == [str(point) for point in CrashPoint]


def test_each_file_and_test_that_it_names_is_there() -> None:
    files = set(re.findall(r"`((?:tests|pelican_async|build)/[\w/.]+)`", RECORD))
    assert {file for file in files if not (REPOSITORY / file).exists()} == set()
    named = re.findall(r"`(test_\w+)` in `([\w/.]+)`", " ".join(RECORD.split()))
    assert named
    for test, file in named:
        assert f"def {test}(" in (REPOSITORY / file).read_text(encoding="utf-8")
