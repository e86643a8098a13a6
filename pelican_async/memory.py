"""How much memory a pool process may take, so that one that takes more and more ends before anything else does."""

import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import Final

LEAST: Final = 512 * 2**20
"""A process that does nothing wrong takes a tenth of this."""
OF_CONTAINER: Final = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux says how much a container may take, in the newer form and in the older one."""


def limit() -> int:
    """Give how many bytes one process may take: half of what this machine or container has."""
    sizes = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for file in OF_CONTAINER:
        with suppress(OSError, ValueError):  # there is none, or it sets no limit
            sizes.append(int(file.read_text()))
    return max(min(sizes) // 2, LEAST)


def bound(size: int) -> None:
    """Let this process get a `MemoryError` when it has so many bytes; what it shares with others doesn't count."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
