import io
import re
from collections.abc import Sequence

from rich.console import Console

from pelican_async.reports.problems import Problem, problems
from pelican_async.reports.progress import SHOWN, RunProgress
from tests.pelican_async.reports.making import typical


def shown(*, terminal: bool, total: int | None = 1_000, found: Sequence[Problem] = ()) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=120, legacy_windows=False)
    with RunProgress(console) as progress:
        progress.update(250, total, 1_234, lambda: found)
        progress.stage("Merging")
        progress.update(500, total, 2_345, lambda: found)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", file.getvalue())


def test_it_shows_how_far_it_is_and_how_fast() -> None:
    text = shown(terminal=True)

    assert "50 %" in text
    assert re.search(r"2,345 releases, [\d,]+/s", text)
    assert "Merging" in text


def test_it_shows_releases_where_the_total_is_not_known() -> None:
    assert "2,345 releases" in shown(terminal=True, total=None)


def test_it_shows_what_fails_most_from_the_first_releases_on() -> None:
    found = problems(typical())
    text = shown(terminal=True, found=found[:SHOWN])

    assert "What fails most, in 1,234 releases so far:" in text
    for problem in found[:SHOWN]:
        assert problem.check.title[:60] in text
    more = shown(terminal=True, found=[found[0]] * (SHOWN + 2))
    assert "so far; 2 other checks failed, too:" in more
    assert more.count(found[0].check.title[:60]) == SHOWN * more.count("What fails most")


def test_it_does_not_look_for_failures_before_there_are_releases() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    asked: list[int] = []

    def found() -> Sequence[Problem]:
        asked.append(1)
        return ()

    with RunProgress(console) as progress:
        progress.update(0, None, 0, found)
        assert asked == []
        progress.update(0, None, 1, found)
        progress.update(0, None, 2, found)
    assert asked == [1], "and not again at once"


def test_it_shows_nothing_where_there_is_no_terminal() -> None:
    assert shown(terminal=False, found=problems(typical())) == ""
