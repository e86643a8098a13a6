"""Writes every failing result, one a row, to a file for spreadsheets or programs, as they come."""

import csv
import json
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Final, NamedTuple, Self

import orjson
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.exceptions import FileCreateError, FileSizeError  # type: ignore[import-untyped]

from checks.values import Json
from pelican_async.errors import UserError
from pelican_async.reports.visible import visible
from pelican_async.reports.whole_file import check_writable, part_of, writing

ROWS_PER_SHEET: Final = 1_048_576
"""A sheet of a workbook has no more, the row of headings included."""
CHARACTERS_PER_CELL: Final = 32_767
WIDTHS: Final = (30, 17, 42, 42, 40, 50)
"""How wide the columns are, in characters."""
CUT: Final = " (cut)"
"""Ends a text that was too long for a cell."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 the full-width forms count too
SURROGATES: Final = re.compile("[\ud800-\udfff]")
LARGEST_EXACT: Final = 2**53
"""Spreadsheets keep no larger whole number exactly."""

Cell = str | float | None


class FailureRow(NamedTuple):
    """One failing result. `level` is as in the catalog of checks; `path` is the concrete path in the release."""

    ocid: str | None
    level: str
    check: str
    path: str
    value: Json
    reason: str


class _Format(ABC):
    """Writes rows to one kind of file; `folder` is for what is needed only while it writes."""

    @abstractmethod
    def __init__(self, part: Path, folder: str) -> None: ...

    @abstractmethod
    def add(self, rows: Iterable[FailureRow]) -> None:
        """Write some rows."""

    @abstractmethod
    def complete(self) -> None:
        """Write what is left, and close the file."""

    @abstractmethod
    def abandon(self) -> None:
        """Close the file as it is: it is going to be removed."""


class _Csv(_Format):
    r"""Rows separated by commas, for spreadsheets.

    UTF-8 with a byte-order mark, without which Excel takes letters beyond ASCII for others. One row is one line: line
    breaks and control characters are escapes (`\n`, `\u0000`). A text that a spreadsheet would run as a formula
    begins with an apostrophe, and one longer than a cell takes is cut. For values exactly as published there is JSON
    Lines.
    """

    def __init__(self, part: Path, folder: str) -> None:  # noqa: ARG002 only workbooks need the folder
        self._file: IO[str] = part.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(FailureRow._fields)

    def add(self, rows: Iterable[FailureRow]) -> None:
        for row in rows:
            self._writer.writerow([_defused(cell) for cell in _cells(row)])

    def complete(self) -> None:
        self._file.close()

    abandon = complete


class _JsonLines(_Format):
    """One object a line, for programs. Values are as published."""

    def __init__(self, part: Path, folder: str) -> None:  # noqa: ARG002 only workbooks need the folder
        self._file: IO[bytes] = part.open("wb")

    def add(self, rows: Iterable[FailureRow]) -> None:
        for row in rows:
            self._file.write(_line(row))

    def complete(self) -> None:
        self._file.close()

    abandon = complete


class _Workbook(_Format):
    """A workbook, for Excel: rows beyond what one sheet takes go on in further sheets.

    Texts are never formulas or links. Control characters are escapes, and a text longer than a cell takes is cut.
    """

    def __init__(self, part: Path, folder: str) -> None:
        self._book = xlsxwriter.Workbook(
            str(part),
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._heading = self._book.add_format({"bold": True})
        self._next_sheet()

    def _next_sheet(self) -> None:
        number = len(self._book.worksheets()) + 1
        self._sheet = self._book.add_worksheet("Failures" if number == 1 else f"Failures {number}")
        self._sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(zip(FailureRow._fields, WIDTHS, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, name, self._heading)
        self._rows = 1

    def add(self, rows: Iterable[FailureRow]) -> None:
        for row in rows:
            if self._rows == ROWS_PER_SHEET:
                self._next_sheet()
            for column, cell in enumerate(_cells(row)):
                if type(cell) is str:
                    self._sheet.write_string(self._rows, column, _fitting(cell))
                elif cell is not None:
                    self._sheet.write_number(self._rows, column, cell)
            self._rows += 1

    def complete(self) -> None:
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        except FileSizeError as error:
            raise UserError(
                "there are too many failures for a workbook: write them to a .csv or .jsonl file"
            ) from error

    def abandon(self) -> None:
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()


_FORMATS: Final[Mapping[str, type[_Format]]] = {".csv": _Csv, ".jsonl": _JsonLines, ".xlsx": _Workbook}


def check_failures_file(path: Path) -> None:
    """Raise a `UserError` if failures can't be written to this file."""
    if path.suffix.lower() not in _FORMATS:
        raise UserError(f"{path} has no ending that says how to write failures: use {', '.join(_FORMATS)}")
    check_writable(path)


class FailureWriter:
    """Writes rows as they come, in flat memory, for a `with` block.

    The kind of file is that of its ending: `.csv`, `.jsonl` or `.xlsx`. The file is there only when the block ends
    without an exception. Raises a `UserError` for another ending, or if the file can't be written.
    """

    def __init__(self, path: Path) -> None:
        check_failures_file(path)
        self.path = path
        self._opened = self._open()

    def __enter__(self) -> Self:
        """Begin the file, beside its place."""
        self._format = self._opened.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the file and put it in its place, or leave nothing behind."""
        self._opened.__exit__(kind, error, trace)

    def add(self, rows: Iterable[FailureRow]) -> None:
        """Write some rows."""
        with writing(self.path):
            self._format.add(rows)

    @contextmanager
    def _open(self) -> Iterator[_Format]:
        with part_of(self.path) as part, TemporaryDirectory(prefix="pelican-async-") as folder:
            with writing(self.path):
                opened = _FORMATS[self.path.suffix.lower()](part, folder)
            try:
                yield opened
            except BaseException:
                opened.abandon()
                raise
            with writing(self.path):
                opened.complete()


def _cells(row: FailureRow) -> tuple[Cell, ...]:
    return (row.ocid, row.level, row.check, row.path, _cell(row.value), row.reason)


def _cell(value: Json) -> Cell:
    """Give strings and numbers as they are, nothing for null, anything else as compact JSON."""
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None or (kind is float and math.isfinite(value)) or (kind is int and abs(value) <= LARGEST_EXACT):
        number: float | None = value
        return number
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _defused(cell: Cell) -> Cell:
    if type(cell) is not str:
        return cell
    return _cut(f"'{visible(cell)}" if cell.startswith(FORMULA) else visible(cell))


def _fitting(cell: str) -> str:
    text = visible(cell)
    if text.startswith("<r>"):  # XlsxWriter takes such a text for markup of its own
        text = f"'{text}"
    return _cut(text)


def _cut(text: str) -> str:
    """Cut a text to what a cell takes: of one that is longer, spreadsheets make further rows."""
    if 2 * len(text) <= CHARACTERS_PER_CELL:
        return text
    units = text.encode("utf-16-le")  # a cell's characters are UTF-16 units
    if len(units) <= 2 * CHARACTERS_PER_CELL:
        return text
    return units[: 2 * (CHARACTERS_PER_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _line(row: FailureRow) -> bytes:
    try:
        return orjson.dumps(row._asdict(), option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a number beyond 64 bits, or half of a surrogate pair
        written = json.dumps(row._asdict(), ensure_ascii=False, separators=(",", ":"))
        return SURROGATES.sub("�", written).encode() + b"\n"
