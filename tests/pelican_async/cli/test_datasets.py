"""The commands about datasets that are checked: status, report, failures, remove."""

import asyncio
import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import jsonschema
import orjson
import pytest
from anyio import to_thread
from click.testing import CliRunner, Result

from checks.dataset.meta import STAGES
from pelican_async.broker.memory import MemoryBroker
from pelican_async.cli import main
from pelican_async.database.connecting import opened
from pelican_async.file_extraction import extract_files
from pelican_async.reference import codelists, stored_rates
from tests.services.postgresql import empty
from tests.services.progress import watched
from tests.services.running import running, set_up, settings_for

SIZE: Final = 40
EXAMPLES: Final = Path(__file__).parents[3] / "examples"
SCHEMA: Final = json.loads((Path(__file__).parents[3] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
NAME: Final = "city \x1b[31m of"


@pytest.fixture(scope="module")
def checked(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a database with two datasets that are checked, the second of which has the first as ancestor."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("collection.previous.jsonl", "collection.jsonl"):
        lines = (EXAMPLES / name).read_bytes().splitlines(keepends=True)[:SIZE]
        (folder / name).write_bytes(b"".join(lines))
    with asyncio.Runner() as runner:
        making = empty(postgresql)
        database = runner.run(making.__aenter__())
        runner.run(make(database, folder))
        yield database
        runner.run(making.__aexit__(None, None, None))


async def make(database: str, folder: Path) -> None:
    await set_up(database)
    settings = settings_for(database)
    async with opened(database) as connection:
        await stored_rates.fill(connection)
    async with watched(database) as progress, running(settings, MemoryBroker(), codelists.snapshot()):
        ancestor = None
        for count, name in enumerate(("collection.previous.jsonl", "collection.jsonl"), 1):
            async with opened(database) as connection:
                made = await extract_files(connection, settings, NAME, ancestor, [str(folder / name)])
            ancestor = made.dataset_id
            await progress.until_checked(count)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> "Runs":
    monkeypatch.setenv("COLUMNS", "200")
    return Runs(monkeypatch)


class Runs:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, database: str, *arguments: str) -> Result:
        self._monkeypatch.setenv("DATABASE_URL", database)
        return CliRunner().invoke(main, arguments)


def test_status_tells_how_far_datasets_have_come(checked: str, run: Runs) -> None:
    all_of_them = run(checked, "status")
    assert (all_of_them.exit_code, all_of_them.stderr) == (0, "")
    heading, second, first = all_of_them.stdout.splitlines()
    assert heading.split()[:4] == ["id", "name", "phase", "state"]
    for line, number in ((first, 1), (second, 2)):
        assert re.match(rf"\s*{number}\s+city \\u001b\[31m of\s+CHECKED\s+OK\s+{SIZE}\s+{SIZE}\s", line)
    assert "compared with 1" in second
    assert "compared with" not in first

    one = run(checked, "status", "1")
    assert "Exchange rates: the database, 1999-01-04 to " in one.stdout
    assert "org-id.guide: 553 codes as of 2026-07-01." in one.stdout.splitlines()
    none = run(checked, "status", "99")
    assert (none.exit_code, none.stderr) == (2, "Error: There is no dataset 99.\n")


def test_status_is_shown_again_until_stopped(checked: str, run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[float] = []

    def stop_at_second(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", stop_at_second)
    watched_ = run(checked, "status", "--watch", "1")
    assert watched_.exit_code == 130
    assert rounds == [1.0, 1.0]
    assert "CHECKED" in watched_.stdout


def test_report_is_that_of_check(checked: str, run: Runs, tmp_path: Path) -> None:
    page, results = tmp_path / "report.html", tmp_path / "report.json"
    made = run(checked, "report", "2", "--html", str(page), "--json", str(results))
    assert (made.exit_code, made.stderr) == (0, "")
    assert f"Written: {page}" in made.stdout.replace("\n", "")
    written = json.loads(results.read_text(encoding="utf-8"))
    jsonschema.validate(written, SCHEMA)
    assert "org-id.guide: 553 codes as of 2026-07-01." in written["notes"]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "\x1b[31m of" not in made.stdout
    assert list(written["lifecycle"]) == list(STAGES)


def test_report_of_what_is_not_there_is_refused(checked: str, run: Runs, tmp_path: Path) -> None:
    none = run(checked, "report", "99")
    assert (none.exit_code, none.stderr) == (2, "Error: There is no dataset 99.\n")
    nowhere = run(checked, "report", "1", "--html", str(tmp_path / "none" / "report.html"))
    assert nowhere.exit_code == 2
    assert nowhere.stderr.startswith("Error: ")


def test_failures_are_those_of_the_reports(checked: str, run: Runs, tmp_path: Path) -> None:
    path = tmp_path / "failures.csv"
    made = run(checked, "failures", "2", str(path))
    assert (made.exit_code, made.stderr) == (0, "")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    async def counted() -> Counter[str]:
        async with opened(checked) as connection:
            found = await connection.fetch("select data from report where dataset_id = 2 order by type::text")
        fields, releases = (orjson.loads(row["data"]) for row in found)
        counts = Counter({name: check["failed_count"] for name, check in releases.items()})
        for field in fields.values():
            for group in (field["coverage"], field["quality"]):
                for name, check in group["checks"].items():
                    counts[name] += check["failed_count"]
        return +counts

    of_fields = [row["check"] for row in rows if row["level"] == "field"]
    # A check of releases may fail in several places of one, each of which has a row.
    of_releases = {(row["ocid"], row["check"]) for row in rows if row["level"] != "field"}
    assert Counter([*of_fields, *(check for _, check in of_releases)]) == asyncio.run(counted())
    wrong = run(checked, "failures", "2", str(tmp_path / "failures.doc"))
    assert (wrong.exit_code, wrong.stdout) == (2, "")


def test_a_database_that_is_not_there_is_one_clear_line(run: Runs, tmp_path: Path) -> None:
    url = f"postgresql://me:canary-password@/it?host={tmp_path}"
    for command in (["status"], ["report", "1"], ["remove", "1"], ["failures", "1", str(tmp_path / "f.csv")]):
        ended = run(url, *command)
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.startswith("Error: the database postgresql://me:***@/it")
        assert len(ended.stderr.splitlines()) == 1


async def test_remove_deletes_what_is_checked(postgresql: str, run: Runs, tmp_path: Path) -> None:
    source = tmp_path / "collection.jsonl"
    source.write_bytes(b"".join((EXAMPLES / "collection.jsonl").read_bytes().splitlines(keepends=True)[:3]))
    async with empty(postgresql) as database:
        await set_up(database)
        async with opened(database) as connection:
            await extract_files(connection, settings_for(database), "a", None, [str(source)])

            def remove(*arguments: str) -> Result:
                return run(database, "remove", *arguments)

            unknown = await to_thread.run_sync(remove, "7")
            assert (unknown.exit_code, unknown.stdout) == (2, "")
            assert "7" in unknown.stderr
            unfinished = await to_thread.run_sync(remove, "1")
            assert (unfinished.exit_code, unfinished.stdout) == (2, "")
            assert "--force" in unfinished.stderr
            assert await connection.fetchval("select count(*) from data_item") == 3
            forced = await to_thread.run_sync(remove, "1", "--force")
            assert (forced.exit_code, forced.stdout) == (0, "Deleted: 1\n")
            for table in ("dataset", "data_item", "progress_monitor_dataset"):
                assert await connection.fetchval(f"select count(*) from {table}") == 0  # noqa: S608 from above
