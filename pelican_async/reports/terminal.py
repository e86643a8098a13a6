"""The summary in a terminal: what was read first, what to fix first last, where it stays in sight."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pelican_async.reports.coverage import emptiness, gaps, sections
from pelican_async.reports.dataset_summary import pair_parts, said
from pelican_async.reports.findings import find
from pelican_async.reports.numbers import count, counted, percent, seconds
from pelican_async.reports.plain import write_lines
from pelican_async.reports.problems import Problem, problems, where
from pelican_async.reports.prose import paragraphs, spans
from pelican_async.reports.report import DatasetCheckReport, Example, Report, Requirement, TimeBasedCheckReport
from pelican_async.reports.verdict import failing_count, requirement_line, verdict
from pelican_async.reports.visible import cut, value, visible

BLOCKS: Final = " ▏▎▍▌▋▊▉█"
BAR: Final = 16
FEW: Final = 3
SOME: Final = 8
LONGEST_NAME: Final = 200
LONGEST_VALUE: Final = 80
Bar = Callable[[float], Text]
"""Draws a share, between 0 and 1."""
MARKS: Final = {True: ("passes", "green"), False: ("fails", "bold red"), None: ("-", "dim")}


def write_summary(report: Report, console: Console) -> None:
    """Write the summary of a report: for people on a terminal, as plain lines anywhere else."""
    if not console.is_terminal:
        write_lines(report, console)
        return
    bar = _ascii_bar if console.options.ascii_only else _bar
    for part in (
        *_overview(report),
        *_coverage(report, bar),
        *_problems(report),
        *_dataset(report.dataset),
        *_time_based(report.time_based),
        *_errors(report),
        *_notes(report),
        *_last(report),
    ):
        console.print(part, highlight=False)


def _text(text: str, style: str = "") -> Text:
    """Make text that is safe to show, and breaks anywhere if a word is too long."""
    return Text(visible(text), style=style, overflow="fold")


def _prose(text: str, style: str = "") -> Text:
    """Make text from a docstring: code in backticks stands out."""
    made = Text(style=style, overflow="fold")
    for span in spans(visible(text)):
        made.append(span.text, style="cyan" if span.code else "")
    return made


def _heading(text: str) -> RenderableType:
    return Padding(Text(text, style="bold underline"), (1, 0, 0, 0))


def _grid(*widths: int | None) -> Table:
    """Make a table without lines; a column of width 0 is as wide as it needs, one without takes what is left."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        table.add_column(width=width or None, ratio=1 if width is None else None, overflow="fold")
    return table


def _bar(share: float) -> Text:
    eighths = round(share * BAR * 8)
    eighths = max(eighths, 1) if share else 0
    full, rest = divmod(eighths, 8)
    return Text((BLOCKS[8] * full + BLOCKS[rest] * bool(rest)).ljust(BAR, "·"), style=_colour(share))


def _ascii_bar(share: float) -> Text:
    return Text(("#" * round(share * BAR)).ljust(BAR, "."), style=_colour(share))


def _colour(share: float) -> str:
    return "green" if share >= 0.9 else "yellow" if share >= 0.5 else "red"  # noqa: PLR2004 as a traffic light


def _overview(report: Report) -> Iterator[RenderableType]:
    counts = report.counts
    names = [cut(visible(source), LONGEST_NAME) for source in report.sources[:FEW]]
    more = f" and {counted(len(report.sources) - FEW, 'more source')}" if len(report.sources) > FEW else ""
    yield Text.assemble((counted(counts.checked, "release"), "bold"), f" checked in {seconds(report.seconds)}")
    grid = _grid(12, None)
    grid.add_row("From", _text(", ".join(names) + more))
    if report.first_date:
        grid.add_row("Dates", _text(f"{report.first_date} to {report.last_date}"))
    processes = counted(report.unique_ocids, "process", "processes")
    without = f", {counted(report.without_ocid, 'release')} without ocid" if report.without_ocid else ""
    grid.add_row("About", _text(processes + without))
    grid.add_row(
        "Life cycle", _text(", ".join(f"{stage} {count(number)}" for stage, number in report.lifecycle.items()))
    )
    if report.previous_counts:
        grid.add_row("Compared", _text(f"with {counted(report.previous_counts.checked, 'release')} of before"))
    yield grid
    if counts.not_checked:
        yield from _not_checked(report)


