"""A broker of each kind."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import RabbitBroker, connect
from tests.services.rabbitmq import Rabbitmq


@pytest_asyncio.fixture
async def rabbit(rabbitmq: Rabbitmq, exchange: str) -> AsyncIterator[RabbitBroker]:
    async with connect(rabbitmq.url, exchange) as connected:
        await connected.declare()
        yield connected


@pytest.fixture(params=["memory", "rabbitmq"])
def broker(request: pytest.FixtureRequest, rabbit: RabbitBroker) -> Broker:
    return MemoryBroker() if request.param == "memory" else rabbit
