"""What a row is about follows from the words around it: its own, its path's, its heading's, or those of the document."""

from __future__ import annotations

import pytest

from dagster_project.claims.indeling import (
    BELEIDSTERREIN,
    PROGRAMMA,
    Heading,
    IndelingRow,
    Mentioned,
    RowSubject,
    chosen_names,
    part_of,
    phase_of,
    places,
    programma_of,
    without_code,
)

ZORG = [Mentioned("3", "Zorg"), Mentioned("4", "Wonen")]


def place(
    row_path: str,
    caption: str = "",
    *,
    section: str = "",
    kind: str = "exploitatie",
    own: Mentioned | None = None,
    programmas: list[Mentioned] = ZORG,
    terreinen: list[Mentioned] = (),
    **row,
) -> RowSubject:
    """What one row of one table is about."""
    said = {"code": None, "rol": "item", "grootheid": None} | row
    line = IndelingRow("t", 1, row_path, row_path.split(" > ")[-1], **said)
    (found,) = places([Heading("t", kind, caption, section)], [line], own, programmas, terreinen)
    return found


@pytest.mark.parametrize(
    ("row_path", "caption", "programma"),
    [
        ("Programma 3 > Lasten", "", "3"),
        ("3 Zorg > Lasten", "", "3"),
        ("wonen > Lasten", "", "4"),  # by name, as listed elsewhere
        ("Programma 3 > Wonen", "", "4"),  # the innermost level counts
        ("Jeugd", "Programma 3. Wat mag het kosten?", "3"),
        ("Wonen", "Programma 3. Wat mag het kosten?", "3"),  # a post that is called as another programma
        ("Jeugd", "Wonen", "4"),
        ("Jeugd", "Lasten per programma", None),
    ],
)
def test_the_programma_is_what_the_row_says_else_what_the_heading_says(row_path, caption, programma):
    assert place(row_path, caption).programma == programma


def test_of_headings_above_each_other_the_innermost_counts_and_before_it_what_the_document_is_part_of():
    section = "Programma 1 Bestuur > Programma 2 Veiligheid"
    assert place("Jeugd", section=section).programma == "2"
    assert place("Jeugd", section=section, own=part_of("Programma 3. Zorg")).programma == "3"


def test_a_number_in_front_of_a_row_is_a_programma_unless_the_table_is_divided_otherwise():
    found = place("3 Zorg en jeugd", "Lasten", code="3", programmas=[])
    assert (found.programma, found.programma_naam) == ("3", "Zorg en jeugd")
    assert place("3 Zorg en jeugd", "Lasten per kostensoort", code="3", programmas=[]).programma is None


def test_of_a_table_of_all_programmas_each_row_is_one_by_name():
    caption = "Lasten per programma"
    assert place("Zorg en welzijn > Lasten", caption, programmas=[]).programma_naam == "Zorg en welzijn"
    assert place("Totaal programma's", caption, programmas=[], rol="total").programma_naam is None
    assert place("Mutaties reserves", caption, programmas=[]).programma_naam is None
    assert place("Zorg > Jeugd", caption, programmas=[]).programma_naam is None  # which level is not said
    two_levels = "Lasten per programma en taakveld (programma en taakveld)"
    assert place("Zorg > Jeugd", two_levels, programmas=[]).programma_naam == "Zorg"


def test_a_beleidsterrein_is_a_code_or_a_name_and_says_its_programma():
    terreinen = [Mentioned("9A", "Preventie")]
    by_name = place("Preventie > Lasten", terreinen=terreinen)
    assert (by_name.beleidsterrein_code, by_name.programma) == ("9A", "9")
    by_code = place("Beleidsterrein 9B Ondersteuning > Lasten")
    assert (by_code.beleidsterrein_code, by_code.beleidsterrein) == ("9B", "Ondersteuning")


def test_a_row_that_only_names_a_quantity_is_about_what_stands_above_it():
    found = place("Zorg > Jeugd > Lasten")
    assert (found.bovenliggend_pad, found.post, found.groep) == ("Zorg > Jeugd", "Jeugd", "Zorg")
    found = place("Zorg > Jeugd")
    assert (found.post, found.groep) == ("Jeugd", "Zorg")


@pytest.mark.parametrize(
    ("row_path", "post", "groep"),
    [
        ("Lasten > Zorg > Jeugd", "Jeugd", "Zorg"),  # the side stands above all
        ("Baten > Zorg", "Zorg", None),
        ("Zorg > Lasten > Jeugd", "Jeugd", "Zorg"),  # or between
        ("Baten > Totaal baten", "Totaal baten", None),  # about nothing else
        ("Lasten", "Lasten", None),
    ],
)
def test_what_is_counted_is_no_group(row_path, post, groep):
    found = place(row_path)
    assert (found.post, found.groep) == (post, groep)


