import csv
import json
import re
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from checks.values import Json
from pelican_async.errors import UserError
from pelican_async.reports import failures
from pelican_async.reports.failures import CHARACTERS_PER_CELL, FailureRow, FailureWriter
from tests.pelican_async.reports.making import HOSTILE
from tests.pelican_async.reports.test_visible import JSON

COLUMNS = ["ocid", "level", "check", "path", "value", "reason"]
SPACE = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ENDINGS = ["csv", "jsonl", "xlsx"]


def row(value: Json, ocid: str | None = "ocds-213czf-1", reason: str = "is not a date") -> FailureRow:
    return FailureRow(ocid, "field", "date_time", "awards[0].date", value, reason)


def write(path: Path, rows: Sequence[FailureRow]) -> Path:
    with FailureWriter(path) as writer:
        writer.add(rows)
    return path


def interrupted() -> Iterator[FailureRow]:
    yield row("x")
    raise KeyboardInterrupt


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def read_sheets(path: Path) -> dict[str, list[list[str | float | None]]]:
    with zipfile.ZipFile(path) as archive:
        names = [sheet.get("name", "") for sheet in parse(archive, "workbook").iterfind(".//sheet", SPACE)]
        roots = [parse(archive, f"worksheets/sheet{number + 1}") for number in range(len(names))]
    assert not any(root.findall(".//f", SPACE) for root in roots), "formulas"
    return {
        name: [[cell(found) for found in line] for line in root.iterfind(".//row", SPACE)]
        for name, root in zip(names, roots, strict=True)
    }


def parse(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(f"xl/{part}.xml"))  # noqa: S314 what was just written


def cell(found: ET.Element) -> str | float | None:
    if found.get("t") == "inlineStr":
        return "".join(text.text or "" for text in found.iterfind(".//t", SPACE))
    number = found.find("v", SPACE)
    return None if number is None else float(number.text or "")


