"""No text makes the reader fail, hang or land what it did not read: pieces of tables in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments

PIECES = st.sampled_from(
    ["Lasten", "Totaal", "Saldo", "1.234", "-12", "(5)", "2018", "2019", "N 3", "V", "n.v.t.", "-", "€ -", "€ 1,2 mln",
     "1O5", "1.2.3", "6.1", "Doel", "Prestatie", "9A1 Doel", "Eenheid", "Bron", "Indicator", "Realisatie 2018", "*",
     "* noot", "x € 1.000", "(-/- = voordeel)", "V / N", "Begroting 2019", "Meerjarenraming", "5,8 (2014) 5,7 (2015)",
     "\u00a0", "\ufeff", "\f", "\u200f", "", "|", "---", "<b>x</b>", "Stand 31-12", "Subtotaal Jeugd", "%"]
)  # fmt: skip
GLUE = st.sampled_from(["\n", "\n\n", "\t", " | ", " ", "   ", "\r\n", "\n \n"])


@settings(max_examples=300, deadline=2_000)
@given(st.lists(st.tuples(PIECES | st.text(max_size=12), GLUE), max_size=80))
def test_any_order_of_pieces_is_read_to_tables_and_rejects(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + glue for piece, glue in pieces)
    found = understand(fragments(text), Around("begroting", 2019), "x.txt")
    for table in found.tables:
        rows, columns = {r.no for r in table.rows}, {c.no for c in table.columns}
        assert all(c.row in rows and c.column in columns for c in table.cells)
        assert len({(c.row, c.column, c.occurrence) for c in table.cells}) == len(table.cells)
        assert all(
            c.text.strip() in " ".join(text.split()) or c.marker for c in table.cells if c.value is not None
        )


@settings(max_examples=150, deadline=2_000)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_read_to_tables_and_rejects(text: str) -> None:
    understand(fragments(text), Around(), "x.txt")


def test_a_row_that_is_narrower_than_the_column_of_its_unit_is_read():
    text = (
        "1.2.3\nn.v.t.  1O5\nRealisatie  -  Saldo 1O5 2018\n2019\tSubtotaal\n5,8 5,7\n2019 N 3\n1.234\nn.v.t."
    )
    understand(fragments(text), Around("begroting", 2019), "x.txt")
