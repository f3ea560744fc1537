"""The same header and the same rows, printed again below another title or beside another corner: another table.

What tells two blocks apart is a state, a year, a side or a programme. No value of one may land in the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from extracts import of_rows, understood

HEADER = ("Lasten", "Baten", "Saldo")
LABELS = ("Bestuur", "Zorg en welzijn", "Groen", "Totaal")
TITLES = [
    ("Rekening 2024", "Begroting 2025"),
    ("2024", "2025"),
    ("Primitieve begroting", "Begroting na wijziging"),
    ("Programma 1 Zorg", "Programma 2 Groen"),
    ("Gemeente Aa", "Gemeente Bee"),
    ("Incidenteel", "Structureel"),
    ("Realisatie", "Raming"),
]
Block = tuple[str, list[tuple[str, ...]]]


def amount(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def block(title: str, first: int) -> Block:
    rows, lasten, baten = [], 0, 0
    for k, label in enumerate(LABELS[:-1]):
        own = (first + 97 * k, 2 * first + 31 * k)
        lasten, baten = lasten + own[0], baten + own[1]
        rows.append((label, *map(amount, (*own, own[1] - own[0]))))
    return title, [*rows, (LABELS[-1], *map(amount, (lasten, baten, baten - lasten)))]


def titled(blocks: Sequence[Block]) -> list[list[tuple[str, ...]]]:
    """Rows of each block with its title on a line of its own."""
    return [[(title,), ("Programma", *HEADER), *rows] for title, rows in blocks]


def cornered(blocks: Sequence[Block]) -> list[list[tuple[str, ...]]]:
    """Rows of each block with its title in the corner."""
    return [[(title, *HEADER), *rows] for title, rows in blocks]


def joined(blocks: list[list[tuple[str, ...]]], cell: str, row: str) -> str:
    return (
        "bedragen x € 1.000\n\n" + "\n\n".join(row.join(cell.join(r) for r in rows) for rows in blocks) + "\n"
    )


def page(blocks: list[list[tuple[str, ...]]]) -> str:
    """All blocks in one table of a page; a row of one cell goes over all columns."""
    rows = [
        f"<tr><td colspan=4>{row[0]}</td></tr>"
        if len(row) == 1
        else f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>"
        for rows in blocks
        for row in rows
    ]
    return f"<p>bedragen x € 1.000</p><table>{''.join(rows)}</table>"


def pages(blocks: list[list[tuple[str, ...]]]) -> str:
    """A table of a page for each block, its title above it."""
    parts = []
    for rows in blocks:
        if len(rows[0]) == 1:
            parts.append(f"<h3>{rows[0][0]}</h3>")
        parts.append("<table>")
        parts += [f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows if len(row) > 1]
        parts.append("</table>")
    return "<p>bedragen x € 1.000</p>" + "".join(parts)


PRINTED = {
    "a row per line": ("a.txt", lambda blocks: joined(blocks, " ", "\n")),
    "a cell per line": ("a.txt", lambda blocks: joined(blocks, "\n\n", "\n\n")),
    "bars": ("a.txt", lambda blocks: joined(blocks, " | ", "\n")),
    "tabs": ("a.txt", lambda blocks: joined(blocks, "\t", "\n")),
    "one table of a page": ("a.html", page),
    "tables of a page": ("a.html", pages),
}


@pytest.mark.parametrize("titles", TITLES, ids=" and ".join)
@pytest.mark.parametrize("told", [titled, cornered])
@pytest.mark.parametrize("way", PRINTED)
def test_values_of_a_block_stay_with_what_tells_it_from_the_next(way, told, titles):
    blocks = [block(titles[0], 1_101), block(titles[1], 3_107)]
    name, printed = PRINTED[way]
    found = understood(printed(told(blocks)), name)
    if all(table.is_asked for table in found.tables):
        return  # asked about: a state in the corner may be a column too
    landed = {}
    for table in found.tables:
        rows = {row.no: row.path for row in table.rows}
        columns = {column.no: column.path for column in table.columns}
        for cell in table.cells:
            over = {table.caption, *rows[cell.row][:-1], *columns[cell.column][:-1]}
            landed[cell.text] = (over & set(titles), rows[cell.row][-1], columns[cell.column][-1])
    assert landed == {
        value: ({title}, label, column)
        for title, rows in blocks
        for label, *values in rows
        for value, column in zip(values, HEADER, strict=True)
    }


def test_a_year_alone_above_the_rule_of_a_table_with_bars_is_the_rest_of_its_header():
    text = (
        "Kengetallen | Rekening 2016 | Begroting 2017 | Raming |\n2018 | | | |\n---|---|---|---|\n"
        "Netto schuldquote | 90,5% | 25,6% | 73,2% |\nSolvabiliteit | 43,5% | 27,3% | 33,1% |\n"
    )
    (table,) = understood(text).tables
    assert [column.path for column in table.columns][-1] == ("Raming", "2018")
    assert [row.path for row in table.rows] == [("Netto schuldquote",), ("Solvabiliteit",)]


def test_a_year_that_comes_back_below_a_header_with_bars_is_a_heading_of_rows():
    text = (
        "Fonds | Begroting | Rekening |\n---|---|---|\n2018 | | |\nSport | 12 | 14 |\nZorg | 5 | 6 |\n"
        "2019 | | |\nSport | 13 | 15 |\nZorg | 6 | 7 |\n"
    )
    (table,) = understood(text).tables
    assert [row.path for row in table.rows][:3:2] == [("2018", "Sport"), ("2019", "Sport")]


def test_a_narrow_table_below_a_wide_one_is_a_table_of_its_own():
    text = of_rows(
        "Wat mag het kosten? (x € 1.000)",
        "Exploitatie|Rekening 2022|Begroting 2023|Begroting 2024|Raming 2025|Raming 2026|Raming 2027",
        "Lasten|5.100|5.200|5.300|5.400|5.500|5.600",
        "Baten|1.100|1.200|1.300|1.400|1.500|1.600",
        "Geraamd resultaat|-4.000|-4.000|-4.000|-4.000|-4.000|-4.000",
        "Verschil tussen 2023 en 2024",
        "Het resultaat van dit programma wijzigt. De belangrijkste oorzaken zijn:",
        "Oorzaak|Bedrag",
        "Nieuwe aanbesteding groen|-64",
        "Indexering afval|-88",
        "Hogere opbrengst riolering|47",
        "Totaal verschil|-105",
        "Deel deze pagina",
    )
    wide, narrow = understood(text).tables
    assert [row.path[-1] for row in wide.rows] == ["Lasten", "Baten", "Geraamd resultaat"]
    assert [cell.value for cell in narrow.cells] == [-64, -88, 47, -105]
    assert [column.path for column in narrow.columns] == [("Bedrag",)]


def test_rows_of_fewer_values_below_a_line_that_names_rows_are_the_next_table():
    text = (
        "Belangrijkste risico's (in euro's)\nNr. Risico Kans Maximaal gevolg Verwachte waarde\nR1 Open einde van regelingen in de jeugdzorg\nen de Wmo\n"
        "70% € 1.850.000 € 1.295.000\nR2 Lagere uitkering door herijking\nvan het gemeentefonds\n50% € 1.200.000 € 600.000\n"
        "R3 Tegenvallende grondopbrengsten 30% € 2.400.000 € 720.000\nR4 Uitval van systemen 10% € 3.500.000 € 350.000\n"
        "Totaal risico's € 8.950.000 € 2.965.000\n\nDe verwachte waarde is de benodigde weerstandscapaciteit.\n\n"
        "Beschikbare weerstandscapaciteit\nOnderdeel Bedrag\nAlgemene reserve € 6.318.450\nStille reserves € 415.000\nOnvoorzien € 50.000\n"
        "Totaal beschikbaar € 6.783.450\n"
    )
    first, second = understood(text).tables
    assert [c.path for c in first.columns] == [("Kans",), ("Maximaal gevolg",), ("Verwachte waarde",)]
    assert first.rows[0].path == ("R1 Open einde van regelingen in de jeugdzorg en de Wmo",)
    assert [row.path[-1] for row in second.rows] == [
        "Algemene reserve",
        "Stille reserves",
        "Onvoorzien",
        "Totaal beschikbaar",
    ]
    assert not first.is_asked and not second.is_asked


def test_halves_of_a_balance_are_called_by_their_corners_where_one_stands_below_the_title_of_the_page():
    def half(corner: str, caption: str, *lines: tuple[str, str, str]) -> str:
        body = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in lines)
        head = f"<tr><th>{corner}</th><th>31-12-2024</th><th>31-12-2023</th></tr>"
        return f"<table><caption>{caption}</caption>{head}{body}</table>"

    page = (
        "<h1>Jaarstukken 2024 gemeente Averhorst</h1>"
        + half("Activa", "x 1.000 euro", ("Voorraden", "29", "31"), ("Totaal", "29", "31"))
        + half("PASSIVA", "PASSIVA<br>x 1.000 euro", ("Voorzieningen", "29", "31"), ("Totaal", "29", "31"))
    )
    tables = understood(page, "a.html", jaar=2024, soort="jaarstukken").tables
    assert [table.rows[0].path for table in tables] == [("Activa", "Voorraden"), ("PASSIVA", "Voorzieningen")]