def _not_checked(report: Report) -> Iterator[RenderableType]:
    yield _heading(f"{count(report.counts.not_checked)} could not be checked")
    grid = _grid(8, None)
    reasons = sorted(report.not_checked_reasons.items(), key=lambda pair: -pair[1])
    for reason, number in reasons[:SOME]:
        grid.add_row(Text(count(number), style="bold red"), _text(cut(reason, LONGEST_NAME)))
    if len(reasons) > SOME:
        grid.add_row("", f"and {counted(len(reasons) - SOME, 'more reason')}")
    for place in report.not_checked[:FEW]:
        grid.add_row("", _text(f"{cut(place.place, LONGEST_NAME)}: {cut(place.reason, LONGEST_NAME)}", "dim"))
    yield grid


def _coverage(report: Report, bar: Bar) -> Iterator[RenderableType]:
    yield _heading("What the releases have")
    grid = _grid(16, BAR, 7, None)
    for section in sections(report):
        filled = section.filled / section.total if section.total else 0.0
        used = f"{section.fields_used} of {counted(section.fields, 'field')} in use"
        grid.add_row(section.name, bar(filled), percent(section.filled, section.total), Text(used, style="dim"))
    yield grid
    missing = gaps(report)
    if missing:
        yield _heading("Often missing, though everybody needs it")
        grid = _grid(34, BAR, None)
        for gap in missing[:SOME]:
            grid.add_row(gap.path, bar(gap.share), f"filled {percent(gap.share, 1)}")
        yield grid
        yield from _more(len(missing), "field")
    empty = emptiness(report)
    if empty:
        yield _heading("There, but empty")
        for entry in empty[:SOME]:
            share = percent(entry.empty, entry.there)
            yield _text(f"{entry.path} {entry.kind}: {count(entry.empty)} of {count(entry.there)} ({share})")
        yield from _more(len(empty), "field")


def _more(number: int, noun: str) -> Iterator[RenderableType]:
    if number > SOME:
        yield Text(f"and {counted(number - SOME, f'more {noun}')}", style="dim")


def _problems(report: Report) -> Iterator[RenderableType]:
    found = problems(report)
    yield _heading(f"{counted(len(found), 'check')} of releases and their values found problems")
    for problem in found:
        yield _problem(problem)
    if report.compiled_release:
        passing = sum(1 for check in report.compiled_release if check.passed and not check.failed)
        idle = sum(1 for check in report.compiled_release if not check.passed + check.failed + check.errors)
        told = (
            f"{counted(passing, 'other check')} of releases passed wherever they apply; {count(idle)} applied nowhere."
        )
        yield Text(told, style="dim")


def _problem(problem: Problem) -> RenderableType:
    affected = f"{count(problem.failed)} of {count(problem.total)} {problem.noun}"
    errors = f", {count(problem.errors)} failed to run" if problem.errors else ""
    lines = [
        _prose(problem.check.title, "bold"),
        Text.assemble(f"{affected}{errors}  ", (problem.check.name, "dim"), overflow="fold"),
    ]
    if problem.fields:
        lines.append(_text(f"in {where(problem, FEW)}"))
    if problem.example:
        lines.append(_example(problem.example))
    return _entry(percent(problem.failed, problem.total), "bold red", [*lines, *_mend(problem.check.mend)])


def _entry(mark: str, style: str, lines: Sequence[RenderableType]) -> RenderableType:
    grid = _grid(8, None)
    grid.add_row(Text(mark, style=style, justify="right"), Group(*lines))
    return Padding(grid, (1, 0, 0, 0))


