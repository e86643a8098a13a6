"""Writes a report as one page that needs nothing else: no network, no script, no other file."""

from collections.abc import Callable
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Final, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pelican_async.reports import numbers, prose
from pelican_async.reports.page import charts, excerpt
from pelican_async.reports.page.content import page
from pelican_async.reports.report import Report
from pelican_async.reports.visible import cut, value, visible

EXAMPLES: Final = 3
"""So many examples of each check are shown."""
ROWS: Final = 20
"""So many rows of a list are shown."""
TEXT: Final = 140
"""So many characters of what publishers wrote are shown. With these, no data makes a page larger than 2 MB."""


def write_html(report: Report, file: TextIO) -> None:
    """Write a report as one self-contained page of at most 2 MB, whatever is in the data.

    What UTF-8 can't hold is written as an escape, so no text from the data breaks a file in that encoding.
    """
    file.write(_template().render(page=page(report)))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pelican_async.reports.page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "count": numbers.count,
        "cut": _cut,
        "excerpt": excerpt.excerpt,
        "paragraphs": prose.paragraphs,
        "spans": prose.spans,
        "written": value,
    }
    environment.filters.update(filters)
    environment.globals.update(
        EXAMPLES=EXAMPLES,
        ROWS=ROWS,
        TEXT=TEXT,
        counted=numbers.counted,
        percent=_percent,
        seconds=numbers.seconds,
        segments=charts.segments,
        share=charts.share,
        # The style sheet is this package's own, so it needs no escapes.
        style=Markup(resources.files("pelican_async.reports.page").joinpath("style.css").read_text("utf-8")),  # noqa: S704 ours
        version=version("pelican-async"),
    )
    return environment.get_template("page.html.j2")


def _cut(text: str, length: int) -> str:
    """Shorten a text, and say so if there is none."""
    return cut(text, length) or "(empty)"


def _percent(part: float, whole: float) -> str:
    """Write a percentage that no line breaks."""
    return numbers.percent(part, whole).replace(" ", "\N{NO-BREAK SPACE}")


def _finalize(shown: object) -> object:
    """Make every text that a template shows visible; only what a template made itself is left as it is."""
    return visible(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown
