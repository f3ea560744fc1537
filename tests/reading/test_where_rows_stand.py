"""Rows that may as well stand under other headings are asked about, and the rest of the table counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracts import page_of, rows, understood
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.claims.derivation import with_sums
from dagster_project.reading.documents import read_document
from dagster_project.reading.held import Place
from dagster_project.reading.hierarchy import Placed, Rival, place_rows
from dagster_project.reading.judge import CLEAR_ROW
from dagster_project.reading.model import Document, Row, Table, join_path
from dagster_project.reading.outline import BLANK, HEADING, ROW, Line
from dagster_project.reading.row_questions import said_under, where_rows_stand

DESCRIPTION = "gemeente: Proefstad\ntitel: Begroting 2024\nsoort: begroting\njaar: 2024\nvorm: web\n"
HEADER = "Kosten (x € 1.000)\nOmschrijving\tRekening 2022\tBegroting 2023\n"
TABLE = (
    "Huren\t10\t20\nSubsidies\nSport\t5\t7\nCultuur\t8\t8\n-/- Korting\t-1\t-2\n"
    "Opslag\t3\t4\nVervoer\t9\t8\nTotaal\t34\t45\n"
)


@pytest.fixture
def read(tmp_path: Path):
    def read(body: str, **answers: str) -> Document:
        said = "".join(
            f'  "{key.replace("t_", "").replace("__", ".")}": "{v}"\n' for key, v in answers.items()
        )
        (tmp_path / "document.yml").write_text(
            DESCRIPTION + (f"antwoorden:\n{said}" if said else ""), encoding="utf-8"
        )
        (tmp_path / "a.txt").write_text(HEADER + body, encoding="utf-8")
        return read_document(tmp_path, "proef")

    return read


def paths(document: Document) -> list[str]:
    return [" > ".join(row.path) for table in document.tables for row in table.rows]


def asked(document: Document) -> list[int]:
    return [row.no for table in document.tables for row in table.rows if row.lezing == "gevraagd"]


def about_rows(document: Document, kind: str) -> list[tuple[str, str, str]]:
    return [
        (r.key, r.reason, r.reason_en)
        for r in document.rejects
        if r.kind == kind and r.key is not None and "plaats_rij" in r.key
    ]


def test_rows_that_may_as_well_stand_elsewhere_are_one_question_with_both_places(read):
    document = read(TABLE)
    assert asked(document) == [3, 4, 5, 6]
    assert about_rows(document, "question") == [
        (
            "antwoorden.001.plaats_rij_3",
            "rij 3 van tabel 1 en de 3 daarna kunnen onder 'Subsidies' staan of onder '-'",
            "row 3 of table 1 and the 3 after it may stand under 'Subsidies' or under '-'",
        )
    ]


def test_under_the_title_that_is_printed_as_the_first_row_or_not_is_no_question(read):
    body = "{}\nAlgemene reserve\t10\t20\nWeerstandsreserve\t5\t7\nReserve wachtgelden\t8\t8\nTotaal generaal\t23\t35\n"
    assert asked(read(body.format("Stand en verloop reserves"))) == []
    assert asked(read(body.format("Toevoegingen en onttrekkingen aan reserves"))) == []


def test_under_a_side_that_is_printed_as_the_first_row_or_not_stays_a_question(read):
    body = "Lasten\nJeugd\t10\t20\nSport\t5\t7\nDotaties\t8\t8\nTotaal generaal\t23\t35\n"
    assert asked(read(body))


def test_they_are_in_no_sum_that_is_judged_and_the_table_counts(read):
    document = with_sums(read(TABLE))
    assert document.tables[0].lezing != "gevraagd"
    assert not any(rule.is_complete for rule in document.rules)


def test_a_heading_that_a_total_ends_leaves_nothing_to_ask(read):
    body = (
        "Wonen\t10\t12\nOverige\nTijdelijk\t30\t31\nEenmalig\t5\t5\nTotaal overige\t35\t36\nTotaal\t45\t48\n"
    )
    assert asked(read(body)) == []


BLANKS = (
    "Incidenteel\nProgramma 1 Bestuur\nParkeren\t4\t\nSport\t3\t\nProgramma 2 Leefomgeving\nMarkten\nEvenementen\t\t6\n"
    "Totaal incidenteel\t7\t6\n"
)


def test_a_text_among_rows_of_which_many_numbers_are_left_blank_may_be_a_row_and_is_asked_about(read):
    assert asked(read(BLANKS)) == [3]
    assert not asked(read(BLANKS.replace("4\t", "4\t1").replace("\t\t6", "\t0\t6").replace("3\t", "3\t2")))


def test_a_text_set_as_rows_are_where_headings_are_bold_is_asked_about_and_one_in_bold_is_not():
    def placed(is_bold: bool) -> Placed:
        return place_rows(
            [
                Line(HEADING, "Cultuur", is_bold=True),
                Line(ROW, "Museum", (10.0,)),
                Line(ROW, "Totaal cultuur", (10.0,), is_bold=True),
                Line(HEADING, "Onderwijs", is_bold=True),
                Line(HEADING, "Vluchtelingen", is_bold=is_bold),
                Line(ROW, "Oranje", (3.0,)),
                Line(ROW, "Dorpshuis", (4.0,)),
                Line(ROW, "Totaal onderwijs", (7.0,), is_bold=True),
            ]
        )

    def sure(placed: Placed) -> bool:
        return all(rival is None or rival.margin >= CLEAR_ROW for rival in placed.rivals)

    assert sure(placed(is_bold=True)) and not sure(placed(is_bold=False))


def test_a_text_above_rows_that_begin_again_or_stand_further_in_is_a_heading(read):
    again = "Jeugd\nLasten\t4\t\nBaten\t\t1\nSport\nLasten\t\t6\nBaten\t3\t\nTotaal jeugd\t7\t7\n"
    bullets = "Jeugd\nBeheer\t4\t\nSport\n- Zaal\t\t6\n- Veld\t3\t\nTotaal jeugd\t7\t6\n"
    assert not asked(read(bullets)) and "Sport > - Zaal" in " ".join(paths(read(bullets)))
    assert next(p for p in paths(read(again)) if "Sport" in p).endswith("Sport > Lasten")


def test_a_kind_in_the_plural_holds_the_only_one_of_it_below_and_a_longer_name_of_the_same_holds_nothing():
    def under(*lines: Line) -> list[str]:
        placed = place_rows(lines)
        assert all(rival is None or rival.margin >= CLEAR_ROW for rival in placed.rivals)
        return [" > ".join(place.path[:-1]) for place in placed.places]

    reserves = (
        Line(ROW, "Algemene reserves", (1719.0, 7.0)),
        Line(ROW, "Algemene reserve", (1719.0, 7.0)),
        Line(BLANK, ""),
        Line(ROW, "Bestemmingsreserves", (855.0, 16.0)),
        Line(ROW, "Reserve parkeren", (734.0, 9.0)),
        Line(ROW, "Egalisatiereserve riolering", (121.0, 7.0)),
        Line(BLANK, ""),
        Line(ROW, "Totaal generaal", (2574.0, 23.0)),
    )
    assert under(*reserves) == ["", "Algemene reserves", "", *2 * ["Bestemmingsreserves"], ""]
    ratios = ("Netto schuldquote", "Netto schuldquote gecorrigeerd voor leningen", "Solvabiliteitsratio")
    assert under(*(Line(ROW, label, (40.0 + k, 41.0)) for k, label in enumerate(ratios))) == ["", "", ""]


def test_the_two_flows_of_a_reserve_stay_together_and_the_result_below_them_apart(read):
    body = "Saldo\t30\t40\nMutaties reserves:\nToevoeging\t3\t4\nOnttrekking\t5\t6\nResultaat\t32\t42\n"
    document = read(body)
    assert paths(document)[2:] == ["Mutaties reserves: > Onttrekking", "Resultaat"]
    assert asked(document) == []


def test_a_row_numbered_on_from_a_row_that_holds_others_stands_beside_it(read):
    body = "1. Schuld\t10\t12\nb. gecorrigeerd\t9\t8\n2. Solvabiliteit\t30\t31\n3. Ruimte\t1\t2\n"
    assert paths(read(body))[2:] == ["2. Solvabiliteit", "3. Ruimte"]
    assert not {3, 4} & set(asked(read(body)))


def test_a_heading_with_a_code_stands_in_no_group_of_another_code(read):
    group = "{}\nLasten\t4\t5\nTotaal lasten\t4\t5\nBaten\t1\t1\nSaldo\t3\t4\n"
    body = "".join(map(group.format, ["6.5 Arbeid", "6.71A Hulp thuis", "6.72A Jeugdhulp"]))
    document = read(body)
    assert {path.split(" > ")[0] for path in paths(document)} == {
        "6.5 Arbeid",
        "6.71A Hulp thuis",
        "6.72A Jeugdhulp",
    }
    assert asked(document) == []


def test_a_post_of_a_balance_stands_in_no_other_post(read):
    body = "Vlottende activa\nVoorraden\nGrond\t5\t7\nBouw\t8\t8\nUitzettingen < 1 jaar\t2\t2\nLiquide middelen\t3\t4\n"
    document = read(body)
    assert paths(document) == [
        "Vlottende activa > Voorraden > Grond",
        "Vlottende activa > Voorraden > Bouw",
        "Vlottende activa > Uitzettingen < 1 jaar",
        "Vlottende activa > Liquide middelen",
    ]


def test_answers_settle_where_a_heading_ends(read):
    document = read(TABLE, t_001__plaats_rij_4="Subsidies", t_001__plaats_rij_5="-")
    assert paths(document)[1:6] == [
        "Subsidies > Sport",
        "Subsidies > Cultuur",
        "Subsidies > -/- Korting",
        "Opslag",
        "Vervoer",
    ]
    assert asked(document) == []
    assert [reason for _, reason, _ in about_rows(document, "note")] == [
        "rij 4 van tabel 1 staat onder 'Subsidies', volgens document.yml",
        "rij 5 van tabel 1 staat onder '-', volgens document.yml",
    ]


def test_an_answer_that_names_no_heading_above_the_row_is_asked_again(read):
    document = read(TABLE, t_001__plaats_rij_3="Reserves")
    assert 3 in asked(document)
    assert about_rows(document, "question")[0][1:] == (
        "rij 3 van tabel 1 kan niet onder 'Reserves' staan, zoals in document.yml",
        "row 3 of table 1 cannot stand under 'Reserves', as document.yml says",
    )


def test_rows_with_a_sure_row_between_them_are_two_questions():
    rows = tuple(Row(no, ("Wonen", f"rij {no}"), no) for no in (1, 2, 3, 4))
    table = Table(1, "a.txt", "", "bedragen", "tab", "EUR", None, (), rows, (), 1, 4)
    rival = Rival(0.2, Place(("elders",), 0))
    placed = Placed(tuple(Place(row.path, 1) for row in rows), 0.0, (rival, rival, None, rival))
    numbers, questions = where_rows_stand(table, placed, {})
    assert numbers == {1, 2, 4}
    assert [q.reason_en for q in questions] == [
        "row 1 of table 1 and the 1 after it may stand under 'Wonen' or under '-'",
        "row 4 of table 1 may stand under 'Wonen' or under '-'",
    ]


def test_the_answers_of_other_tables_and_questions_are_not_taken_for_places():
    answers = {"002.plaats_rij_1": "Baten", "001.kolom.3": "2024", "001.plaats_rij_2": "Lasten > Jeugd"}
    assert said_under(answers, 1) == {2: "Lasten > Jeugd"}


def test_a_row_has_a_rival_though_the_ways_to_place_it_meet_again_below():
    lines = [
        Line(HEADING, "Wonen"),
        Line(ROW, "Cultuur", (1.0,)),
        Line(ROW, "Sloop", (2.0,)),
        Line(HEADING, "Zorg"),
        Line(ROW, "Jeugd", (3.0,)),
    ]
    placed = place_rows(lines)
    assert [place.path for place in placed.places] == [
        ("Wonen", "Cultuur"),
        ("Wonen", "Sloop"),
        ("Zorg", "Jeugd"),
    ]
    assert placed.rivals[1] is not None and placed.rivals[1].place.path == ("Sloop",)


LINES = st.lists(
    st.builds(
        lambda kind, label, amount: Line(kind, label, () if kind == HEADING else (float(amount),)),
        st.sampled_from([ROW, ROW, HEADING]),
        st.sampled_from(
            ["Lasten", "Baten", "Totaal", "Totaal lasten", "1 Bestuur", "1.1 Raad", "Zorg", "Saldo"]
        ),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=9,
)


@settings(deadline=None)
@given(LINES)
def test_no_row_stands_where_its_rival_does_and_no_rival_is_cheaper(lines):
    placed = place_rows(lines)
    rivals = [(place, r) for place, r in zip(placed.places, placed.rivals, strict=True) if r is not None]
    assert all(r.margin >= -1e-9 and r.place.path != place.path for place, r in rivals)


@settings(deadline=None)
@given(LINES, st.data())
def test_a_row_can_be_said_to_stand_where_its_rival_does(lines, data):
    placed = place_rows(lines)
    with_rival = [(no, r) for no, r in enumerate(placed.rivals) if r is not None]
    if not with_rival:
        return
    no, rival = data.draw(st.sampled_from(with_rival))
    said = place_rows(lines, (), {no: join_path(rival.place.path[:-1])})
    assert said.refused == () and said.places[no].path[:-1] == rival.place.path[:-1]


def test_a_row_called_as_its_programma_and_the_sum_of_it_ends_the_programma():
    text = (
        "Raming 2025 per taakveld (bedragen x € 1.000)\nTaakveld\tBegroting 2025\tPrognose 2025\n"
        "Programma 1 Bestuur en dienstverlening\t\t\n2.2 Parkeren\t630\t623\n3.1 Economie\t619\t627\n"
        "Bestuur en dienstverlening\t1.249\t1.250\n"
        "Programma 2 Onderwijs en jeugd\t\t\n5.3 Cultuur\t903\t948\n6.82 Zorg voor jeugd\t190\t183\n8.1 Ruimte\t6.291\t6.462\n"
        "Onderwijs en jeugd\t7.384\t7.593\nTotaal taakvelden\t8.633\t8.843\n"
    )
    found = understood(text)
    (table,) = found.tables
    assert [row.path for row in table.rows][-2:] == [
        ("Programma 2 Onderwijs en jeugd", "Onderwijs en jeugd"),
        ("Totaal taakvelden",),
    ]
    assert not [r for r in found.rejects if "plaats_rij" in (r.key or "")]
    assert {row.lezing for row in table.rows} == {"zeker"}


PROGRAMMAS = """\
(x € 1.000) 2022 2023
Programma 1 Bestuur
Lasten 1.890 1.850
Baten 221 198
Saldo -1.669 -1.652
0.1 Raad
Lasten 1.133 1.018
Saldo -1.133 -1.018
0.2 Burgers
Lasten 757 832
Baten 221 198
Saldo -536 -634
Programma 2 Zorg
Lasten {0}
Baten 257 319
Saldo -3.300 -3.100
6.1 Wijken
Lasten 1.557 1.419
Baten 257 219
Saldo -1.300 -1.200
6.2 Jeugd
Lasten 2.000 2.000
Baten 0 100
Saldo -2.000 -1.900
"""


def test_headings_stand_in_the_one_whose_rows_are_the_sums_of_theirs_name_by_name():
    found = rows(PROGRAMMAS.format("3.557 3.419"))
    assert found[:5] == [
        "Programma 1 Bestuur > Lasten",
        "Programma 1 Bestuur > Baten",
        "Programma 1 Bestuur > Saldo",
        "Programma 1 Bestuur > 0.1 Raad > Lasten",
        "Programma 1 Bestuur > 0.1 Raad > Saldo",
    ]
    assert found[-1] == "Programma 2 Zorg > 6.2 Jeugd > Saldo"


def test_one_wrong_amount_does_not_put_them_elsewhere():
    assert rows(PROGRAMMAS.format("9.557 3.419"))[-1] == "Programma 2 Zorg > 6.2 Jeugd > Saldo"


def test_a_row_that_does_not_say_so_is_no_part_where_all_others_of_the_group_do():
    text = """\
