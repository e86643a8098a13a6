"""A running service, and what asks it over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import httpx

from pelican_async.broker.protocol import Broker
from pelican_async.reference import codelists
from tests.services.rabbitmq import free_ports
from tests.services.running import running, settings_for

SECONDS: Final = 60.0
PAUSE: Final = 0.05


class Asking:
    """Asks a service."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def parts(self) -> dict[str, str]:
        """Give what the service says of its parts, when it says that it isn't ready."""
        answer = await self.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["status"] == "unavailable"
        parts: dict[str, str] = answer.json()["parts"]
        return parts

    async def until(self, status: int, path: str = "/health/ready") -> httpx.Response:
        """Ask again and again, as those do who watch a service, until it answers so."""
        async with asyncio.timeout(SECONDS):
            while True:
                try:
                    answer = await self.get(path)
                except httpx.ConnectError:
                    answer = None
                if answer is not None and answer.status_code == status:
                    return answer
                await asyncio.sleep(PAUSE)


@asynccontextmanager
async def serving(database: str, broker: Broker, kingfisher: str = "postgresql:///none") -> AsyncIterator[Asking]:
    """Run a service until it is ready, and for the block."""
    (port,) = free_ports(1)
    settings = settings_for(database, kingfisher, pool_processes=1).model_copy(update={"http_port": port})
    async with (
        running(settings, broker, codelists.snapshot()),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=SECONDS, trust_env=False) as client,
    ):
        asking = Asking(client)
        await asking.until(200)
        yield asking
