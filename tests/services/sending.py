"""Signals to processes that may end at any time."""

import signal
from contextlib import suppress

import psutil


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process, if it is there."""
    with suppress(psutil.NoSuchProcess):
        psutil.Process(pid).send_signal(number)
