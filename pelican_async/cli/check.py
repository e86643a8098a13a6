"""Checks files, and says what is wrong with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

import click
from rich.console import Console

from pelican_async.errors import UserError
from pelican_async.file_check import run_check
from pelican_async.file_check_options import CheckOptions
from pelican_async.reports.failures import check_failures_file
from pelican_async.reports.html import write_html
from pelican_async.reports.json_file import write_json
from pelican_async.reports.progress import RunProgress
from pelican_async.reports.report import Report
from pelican_async.reports.requirements import read_requirement, targets
from pelican_async.reports.terminal import write_summary
from pelican_async.reports.visible import visible
from pelican_async.reports.whole_file import check_writable, text_for

NOT_MET: Final = 1
STDIN: Final = "-"
FILE: Final = click.Path(path_type=Path)
Write = Callable[[Report, TextIO], None]


@click.command
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--previous", metavar="SOURCE", multiple=True, help="An older version of the collection, to compare with."
)
@click.option("--html", type=FILE, metavar="FILE", help="Write a report as one page, which works offline.")
@click.option("--json", type=FILE, metavar="FILE", help="Write everything for programs (docs/report.schema.json).")
@click.option(
    "--failures",
    type=FILE,
    metavar="FILE",
    help="Write every failing result, one a row, as the ending says: .csv (for spreadsheets: one row a line, control "
    "characters and what would be a formula made harmless), .jsonl (values as published) or .xlsx.",
)
@click.option(
    "--require",
    "requirements",
    metavar="NAME=PERCENT",
    multiple=True,
    help="The least share that must pass; else the exit status is 1. Can be given again.",
)
@click.option(
    "--processes", type=click.IntRange(min=1), metavar="N", help="How many check at once (default: all cores)."
)
@click.option("--online/--offline", help="Ask whether the URLs of documents are available (default: offline).")
@click.option(
    "--rates",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    metavar="FILE",
    help="Exchange rates to use: CSV with the columns valid_on and rates (a JSON object against EUR).",
)
@click.pass_context
def check(  # noqa: PLR0913 one for each option
    context: click.Context,
    *,
    sources: tuple[str, ...],
    previous: tuple[str, ...],
    html: Path | None,
    json: Path | None,
    failures: Path | None,
    requirements: tuple[str, ...],
    processes: int | None,
    rates: Path | None,
    online: bool,
) -> None:
    """Check OCDS data: each SOURCE is a file, a folder (every file in it) or - for standard input.

    JSON, JSON Lines, packages, records and releases are told by their content, and so is compression.

    NAME in --require is a check's (see "pelican-async checks list") or a field's, such as tender.value.amount. What
    must pass: of a check of releases, the releases it applies to; of a check of values (date_time), all values it
    checks; of a field, the places where it could be, which must be filled; of a check of the whole collection, what it
    counts as passing, else it passes (100) or not (0); of a check against --previous, the pairs it compares. What
    applies to nothing is met. Two names are a check's and a field's: coverage.language is the field, and
    time_based.ocid the check.

    Exit status: 0 done; 1 done, but something required isn't met; 2 wrong use, or nothing could be read; 130 stopped
    by Ctrl-C.
    """
    outputs: list[tuple[str, Path, Write]] = []
    if html:
        outputs.append(("The report", html, write_html))
    if json:
        outputs.append(("The results as JSON", json, write_json))
    options = CheckOptions(
        sources, previous, failures, processes, online, rates, tuple(read_requirement(text) for text in requirements)
    )
    _check_use(options, [path for _, path, _ in outputs])
    with RunProgress(Console(stderr=True)) as progress:
        report = run_check(options, progress.update)
    write_summary(report, Console())
    _write(report, outputs, failures)
    if any(not requirement.met for requirement in report.requirements):
        context.exit(NOT_MET)


def _check_use(options: CheckOptions, outputs: list[Path]) -> None:
    """Find out before a long run what would stop it at its end."""
    inputs = [*options.sources, *options.previous]
    if inputs.count(STDIN) > 1:
        raise UserError("standard input (-) can be read only once")
    for name, _ in options.requirements:
        if targets()[name][0] == "time_based" and not options.previous:
            raise UserError(f"--require {name} needs --previous, to compare with")
    written = [*outputs, *([options.failures] if options.failures else [])]
    places = [path.resolve() for path in written]
    read = {Path(source).resolve() for source in inputs if source != STDIN}
    for path, place in zip(written, places, strict=True):
        if place in read:
            raise UserError(f"{path} is to be checked: write to another file")
        if places.count(place) > 1:
            raise UserError(f"{path} would be written twice: name two files")
    for path in outputs:
        check_writable(path)
    if options.failures:
        check_failures_file(options.failures)


def _write(report: Report, outputs: list[tuple[str, Path, Write]], failures: Path | None) -> None:
    for name, path, write in outputs:
        with text_for(path) as file:
            write(report, file)
        click.echo(f"{name}: {visible(str(path))}")
    if failures:
        click.echo(f"Every failing result: {visible(str(failures))}")
