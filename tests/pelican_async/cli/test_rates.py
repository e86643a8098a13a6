"""The commands for exchange rates, as they are run."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from click.testing import CliRunner

from pelican_async.cli import main
from pelican_async.database.connecting import Connection, commanded
from pelican_async.database.upgrade import upgrade
from pelican_async.reference.stored_rates import store
from tests.pelican_async.network.servers import answer
from tests.pelican_async.reference.test_fixer import KEY, RATES, api, instead
from tests.pelican_async.reference.test_stored_rates import rows

PROGRAM: Final = "import sys; from pelican_async.cli import main; sys.argv[0] = 'pelican-async'; main()"


@dataclass(frozen=True)
class Ended:
    status: int | None
    output: str
    error: str


async def run(database: str, *arguments: str, **environment: str) -> Ended:
    """Run a command with an environment of nothing but the database's URL and what is given."""
    kept: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**kept, "DATABASE_URL": database, **environment},
    )
    output, error = await process.communicate()
    return Ended(process.returncode, output.decode(), error.decode())


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[Connection]:
    await upgrade(database, lambda _: None)
    async with commanded(database) as one:
        yield one


async def test_imports_a_file(connection: Connection, database: str, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text('valid_on,rates\n2020-01-01,"{""EUR"": 1, ""ABC"": 0}"\n2020-01-02,"{""EUR"": 1}"\n')
    first = await run(database, "rates", "import", str(path))
    assert (first.status, first.error) == (0, "")
    assert first.output.startswith("Days of exchange rates: 2 new, 0 changed, 0 as they were.\n")
    assert "1 rates were left out" in first.output
    assert "line 2, ABC" in first.output
    assert await rows(connection) == {date(2020, 1, 1): {"EUR": 1}, date(2020, 1, 2): {"EUR": 1}}
    path.write_text('valid_on,rates\n2020-01-02,"{""EUR"": 2}"\n')
    again = await run(database, "rates", "import", str(path))
    assert again.output == "Days of exchange rates: 0 new, 1 changed, 0 as they were.\n"
    path.write_text("valid_on,rates\n2020-01-02,[]\n")
    wrong = await run(database, "rates", "import", str(path))
    assert (wrong.status, wrong.output) == (2, "")
    assert re.fullmatch(r"Error: .*rates\.csv, line 2, has rates that aren't a JSON object.*\n", wrong.error)


async def test_a_database_without_tables_is_said(database: str, tmp_path: Path) -> None:
    ended = await run(database, "rates", "import", str(tmp_path / "rates.csv"))
    assert ended.status == 2
    assert ended.error.startswith("Error: ")
    assert "pelican-async db upgrade" in ended.error


@pytest.mark.parametrize("command", [("rates", "update"), ("update-exchange-rates",)])
async def test_updates(connection: Connection, database: str, command: tuple[str, ...]) -> None:
    without = await run(database, *command, FIXER_IO_API_KEY="")
    assert (without.status, without.error) == (0, "")
    assert "FIXER_IO_API_KEY is not set" in without.output

    key = KEY.get_secret_value()
    async with api() as (url, heard):
        empty = await run(database, *command, FIXER_IO_API_KEY=key, FIXER_IO_URL=url)
        assert (empty.status, heard.connections) == (2, 0)
        assert "pelican-async rates import FILE" in empty.error

        today = datetime.now(UTC).date()
        await store(connection, {today - timedelta(3): {"EUR": 1}})
        updated = await run(database, *command, FIXER_IO_API_KEY=key, FIXER_IO_URL=url, LOG_LEVEL="DEBUG")
    assert (updated.status, updated.error) == (0, "")
    assert re.fullmatch(r"Days of exchange rates: [23] new, 1 changed, 0 as they were\.\n", updated.output)
    assert (await rows(connection))[today - timedelta(2)] == RATES

    await connection.execute("delete from exchange_rates where valid_on > $1", today - timedelta(2))
    failing = {f"_{(today - timedelta(1)).isoformat()}": answer("500 Oops")}
    async with api(instead(**failing)) as (url, _):
        failed = await run(database, *command, FIXER_IO_API_KEY=key, FIXER_IO_URL=url, LOG_LEVEL="DEBUG")
    assert failed.status == 2
    assert failed.output == "Days of exchange rates: 0 new, 0 changed, 1 as they were.\n"
    assert "status 500" in failed.error.splitlines()[-1]
    for ended in (without, empty, updated, failed):
        assert "canary" not in ended.output + ended.error


def test_commands_have_dashes() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    assert "update-exchange-rates " in listed
    assert "update_exchange_rates" not in listed
    for wrong in ("update_exchange_rates", "update-exchange_rates"):
        assert CliRunner().invoke(main, [wrong]).exit_code == 2
    assert CliRunner().invoke(main, ["update-exchange-rates", "--help"]).output.startswith("Usage: ")
