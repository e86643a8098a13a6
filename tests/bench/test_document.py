"""The documents show the figures that are kept, and nothing else."""

import re
import xml.etree.ElementTree as ET
from typing import Final

import pytest

from bench.__main__ import MEASUREMENTS
from bench.document import CHART, DOCUMENTS, PLACE, chart, markdown, renewed
from bench.extent import table
from bench.figures import KEPT, ROOT, kept

PERFORMANCE: Final = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
ROWS: Final = [
    {"releases": 10**power, "further_microseconds": 100.0 - power, "microseconds": 300.0, "mebibytes": 150 + power}
    for power in (3, 4, 5)
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_have_the_figures_that_are_kept(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert PLACE.search(text)
    assert renewed(text, MEASUREMENTS) == text, "python -m bench NAME --write renews them"


def test_all_figures_that_are_kept_are_shown() -> None:
    shown = {name for path in DOCUMENTS for _, name, _ in PLACE.findall(path.read_text(encoding="utf-8"))}
    versions = {path.stem for path in KEPT.glob("instructions_*.json")}
    assert {path.stem for path in KEPT.glob("*.json")} - versions <= shown
    assert shown & versions


def test_each_part_of_the_benchmark_is_described() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PERFORMANCE, re.MULTILINE)) == set(MEASUREMENTS)


def test_a_table_becomes_markdown() -> None:
    made = table("Some", "name", "count")
    made.add_row("one", "1,000")
    assert markdown(made) == "**Some**\n\n| name | count |\n| --- | ---: |\n| one | 1,000 |\n"


def test_the_chart_is_that_of_the_figures_that_are_kept() -> None:
    growth = kept("growth")
    assert growth is not None
    assert CHART.read_text(encoding="utf-8") == chart(growth["figures"])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_chart_is_sound_and_all_is_within_it(count: int) -> None:
    drawn = ET.fromstring(chart({"file": ROWS[:count], "service": ROWS[:count]}))  # noqa: S314 our own
    _, _, width, height = map(float, drawn.attrib["viewBox"].split())
    dots = [element for element in drawn.iter() if element.tag.endswith("circle")]
    assert len(dots) == 4 * count
    assert all(0 <= float(dot.attrib["cx"]) <= width and 0 <= float(dot.attrib["cy"]) <= height for dot in dots)
