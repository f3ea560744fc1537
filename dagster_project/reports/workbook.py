"""A workbook written sheet by sheet, of text, numbers and formulas, straight to XML.

A library that makes an object of every cell takes ten times as long, which a night with hundreds of sheets notices.
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
from types import TracebackType
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from dagster_project.reports.markup import escaped
from dagster_project.settings import READERS_FILE

LONGEST_TEXT = 32_000  # characters that a cell takes
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for an escaped character
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SheetFormula(NamedTuple):
    """A formula without its ``=``, and what it comes to."""

    text: str
    value: Decimal | int | str


Cell = str | int | Decimal | SheetFormula | None


class Workbook:
    """A workbook that is there, whole, when the block ends without an error."""

    def __init__(self, file: Path) -> None:
        """Raises OSError where it cannot write."""
        self._file = file
        self._fresh = file.with_name(f".{file.name}.tmp")
        self._names: list[str] = []
        self._zip = ZipFile(self._fresh, "w", ZIP_DEFLATED, compresslevel=2)

    def __enter__(self) -> Workbook:
        return self

    def sheet(
        self, name: str, rows: Iterable[Sequence[Cell]], widths: Mapping[int, int], frozen: tuple[int, int]
    ) -> None:
        """Write a sheet. ``widths`` in characters by column, counted from 1; ``frozen``: rows and columns that stay."""
        self._names.append(name)
        out = [
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{_pane(*frozen)}'
        ]
        out.append("</sheetView></sheetViews>")
        if widths:
            columns = (
                f'<col min="{at}" max="{at}" width="{w}" customWidth="1"/>' for at, w in widths.items()
            )
            out.append(f"<cols>{''.join(columns)}</cols>")
        out.append("<sheetData>")
        for number, row in enumerate(rows, start=1):
            cells = [
                _cell(f"{column_letter(at)}{number}", value)
                for at, value in enumerate(row, start=1)
                if value is not None
            ]
            out.append(f'<row r="{number}">{"".join(cells)}</row>')
        out.append("</sheetData></worksheet>")
        self._zip.writestr(f"xl/worksheets/sheet{len(self._names)}.xml", "".join(out))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for path, content in self._parts():
                self._zip.writestr(path, _HEAD + content)
        self._zip.close()
        if kind is None:
            self._fresh.chmod(READERS_FILE)
            self._fresh.replace(self._file)
        else:
            self._fresh.unlink(missing_ok=True)

    def _parts(self) -> Iterable[tuple[str, str]]:
        numbered = list(enumerate(self._names, start=1))
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for n, _ in numbered
        )
        yield (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        )
        yield (
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        sheets = "".join(f'<sheet name="{_text(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
        yield (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
            '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>',
        )
        parts = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        yield (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{parts}'
            f'<Relationship Id="rId{len(numbered) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        yield (
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="1"><xf xfId="0"/></cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        )


@lru_cache(maxsize=16384)
def column_letter(number: int) -> str:
    """``1`` is A, ``28`` is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(place: str, value: str | int | Decimal | SheetFormula) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, SheetFormula):
        kind = ' t="str"' if isinstance(value.value, str) else ""
        told = (
            _text(value.value)
            if isinstance(value.value, str)
            else f"{value.value:f}"
            if isinstance(value.value, Decimal)
            else value.value
        )
        return f'<c r="{place}"{kind}><f>{escaped(value.text)}</f><v>{told}</v></c>'
    return (
        f'<c r="{place}"><v>{value:f}</v></c>'
        if isinstance(value, Decimal)
        else f'<c r="{place}"><v>{value}</v></c>'
    )


def _text(text: str) -> str:
    text = escaped(text[:LONGEST_TEXT])
    if not text.isprintable():
        text = _NO_XML.sub("", text)
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def _pane(rows: int, columns: int) -> str:
    if not rows and not columns:
        return ""
    across = f' xSplit="{columns}"' if columns else ""
    down = f' ySplit="{rows}"' if rows else ""
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    return f'<pane{across}{down} topLeftCell="{column_letter(columns + 1)}{rows + 1}" activePane="{pane}" state="frozen"/>'
