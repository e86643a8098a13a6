"""Writes kept figures into the documents: tables between two marks, and a chart. `--write` does it after measuring."""

import re
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.table import Table

from bench.extent import Measurement
from bench.figures import KEPT, ROOT, kept

DOCUMENTS: Final = (ROOT / "docs/performance.md", ROOT / "docs/scaling.md")
CHART: Final = ROOT / "docs/growth.svg"
PLACE: Final = re.compile(r"(<!-- figures: ([\w.]+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)
WIDTH: Final = 330
HEIGHT: Final = 150
"""Pixels of what a panel plots in."""


def write(measurements: Mapping[str, Measurement]) -> None:
    """Renew all documents."""
    for path in DOCUMENTS:
        path.write_text(renewed(path.read_text(encoding="utf-8"), measurements), encoding="utf-8")
    growth = kept("growth")
    if growth is not None:
        CHART.write_text(chart(growth["figures"]), encoding="utf-8")


def renewed(text: str, measurements: Mapping[str, Measurement]) -> str:
    """Give a document with the figures that are kept now."""
    by_name = {measurement.name: measurement for measurement in measurements.values()}

    def figures(found: re.Match[str]) -> str:
        begin, name, end = found.groups()
        return f"{begin}{_shown(name, by_name[_version_of_this(name, by_name)])}{end}"

    return PLACE.sub(figures, text)


def _version_of_this(name: str, by_name: Mapping[str, Measurement]) -> str:
    """Give the measurement of a name, whichever version of Python it was measured with."""
    return next(known for known in by_name if known.split("_python")[0] == name.split("_python", maxsplit=1)[0])


def _shown(name: str, measurement: Measurement) -> str:
    content = kept(name)
    if content is None:
        return f"Not measured yet: `bench/measured/{name}.json` isn't there.\n"
    where = f"Measured on {content['measured']}: {content['machine']}, Python {content['python']}, "
    tables = "\n".join(map(markdown, measurement.tables(content["figures"])))
    return f"{where}by `{content['command']}`.\n\n{tables}"


def markdown(table: Table) -> str:
    """Give a table as Markdown, under its title."""
    rows = zip(*(list(column.cells) for column in table.columns), strict=True)
    lines = [[str(column.header) for column in table.columns]]
    lines.append(["---:" if column.justify == "right" else "---" for column in table.columns])
    lines += [[str(cell) for cell in row] for row in rows]
    caption = f"\n{table.caption}.\n" if table.caption else ""
    return f"**{table.title}**\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + caption


def chart(figures: Mapping[str, Any]) -> str:
    """Draw how the cost of a release and memory grow with the number of releases: two panels, each of two lines."""
    both = {"check FILE": figures["file"], "the service": figures["service"]}
    cost = {"check FILE": "further_microseconds", "the service": "microseconds"}
    panels = [
        _panel("CPU per release, in microseconds", {name: (rows, cost[name]) for name, rows in both.items()}),
        _panel("Most memory at once, in MiB", {name: (rows, "mebibytes") for name, rows in both.items()}),
    ]
    loader = FileSystemLoader(Path(__file__).parent)
    template = Environment(loader=loader, undefined=StrictUndefined, autoescape=True).get_template("growth.svg.j2")
    return template.render(panels=panels, width=WIDTH, height=HEIGHT)


def _panel(title: str, lines: Mapping[str, tuple[Sequence[Mapping[str, Any]], str]]) -> dict[str, Any]:
    most = max(row[name] for rows, name in lines.values() for row in rows)
    step = _step(most)
    top = step * (int(most / step) + 1)
    sizes = sorted({row["releases"] for rows, _ in lines.values() for row in rows})
    left, right = log10(sizes[0]), log10(sizes[-1])

    def x(size: int) -> float:
        return round((log10(size) - left) / ((right - left) or 1) * WIDTH, 1)

    def y(value: float) -> float:
        return round(HEIGHT - value / top * HEIGHT, 1)

    return {
        "title": title,
        "across": [(x(size), f"{size:,}") for size in sizes],
        "up": [(y(step * index), f"{step * index:,}") for index in range(int(top / step) + 1)],
        "lines": [
            (name, [(x(row["releases"]), y(row[value]), f"{row[value]:,.0f}") for row in rows])
            for name, (rows, value) in lines.items()
        ],
    }


def _step(most: float) -> int:
    """Give a round distance between two lines of a grid of three to seven."""
    scale = 10 ** int(log10(most))
    return next(step for step in (scale // 5 or 1, scale // 2 or 1, scale, 2 * scale) if most / step < 7)  # noqa: PLR2004


def kept_names() -> set[str]:
    """Give the names of all figures that are kept."""
    return {path.stem for path in KEPT.glob("*.json")}
