"""No password is told, however wrong the address is that it stands in, and whatever goes wrong with it."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from pelican_async import settings as all_settings
from pelican_async.broker.commanded import commanded as broker_commanded
from pelican_async.cli import main
from pelican_async.database.connecting import commanded as database_commanded
from pelican_async.database.connecting import opened
from pelican_async.errors import UserError
from pelican_async.logs import Harmless
from pelican_async.reference.codelists import snapshot
from pelican_async.reference.registers import Registers
from pelican_async.settings import Settings
from tests.services.postgresql import OwnPostgresql

CANARIES: Final = ("canary", "s3cret")
"""Both halves of the password: neither may be told."""
PASSWORD: Final = "canary-s3cret"  # noqa: S105 what is looked for
SEPARATORS: Final = "/#?@:%& =\\\"'[]<>,;|\n\t\r"
FORMS: Final = (
    "{scheme}://me:canary-s3cret@127.0.0.1:1/it",
    *(f"{{scheme}}://me:canary{separator}s3cret@127.0.0.1:1/it" for separator in SEPARATORS),
    *(f"{{scheme}}://me:canary{escape}s3cret@127.0.0.1:1/it" for escape in ("%2F", "%00", "%FF", "%zz", "\u00e4")),
    *(f"{{scheme}}://me:canary-s3cret@{place}/it" for place in ("127.0.0.1:port", "127.0.0.1:99999", "127.0.0.1:-1")),
    *(f"{{scheme}}://me:canary-s3cret@{place}/it" for place in ("[::1", "[x]", "127.0.0.1:1,127.0.0.2:1", "", "a b")),
    "{scheme}://127.0.0.1:1/it?user=me&password=canary-s3cret",
    "{scheme}://127.0.0.1:1/it?password=canary-s3cret&sslmode=bogus",
    "{scheme}://127.0.0.1:1/it?sslpassword=canary-s3cret&sslcert=/nowhere",
    "{scheme}://me:canary-s3cret@127.0.0.1:1/it?nonsense=1&port=x&connection_attempts=x&heartbeat=x",
    "{scheme}:///it?host=/nowhere&password=canary-s3cret",
    "{scheme}://:canary-s3cret@127.0.0.1:1",
    "{scheme}:me:canary-s3cret@127.0.0.1",
    "{scheme}:/me:canary-s3cret@127.0.0.1/it",
    " {scheme}://me:canary-s3cret@127.0.0.1:1/it",
    "mysql://me:canary-s3cret@127.0.0.1/it",
    "me:canary-s3cret@127.0.0.1/it",
    "host=127.0.0.1 password=canary-s3cret",
    "canary-s3cret",
)


def told(text: str) -> bool:
    return any(canary in text for canary in CANARIES)


@asynccontextmanager
async def database(url: str) -> AsyncIterator[None]:
    async with database_commanded(url):
        yield


@asynccontextmanager
async def broker(url: str) -> AsyncIterator[None]:
    async with broker_commanded(url, "test_secrets"):
        yield


async def failing(opening: AbstractAsyncContextManager[None]) -> tuple[str, str]:
    """Give what a user is told, and the traceback."""
    with pytest.raises(UserError) as raised:
        async with opening:
            pass
    return str(raised.value), "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("form", FORMS)
async def test_an_address_that_leads_nowhere(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pelican_async.broker.commanded.CONNECT_SECONDS", 0.05)
    for name, scheme, ask in (("database_url", "postgresql", database), ("rabbit_url", "amqp", broker)):
        url = form.format(scheme=scheme)
        harmless = Harmless.of(Settings.model_validate({name: url}))
        with capture_logs() as logs:
            said, raised = await failing(ask(url))
        assert not told(said)
        assert not told(harmless.lines(raised))
        assert not told(str([harmless(None, "", entry) for entry in logs]))


@pytest.mark.parametrize("separator", "/#?@:[]")
def test_an_address_whose_parts_are_quoted_by_an_error(separator: str) -> None:
    """As by `int`, which says what it can't read."""
    url = f"postgresql://me:canary{separator}s3cret@127.0.0.1:1/it"
    harmless = Harmless.of(Settings.model_validate({"database_url": url}))
    for quoted in CANARIES:
        assert not told(harmless.text(f"invalid literal for int() with base 10: '{quoted}'"))


PLAIN: Final = {
    "OCID_PREFIXES_URL": f"http://me:{PASSWORD}@127.0.0.1:1/prefixes?token={PASSWORD}",
    "IDENTIFIER_SCHEMES_URL": f"http://127.0.0.1:1/schemes?api_key={PASSWORD}",
    "FIXER_IO_URL": f"http://me:{PASSWORD}@127.0.0.1:1/api",
}
"""Addresses that usually have no password."""


