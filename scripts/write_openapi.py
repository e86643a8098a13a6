"""Writes `docs/openapi.json`: the description of what the service answers, for those who have no running one."""

from pathlib import Path

import orjson

from pelican_async.web.openapi import DESCRIPTION

PATH = Path(__file__).parent.parent / "docs" / "openapi.json"


def text() -> bytes:
    """Give the description as it is published."""
    return orjson.dumps(DESCRIPTION, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    PATH.write_bytes(text())
