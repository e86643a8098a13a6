"""What the texts about security say is so."""

import re
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Final

import pytest

from pelican_async.logs import SHORTEST
from pelican_async.network.asking import Limits
from pelican_async.network.extensions import Bounds
from pelican_async.network.guard import NOT_PUBLIC, NOT_PUBLIC_6, PUBLIC_6, RESOLVED_AT_ONCE, TRANSLATED
from pelican_async.network.target import LONGEST
from pelican_async.reference import registers
from pelican_async.settings import Settings
from pelican_async.web import app
from pelican_async.web.connections import MOST, REQUEST_SECONDS
from pelican_async.web.refusing import HAS_A_BODY, HEAD_TOO_LARGE, LARGEST_HEAD, LONGEST_URL, OTHER_HOST, URL_TOO_LONG
from pelican_async.web.server import KEPT_SECONDS

ROOT: Final = Path(__file__).parent.parent
PRODUCT: Final = ("checks", "pelican_async", "scripts")
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


@pytest.mark.parametrize("path", ["SECURITY.md", "docs/security.md", "README.md"])
def test_what_texts_name_is_there(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    for link in re.findall(r"\]\(([^):#]+)\)", text):
        assert (ROOT / path).parent.joinpath(link).exists(), link
    for setting in re.findall(r"`([A-Z]+_[A-Z_]+)(?:=\w+)?`", text):
        assert setting.lower() in Settings.model_fields, setting
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert f"\n{target}:" in makefile, target


def test_the_shortest_secrets_are_those_of_the_text() -> None:
    assert SHORTEST == 4
    assert "fewer than four characters" in (ROOT / "SECURITY.md").read_text("utf-8")


def test_what_is_said_of_http_is_so() -> None:
    text = " ".join(TEXT.split())
    assert f"more than {LONGEST_URL:,} characters" in text
    assert f"more than {LARGEST_HEAD:,} bytes" in text
    assert f"after {REQUEST_SECONDS:g} seconds" in text
    assert f"after {KEPT_SECONDS} seconds" in text
    assert f"more than {MOST} connections" in text
    assert f"within {app.SECONDS:g} seconds" in text
    assert app.AT_ONCE == 2
    for refused in (URL_TOO_LONG, HEAD_TOO_LARGE, HAS_A_BODY, OTHER_HOST):
        assert f"| {refused.status:d}" in text


def test_every_exception_to_a_rule_of_security_has_its_reason() -> None:
    sources = [path for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py"))]
    exceptions = [
        (path.name, line.strip())
        for path in sources
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"# noqa: .*\bS\d{3}", line) or "ruff: noqa" in line or "nosec" in line
    ]
    assert len(exceptions) >= 10
    for name, line in exceptions:
        assert re.search(r"# noqa: S\d{3}(, [A-Z]+\d+)* \w+", line), f"{name}: {line}"
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert rules["select"] == ["ALL"]
    assert [rule for rule in rules["ignore"] if re.fullmatch(r"S\d*", rule)] == []
    places = {
        place
        for place, ignored in rules["per-file-ignores"].items()
        if any(re.fullmatch(r"S\d*", one) for one in ignored)
    }
    assert all(place.startswith(("tests/", "examples/")) for place in places)
