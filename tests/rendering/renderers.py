"""Printers of laid-out tables: web page, workbook, PDF, and the text layouts."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

from rendering.positions import Position, Printed

STYLE = """
@page { size: A4 landscape; margin: 15mm; @bottom-center { content: counter(page) } }
body { font: 7pt 'DejaVu Sans', sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { padding: 1.5pt 3pt; text-align: left; vertical-align: middle }
td.n { text-align: right; white-space: nowrap }
th { font-weight: bold }
table.ruled th, table.ruled td { border: 0.5pt solid #444 }
"""
_NUMERIC = re.compile(r"[VN]?[\s€(-]*\d[\d.,]*[)\-%VN*¹²³\s]*|(?:€ )?[-–.]|n\.?n?\.?b\.?|n\.v\.t\.")


def is_numeric(text: str) -> bool:
    """Whether a printer sets a text at the right of its column."""
    return _NUMERIC.fullmatch(text.strip()) is not None


def as_html(printed: Printed, title: str = "", caption: str = "", ruled: bool = True) -> bytes:
    """A page with one table, its headers merged with colspan and rowspan."""
    head = sum(1 for row in printed if any(p and p.is_header for p in row))
    rows = ["".join(_tag(p) for p in row if p) for row in printed]
    thead = "".join(f"<tr>{row}</tr>\n" for row in rows[:head])
    tbody = "".join(f"<tr>{row}</tr>\n" for row in rows[head:])
    name = "ruled" if ruled else "open"
    return (
        f"<!doctype html>\n<html lang='nl'><head><meta charset='utf-8'><style>{STYLE}</style></head><body>\n"
        f"<h2>{html.escape(title)}</h2>\n<p>{html.escape(caption)}</p>\n"
        f"<table class='{name}'><thead>{thead}</thead><tbody>{tbody}</tbody></table></body></html>\n"
    ).encode()


def _tag(p: Position) -> str:
    name = "th" if p.is_header else "td"
    span = f" colspan='{p.colspan}'" * (p.colspan > 1) + f" rowspan='{p.rowspan}'" * (p.rowspan > 1)
    right = " class='n'" if not p.is_header and is_numeric(p.text) else ""
    return f"<{name}{span}{right}>{html.escape(p.text)}</{name}>"


def as_xlsx(printed: Printed, title: str = "", caption: str = "") -> bytes:
    """A workbook with merged cells; whole amounts are numbers with a format, the rest is text."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for text in filter(None, (title, caption)):
        sheet.append([text])
    start = sheet.max_row + 2 if (title or caption) else 1
    for r, row in enumerate(printed, start):
        for c, p in enumerate(row, 1):
            if p is None:
                continue
            cell = sheet.cell(r, c)
            cell.value, cell.number_format = _value(p)
            if p.colspan > 1 or p.rowspan > 1:
                last_row, last_column = r + p.rowspan - 1, c + p.colspan - 1
                sheet.merge_cells(start_row=r, start_column=c, end_row=last_row, end_column=last_column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _value(p: Position):
    if not p.is_header and re.fullmatch(r"-?\d{1,3}(\.\d{3})*", p.text):
        return int(p.text.replace(".", "")), "#,##0"
    if not p.is_header and re.fullmatch(r"-?\d+,\d+", p.text):
        decimals = len(p.text.partition(",")[2])
        return float(p.text.replace(",", ".")), "0." + "0" * decimals
    return p.text or None, "General"


def as_pdf_of_html(printed: Printed, title: str = "", caption: str = "", ruled: bool = True) -> bytes:
    """The web page printed to PDF; raises OSError where the libraries of the printer are absent."""
    import weasyprint

    return weasyprint.HTML(string=as_html(printed, title, caption, ruled).decode()).write_pdf()


def as_pdf(printed: Printed, title: str = "", caption: str = "", ruled: bool = False) -> bytes:
    """A PDF drawn directly; without rulings the columns only show in how the figures line up."""
    from fpdf import FPDF
    from fpdf.enums import TableBordersLayout, TableSpan
    from fpdf.fonts import FontFace

    pdf = FPDF(orientation="landscape", format="A4")
    font = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if font is None:
        raise OSError("no font with the letters of Dutch on this machine")
    pdf.add_font("sans", fname=font)
    pdf.add_page()
    pdf.set_font("sans", size=7)
    for text in filter(None, (title, caption)):
        pdf.multi_cell(0, text=text, new_x="LMARGIN", new_y="NEXT")
    borders = TableBordersLayout.ALL if ruled else TableBordersLayout.NONE
    widths = (3.0, *[1.0] * (len(printed[0]) - 1))
    with pdf.table(
        borders_layout=borders, col_widths=widths, first_row_as_headings=False, line_height=4, padding=1
    ) as table:
        style = FontFace()
        for row in printed:
            line = table.row()
            for c, p in enumerate(row):
                if p is None:
                    line.cell(TableSpan.COL if _spanned(row, c) else TableSpan.ROW)
                else:
                    line.cell(p.text, align=_alignment(p, c), style=style)
    return bytes(pdf.output())


def _alignment(p: Position, column: int) -> str:
    """Merged headers are centred over their columns, what stands over figures is at the right."""
    if column == 0 or len(p.text) > 40:
        return "LEFT"
    return "CENTER" if p.colspan > 1 else "RIGHT"


def _spanned(row: list[Position | None], column: int) -> bool:
    """Whether the position is covered by a cell to its left, and not by one above."""
    at = next((c for c in range(column, -1, -1) if row[c]), None)
    return at is not None and at + row[at].colspan > column


def as_tab(printed: Printed, title: str = "", caption: str = "") -> bytes:
    """Cells parted by tabs, merged cells leaving theirs empty."""
    return _lines(title, caption, ("\t".join(p.text if p else "" for p in row) for row in printed))


def as_pipe(printed: Printed, title: str = "", caption: str = "") -> bytes:
    """Cells parted by bars, with the line of dashes under the first row."""
    rows = [" | ".join(p.text if p else "" for p in row) + " |" for row in printed]
    rows.insert(1, "---|" * len(printed[0]))
    return _lines(title, caption, rows)


def as_lines(printed: Printed, title: str = "", caption: str = "") -> bytes:
    """One cell per line with blank lines between, merged cells once, empty cells dropped."""
    cells = (p.text for row in printed for p in row if p and p.text)
    return "\n\n".join(filter(None, (title, caption, *cells))).encode()


def _lines(title: str, caption: str, rows) -> bytes:
    return "\n".join([*filter(None, (title, "", caption, "")), *rows, ""]).encode()


RENDERERS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "html": ("tabel.html", as_html),
    "xlsx": ("tabel.xlsx", as_xlsx),
    "pdf, ruled, of a page": ("tabel.pdf", as_pdf_of_html),
    "pdf, open, of a page": (
        "tabel.pdf",
        lambda p, title="", caption="": as_pdf_of_html(p, title, caption, False),
    ),
    "pdf, ruled": ("tabel.pdf", lambda p, title="", caption="": as_pdf(p, title, caption, True)),
    "pdf, open": ("tabel.pdf", as_pdf),
    "tab": ("tabel.txt", as_tab),
    "pipe": ("tabel.txt", as_pipe),
    "lines": ("tabel.txt", as_lines),
}
