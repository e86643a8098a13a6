"""Logs say what they are about, on lines of their own, and never a secret; nor does anything else that is shown."""

import asyncio
import gzip
import re
import signal
import sys
from collections.abc import Mapping
from typing import Final

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from pelican_async.database.connecting import opened
from pelican_async.logs import Harmless
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.sentry import NOT_INSTALLED
from pelican_async.settings import Settings
from tests.pelican_async.network.servers import answer, serving_raw
from tests.services.postgresql import named
from tests.services.rabbitmq import Rabbitmq
from tests.services.replica import Replica, replica
from tests.services.world import SMALL, world

CANARY: Final = "canary"
SECRETS: Final = {
    "DATABASE_URL": "postgresql://me:canary%2Fdatabase@127.0.0.1:1/it?sslpassword=canary-parameter",
    "KINGFISHER_PROCESS_DATABASE_URL": "postgresql://me:canary-kingfisher@127.0.0.1:1/it",
    "RABBIT_URL": "amqp://me:canary-broker@127.0.0.1:1/",
    "FIXER_IO_API_KEY": "canary-fixer-key",
    "SENTRY_DSN": "http://canarysentry@127.0.0.1:1/1",
}
PROGRAM: Final = """
import logging, warnings
from pelican_async import logs, settings
import structlog
logs.configure(settings.load())
log = structlog.get_logger()
log.warning("plain", url="postgresql://me:canary-a@host/it", nested={"list": ["amqp://me:canary-b@host", None, 1]})
log.info("known", text="it is canary-fixer-key, or canary/database", control="a\\x1b[2J\\r\\nb\\u202e")
def fail():
    local = "canary-local"
    raise ValueError("no postgresql://me:canary-c@host/it\\n2026-01-01T00:00:00Z [info ] forged")
try:
    fail()
except ValueError:
    log.exception("failed", dataset=1)
    logging.getLogger("library").error("said %s", "amqp://me:canary-d@host", exc_info=True)
logging.getLogger("library").info("not wanted")
logging.getLogger("aiormq").error("told by us")
"""


async def output(program: str, environment: Mapping[str, str]) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


def without_sentry() -> dict[str, str]:
    return {name: value for name, value in SECRETS.items() if name != "SENTRY_DSN"}


async def test_json_has_an_entry_on_each_line() -> None:
    status, said = await output(PROGRAM, without_sentry())
    assert status == 0, said
    plain, known, failed, library = map(orjson.loads, said.splitlines())
    assert plain["event"] == "plain"
    assert plain["level"] == "warning"
    assert plain["url"] == "postgresql://me:***@host/it"
    assert plain["nested"] == {"list": ["amqp://me:***@host", None, 1]}
    assert known["text"] == "it is ***, or ***"
    assert known["control"] == "a\\u001b[2J\\r\\nb\\u202e"
    assert (failed["event"], failed["dataset"]) == ("failed", 1)
    for entry in (failed, library):
        assert 'File "<string>"' in entry["exception"]
        assert "ValueError: no postgresql://me:***@host/it" in entry["exception"]
    assert library["event"] == "said amqp://me:***@host"
    assert CANARY not in said


async def test_text_has_lines_that_nobody_can_forge() -> None:
    status, said = await output(PROGRAM, {**without_sentry(), "LOG_FORMAT": "text"})
    assert status == 0, said
    assert "\x1b" not in said
    assert CANARY not in said
    entries = [line for line in said.splitlines() if not line.startswith("    ")]
    assert [line.split("]")[1].split()[0] for line in entries] == ["plain", "known", "failed", "said"]
    assert "    2026-01-01T00:00:00Z [info ] forged" in said.splitlines()


async def test_less_is_said_if_less_is_wanted() -> None:
    _, said = await output(PROGRAM, {**without_sentry(), "LOG_LEVEL": "error"})
    assert [orjson.loads(line)["event"] for line in said.splitlines()] == ["failed", "said amqp://me:***@host"]


def test_settings_show_no_secrets() -> None:
    settings = Settings(**{name.lower(): SecretStr(value) for name, value in SECRETS.items()})  # type: ignore[arg-type]
    assert CANARY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


