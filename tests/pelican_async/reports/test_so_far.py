"""What fails so far is what the report would say of the same releases."""

from pathlib import Path
from typing import Final

from pelican_async.file_check import run_check
from pelican_async.file_check_options import CheckOptions
from pelican_async.reports.problems import Problem, problems

COLLECTION: Final = Path(__file__).parents[3] / "examples/collection.jsonl"


def test_it_is_what_the_report_would_say(tmp_path: Path) -> None:
    lines = COLLECTION.read_bytes().splitlines(keepends=True)
    seen: list[list[Problem]] = []
    older = tmp_path / "older.jsonl"
    older.write_bytes(b"".join(lines[:50]))
    options = CheckOptions((str(COLLECTION),), (str(older),), None, 1, False, None, ())
    report = run_check(options, lambda *told: seen.append(list(told[3]())))

    assert seen[0] == [], "older ones are only read"
    assert seen[-1]
    assert [(one.check, one.failed, one.total, one.errors) for one in seen[-1]] == [
        (one.check, one.failed, one.total, one.errors) for one in problems(report)
    ]
    assert {one.example for one in seen[-1]} == {None}