def test_csv_has_a_row_for_each_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.csv", [row("05/03/2024"), row(None, None), row({"a": [1, "é"]}), row(-1.5)])

    assert path.read_bytes().startswith(b"\xef\xbb\xbfocid,level,check,path,value,reason\r\n")
    assert read_csv(path) == [
        COLUMNS,
        ["ocds-213czf-1", "field", "date_time", "awards[0].date", "05/03/2024", "is not a date"],
        ["", "field", "date_time", "awards[0].date", "", "is not a date"],
        ["ocds-213czf-1", "field", "date_time", "awards[0].date", '{"a":[1,"é"]}', "is not a date"],
        ["ocds-213czf-1", "field", "date_time", "awards[0].date", "-1.5", "is not a date"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+44 20 7946", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])  # noqa: RUF001
def test_csv_has_no_formulas(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "failures.csv", [row(text, ocid=text, reason=text)])

    assert all(found.startswith("'") for found in (read_csv(path)[1][0], read_csv(path)[1][4], read_csv(path)[1][5]))


def test_csv_has_one_line_a_row_whatever_is_in_it(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.csv", [row(text, ocid=text, reason=text) for text in HOSTILE])

    assert len(path.read_bytes().split(b"\r\n")) == len(HOSTILE) + 2
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f]", path.read_bytes())
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_json_lines_have_the_values_as_published(tmp_path: Path) -> None:
    values: list[Json] = ["=1+1", "a\nb\0", None, 1, 10**30, {"a": [True]}, [], ""]
    path = write(tmp_path / "failures.jsonl", [row(value) for value in values])

    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["value"] for line in lines] == values
    assert list(lines[0]) == COLUMNS


def test_json_lines_can_be_read_whatever_is_in_them(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.jsonl", [row(text, ocid=text, reason=text) for text in HOSTILE])

    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [line["ocid"] for line in lines] == [text.replace("\ud800", "�") for text in HOSTILE]


def test_a_workbook_has_a_row_for_each_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.xlsx", [row("=1+1"), row(-1.5), row("https://example.org"), row([None])])

    lines = read_sheets(path)["Failures"]
    assert lines[0] == COLUMNS
    assert [line[4] for line in lines[1:]] == ["=1+1", -1.5, "https://example.org", "[null]"]


def test_a_workbook_can_be_read_whatever_is_in_it(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if text]
    path = write(tmp_path / "failures.xlsx", [row(text, ocid=text, reason=text) for text in texts])

    assert len(read_sheets(path)["Failures"]) == len(texts) + 1


def test_markup_of_a_workbook_is_a_text(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.xlsx", [row("<r><t>rich</t></r>"), row("<r></is></c></r>")])

    assert [line[4] for line in read_sheets(path)["Failures"][1:]] == ["'<r><t>rich</t></r>", "'<r></is></c></r>"]


def test_a_text_too_long_for_a_cell_is_cut(tmp_path: Path) -> None:
    longest, longer, wide = "x" * CHARACTERS_PER_CELL, "x" * (CHARACTERS_PER_CELL + 1), "🏛" * 20_000
    path = write(tmp_path / "failures.xlsx", [row(longest), row(longer), row(wide)])

    found = [str(line[4]) for line in read_sheets(path)["Failures"][1:]]
    assert found[0] == longest
    assert found[1] == "x" * (CHARACTERS_PER_CELL - 6) + " (cut)"
    assert found[2].endswith("🏛 (cut)")
    assert len(found[2].encode("utf-16-le")) // 2 <= CHARACTERS_PER_CELL


def test_a_text_too_long_for_a_cell_makes_no_further_rows_of_csv(tmp_path: Path) -> None:
    path = write(tmp_path / "failures.csv", [row("=" * CHARACTERS_PER_CELL), row("x" * (CHARACTERS_PER_CELL + 1))])

    found = [line[4] for line in read_csv(path)[1:]]
    assert [len(text) for text in found] == [CHARACTERS_PER_CELL] * 2
    assert [text[:2] for text in found] == ["'=", "xx"]
    assert all(text.endswith(" (cut)") for text in found)


def test_a_workbook_goes_on_in_further_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "ROWS_PER_SHEET", 4)
    path = write(tmp_path / "failures.xlsx", [row(number) for number in range(7)])

    sheets = read_sheets(path)
    assert {name: [line[4] for line in lines] for name, lines in sheets.items()} == {
        "Failures": ["value", 0, 1, 2],
        "Failures 2": ["value", 3, 4, 5],
        "Failures 3": ["value", 6],
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_without_failures_can_be_read(tmp_path: Path, ending: str) -> None:
    assert write(tmp_path / f"failures.{ending}", []).exists()


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=30)
@given(value=JSON)
def test_any_value_can_be_written(tmp_path_factory: pytest.TempPathFactory, ending: str, value: Json) -> None:
    path = tmp_path_factory.mktemp("failures") / f"failures.{ending}"

    assert write(path, [row(value)]).stat().st_size


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_aborted_run_leaves_nothing_behind(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), FailureWriter(tmp_path / f"failures.{ending}") as writer:
        writer.add(interrupted())

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_the_file_is_left_of_a_run(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = write(tmp_path / f"failures.{ending}", [row("x")])

    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["failures", "failures.txt", "failures.xls", ".csv"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"use \.csv, \.jsonl, \.xlsx"):
        FailureWriter(tmp_path / name)


def test_an_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert read_csv(write(tmp_path / "FAILURES.CSV", []))[0] == COLUMNS


@pytest.mark.parametrize("ending", ENDINGS)
def test_memory_is_flat(tmp_path: Path, ending: str) -> None:
    rows = (row({"number": number, "text": "x" * 20_000}) for number in range(1_000))
    tracemalloc.start()
    with FailureWriter(tmp_path / f"failures.{ending}") as writer:
        writer.add(rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3_000_000, "bytes, of 20 million"
