"""Each file of real publishers' data is checked, and every release in it is accounted for."""

import gzip
import os
from pathlib import Path

import pytest

from pelican_async.errors import UserError
from pelican_async.file_check import run_check
from pelican_async.file_check_options import CheckOptions

pytestmark = pytest.mark.data

DATA = Path(os.environ.get("DATA_DIR") or Path(__file__).parents[3] / "shared/data")
FILES = sorted(DATA.glob("*.jsonl.gz"))
UNREADABLE = ("not-json.json", "release-package-iso-8859-1.json")
SAMPLES = sorted((DATA / "format-samples").glob("*"))


def options(path: Path) -> CheckOptions:
    return CheckOptions((str(path),), (), None, 1, online=False, rates=None, requirements=())


@pytest.mark.skipif(not FILES, reason=f"there is no data in {DATA}: set DATA_DIR to a folder of *.jsonl.gz")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_release_is_accounted_for(path: Path) -> None:
    report = run_check(options(path), lambda *_: None)
    assert report.counts.read == len(gzip.decompress(path.read_bytes()).rstrip(b"\n").split(b"\n"))
    assert report.counts.read == report.counts.checked + report.counts.not_checked
    assert report.counts.not_checked == sum(report.not_checked_reasons.values()) == len(report.not_checked)
    assert report.error_count == 0
    for check in report.compiled_release:
        assert check.passed + check.failed + check.not_applicable + check.errors == report.counts.checked
    for field in report.fields:
        assert field.total == field.missing + field.stray + sum(field.empty.values()) + field.filled
        if field.quality:
            assert field.filled == field.quality_passed + field.quality_failed + field.quality_errors


@pytest.mark.skipif(not SAMPLES, reason=f"there are no format samples in {DATA}")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_formats(path: Path) -> None:
    if path.name in UNREADABLE:
        with pytest.raises(UserError, match="could be checked"):
            run_check(options(path), lambda *_: None)
        return
    report = run_check(options(path), lambda *_: None)
    assert report.counts.checked
    assert report.error_count == 0
