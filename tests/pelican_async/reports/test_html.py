import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican_async.reports.html import EXAMPLES, write_html
from pelican_async.reports.report import Example, Report
from tests.pelican_async.reports.making import COMPILED_RELEASE, HOSTILE, empty, hostile, huge, typical
from tests.pelican_async.reports.test_visible import JSON, steering

LARGEST: Final = 2_000_000
VOID: Final = {"meta", "wbr"}
SHAPES: Final = {"rect", "circle"}
ELEMENTS: Final = (
    {"html", "head", "title", "style", "body", "div", "header", "nav", "main", "footer", "section", "article"}
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "b",
        "strong",
        "code",
        "span",
        "time",
        "mark",
    }
    | {"table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "svg", "defs", "pattern"}
    | VOID
    | SHAPES
)
ATTRIBUTES: Final = (
    {"lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "dir", "datetime", "scope", "open"}
    | {"aria-hidden", "aria-label", "aria-labelledby", "focusable", "tabindex", "x", "width", "height", "cx", "cy", "r"}
    | {"patternunits", "patterntransform"}
)
REPORTS: Final[dict[str, Callable[[], Report]]] = {
    "typical": typical,
    "compared": lambda: typical(previous=True),
    "empty": empty,
    "hostile": hostile,
    "huge": huge,
}


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    inside: list[str] = field(default_factory=list)
    text: str = ""


class Page(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        element = Element(tag, dict(attrs), [parent.name for parent in self.open])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def all(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def by_id(self, name: str) -> Element:
        (found,) = (element for element in self.elements if element.attributes.get("id") == name)
        return found


def written(report: Report) -> str:
    file = io.StringIO()
    write_html(report, file)
    return file.getvalue()


@pytest.fixture(scope="module", params=REPORTS)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(written(REPORTS[request.param]()))


@pytest.fixture(scope="module")
def compared() -> Page:
    return Page(written(typical(previous=True)))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_only_known_elements_and_attributes_occur(page: Page) -> None:
    assert {element.name for element in page.elements} <= ELEMENTS
    assert {name for element in page.elements for name in element.attributes} <= ATTRIBUTES


def test_nothing_is_loaded(page: Page) -> None:
    assert {element.attributes["href"][:1] for element in page.all("a")} == {"#"}  # type: ignore[index]
    (policy,) = (element for element in page.all("meta") if "http-equiv" in element.attributes)
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    (style,) = page.all("style")
    assert set(re.findall(r"url\(([^)]*)\)", style.text)) == {"#hatch", "#dots", "#stripes"}
    assert "@import" not in style.text


def test_links_lead_somewhere(page: Page) -> None:
    names = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(set(names)) == len(names)
    assert {element.attributes["href"] for element in page.all("a")} <= {f"#{name}" for name in names}


def test_landmarks_and_headings_are_in_order(page: Page) -> None:
    for name in ("h1", "main", "nav", "header", "footer", "title"):
        assert len(page.all(name)) == 1, name
    levels = [int(element.name[1]) for element in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(squeezed(element.text) for element in page.all("h1", "h2", "h3", "h4", "a", "summary", "th", "caption"))
    for section in page.all("section"):
        assert page.by_id(section.attributes["aria-labelledby"] or "").name == "h2"


def test_tables_and_pictures_are_told_to_screen_readers(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    assert {element.attributes.get("scope") for element in page.all("th")} == {"col", "row"}
    assert all(element.attributes.get("aria-hidden") == "true" for element in page.all("svg"))
    assert page.all("a")[0].attributes["href"] == "#main"


def test_nothing_steers_the_reader(page: Page) -> None:
    assert [found for found in steering(page.text) if found != "\n"] == []
    page.text.encode()


def test_pages_are_small(page: Page) -> None:
    assert len(page.text.encode()) <= LARGEST


@pytest.mark.parametrize("text", ["\x00", '"\u202e', "🏛", "<&>"])
def test_what_takes_most_room_still_fits(text: str) -> None:
    size = len(written(huge([text * 2_000])).encode())
    assert size <= LARGEST


def test_hostile_texts_are_shown_as_they_are() -> None:
    page = Page(written(hostile()))
    texts = {element.text for element in page.all("span", "code", "th", "td", "li")}
    for text in HOSTILE:
        if text.isprintable() and 0 < len(text) < 100:
            assert text in texts, text
    assert r"left \u202egnp.exe\u202c \u2066isolate\u2069 \u200bzero" in texts
    assert r"lone \ud800 surrogate" in texts
    assert "(empty)" in texts


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(st.characters(exclude_categories=[]), max_size=30),
    value=JSON,
    release=st.dictionaries(st.text(max_size=5) | st.just("tender"), JSON, max_size=3),
    path=st.text(max_size=10) | st.just("tender.title"),
)
def test_any_example_makes_a_page(text: str, value: object, release: dict[str, object], path: str) -> None:
    report = typical()
    example = Example(1, text, path, value, text, {text: value}, release)
    first, *others = (found for found in report.compiled_release if found.failed)
    page = Page(
        written(replace(report, sources=[text], compiled_release=[replace(first, examples=[example])], fields=[]))
    )
    assert len(page.by_id("first").text) > 100
    assert others


def test_outcomes_are_kept_apart(compared: Page) -> None:
    check = compared.by_id("check-reference.supplier_in_parties")
    for part in ("passed 118 39.3", "failed 74 24.7", "not applicable 106 35.3", "failed to run 2 0.7"):
        assert part in squeezed(check.text)
    assert "Mend it" in check.text


def test_every_check_has_its_place(compared: Page) -> None:
    report = typical(previous=True)
    names = [found.check.name for found in report.compiled_release] + [found.check.name for found in report.dataset]
    names += {found.quality for found in report.fields if found.quality}
    for name in names:
        assert name in compared.by_id(f"check-{name}").text
    for over_time in report.time_based:
        assert over_time.check.name in compared.by_id(f"change-{over_time.check.name}").text
    assert {f"field-{found.path}" for found in report.fields if found.filled} <= {
        element.attributes.get("id") for element in compared.all("li")
    }


def test_the_place_in_the_release_is_marked(compared: Page) -> None:
    marked = [element.text for element in compared.all("mark")]
    for line in (
        '"status": "active",',
        '{"id": "GB-COH-12345678", "name": "AnyCorp Cycle Provision"}',
        '"format": "PDF",',
    ):
        assert line in marked


def test_a_few_examples_are_shown_of_each_check(compared: Page) -> None:
    check = compared.text.split('<article id="check-coherent.tender_status"')[1].split("</article>")[0]
    assert len(re.findall('class="example"', check)) == EXAMPLES


def test_what_to_fix_first_comes_before_everything_else(compared: Page) -> None:
    order = [element.attributes["id"] for element in compared.all("section")]
    assert order == [
        "overview",
        "first",
        "not-checked",
        "changes",
        "coverage",
        "quality",
        "releases",
        "dataset",
        "time",
        "errors",
        "notes",
    ]
    linked = [element.attributes["href"] for element in compared.all("a") if element.inside[-1:] == ["li"]]
    assert linked == [f"#{name}" for name in order]


def test_failing_checks_come_worst_first(compared: Page) -> None:
    order = [element.attributes["id"] for element in compared.all("article")]
    failed = {f"check-{name}": counts[1] for name, (counts, *_) in COMPILED_RELEASE.items() if counts[1]}
    shown = [name for name in order if name in failed]
    assert shown == sorted(failed, key=lambda name: -failed[name])


def test_shares_are_honest() -> None:
    report = typical()
    found = next(found for found in report.compiled_release if found.failed)
    barely = replace(found, passed=999_999, failed=1, not_applicable=0, errors=0)
    check = Page(written(replace(report, compiled_release=[barely]))).by_id(f"check-{found.check.name}")
    assert "passed 999,999 >99.9 %" in squeezed(check.text)
    assert "failed 1 <0.1 %" in squeezed(check.text)


def test_without_problems_there_is_nothing_to_fix() -> None:
    report = replace(empty(), counts=replace(empty().counts, read=0, checked=0), fields=[], requirements=[])
    page = Page(written(report))
    assert "Nothing: no check found a problem." in page.by_id("first").text
    assert "no check applies to what they contain" in page.by_id("overview").text


def test_a_page_can_be_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with path.open("w", encoding="utf-8") as file:
        write_html(hostile(), file)
    assert path.read_text("utf-8").endswith("</html>\n")