@given(
    st.recursive(
        st.none() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_anything_becomes_harmless(value: object) -> None:
    harmless = Harmless(frozenset({"canary"}))
    shown = repr(harmless.value(["canary", value, {"canary": value}]))
    assert CANARY not in shown
    assert not set("\x1b\n\u202e") & set(shown)


@pytest.mark.parametrize("log_format", ["json", "text"])
@pytest.mark.parametrize("missing", ["database", "broker"])
async def test_what_cannot_be_reached_keeps_its_password(
    rabbitmq: Rabbitmq, exchange: str, missing: str, log_format: str
) -> None:
    environment = {**SMALL, **without_sentry(), "LOG_FORMAT": log_format, "RABBIT_EXCHANGE_NAME": exchange}
    if missing == "database":
        environment["RABBIT_URL"] = rabbitmq.url
    elif log_format == "json":
        environment["RABBIT_URL"] = rabbitmq.url.replace(":guest@", ":canary-wrong@")  # which it refuses
    async with replica(environment) as service:
        if log_format == "json":
            await service.until_said(f"waiting for the {missing}")
        else:
            await until(service, f"waiting for the {missing}")
        service.send(signal.SIGTERM)
        await service.ended()
    assert CANARY not in str(service.log)


async def until(service: Replica, words: str) -> None:
    async with asyncio.timeout(60), service._said:  # noqa: SLF001
        await service._said.wait_for(lambda: any(words in entry["event"] for entry in service.log))  # noqa: SLF001


async def test_a_running_service_tells_no_secret_anywhere(postgresql: str, rabbitmq: Rabbitmq, exchange: str) -> None:
    """Whatever it meets: a source that is away for good, a message that is wrong, a stage that fails."""
    async with world(postgresql, rabbitmq.url, exchange, 3) as here:
        environment = {
            **SMALL,
            **without_sentry(),
            "DATABASE_URL": here.database.replace("://pelican@", "://pelican:canary-database@"),
            "KINGFISHER_PROCESS_DATABASE_URL": named(here.kingfisher, "no_such_database").replace(
                "://pelican@", "://pelican:canary-kingfisher@"
            ),
            "RABBIT_URL": rabbitmq.url,
            "RABBIT_EXCHANGE_NAME": exchange,
        }
        async with replica(environment) as service, httpx.AsyncClient(trust_env=False) as client:
            port = (await service.until_said("ready"))["port"]
            await here.ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name="x", collection_id=2))
            await here.broker.publish(Queue.CHECK_ITEMS, b'{"dataset_id": "postgresql://me:canary-x@host"}', "wrong")
            while len(dead := await here.broker.dead_letters()) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            shown = [
                (await client.get(f"http://127.0.0.1:{port}/{page}")).text
                for page in ("metrics", "datasets", "health/ready", "openapi.json")
            ]
            service.send(signal.SIGTERM)
            assert await service.ended() == 0
        async with opened(here.database) as connection:
            assert await connection.fetchval("select count(*) from dataset_run where trouble like '%canary%'") == 0
    assert CANARY not in str(service.log)
    assert CANARY not in str(shown)
    assert CANARY not in str([letter.reason for letter in dead])
    assert any("no_such_database" in letter.reason for letter in dead)
    of_stages = [entry for entry in service.log if "stage" in entry]
    assert {entry["stage"] for entry in of_stages} >= {"extract_kingfisher_process", "check_items"}
    assert all({"dataset", "message"} & entry.keys() for entry in of_stages)


SENDING: Final = """
import structlog, sentry_sdk
from pelican_async import logs, settings
logs.configure(settings.load())
log = structlog.get_logger()
log.warning("not sent")
log.error("sent with postgresql://me:canary-a@host/it", dataset=7)
def fail():
    local = "canary-local"
    raise ValueError("amqp://me:canary-b@host")
try:
    fail()
except ValueError:
    log.exception("raised", stage="report")
sentry_sdk.flush(5)
"""


async def test_errors_go_to_sentry_without_secrets() -> None:
    received: list[str] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = re.search(r"content-length: (\d+)", head)
            assert length is not None
            body = await reader.readexactly(int(length[1]))
            received.append((gzip.decompress(body) if "content-encoding: gzip" in head else body).decode())
            writer.write(answer("200 OK", "Content-Type: application/json", body="{}"))

    async with serving_raw(take) as heard:
        dsn = f"http://canarysentry@127.0.0.1:{heard.port}/1"
        status, said = await output(SENDING, {**SECRETS, "SENTRY_DSN": dsn})
    assert status == 0, said
    assert CANARY not in said
    sent = "".join(received)
    assert "canary-" not in sent
    assert "not sent" not in sent
    assert "sent with postgresql://me:***@host/it" in sent
    assert "amqp://me:***@host" in sent
    assert "ValueError" in sent


async def test_what_sentry_needs_may_be_missing() -> None:
    program = "import sys; sys.modules['sentry_sdk'] = None; from pelican_async.cli import main; main(['serve'])"
    status, said = await output(program, SECRETS)
    assert (status, said) == (
        2,
        f"Error: {NOT_INSTALLED}\n",
    )
    _, wrong = await output("from pelican_async.cli import main; main(['serve'])", {"SENTRY_DSN": "canary"})
    assert wrong == "Error: SENTRY_DSN is not an address that Sentry gives.\n"
