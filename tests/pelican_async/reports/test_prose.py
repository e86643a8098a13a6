import doctest

from hypothesis import given
from hypothesis import strategies as st

from checks import catalog
from pelican_async.reports import prose as module
from pelican_async.reports.prose import paragraphs, spans


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0


@given(st.text("a`\n- ", max_size=40))
def test_nothing_but_backticks_gets_lost(text: str) -> None:
    assert "".join(span.text for span in spans(text)).replace("`", "") == text.replace("`", "")


def test_every_text_of_every_check_can_be_read() -> None:
    for level in catalog.LEVELS:
        for check in catalog.find(level).values():
            found = paragraphs(check.description)
            assert found, check.name
            assert all(bool(paragraph.text) != bool(paragraph.items) for paragraph in found), check.name
            assert not any("`" in span.text for span in spans(check.title)), check.name