def test_what_a_row_counts_of_a_reserve_is_about_that_reserve():
    found = place("Bestemmingsreserves > Wegen > Stand per 1 januari", kind="reserves", grootheid="begin")
    assert (found.post, found.groep, found.reserve) == ("Wegen", "Bestemmingsreserves", "Wegen")


def test_the_code_is_that_of_the_label_that_the_row_is_about():
    assert place("2A Meedoen > 6.1 Wijken > Saldo").code == "6.1"
    assert place("6.1 Wijken > Beheer").code is None
    assert place("7 Zorg", code="7").code == "7"


def test_a_taakveld_is_the_code_of_the_row_or_of_its_group_and_only_where_amounts_are_divided():
    assert place("6.72A Jeugdhulp", code="6.72A").taakveld == "6.72a"
    assert place("6.71 Maatwerk > Zorg").taakveld == "6.71"
    assert place("6.71 Maatwerk > Zorg", kind="reserves").taakveld is None


def test_a_reserve_is_the_row_or_what_stands_above_its_quantity():
    assert (
        place("Reserve zacht > Toevoeging", kind="reserves", grootheid="toevoeging").reserve
        == "Reserve zacht"
    )
    assert place("Algemeen > Reserve zacht", kind="reserves").reserve == "Reserve zacht"
    assert place("Reserve zacht").reserve is None


def test_of_names_for_one_code_the_most_trusted_that_is_there_is_taken():
    names = [
        Mentioned("3", None, "Sociaal"),
        Mentioned("3", "Zorg"),
        Mentioned("3", "Anders"),
        Mentioned("1", None),
    ]
    assert chosen_names(names) == [Mentioned("1", None), Mentioned("3", "Zorg", "Sociaal")]
    assert without_code("Programma 3. Zorg", PROGRAMMA) == "Zorg"
    assert without_code("Beleidsterrein 9A Preventie", BELEIDSTERREIN) == "Preventie"
    assert part_of("Sociaal domein") is None


@pytest.mark.parametrize(("code", "programma"), [("9A", "9"), (" 12B", "12"), ("Zorg", None), (None, None)])
def test_a_beleidsterrein_is_of_the_programma_whose_number_its_code_begins_with(code, programma):
    assert programma_of(code) == programma


@pytest.mark.parametrize(("code", "doel"), [("9A1.a", "9A1"), ("9A1", None), ("9.1", None), (None, None)])
def test_an_indicator_is_of_the_goal_in_front_of_its_code(code, doel):
    assert place("Meldingen", kind="indicatoren", code=code).doel_code == doel


@pytest.mark.parametrize(
    ("row_path", "is_called_total"),
    [
        ("Jeugd > Subtotaal", True),
        ("Totale lasten > 2018", True),
        ("Eindtotaal", True),
        ("Totalisator", False),
    ],
)
def test_a_level_of_the_path_that_is_called_a_total_makes_the_row_one_by_name(row_path, is_called_total):
    assert place(row_path).is_called_total is is_called_total


@pytest.mark.parametrize(
    ("row_path", "is_called_part"),
    [("Zorg > waarvan jeugd", True), ("w.v. Wmo", True), ("waaronder: > Wmo", True), ("Waarvanstad", False)],
)
def test_a_level_of_the_path_that_is_called_a_part_makes_the_row_one_of_the_row_above(
    row_path, is_called_part
):
    assert place(row_path).is_called_part is is_called_part


@pytest.mark.parametrize(
    ("caption", "section", "fase"),
    [
        ("Oorspronkelijke opgave", "", "oorspronkelijk"),
        ("Reeds ingevulde besparingen", "Oorspronkelijk plan", "ingevuld"),
        ("Overzicht", "Stand van het besparingspotentieel, ingevuld", "resterend"),
        ("Overzicht", "", None),
    ],
)
def test_a_table_of_savings_shows_the_plan_what_was_done_or_what_is_left(caption, section, fase):
    assert phase_of(caption, section) == fase


@pytest.mark.parametrize(
    ("row_path", "apart"),
    [
        ("Kosten overhead", "kosten overhead"),
        ("Overzicht Overhead en ondersteuning > Lasten", "overzicht overhead "),
        ("Algemene dekkingsmiddelen", "algemene dekkingsmiddelen"),
        ("Overheadkosten", None),
        ("Zorg en overhead", None),
    ],
)
def test_what_is_told_apart_from_all_programmas_is_known_by_its_name(row_path, apart):
    assert place(row_path).vast_onderdeel == apart


def test_an_indicator_is_named_without_its_code_and_its_footnote():
    found = place("9A1.a Jongeren met een startkwalificatie **", kind="indicatoren")
    assert found.indicator == "Jongeren met een startkwalificatie"
    assert place("Jongeren").indicator is None
