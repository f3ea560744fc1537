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
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dagster_project.reports.wording import Bilingual
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


Cell = str | Bilingual | int | Decimal | SheetFormula | None


_SAME_SPAN = 16  # rows of which a file tells together from which column to which they reach


class _Sheet(Worksheet):
    """A sheet of rows that are made into their part of the file as they come. The library would keep a record of each cell,
    and look at each three times more to find what none of these has: formats, comments, functions that came later."""

    def fill(self, rows: Iterable[Sequence[Cell]], plain: Format) -> None:
        """Write all rows, from the top."""
        self._made: list[str] = []
        reach: list[
            tuple[int, int]
        ] = []  # per block of rows the first column with something in it, and the last
        block: list[tuple[int, str]] = []
        shown: list[int] = []  # rows
        least, most = self.xls_colmax, -1
        for at, row in enumerate(rows):
            if at % _SAME_SPAN == 0 and block:
                self._add(block, least, most)
                reach.append((least, most))
                block, least, most = [], self.xls_colmax, -1
            cells = [
                self._cell(at, column, value, plain) for column, value in enumerate(row) if value is not None
            ]
            if cells:
                there = [column for column, value in enumerate(row) if value is not None]
                least, most = min(least, there[0]), max(most, there[-1])
                block.append((at, "".join(cells)))
                shown.append(at)
        if block:
            self._add(block, least, most)
            reach.append((least, most))
        if reach:
            self.dim_rowmin, self.dim_rowmax = shown[0], shown[-1]
            self.dim_colmin, self.dim_colmax = (
                min(first for first, _ in reach),
                max(last for _, last in reach),
            )

    def _add(self, block: Iterable[tuple[int, str]], least: int, most: int) -> None:
        spans = f"{least + 1}:{most + 1}"
        self._made += [f'<row r="{at + 1}" spans="{spans}">{cells}</row>' for at, cells in block]

    def _cell(
        self, row: int, column: int, value: str | Bilingual | int | Decimal | SheetFormula, plain: Format
    ) -> str:
        place = f"{column_letter(column + 1)}{row + 1}"
        if isinstance(value, (str, Bilingual)):
            text = _shown(value, LONGEST_TEXT) if isinstance(value, str) else _both(value)
            if text.startswith("<r>") and text.endswith("</r>"):
                # The library would take this for markup of its own; in two pieces it is the text that it is.
                self._write_rich_string(row, column, plain, text[:1], plain, text[1:])
                number = self.table[row].pop(column).string
            else:
                number = self.str_table._get_shared_string_index(text)
            return f'<c r="{place}" t="s"><v>{number}</v></c>'
        if isinstance(value, SheetFormula):
            kind = ' t="str"' if isinstance(value.value, str) else ""
            return f'<c r="{place}"{kind}><f>{self._escape_data(value.text)}</f><v>{self._escape_data(value.value)}</v></c>'
        return f'<c r="{place}"><v>{value:.16G}</v></c>'

    def _write_rows(self) -> None:
        self.fh.write("".join(self._made))


class _Book(xlsxwriter.Workbook):
    """A workbook whose parts are left as files, to be packed here: they go into two workbooks."""

    parts: Sequence[
        tuple[str, str, bool]
    ] = ()  # of each the file, its name in a workbook, and whether it is no text

    def _store_workbook(self) -> None:
        self.worksheets_objs[0].selected = self.worksheets_objs[0].active = True
        self._prepare_sst_string_data()
        packager = self._get_packager()
        packager._add_workbook(self)
        packager._set_tmpdir(self.tmpdir)
        self.parts = packager._create_package()


class Workbook:
    """A workbook that is there, whole, when the block ends without an error: in the language of the first of ``Bilingual``,
    and where a second file is named in that of the second as well."""

    def __init__(self, nl: Path, en: Path | None = None) -> None:
        """Raises OSError where it cannot write."""
        self._files = [file for file in (nl, en) if file is not None]
        self._making = TemporaryDirectory(prefix=f".{nl.name}.", dir=nl.parent)
        # Not in constant memory: that keeps a file open for every sheet, more than some machines allow.
        self._book = _Book(None, {"tmpdir": self._making.name})
        self._plain = self._book.add_format()

    def __enter__(self) -> Workbook:
        return self

    def sheet(
        self,
        name: str | Bilingual,
        rows: Iterable[Sequence[Cell]],
        widths: Mapping[int, int],
        frozen: tuple[int, int],
    ) -> None:
        """Write a sheet. ``widths`` in characters by column, counted from 1; ``frozen``: rows and columns that stay.

        Raises ``XlsxWriterException`` where a spreadsheet does not take ``name``: longer than 31 characters (29 in both
        languages together), used before, or with one of ``[]:*?/\\``."""
        shown = _both(name) if isinstance(name, Bilingual) else name
        sheet = self._book.add_worksheet(shown, worksheet_class=_Sheet)
        for column, width in widths.items():
            sheet.set_column(column - 1, column - 1, width)
        if any(frozen):
            sheet.freeze_panes(*frozen)
        sheet.fill(rows, self._plain)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._making:
            if kind is None:
                self._close()
                fresh = [Path(self._making.name) / file.name for file in self._files]
                _write_each_language(self._book.parts, fresh)
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


@lru_cache(maxsize=4096)  # most are what is said of every sum
def _both(told: Bilingual) -> str:
    """One text that holds what is said in either language."""
    nl, en = (_shown(text, LONGEST_TEXT // 2) for text in told)
    return nl if nl == en else f"{nl}{_END}{en}{_END}"


def _write_each_language(parts: Iterable[tuple[str, str, bool]], files: Sequence[Path]) -> None:
    """A file for each language from the parts of a book (see ``_Book``) of which texts hold both. Raises OSError where it
    cannot write."""
    same, texts = files[0].with_name(".same.xlsx"), []
    with ZipFile(same, "w") as packed:
        for part, name, _ in parts:
            if name in _TEXTS:
                texts.append((name, Path(part).read_text(encoding="utf-8")))
            else:
                packed.writestr(ZipInfo(name), Path(part).read_bytes(), ZIP_DEFLATED, compresslevel=1)
    for language, file in enumerate(files, start=2):
        copyfile(same, file)
        with ZipFile(file, "a") as packed:
            for name, text in texts:
                packed.writestr(ZipInfo(name), _BOTH.sub(rf"\1\{language}", text), ZIP_DEFLATED)


@lru_cache(maxsize=16384)
def column_letter(number: int) -> str:
    """``1`` is A, ``28`` is AB."""
    return xl_col_to_name(number - 1)
