"""A workbook written sheet by sheet, of text, numbers and formulas.

Text is written as text, whatever it begins with: only a ``SheetFormula`` is calculated. Beside each formula stands what it
comes to, for programs that show a workbook without calculating; one that calculates is told to do so on opening.
What does not belong here: what is on the sheets (``dossier``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dagster_project.settings import READERS_FILE

LONGEST_TEXT = 16_000  # characters: a cell takes 32,767, of which some count as two
CUT = " […]"  # ends a text that is longer
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no spreadsheet shows


class SheetFormula(NamedTuple):
    """A formula without its ``=``, of functions that every spreadsheet has, and what it comes to."""

    text: str
    value: Decimal | int | str


Cell = str | int | Decimal | SheetFormula | None


class _Sheet(Worksheet):
    """A sheet whose formulas are written as they are."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # The library looks each formula through for thirty functions that came after the first spreadsheets, which takes more
        # time than all the rest of a sheet. None of them is used here.
        return formula.removeprefix("=")


class Workbook:
    """A workbook that is there, whole, when the block ends without an error."""

    def __init__(self, file: Path) -> None:
        """Raises OSError where it cannot write."""
        self._file = file
        self._making = TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent)
        self._fresh = Path(self._making.name) / file.name
        # Not in constant memory: that keeps a file open for every sheet, more than some machines allow.
        self._book = xlsxwriter.Workbook(str(self._fresh), {"tmpdir": self._making.name})
        self._plain = self._book.add_format()

    def __enter__(self) -> Workbook:
        return self

    def sheet(
        self, name: str, rows: Iterable[Sequence[Cell]], widths: Mapping[int, int], frozen: tuple[int, int]
    ) -> None:
        """Write a sheet. ``widths`` in characters by column, counted from 1; ``frozen``: rows and columns that stay.

        Raises ``XlsxWriterException`` where a spreadsheet does not take ``name``: longer than 31 characters, used before,
        or with one of ``[]:*?/\\``."""
        sheet = self._book.add_worksheet(name, worksheet_class=_Sheet)
        for column, width in widths.items():
            sheet.set_column(column - 1, column - 1, width)
        if any(frozen):
            sheet.freeze_panes(*frozen)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    self._write_text(sheet, at, column, value)
                elif isinstance(value, SheetFormula):
                    sheet.write_formula(at, column, f"={value.text}", None, value.value)
                elif value is not None:
                    sheet.write_number(at, column, value)

    def _write_text(self, sheet: Worksheet, row: int, column: int, value: str) -> None:
        text = value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + CUT
        if not text.isprintable():
            text = _NO_TEXT.sub("", text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library would take this for markup of its own; in two pieces it is the text that it is.
            sheet.write_rich_string(row, column, self._plain, text[:1], self._plain, text[1:])
        else:
            sheet.write_string(row, column, text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._making:
            if kind is None:
                self._close()
                self._fresh.chmod(READERS_FILE)
                self._fresh.replace(self._file)

    def _close(self) -> None:
        """Raises the OSError that the library wraps in an error of its own."""
        try:
            self._book.close()
        except FileCreateError as refused:
            raise refused.args[0] from None
        for sheet in (
            self._book.worksheets()
        ):  # it and its book hold each other: all its cells would wait for a search for cycles
            vars(sheet).clear()


@lru_cache(maxsize=16384)
def column_letter(number: int) -> str:
    """``1`` is A, ``28`` is AB."""
    return xl_col_to_name(number - 1)
