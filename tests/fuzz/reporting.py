"""Any file that is checked gives a report in every form, and nothing in it steers whoever reads it."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Final

from rich.console import Console

from pelican_async.errors import UserError
from pelican_async.file_check import run_check
from pelican_async.file_check_options import CheckOptions
from pelican_async.reports.failures import FORMULA
from pelican_async.reports.html import write_html
from pelican_async.reports.json_file import write_json
from pelican_async.reports.report import Report
from pelican_async.reports.terminal import write_summary
from pelican_async.reports.visible import STEERING
from tests.fuzz import releases
from tests.fuzz.inline import inline
from tests.fuzz.releases import mutate

__all__ = ["examine", "mutate", "seeds"]
LARGEST_PAGE: Final = 2_000_000
ELEMENTS: Final = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "nav", "footer", "section", "article"),
        *("div", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "b", "strong", "code", "span"),
        *("time", "mark", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "wbr"),
        *("svg", "defs", "pattern", "rect", "circle"),
    }
)
FAILURES_COLUMNS: Final = 6


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pelican-async-fuzz-"))
    (folder / "rates.csv").write_text('valid_on,rates\n2019-01-01,"{""EUR"": 1, ""USD"": 1.25}"\n', encoding="utf-8")
    return folder


class Page(HTMLParser):
    """Reads a page, in which nothing may stand but what the template has."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        assert tag in ELEMENTS
        assert not any(name.startswith("on") or name in {"src", "style"} for name, _ in attrs)
        assert all((value or "").startswith("#") for name, value in attrs if name == "href")

    def handle_comment(self, data: str) -> None:
        """Refuse comments."""
        raise AssertionError(data)


def examine(data: bytes) -> None:
    """Check bytes as a file, and as its own earlier version, and write all reports."""
    file, failures = _folder() / "data.json", _folder() / "failures.csv"
    file.write_bytes(data)
    rates = _folder() / "rates.csv"
    options = CheckOptions((str(file),), (str(file),), failures, 1, online=False, rates=rates, requirements=())
    try:
        with inline():
            report = run_check(options, lambda *_: None)
    except UserError:  # there is nothing in it; what is said of it is made visible where it is shown
        return
    assert report.error_count == 0, report.errors
    _write(report)
    with failures.open(encoding="utf-8-sig", newline="") as opened:
        text = opened.read()
    assert text.count("\n") == text.count("\r\n")
    assert STEERING.search(text.replace("\r\n", "")) is None
    before = csv.field_size_limit(2**31 - 1)
    try:
        for row in csv.reader(io.StringIO(text)):
            assert len(row) == FAILURES_COLUMNS
            assert not any(cell.startswith(FORMULA) and not _is_number(cell) for cell in row)
    finally:
        csv.field_size_limit(before)  # which is for all that this process reads


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _write(report: Report) -> None:
    page = io.StringIO()
    write_html(report, page)
    assert len(page.getvalue().encode()) <= LARGEST_PAGE
    assert STEERING.search(page.getvalue().replace("\n", "")) is None
    reader = Page()
    reader.feed(page.getvalue())
    reader.close()
    written = io.StringIO()
    write_json(report, written)
    json.loads(written.getvalue().encode())
    for terminal in (True, False):
        lines = io.StringIO()
        console = Console(file=lines, force_terminal=terminal, color_system=None, width=80, legacy_windows=False)
        write_summary(report, console)
        lines.getvalue().encode()
        assert STEERING.search(lines.getvalue().replace("\n", "")) is None


def seeds() -> Iterator[bytes]:
    """Give releases that all checks apply to."""
    yield from islice(releases.seeds(), 0, None, 4)