def test_settings_tell_no_password_of_any_address() -> None:
    settings = Settings.model_validate({name.lower(): value for name, value in PLAIN.items()})
    assert not told(f"{settings!r} {settings}")
    assert "http://me:***@127.0.0.1:1/prefixes?token=***" in repr(settings)
    assert not told(Harmless.of(settings).text(f"it was {PASSWORD}"))


@pytest.mark.parametrize("dsn", ["https://canary@sentry.example/1", "https://canary:s3cret@sentry.example/1", "canary"])
def test_the_key_of_sentry_is_not_told(dsn: str) -> None:
    harmless = Harmless.of(Settings.model_validate({"sentry_dsn": dsn}))
    assert not told(harmless.text(f"{dsn} was refused, as canary was"))


async def test_registers_tell_no_password() -> None:
    settings = Settings.model_validate({name.lower(): value for name, value in PLAIN.items()})
    with capture_logs() as logs:
        registers = Registers(settings, snapshot())
        await registers.refresh()
    assert len(logs) == 2
    assert not told(f"{logs} {registers.codelists.sources}")


COMMANDS: Final = (
    ["status"],
    ["report", "1"],
    ["failures", "1", "failures.csv"],
    ["remove", "1"],
    ["rates", "update"],
    ["rates", "import", "rates.csv"],
    ["dead-letters", "list"],
    ["dead-letters", "discard", "1"],
    ["add", "name", "1"],
    ["db", "upgrade"],
    ["serve"],
    ["healthy"],
)
WRONG: Final = {
    "DATABASE_URL": f"me:{PASSWORD}@127.0.0.1/it",
    "KINGFISHER_PROCESS_DATABASE_URL": f"me:{PASSWORD}@127.0.0.1/it",
    "RABBIT_URL": f"me:{PASSWORD}@127.0.0.1",
    "FIXER_IO_API_KEY": PASSWORD,
    "HTTP_PORT": "1",
    "POOL_PROCESSES": "1",
    "ONLINE": "false",
    **PLAIN,
}
SETTINGS: Final = sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_commands_tell_no_password(arguments: list[str]) -> None:
    ran = CliRunner().invoke(main, arguments, env={name: WRONG.get(name) for name in SETTINGS})
    assert ran.exit_code == 2
    assert ran.output.startswith(("Error: ", "Usage: "))
    assert not told(ran.output)
    assert isinstance(ran.exception, SystemExit)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_is_wrong_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, f"{PASSWORD},")
    texts = {"DATABASE_URL", "KINGFISHER_PROCESS_DATABASE_URL", "RABBIT_URL", "FIXER_IO_API_KEY", "SENTRY_DSN"}
    if name in {*texts, "RABBIT_EXCHANGE_NAME", "FIXER_IO_URL", "HTTP_ADDRESS", "HTTP_HOSTS"}:
        assert all_settings.load() is not None
        return
    with pytest.raises(UserError) as raised:
        all_settings.load()
    assert name in str(raised.value)
    assert not told("".join(traceback.format_exception(raised.value)))


def test_a_mistake_of_ours_is_told_without_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        password = PASSWORD
        raise RuntimeError(f"no {WRONG['OCID_PREFIXES_URL']}\n\x1b[2J{len(password)}")

    monkeypatch.setattr(all_settings, "load", fail)
    ran = CliRunner().invoke(main, ["healthy"])
    assert ran.exit_code == 1
    assert "RuntimeError: no http://me:***@127.0.0.1:1/prefixes?token=***" in ran.output
    assert "Traceback" in ran.output
    assert "\x1b" not in ran.output
    assert not told(ran.output)


async def test_a_wrong_password_is_refused_and_not_told(own_postgresql: OwnPostgresql) -> None:
    async with opened(own_postgresql.url) as everything:
        await everything.execute("create role me login password 'another one'")
        rules = Path(await everything.fetchval("show hba_file"))
        rules.write_text(f"local all me scram-sha-256\n{rules.read_text()}")
        await everything.execute("select pg_reload_conf()")
        url = own_postgresql.url.replace("://pelican@", f"://me:{PASSWORD}@")
        with suppress(UserError):  # once it has read its rules
            while True:
                async with database(url):
                    await asyncio.sleep(0.01)
        harmless = Harmless.of(Settings.model_validate({"database_url": url}))
        said, raised = await failing(database(url))
        ran = await asyncio.to_thread(CliRunner().invoke, main, ["status"], env={"DATABASE_URL": url})
    assert "password authentication failed" in said
    assert "password authentication failed" in ran.output
    assert not told(f"{said} {ran.output} {harmless.lines(raised)}")