def _example(found: Example) -> Text:
    what = "" if found.value is None else f" = {value(found.value, LONGEST_VALUE)}"
    place = f"  {found.path}{what}" if found.path else ""
    reason = f": {found.reason}" if found.reason else ""
    return _text(f"e.g. {found.ocid or '(no ocid)'}{place}{reason}", "yellow")


def _mend(text: str) -> list[Text]:
    return [
        _prose(line)
        for paragraph in paragraphs(text)
        for line in (paragraph.text, *(f"- {item}" for item in paragraph.items))
        if line
    ]


def _dataset(found: Sequence[DatasetCheckReport]) -> Iterator[RenderableType]:
    yield _heading("The collection as a whole")
    for check in found:
        if check.result is False:
            yield _failing_dataset_check(check)
    grid = _grid(6, 0, None)
    for check in found:
        if check.result is not False:
            mark, style = MARKS[check.result]
            what = Text(said(find(check)), style="dim", no_wrap=True, overflow="ellipsis")
            grid.add_row(Text(mark, style=style), check.check.name.removeprefix("distribution."), what)
    yield grid


def _failing_dataset_check(check: DatasetCheckReport) -> RenderableType:
    finding = find(check)
    mark = percent(100 - check.value, 100) if "total_passed" in check.meta and check.value is not None else "fails"
    lines = [_prose(check.check.title, "bold"), Text(check.check.name, style="dim"), _text(said(finding))]
    if finding.example:
        lines.append(_example(finding.example))
    return _entry(mark, "bold red", [*lines, *_mend(check.check.mend)])


def _time_based(found: Sequence[TimeBasedCheckReport]) -> Iterator[RenderableType]:
    if found:
        yield _heading("Compared with before")
    for check in found:
        passes = None if check.coverage_result is None else False not in (check.coverage_result, check.check_result)
        mark, style = MARKS[passes]
        meta = check.meta
        covered = f"{count(meta['coverage_count'])} of {count(meta['total_count'])} found again"
        passing = f"{count(meta['ok_count'])} of {count(meta['coverage_count'])} pass"
        shares = [
            percent(meta["coverage_count"], meta["total_count"]),
            percent(meta["ok_count"], meta["coverage_count"]),
        ]
        lines = [
            _prose(check.check.title, "bold"),
            Text.assemble(f"{covered} ({shares[0]}), {passing} ({shares[1]})  ", (check.check.name, "dim")),
        ]
        if passes is False:
            lines += [_text(f"e.g. {part}", "yellow") for part in pair_parts(meta)]
            lines += _mend(check.check.mend)
        yield _entry(mark, style, lines)


def _errors(report: Report) -> Iterator[RenderableType]:
    if report.error_count:
        yield _heading(
            f"{counted(report.error_count, 'time')} a check failed to run: please report it as a mistake in the check"
        )
    for error in report.errors[:FEW]:
        yield _text(f"{error.check} on {error.ocid or 'a release without ocid'}: {cut(error.error, LONGEST_NAME)}")


def _notes(report: Report) -> Iterator[RenderableType]:
    if report.notes:
        yield Text()
    for note in report.notes[:SOME]:
        yield _text(cut(note, 2 * LONGEST_NAME), "dim")


def _last(report: Report) -> Iterator[RenderableType]:
    yield Rule(style="dim")
    first = problems(report)[:FEW]
    grid = _grid(9, None)
    for number, problem in enumerate(first):
        affected = f"{percent(problem.failed, problem.total)} of {problem.noun}: "
        line = Text.assemble((affected, "bold red"), _prose(problem.check.title), overflow="fold")
        grid.add_row(Text("" if number else "Fix first", style="bold"), line)
    if first:
        yield grid
    for requirement in report.requirements[:SOME]:
        yield _requirement(requirement)
    bad = failing_count(report) or report.error_count or any(not found.met for found in report.requirements)
    yield _text(verdict(report), "bold yellow" if bad else "bold green")


def _requirement(found: Requirement) -> RenderableType:
    mark = ("met      ", "green") if found.met else ("not met  ", "bold red")
    return Text.assemble(mark, _text(requirement_line(found)), overflow="fold")
