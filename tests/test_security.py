"""What the texts about security say is so."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Final

from pelican_async.network.asking import Limits
from pelican_async.network.extensions import Bounds
from pelican_async.network.guard import NOT_PUBLIC, NOT_PUBLIC_6, PUBLIC_6, RESOLVED_AT_ONCE, TRANSLATED
from pelican_async.network.target import LONGEST
from pelican_async.reference import registers

ROOT: Final = Path(__file__).parent.parent
TEXT: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_the_addresses_that_are_refused_are_those_of_the_guard() -> None:
    table = re.search(r"^\| addresses \| why \|\n\|---\|---\|\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    assert table is not None
    named = [
        ip_network(name) for row in table[1].splitlines() for name in re.findall(r"`([^`]+/\d+)`", row.split("|")[1])
    ]
    mapped = ip_network("::ffff:0:0/96")
    assert sorted(map(str, named)) == sorted(map(str, (*NOT_PUBLIC, *NOT_PUBLIC_6, PUBLIC_6, TRANSLATED, mapped)))


def test_limits_are_those_of_the_code() -> None:
    text = " ".join(TEXT.split())
    limits = Limits()
    assert f"longer than {LONGEST} characters" in text
    assert f"{limits.seconds:g} seconds with all its redirects (at most {limits.redirects};" in text
    assert limits.seconds == registers.SECONDS
    assert f"; {registers.MAX_REDIRECTS} for codelists)" in text
    assert f"{Bounds().size // 10**6} MB of an extension, {registers.MAX_BYTES // 10**6} MB of a codelist" in text
    assert RESOLVED_AT_ONCE == 8
