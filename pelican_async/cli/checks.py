"""Lists the checks, and explains them: the texts are those of their docstrings."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checks import catalog
from checks.catalog import LEVELS, Check, Level
from pelican_async.errors import UserError
from pelican_async.reports.prose import paragraphs, spans
from pelican_async.reports.requirements import suggest

LEVEL_NAMES: Final[Mapping[Level, str]] = {
    "field": "Values of fields",
    "compiled_release": "Each release",
    "dataset": "The collection as a whole",
    "time_based": "Compared with a previous collection",
}


@click.group
def checks() -> None:
    """List the checks, or explain one."""


@checks.command("list")
def list_checks() -> None:
    """List all checks: on a terminal as tables, else one a line (level, name, title; separated by tabs)."""
    console = Console(highlight=False)
    for level in LEVELS:
        found = catalog.find(level).values()
        if console.is_terminal:
            console.print(_table(level, found))
        else:
            for check in found:
                click.echo(f"{level}\t{check.name}\t{check.title}")


@checks.command
@click.argument("name")
def explain(name: str) -> None:
    """Explain the check NAME: what holds if it passes, how that is found out, what to do, and examples."""
    check = _find(name)
    console = Console(highlight=False)
    parts = [
        f"{check.name}: {LEVEL_NAMES[check.level].lower()}, version {check.version}",
        *_texts(check),
        check.examples,
    ]
    for number, part in enumerate(part for part in parts if part):
        if number:
            click.echo()
        if console.is_terminal and part != check.examples:
            console.print(_styled(part, "bold" if part == check.title else ""))
        else:
            click.echo(part)


def _find(name: str) -> Check:
    known = {check.name: check for level in LEVELS for check in catalog.find(level).values()}
    if name not in known:
        raise UserError(f"there is no check {name!r}{suggest(name, known)} (pelican-async checks list names all)")
    return known[name]


def _texts(check: Check) -> Iterator[str]:
    """Give the title, and each paragraph and list of the description and of what to do."""
    for paragraph in chain.from_iterable(paragraphs(text) for text in (check.title, check.description, check.mend)):
        yield paragraph.text or "\n".join(f"- {item}" for item in paragraph.items)


def _styled(text: str, style: str) -> Text:
    styled = Text(style=style)
    for span in spans(text):
        styled.append(span.text, style="cyan" if span.code else "")
    return styled


def _table(level: Level, found: Iterable[Check]) -> Table:
    table = Table(title=LEVEL_NAMES[level], title_justify="left", title_style="bold", box=None, show_header=False)
    table.add_column(overflow="fold", style="cyan")
    table.add_column(overflow="fold", ratio=1)
    for check in found:
        table.add_row(check.name, _styled(check.title, ""))
    return table
