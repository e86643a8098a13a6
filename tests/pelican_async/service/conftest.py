"""What the tests of the whole service share."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Final

import pytest
import pytest_asyncio

from tests.services.rabbitmq import Rabbitmq
from tests.services.world import Rows, World, undisturbed, world

SIZE: Final = 45


@pytest.fixture(scope="session")
def expected(postgresql: str) -> Mapping[int, Rows]:
    """Give what is left by so many versions, if nothing goes wrong."""
    return asyncio.run(undisturbed(postgresql, SIZE))


@pytest_asyncio.fixture
async def here(postgresql: str, rabbitmq: Rabbitmq, exchange: str) -> AsyncIterator[World]:
    """Give databases with two collections, and a broker."""
    async with world(postgresql, rabbitmq.url, exchange, SIZE) as made:
        yield made
