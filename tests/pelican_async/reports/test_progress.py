import io
import re

from rich.console import Console

from pelican_async.reports.progress import RunProgress


def shown(*, terminal: bool, total: int | None = 1_000) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=120, legacy_windows=False)
    with RunProgress(console) as progress:
        progress.update(250, total, 1_234)
        progress.stage("Merging")
        progress.update(500, total, 2_345)
    return file.getvalue()


def test_it_shows_how_far_it_is_and_how_fast() -> None:
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown(terminal=True))

    assert "50 %" in text
    assert re.search(r"2,345 releases, [\d,]+/s", text)
    assert "Merging" in text


def test_it_shows_releases_where_the_total_is_not_known() -> None:
    assert "2,345 releases" in shown(terminal=True, total=None)


def test_it_shows_nothing_where_there_is_no_terminal() -> None:
    assert shown(terminal=False) == ""
