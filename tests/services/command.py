"""Runs commands as people do: as processes of their own, with nothing in the environment but what a test gives."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.services.replica import PROGRAM

KEPT: Final = ("PATH", "HOME", "COVERAGE_PROCESS_START")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    status: int | None
    output: str
    error: str


async def ran(environment: Mapping[str, str], *arguments: str) -> Ended:
    """Run a command to its end."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**kept, **environment},
    )
    output, error = await process.communicate()
    return Ended(process.returncode, output.decode(), error.decode())
