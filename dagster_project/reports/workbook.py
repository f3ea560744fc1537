"""A workbook written sheet by sheet, of text, numbers and formulas, in one language or in two.

In two languages its sheets are made and packed once: they name their texts by number, and only the list of texts and the
names of sheets differ between the two files. Until both are written each of these texts holds both languages.
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
from shutil import copyfile
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dagster_project.reports.wording import Words
from dagster_project.settings import READERS_FILE

LONGEST_TEXT = 16_000  # characters: a cell takes 32,767, of which some count as two; half of it for each of two languages
CUT = " […]"  # ends a text that is longer
_END = "\ufdd0"  # of what one language says; no character, and in no text
_NO_TEXT = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{_END}]"
)  # what no spreadsheet shows
_BOTH = re.compile(rf'(>|name=")([^<>{_END}]*){_END}([^<>{_END}]*){_END}')
_TEXTS = (
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "docProps/app.xml",
)  # all parts of a file that differ by language


class SheetFormula(NamedTuple):
    """A formula without its ``=``, of functions that every spreadsheet has, and what it comes to."""

    text: str
    value: Decimal | int | str


Cell = str | Words | int | Decimal | SheetFormula | None


class _Sheet(Worksheet):
    """A sheet whose formulas are written as they are, and whose cells are named by row and column alone."""

    def put(self, row: int, column: int, value: Cell, plain: Format) -> None:
        """Write what stands in a cell, if anything. The library's own way in asks first whether ``row`` is not "A1"."""
        if isinstance(value, (str, Words)):
            text = _shown(value, LONGEST_TEXT) if isinstance(value, str) else _both(value)
            if text.startswith("<r>") and text.endswith("</r>"):
                # The library would take this for markup of its own; in two pieces it is the text that it is.
                self._write_rich_string(row, column, plain, text[:1], plain, text[1:])
            else:
                self._write_string(row, column, text)
        elif isinstance(value, SheetFormula):
            self._write_formula(row, column, f"={value.text}", None, value.value)
        elif value is not None:
            self._write_number(row, column, value)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # The library looks each formula through for thirty functions that came after the first spreadsheets, which takes more
        # time than all the rest of a sheet. None of them is used here.
        return formula.removeprefix("=")


class Workbook:
    """A workbook that is there, whole, when the block ends without an error: in the language of the first of ``Words``,
    and where a second file is named in that of the second as well."""

    def __init__(self, nl: Path, en: Path | None = None) -> None:
        """Raises OSError where it cannot write."""
        self._files = [file for file in (nl, en) if file is not None]
        self._making = TemporaryDirectory(prefix=f".{nl.name}.", dir=nl.parent)
        self._made = Path(self._making.name) / ".both.xlsx"
        # Not in constant memory: that keeps a file open for every sheet, more than some machines allow.
        self._book = xlsxwriter.Workbook(str(self._made), {"tmpdir": self._making.name})
        self._plain = self._book.add_format()

    def __enter__(self) -> Workbook:
        return self

    def sheet(
        self,
        name: str | Words,
        rows: Iterable[Sequence[Cell]],
        widths: Mapping[int, int],
        frozen: tuple[int, int],
    ) -> None:
        """Write a sheet. ``widths`` in characters by column, counted from 1; ``frozen``: rows and columns that stay.

        Raises ``XlsxWriterException`` where a spreadsheet does not take ``name``: longer than 31 characters (29 in both
        languages together), used before, or with one of ``[]:*?/\\``."""
        shown = _both(name) if isinstance(name, Words) else name
        sheet = self._book.add_worksheet(shown, worksheet_class=_Sheet)
        for column, width in widths.items():
            sheet.set_column(column - 1, column - 1, width)
        if any(frozen):
            sheet.freeze_panes(*frozen)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.put(at, column, value, self._plain)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._making:
            if kind is None:
                self._close()
                fresh = [self._made.with_name(file.name) for file in self._files]
                _write_each_language(self._made, fresh)
                for made, file in zip(fresh, self._files, strict=True):
                    made.chmod(READERS_FILE)
                    made.replace(file)

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


def _shown(value: str, longest: int) -> str:
    """A text as a cell takes it, of at most so many characters and a word that there is more."""
    text = value if len(value) <= longest else value[:longest] + CUT
    return text if text.isprintable() else _NO_TEXT.sub("", text)


def _both(told: Words) -> str:
    """One text that holds what is said in either language."""
    nl, en = (_shown(text, LONGEST_TEXT // 2) for text in told)
    return nl if nl == en else f"{nl}{_END}{en}{_END}"


def _write_each_language(made: Path, files: Sequence[Path]) -> None:
    """A file for each language from the one of which texts hold both. Raises OSError where it cannot write."""
    same = made.with_name(".same.xlsx")
    with ZipFile(made) as both:
        with ZipFile(same, "w", ZIP_DEFLATED, compresslevel=1) as packed:
            for part in both.infolist():
                if part.filename not in _TEXTS:
                    packed.writestr(part, both.read(part))
        texts = [(part, both.read(part).decode()) for part in both.infolist() if part.filename in _TEXTS]
    for language, file in enumerate(files, start=2):
        copyfile(same, file)
        with ZipFile(file, "a", ZIP_DEFLATED) as packed:
            for part, text in texts:
                packed.writestr(part.filename, _BOTH.sub(rf"\1\{language}", text))


@lru_cache(maxsize=16384)
def column_letter(number: int) -> str:
    """``1`` is A, ``28`` is AB."""
    return xl_col_to_name(number - 1)
