"""Settings of all tests, and what they say at the end."""

import gc
import os
import signal
import tempfile
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

# Fixtures of real services, for all tests.
pytest_plugins = ["tests.services.postgresql", "tests.services.rabbitmq"]

IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 what is made there is made as in any folder for temporary files
PLENTY: Final = 4 * 2**30


def _write_to_memory() -> None:
    """Have temporary files in memory, if programs may run there: each database of a test is hundreds of files."""
    if "TMPDIR" in os.environ or not IN_MEMORY.is_dir():
        return
    there = os.statvfs(IN_MEMORY)
    if there.f_bavail * there.f_frsize > PLENTY and not there.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None


_write_to_memory()

# The same examples on every run, and no failures because a machine is busy.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("repeatable")

# Tests that a shell started in the background ignore Ctrl+C, and so would all programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Run one more than there are cores side by side: many tests wait for processes that they start."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that take longest, so that no others wait for them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("compiled") is None)


def pytest_collection_finish() -> None:
    """Leave what was collected, which stays, out of what is looked through for garbage: it took a twentieth of all."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the golden tests recorded by `record_property("golden", ...)`."""
    told = [
        str(value)
        for report in terminalreporter.getreports("passed")
        for key, value in getattr(report, "user_properties", ())
        if key == "golden" and report.when == "call"
    ]
    if told:
        terminalreporter.section("golden results")
        for line in told:
            terminalreporter.line(line)
