"""Tables as many houses print them: the same cells, whatever is drawn, filled, centred or wrapped."""

from __future__ import annotations

import pytest
from reading import cells, tables
from rendering import as_html, positions
from test_same_table_in_every_format import printed, published

# Styles in which every header can be told from where it stands.
CLEAR = {
    "zebra": "tr:nth-child(even) { background: #eee } thead tr { background: #ccd }",
    "tight": "th, td { padding: 0.5pt 3pt } th { text-align: center }",
    "narrow": "table { width: auto } th { text-align: center }",
    "lines between columns": "td, th { border-left: 0.5pt solid #999 } thead { border-bottom: 0.5pt solid #000 }",
}
# Styles in which a header may stand nearer to another column: figures and labels are still the same.
UNCLEAR = {
    "lines between rows": "tr { border-bottom: 0.4pt solid #888 } th { text-align: right }",
    "upright": "@page { size: A4 portrait; margin: 20mm } th { text-align: right } td:first-child { width: 30% }",
    "top": "body { font-size: 8pt } td { vertical-align: top } td:first-child { width: 25% } th { text-align: right }",
    "bottom": "body { font-size: 8pt } td, th { vertical-align: bottom } td:first-child { width: 22% }",
}


def read(name: str, style: str):
    try:
        import weasyprint
    except OSError as error:
        pytest.skip(f"no printer for pages here: {error}")
    page = as_html(positions(published()[name], "Omschrijving"), "Overzicht", "bedragen x € 1.000", False)
    styled = page.decode().replace("</style>", style + "</style>")
    return cells(tables(weasyprint.HTML(string=styled).write_pdf(), "a.pdf"))


@pytest.mark.slow
@pytest.mark.parametrize("style", CLEAR)
@pytest.mark.parametrize("name", published())
def test_a_pdf_in_any_style_gives_the_cells_of_the_page(name, style):
    assert read(name, CLEAR[style]) == cells(tables(*printed(name, "html")))


@pytest.mark.slow
@pytest.mark.parametrize("style", UNCLEAR)
@pytest.mark.parametrize("name", published())
def test_a_pdf_in_a_style_that_hides_its_headers_still_gives_every_value_in_order(name, style):
    page = cells(tables(*printed(name, "html")))
    assert [value for _, _, value in read(name, UNCLEAR[style])] == [value for _, _, value in page]