Omschrijving (x € 1.000) 2022 2023 2024
Lokale heffingen 3.856 3.903 4.212
waarvan OZB woningen 2.288 2.391 2.506
waarvan OZB bedrijven 1.470 1.512 1.584
waarvan toerisme 98 - 122
Treasury 162 138 140
waarvan rente leningen 44 42 39
waarvan rente grond 118 96 101
Saldo compensabele BTW -15 - -
Onvoorzien - -75 -75
Totaal dekkingsmiddelen 4.003 3.966 4.277
"""
    assert rows(text)[4:9] == [
        "Treasury",
        "Treasury > waarvan rente leningen",
        "Treasury > waarvan rente grond",
        "Saldo compensabele BTW",
        "Onvoorzien",
    ]
    assert not understood(text).rejects


def test_what_is_not_of_a_kind_does_not_stand_under_the_row_that_names_the_kind():
    text = (
        "Tarieven\nTarief 2023 2024 Stijging\nOnroerendezaakbelasting\nEigenaar woning 0,0912% 0,0874% 1,7%\n"
        "Eigenaar niet-woning 0,2410% 0,2488% 2,9%\nGebruiker niet-woning 0,1905% 0,1967% 2,9%\n"
        "Afvalstoffenheffing\nEenpersoonshuishouden € 181,20 € 189,60 4,4%\nMeerpersoonshuishouden € 263,40 € 275,40 4,6%\n"
    )
    (table,) = understood(text).tables
    assert {row.lezing for row in table.rows} == {"zeker"}
    assert table.rows[1].path == ("Onroerendezaakbelasting", "Eigenaar niet-woning")


def test_names_without_numbers_in_the_midst_of_a_list_are_asked_about_and_hold_not_the_rest_of_it_unasked():
    text = (
        "Overzicht subsidies (x € 1.000)\n\nInstelling\n\nSubsidie 2022\n\n"
        + "\n\n".join(
            (
                "Taalhuis",
                "1",
                "Stichting Zomerfeest",
                "14",
                "Zwemclub De Otter",
                "169",
                "EHBO-vereniging Noord",
            )
        )
        + "\n\n"
        + "\n\n".join(
            (
                "Bibliotheek De Hoek",
                "Humanitas",
                "475",
                "Buurtbus",
                "5",
                "Harmonie",
                "44",
                "Welzijn",
                "2",
                "Totaal",
                "710\n",
            )
        )
    )
    (table,) = understood(text).tables
    assert [row.lezing for row in table.rows[3:7]] == ["gevraagd"] * 4


def test_a_saldo_of_some_rows_stands_below_those_of_the_heading_saldo():
    page = page_of(
        [
            ("", "2024", "2025"),
            ("Lasten", "", ""),
            ("Bestuur", "52", "54"),
            ("Zorg", "90", "92"),
            ("Totaal lasten", "142", "146"),
            ("Saldo", "", ""),
            ("Bestuur", "-46", "-47"),
            ("Zorg", "-71", "-72"),
            ("Saldo programma's", "-117", "-119"),
        ]
    )
    assert rows(page, "a.html")[-1] == "Saldo > Saldo programma's"


def test_a_result_below_numbered_additions_and_withdrawals_is_of_more_than_these():
    page = page_of(
        [
            ("", "Taakveld", "2024", "2025"),
            ("", "Totaalsaldo", "775", "803"),
            ("", "Reserves", "", ""),
            ("0.10", "Storting in reserves", "31", "32"),
            ("0.10", "Onttrekking aan reserves", "-61", "-58"),
            ("", "Resultaat", "745", "777"),
        ]
    )
    (table,) = understood(page, "a.html").tables
    assert [" > ".join(row.path) for row in table.rows][-1] == "Resultaat"
    assert all(row.lezing != "gevraagd" for row in table.rows)


def test_rows_that_begin_small_are_parts_of_the_row_above_that_is_their_sum():
    text = """\
bedragen x € 1.000
Kerngegevens Rekening 2023 Begroting 2024 Begroting 2025
Fysieke structuur
Oppervlakte 22.611 22.611 22.620
binnenwater 214 214 260
land 22.397 22.397 22.360
Lengte van wegen 381 387 389
binnen de bebouwde kom 132 132 133
buiten de bebouwde kom 249 255 256
Aantal bomen 35.742 36.011 36.300
"""
    (table,) = understood(text).tables
    assert [" > ".join(row.path[1:]) for row in table.rows] == [
        "Oppervlakte",
        "Oppervlakte > binnenwater",
        "Oppervlakte > land",
        "Lengte van wegen",
        "Lengte van wegen > binnen de bebouwde kom",
        "Lengte van wegen > buiten de bebouwde kom",
        "Aantal bomen",
    ]
    assert all(row.lezing != "gevraagd" for row in table.rows)
