"""Runs commands of the service, as somebody would type them."""

import asyncio
import os
from typing import NamedTuple

from tests.services.replica import PROGRAM
from tests.services.world import World


class Ended(NamedTuple):
    """How a command ended."""

    status: int | None
    output: str
    error: str


async def command(here: World, *arguments: str) -> Ended:
    """Run a command to its end."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *arguments,
        env={**os.environ, **here.environment, "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, error = await process.communicate()
    return Ended(process.returncode, output.decode(), error.decode())
