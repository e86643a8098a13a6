"""Tells trouble with the database that passes from what is wrong for good."""

import errno
import socket
from typing import Final

import asyncpg

TRANSIENT: Final = (
    asyncpg.PostgresConnectionError,  # the connection broke
    asyncpg.TransactionRollbackError,  # a deadlock, or transactions that can't be put in an order
    asyncpg.InsufficientResourcesError,  # the disk or the memory is full, too many connections
    asyncpg.OperatorInterventionError,  # the server stops, starts, or somebody ended the connection
    asyncpg.LockNotAvailableError,
    asyncpg.ObjectInUseError,
    asyncpg.PostgresIOError,
    asyncpg.ReadOnlySQLTransactionError,  # another server is about to take over
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.TransactionTimeoutError,
    ConnectionError,
    TimeoutError,
    socket.gaierror,
)
PERMANENT: Final = (asyncpg.DatabaseDroppedError,)
UNREACHABLE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
CLOSED: Final = (
    "connection is closed",
    "connection was closed",
    "released back to the pool",
    "cannot switch to state",  # what the server said when it ended the connection came first; its end isn't noticed yet
)


def is_transient(error: BaseException) -> bool:
    """Tell whether the same work, done again from its beginning, can succeed without anybody mending anything.

    Connections that were lost or refused, a server that stops or starts, deadlocks, full disks and time-outs pass. Of a
    group, all errors must.
    """
    if isinstance(error, BaseExceptionGroup):
        return all(map(is_transient, error.exceptions))
    if isinstance(error, PERMANENT):
        return False
    if isinstance(error, TRANSIENT):
        return True
    if isinstance(error, (asyncpg.InterfaceError, asyncpg.InternalClientError)):
        # What a connection says that was lost before; nothing but the words tells it from mistakes in our code.
        return any(words in str(error) for words in CLOSED)
    if isinstance(error, FileNotFoundError):
        return error.filename is None  # the socket of a server on this machine, which is not there while it's stopped
    return isinstance(error, OSError) and error.errno in UNREACHABLE
