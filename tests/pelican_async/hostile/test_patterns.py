"""No text, however it is made, keeps a pattern or whatever else reads texts busy: the work grows as the text does."""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from itertools import product
from typing import Any, Final

import pytest

import checks
import pelican_async
from checks import catalog, values
from checks.days import day
from checks.moments import date_time, moment
from pelican_async.masking import masked, masked_text, secrets_in
from pelican_async.network.target import LONGEST, read
from pelican_async.reports.page import excerpt
from pelican_async.reports.visible import visible
from pelican_async.sources.finding import shown
from pelican_async.sources.parsing import NotJson, parse
from tests.checks.building import reference_data

LENGTH: Final = 16_000
QUADRATIC: Final = re.compile("a+b")
"""What is slow is told by this, the fastest known: it tries from each letter all those that follow.

What is linear takes a tenth of its processor time, most of it a hundredth.
"""
TRIES: Final = 3
KILLED_AFTER: Final = 60
HOW: Final = {
    "checks.field.email._ADDRESS": "fullmatch",
    "checks.field.telephone._PLAIN": "fullmatch",
    "checks.days._PLAIN": "fullmatch",
    "pelican_async.database.schema._COMMENT": "sub",
    "pelican_async.database.schema._MADE": "match",
    "pelican_async.masking._NAMES": "search",
    "pelican_async.masking._PARAMETER": "sub",
    "pelican_async.masking._SEPARATORS": "sub",
    "pelican_async.masking._URL": "sub",
    "pelican_async.masking._USER": "search",
    "pelican_async.reference.fixer.CURRENCY": "fullmatch",
    "pelican_async.reports.failures.SURROGATES": "sub",
    "pelican_async.reports.json_file._SURROGATES": "sub",
    "pelican_async.reports.page.excerpt._KEYS": "sub",
    "pelican_async.reports.visible.STEERING": "sub",
    "pelican_async.sources.parsing._ESCAPE": "sub",
    "pelican_async.sources.parsing._STRING": "sub",
    "pelican_async.sources.scanning._ENTRY": "match",
    "pelican_async.sources.scanning._NESTED": "match",
    "pelican_async.sources.scanning._RESUME": "search",
    "pelican_async.sources.scanning._SCALAR": "match",
    "pelican_async.sources.scanning._SPACE": "match",
    "pelican_async.sources.scanning._SPACE_OUTSIDE": "match",
    "pelican_async.sources.scanning._STEP": "match",
    "pelican_async.sources.scanning._TOKEN": "sub",
    "pelican_async.sources.scanning._WORD": "fullmatch",
    "pelican_async.web.refusing.HOST": "fullmatch",
}
"""All patterns of the code, and how they are used; but for those that only ever read this project's own texts."""
OF_OUR_TEXTS: Final = {"pelican_async.reports.prose._CODE"}
UNITS: Final = (
    *("a", "1", " ", "\n", "\\", '"', "(", ")", "[", "{", "]", ".", "@", "/", "?", "&", "=", ":", "+", "-", "_", "é"),
    *("a.", "a@", "a-", "//", "//:", "//a:", "://", "?key", "&key=", "key", "?a=", "[{", "[]", '{"', '"a"', "\\\\"),
    *('\\"', "\\u", "\\ud800", "\\ud800\\udc00", "(a", "(\\", "(()", "\r\n ", "\t\n[", "a,", "1,", "-1.", "e+", "1e9"),
    *("2020-", "2020-01-01T", "T00:00:00", ".000", "+44", "tel:", ";ext=", ";phone-context=", "\x1b[", "\ud800", "<a>"),
    *("http://", "a://b@", "[0]", "a[0].", "%41", "xn--", "１", "\u202e"),  # noqa: RUF001 a full-width digit
)
ENDS: Final = ("", "!", "@", '"')
BEGINNINGS: Final = ("", "2020-01-01T00:00:00.", "+", '"')


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Give all patterns that the code has compiled."""
    for package in (checks, pelican_async):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


PATTERNS: Final = dict(patterns())


def texts() -> Iterator[str]:
    """Give long texts that repeat something short."""
    for beginning, unit, end in product(BEGINNINGS, UNITS, ENDS):
        if not beginning or not end:  # not all with all: that makes no difference, and takes a while
            yield beginning + unit * (LENGTH // len(unit)) + end


@contextmanager
def interrupted() -> Iterator[None]:
    """End what never ends."""

    def interrupt(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(KILLED_AFTER)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def seconds(function: Callable[[Any], object], given: Any) -> Iterator[float]:  # noqa: ANN401 texts or bytes
    """Give the processor time that a function takes, a few times, since a processor can be busy with something else."""
    for _ in range(TRIES):
        begun = time.process_time()
        function(given)
        yield time.process_time() - begun


@cache
def limit() -> float:
    """Give half of the processor time that something quadratic takes here."""
    return min(seconds(QUADRATIC.search, "a" * LENGTH)) / 2


def slow(function: Callable[[Any], object], given: Any) -> bool:  # noqa: ANN401 texts or bytes
    """Say whether a function takes too long."""
    return all(taken > limit() for taken in seconds(function, given))


@pytest.mark.parametrize("pattern", [r"a+b", r"(?:a|b)+c", r"a*?b", r"a+$"])
def test_what_is_quadratic_is_found(pattern: str) -> None:
    assert slow(re.compile(pattern).search, "a" * LENGTH + "!")


def test_all_patterns_are_known() -> None:
    assert set(PATTERNS) - OF_OUR_TEXTS == set(HOW)


@pytest.mark.parametrize("name", HOW)
def test_patterns_are_linear(name: str) -> None:
    pattern = PATTERNS[name]
    is_text = isinstance(pattern.pattern, str)
    use = getattr(pattern, HOW[name])
    if HOW[name] == "sub":
        use = partial(use, "" if is_text else b"")
    for text in texts():
        with interrupted():
            assert not slow(use, text if is_text else text.encode("utf-8", "replace")), text[:40]


def field_check(name: str) -> Callable[[str], object]:
    return lambda text: catalog.find("field")[name].module.check(text, reference_data(), "")


READERS: Final[Mapping[str, Callable[[str], object]]] = {
    **{f"the check {name}": field_check(name) for name in catalog.find("field")},
    "days.day": day,
    "moments.date_time": date_time,
    "moments.moment": moment,
    "values.number": values.number,
    "masked": masked,
    "masked_text": masked_text,
    "secrets_in": lambda text: list(secrets_in(text)),
    "target.read": lambda text: read(text[:LONGEST]),
    "visible": visible,
    "shown": shown,
    "the place of an excerpt": lambda text: excerpt.excerpt({}, text),
    "parse": lambda text: parse(text.encode("utf-8", "replace"), 200),
    "parse, in quotes": lambda text: parse(b'"' + text.encode("utf-8", "replace") + b'"', 200),
}
"""What reads texts of publishers in other ways, those of libraries among them."""


@pytest.mark.parametrize("name", READERS)
def test_what_reads_texts_is_linear(name: str) -> None:
    def use(text: str) -> None:
        with suppress(ValueError, NotJson):
            READERS[name](text)

    for text in texts():
        with interrupted():
            assert not slow(use, text), text[:40]


@pytest.mark.parametrize("digits", ["9", "-9", "0.9", "1e", "1.9e-"])
def test_numbers_of_any_length_are_read_in_linear_time(digits: str) -> None:
    text = f"[{digits}{'9' * 1_000_000}, NaN]".encode()

    def use(text: bytes) -> None:
        with suppress(NotJson):
            parse(text, 200)

    with interrupted():
        assert not slow(use, text)
