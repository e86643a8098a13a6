import io

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from checks import catalog
from pelican_async.cli import checks as command_module
from pelican_async.cli import main
from tests.pelican_async.reports.test_visible import steering


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["checks", *arguments])


ALL = {name: level for level in catalog.LEVELS for name in catalog.find(level)}


def test_all_checks_are_listed_one_a_line() -> None:
    found = [line.split("\t") for line in run("list").output.splitlines()]

    assert {name: level for level, name, _ in found} == ALL
    assert all(title for _, _, title in found)


@pytest.mark.parametrize("name", ALL)
def test_each_check_is_explained(name: str) -> None:
    check = catalog.find(ALL[name])[name]
    ended = run("explain", name)

    assert ended.exit_code == 0
    assert ended.output.startswith(f"{name}: ")
    assert check.title in ended.output
    assert check.examples in ended.output
    words = " ".join(ended.output.split())
    assert " ".join(check.description.split()) in words
    assert " ".join(check.mend.split()) in words
    assert steering(ended.output.replace("\n", "")) == []


def test_an_unknown_name_gets_the_nearest() -> None:
    ended = run("explain", "coherent.date")

    assert ended.exit_code == 2
    assert ended.stderr.startswith("Error: there is no check 'coherent.date': did you mean coherent.dates")


@pytest.mark.parametrize("arguments", [["list"], ["explain", "coherent.tender_status"]], ids=["list", "explain"])
def test_on_a_terminal_there_are_colours(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()

    def terminal(*, highlight: bool) -> Console:
        return Console(file=file, force_terminal=True, width=80, highlight=highlight)

    monkeypatch.setattr(f"{command_module.__name__}.Console", terminal)

    assert run(*arguments).exit_code == 0
    assert "\x1b[" in file.getvalue()
    assert "`" not in file.getvalue()
