"""What the text for operators says is so."""

import re
from pathlib import Path
from typing import Final

import click
import pytest
from pydantic import SecretStr

from pelican_async.cli import Commands, main
from pelican_async.settings import Settings
from pelican_async.web.openapi import DESCRIPTION

ROOT: Final = Path(__file__).parent.parent
TEXT: Final = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ROWS: Final = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| .+ \|$", TEXT, re.MULTILINE))
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
IN_WORDS: Final = {"number of CPUs", "none", "all", "the register's published spreadsheet"}


def test_all_settings_are_there_and_no_others() -> None:
    assert [name.lower() for name in ROWS] != []
    assert {name.lower() for name in ROWS} == set(Settings.model_fields)


@pytest.mark.parametrize("name", [name for name, default in ROWS.items() if default not in IN_WORDS])
def test_defaults_are_those_of_the_settings(name: str) -> None:
    default = Settings.model_fields[name.lower()].get_default(call_default_factory=True, validated_data={})
    value = default.get_secret_value() if isinstance(default, SecretStr) else default
    assert ROWS[name] == f"`{str(value).lower() if isinstance(value, bool) else value}`"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`pelican-async ([a-z-]+)", TEXT + README))))
def test_commands_are_commands(name: str) -> None:
    assert name in Commands().list_commands(click.Context(main))


def test_pages_are_those_that_there_are() -> None:
    pages = {path.replace("{dataset_id}", "ID") for path in DESCRIPTION["paths"]} - {"/openapi.json"}
    table = re.search(r"^\| path \| answers \|\n\|---\|---\|\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    assert table is not None
    assert {page for row in table[1].splitlines() for page in re.findall(r"`(/[^`]+)`", row.split("|")[1])} == pages


def test_metrics_are_those_that_there_are() -> None:
    source = (ROOT / "pelican_async" / "web" / "metrics.py").read_text(encoding="utf-8")
    watched_ = TEXT[TEXT.index("Watch these:") : TEXT.index("## Logs")]
    names = re.findall(r"`(pelican_[a-z_]+)", watched_)
    assert len(names) > 4
    for name in names:
        assert f'"{name.removesuffix("_total")}"' in source
