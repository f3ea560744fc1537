"""Iv3 as files: every shape in which it comes, and every way in which one goes wrong, with the place."""

from __future__ import annotations

import json

import duckdb
import pytest
from files import CUBE, EXTRACT, delivery, landed, read, rows, settings_in, source

from dagster_project.warehouse.iv3 import parquet
from dagster_project.warehouse.iv3.parquet import prune_iv3
from dagster_project.warehouse.iv3.sources import divide
from dagster_project.warehouse.scan import scan

FIGURE = "gemeentecode, code, kant, categorie, bedrag"


# --- shapes -------------------------------------------------------------------------------------------


def test_an_extract_names_municipalities_and_keeps_codes_as_text(tmp_path):
    text = EXTRACT + "2023,2023X005,Leiden,0.1,L,10\n2023,2023X005,GM0546,0.10,B,-3\n"
    found, rejects = read(tmp_path, "a.csv", text, f"{FIGURE}, indeling, boekjaar, periode, regel")
    assert found == [
        ("GM0546", "0.1", "lasten", None, 10, "taakveld", 2023, 5, 2),
        ("GM0546", "0.10", "baten", None, -3, "taakveld", 2023, 5, 3),
    ]
    assert rejects == []


def test_the_cube_comes_padded_with_two_publications_and_balance_codes_in_the_same_column(tmp_path):
    text = CUBE + (
        '0;"0.1   ";"L1.1    ";"GM0546   ";"2023X005";1208.0;1210.0\n'
        '1;"0.1   ";"L3.8    ";"GM0546   ";"2023X005";7;\n'
        '2;"A111  ";"Primo   ";"GM0546   ";"2023X005";5;5\n'
        '3;"A111  ";"L3.8    ";"GM0546   ";"2023X005";2;2\n'
    )
    found, rejects = read(tmp_path, "kubus.csv", text, f"{FIGURE}, bedrag_1e, plaatsing, soort")
    assert found == [
        ("GM0546", "0.1", "lasten", "1.1", 1210, 1208, 2, "taakveld"),
        ("GM0546", "0.1", "lasten", "3.8", 7, None, 1, "taakveld"),
        ("GM0546", "A111", "lasten", "3.8", 2, 2, 2, "balans"),
        ("GM0546", "A111", "primo", None, 5, 5, 2, "balans"),
    ]
    assert rejects == []


def test_no_figure_is_no_row_and_nought_is_one(tmp_path):
    text = CUBE + (
        "0;0.1;L1.1;GM0546;2023X005;-99998;\n"
        "1;0.2;L1.1;GM0546;2023X005;;-99998\n"
        "2;0.3;L1.1;GM0546;2023X005;null;null\n"
        "3;0.4;L1.1;GM0546;2023X005;0;\n"
        "4;0.5;L7.4;GM0546;2023X005;-99999;\n"
    )
    found, rejects = read(tmp_path, "kubus.csv", text, "code, bedrag")
    assert found == [("0.4", 0), ("0.5", -99999)]
    assert rejects == []


def test_the_names_of_an_older_cube_are_known(tmp_path):
    text = (
        "FunctieKostenplaatsBalanspost,Categorie,Gemeenten,Verslagsoort,k_1stePlaatsing_1,k_2dePlaatsing_2\n"
        "6.1,L1.1,GM0546,2017X005,3,4\n"
    )
    found, _ = read(tmp_path, "oud.csv", text, f"{FIGURE}, bedrag_1e")
    assert found == [("GM0546", "6.1", "lasten", "1.1", 4, 3)]


def test_pages_of_the_cube_are_one_delivery_however_they_were_cut(tmp_path):
    settings = settings_in(tmp_path)

    def page(*given: tuple) -> str:
        keys = ("TaakveldBalanspost", "Categorie", "Gemeenten", "Verslagsoort", "k_1ePlaatsing_1", "k_2ePlaatsing_2")  # fmt: skip
        return json.dumps(
            {
                "odata.metadata": "x",
                "value": [dict(zip(keys, row, strict=True)) | {"ID": n} for n, row in enumerate(given)],
            }
        )

    first = page(
        ("0.1   ", "L1.1    ", "GM0546   ", "2025X000", 1208.0, None),
        ("0.2   ", "L1.1    ", "GM0546   ", "2025X000", None, None),
    )
    second = page(
        ("0.7   ", "B4.3.1  ", "GM0546   ", "2025X000", 1208.0, 0), ("0.7", "B4.3.1", "GM0546", "2025X000", "veel", None)
    )  # fmt: skip
    source(settings.raw, "kubus", {"1.json": first, "2.json": second})
    (one,) = landed(settings)
    assert rows(settings, one, f"{FIGURE}, levering") == [
        ("GM0546", "0.1", "lasten", "1.1", 1208, "kubus"),
        ("GM0546", "0.7", "baten", "4.3.1", 0, "kubus"),
    ]
    assert [(r.path, r.text) for r in one.rejects] == [("2.json", "value[1]: veel")]


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        (
            "verslagsoort,gemeentecode,0.1,6.71,6.79",
            "2025X000,GM0546,1,2,",
            [("0.1", "lasten", None, 1), ("6.71", "lasten", None, 2)],
        ),
        ("verslagsoort,gemeentecode,tv0_cat1,tv6_cat4", "2025X000,GM0546,1,2", [("0", "lasten", "1", 1), ("6", "lasten", "4", 2)]),
        ("verslagsoort,gemeentecode,inwoners,lasten", "2025X000,GM0546,5,6", [("inwoners", None, None, 5), ("lasten", None, None, 6)]),
    ],
)  # fmt: skip
def test_a_table_with_a_column_per_figure_is_laid_out(tmp_path, header, line, expected):
    found, rejects = read(tmp_path, "breed.csv", f"{header}\n{line}\n", "code, kant, categorie, bedrag")
    assert (found, rejects) == (expected, [])


def test_a_delivery_in_json_gives_its_five_lists_and_parts_of_a_figure_add_up(tmp_path):
    text = delivery(
        lasten=[
            {"taakveld": "0.1", "categorie": "1.1", "bedrag": 8.5, "details": {"post": "x"}, "eigen": "y"},
            {"taakveld": "0.1", "categorie": "1.1", "bedrag": 1.25},
        ],
        balans_lasten=[{"balanscode": "A111", "categorie": "3.8", "bedrag": 3}],
        balans_standen=[
            {"balanscode": "A111", "standper": "1 januari", "bedrag": 1},
            {"balanscode": "A111", "standper": "31-12-2024", "bedrag": 4},
        ],
    )
    found, rejects = read(tmp_path, "leiden.json", text, f"{FIGURE}, verslagsoort, levering, leverdatum")
    same = ("2024X000", "bron/leiden.json", "2023-11-14")
    assert [row[:5] for row in found if row[5:] == same] == [
        ("GM0546", "0.1", "lasten", "1.1", pytest.approx(9.75)),
        ("GM0546", "0.7", "baten", "4.3.1", 1208),
        ("GM0546", "A111", "lasten", "3.8", 3),
        ("GM0546", "A111", "primo", None, 1),
        ("GM0546", "A111", "ultimo", None, 4),
    ]
    assert rejects == []


# --- what goes wrong ----------------------------------------------------------------------------------


def test_a_code_that_nobody_knows_and_one_of_another_year_are_told_with_their_line_and_the_rest_stays(
    tmp_path,
):
    text = EXTRACT + (
        "2024,2024X000,Leiden,0.1,L,1\n"
        "2024,2024X000,Leiden,9.9,L,2\n"
        "2024,2024X000,Delft,9.9,L,2\n"
        "2025,2025X000,Leiden,6.71a,L,3\n"
        "2025,2025X000,Leiden,6.,L,4\n"
    )
    found, rejects = read(tmp_path, "a.csv", text, "code, bedrag, fout")
    assert found == [("0.1", 1, None), ("6.71a", 3, "DF001"), ("9.9", 2, "DF001"), ("9.9", 2, "DF001")]
    assert rejects == [
        ("a.csv", 3, "DF001: CBS kent dit taakveld niet (2 regels)", "9.9"),
        (
            "a.csv",
            5,
            "DF001: dit taakveld geldt niet in dit jaar: een codelijst van een ander jaar?",
            "6.71a in 2025: geldt van 2023 tot en met 2024",
        ),
        ("a.csv", 6, "deze code is het totaal van andere: alleen de delen tellen mee", "6."),
    ]


@pytest.mark.parametrize(
    ("row", "fout", "text"),
    [
        ("0.1;L2.2.1;GM0546;2023X005;1;", "DF002", "2.2.1 in 2023: geldt baten vanaf 2017"),
        ("0.1;L9.9;GM0546;2023X005;1;", "DF002", "9.9"),
        ("A1331c;L6.1;GM0546;2023X005;1;", "DF003", "A1331c in 2023: geldt vanaf 2025"),
        ("A999;L6.1;GM0546;2023X005;1;", "DF003", "A999"),
        ("A111;Tertio;GM0546;2023X005;1;", "DF004", "T"),
    ],
)
def test_each_kind_of_code_has_its_check_of_cbs(tmp_path, row, fout, text):
    found, rejects = read(tmp_path, "kubus.csv", f"{CUBE}0;{row}\n", "fout")
    assert found == [(fout,)]
    assert [(line, told) for _, line, _, told in rejects] == [(2, text)]


@pytest.mark.parametrize(
    "amount", ["n.v.t.", "1.208", "1 208", "1,5", "12e3", "100000000000", "99999999999999999999"]
)
def test_an_amount_that_is_no_number_in_thousands_is_told_and_not_guessed(tmp_path, amount):
    text = f'{EXTRACT}2023,2023X005,Leiden,0.1,L,"{amount}"\n2023,2023X005,Leiden,0.2,L,5\n'
    found, rejects = read(tmp_path, "a.csv", text, "code, bedrag")
    assert found == [("0.2", 5)]
    assert rejects == [
        ("a.csv", 2, "dit bedrag is geen getal in duizenden euro's (schrijf 1208 of 1208.5)", amount)
    ]


def test_a_name_of_two_municipalities_is_asked_and_not_chosen(tmp_path):
    text = (
        EXTRACT
        + "2023,2023X005,Bergen,0.1,L,1\n2023,2023X005,Bergen (L.),0.1,L,2\n2023,2023X005,Hengelo,0.1,L,3\n"
    )
    found, rejects = read(tmp_path, "a.csv", text, "gemeentecode, bedrag")
    assert found == [("GM0164", 3), ("GM0893", 2)]
    assert rejects == [
        (
            "a.csv",
            2,
            "meer dan een gemeente heet zo: noem haar code",
            "Bergen: GM0373 Bergen (NH.), GM0893 Bergen (L.)",
        )
    ]


def test_a_municipality_that_is_there_twice_under_two_names_counts_for_nothing_where_figures_differ(tmp_path):
    text = EXTRACT + (
        "2024,2024X000,Rijswijk,0.1,L,1\n2024,2024X000,Rijswijk,0.2,L,9\n2024,2024X000,Rijswijk (ZH.),0.1,L,2\n"
        "2024,2024X000,Delft,0.1,L,5\n2024,2024X000,Delft,0.1,L,5\n"
    )
    found, rejects = read(tmp_path, "a.csv", text, "gemeentecode, code, bedrag")
    assert found == [("GM0503", "0.1", 5)]
    assert sorted(line for _, line, *_ in rejects) == [2, 6]
    (twice, once) = sorted(rejects, key=lambda r: r[1])
    assert "Rijswijk (ZH.)" in twice[3] and "(3 regels)" in twice[2]
    assert once[2] == "dit cijfer staat er al: het telt eenmaal mee"


def test_a_municipality_of_another_year_a_strange_delivery_and_a_strange_side_are_told(tmp_path):
    text = EXTRACT + (
        "2024,2024X000,Weesp,0.1,L,1\n"
        "2024,2024X009,Leiden,0.1,L,1\n"
        "2023,2024X000,Leiden,0.1,L,1\n"
        "2024,2024X000,Leiden,0.1,D,1\n"
    )
    found, rejects = read(tmp_path, "a.csv", text, "bedrag")
    assert found == []
    assert [(line, told) for _, line, _, told in rejects] == [
        (2, "Weesp in 2024"),
        (3, "2024X009"),
        (4, "2023, 2024X000"),
        (5, "D"),
    ]


def test_lines_keep_their_numbers_where_others_are_empty_or_too_long(tmp_path):
    text = EXTRACT + (
        "2023,2023X005,Leiden,0.1,L,1\n\n2023,2023X005,Leiden,0.2,L,2,3\n\n2023,2023X005,Leiden,0.3,L,x\n"
    )
    _, rejects = read(tmp_path, "a.csv", text, "bedrag")
    assert [(line, told) for _, line, _, told in rejects] == [(4, "2023,2023X005,Leiden,0.2,L,2,3"), (6, "x")]


def test_a_file_that_breaks_off_in_a_line_is_told_and_what_stands_before_it_is_read(tmp_path):
    text = CUBE + "0;0.1   ;L1.1    ;GM0546   ;2023X005;1208.0;\n\n1;0.2   ;L1.1    ;GM0546   ;20"
    found, rejects = read(tmp_path, "kubus.csv", text, "code, bedrag")
    assert found == [("0.1", 1208)]
    assert rejects == [
        (
            "kubus.csv",
            4,
            "deze regel heeft minder kolommen dan de kop: is het bestand afgebroken?",
            "1;0.2   ;L1.1    ;GM0546   ;20",
        )
    ]


def test_a_cube_full_of_mistakes_has_a_place_for_each_and_what_is_right_in_it_is_read(tmp_path):
    """What one file can hold wrong at once; Bergen (NH.) is there under two names, Bergen alone is nobody's."""
    cell = "{};0.1   ;L1.1    ;{:<9};2024X000;{};\n".format
    text = CUBE + (
        cell(0, "Leiden", 1)
        + cell(1, "Bergen", 2)
        + cell(2, "GM0373", 3)
        + cell(3, "Bergen (NH.)", 4)
        + cell(4, "Delft", "veel")
        + "5;0.12  ;L1.1    ;Delft    ;2024X000;5;\n"
        + "6;0.1   ;L7.9    ;Delft    ;2024X000;6;\n"
        + "7;6.71a ;L1.1    ;Delft    ;2025X000;7;\n"
        + "8;0.1   ;L1.1    ;Weesp    ;2024X000;8;\n"
        + "9;0.1   ;L1.1    ;Delft"
    )
    found, rejects = read(tmp_path, "kubus.csv", text, "gemeentecode, bedrag, fout")
    assert [row for row in found if row[2] is None] == [("GM0546", 1, None)]
    assert [line for _, line, *_ in sorted(rejects, key=lambda r: r[1])] == [3, 4, 6, 7, 8, 9, 10, 11]
    assert [text for _, line, _, text in rejects if line == 4] == ["2024X000 GM0373: Bergen (NH.), GM0373"]


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 7, 1_000])
def test_lines_keep_their_numbers_wherever_a_piece_of_the_file_ends(tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(parquet, "_AT_ONCE", at_once)
    file = tmp_path / "a.csv"
    file.write_bytes(b"kop\n\nx\r\n\r\n\n y\n\n")
    assert parquet._empty_lines(file) == [2, 4, 5, 7]


def test_rows_are_landed_by_delivery_and_code_however_the_file_orders_them(tmp_path):
    settings = settings_in(tmp_path)
    lines = [f"2023,2023X005,{g},{t},L,1\n" for t in ("0.2", "0.1") for g in ("Leiden", "Delft")]
    source(settings.raw, "bron", {"a.csv": EXTRACT + "".join(lines)})
    (one,) = landed(settings)
    with duckdb.connect() as connection:
        found = connection.execute(
            "select gemeentecode, code from read_parquet(?)", [f"{settings.iv3 / one.key}.parquet"]
        ).fetchall()
    assert found == [("GM0503", "0.1"), ("GM0503", "0.2"), ("GM0546", "0.1"), ("GM0546", "0.2")]


def test_half_a_delivery_is_told_by_cbs_s_number_and_the_other_half_is_read(tmp_path):
    found, rejects = read(tmp_path, "leiden.json", delivery(baten=None), "kant")
    assert found == [("lasten",)]
    assert [reason for _, _, reason, _ in rejects] == [
        "SF011: de lijst data.baten ontbreekt: een halve levering"
    ]


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"overheidslaag": "Provincie"}, "is niet van een gemeente"),
        ({"periode": 5}, "periode en status spreken elkaar tegen: 0 is de begroting"),
        ({"overheidsnummer": "9999"}, "deze gemeente staat in dat jaar niet in de lijst van CBS (2 regels)"),
        ({"boekjaar": "tweeduizend"}, "de verslagsoort is niet jjjjX000 (begroting) tot en met jjjjX005 (jaarrekening) (2 regels)"),
    ],
)  # fmt: skip
def test_a_delivery_of_someone_else_or_that_contradicts_itself_is_not_read(tmp_path, about, reason):
    found, rejects = read(tmp_path, "x.json", delivery(metadata=about), "kant")
    assert found == []
    assert [r for _, _, r, _ in rejects] == [reason]


def test_text_for_a_number_in_a_delivery_is_told_with_its_place(tmp_path):
    wrong = [{"taakveld": "0.1", "categorie": "1.1", "bedrag": "1208"}, {"taakveld": "0.1", "categorie": "1.1", "bedrag": True}]  # fmt: skip
    found, rejects = read(tmp_path, "x.json", delivery(lasten=wrong), "kant")
    assert found == [("baten",)]
    assert [text for *_, text in rejects] == ['data.lasten[0]: "1208"', "data.lasten[1]: true"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.csv", "naam,bedrag\nx,1\n"),
        ("a.csv", ""),
        ("a.json", "{"),
        ("a.json", '{"value": 3}'),
        ("a.json", "[1, 2]"),
        ("a.parquet", b"PAR1 not really"),
        ("a.csv", "verslagsoort,gemeente,taakveld,taakveld,kant,bedrag\n"),
        ("a.xlsx", bytes(range(256))),
    ],
)
def test_a_file_of_no_known_shape_is_told_and_nothing_falls_over(tmp_path, file, content):
    found, rejects = read(tmp_path, file, content, "bedrag")
    assert found == [] and [path for path, *_ in rejects] == [file]


def test_bytes_that_are_no_utf_8_are_read_as_they_were_meant(tmp_path):
    text = (EXTRACT + "2023,2023X005,Súdwest-Fryslân,0.1,L,1\n").encode("latin-1")
    found, rejects = read(tmp_path, "a.csv", text, "gemeentecode")
    assert (found, rejects) == ([("GM1900",)], [])


# --- sources ------------------------------------------------------------------------------------------


def test_a_source_is_told_from_documents_by_its_kind_alone(tmp_path):
    settings = settings_in(tmp_path)
    source(settings.raw, "bron", {})
    source(settings.raw, "document", {}, soort="begroting", titel="soort: iv3")
    found, sources = divide(scan(settings.raw))
    assert [d.document_id for d in found.documents] == ["document"]
    assert [s.document_id for s in sources] == ["bron"]


def test_a_source_that_is_as_it_was_is_not_read_again_and_one_that_changed_is(tmp_path):
    settings = settings_in(tmp_path)
    text = EXTRACT + "2023,2023X005,Leiden,0.1,L,1\n2023,2023X005,Leiden,0.1,L,x\n"
    source(settings.raw, "bron", {"a.csv": text})
    (first,) = landed(settings)
    made = (settings.iv3 / f"{first.key}.parquet").stat().st_mtime_ns
    (again,) = landed(settings)
    assert again == first and len(again.rejects) == 1
    assert (settings.iv3 / f"{first.key}.parquet").stat().st_mtime_ns == made
    source(settings.raw, "bron", {"a.csv": text.replace(",1\n", ",2\n")})
    (changed,) = landed(settings)
    assert changed.key != first.key and rows(settings, changed, "bedrag") == [(2,)]
    assert prune_iv3(settings, [changed]) == 2 and not (settings.iv3 / f"{first.key}.parquet").exists()


def test_a_description_that_lacks_whom_to_name_is_told(tmp_path):
    settings = settings_in(tmp_path)
    source(settings.raw, "bron", {"a.csv": EXTRACT}, bron="", gemeente="Leiden", opgehaald="gisteren")
    (one,) = landed(settings)
    assert [(r.path, r.reason) for r in one.rejects] == [
        ("document.yml", "bron: ontbreekt bij een bron van Iv3"),
        ("document.yml", "gemeente: hoort niet bij een bron van Iv3"),
        ("document.yml", "opgehaald: is geen dag als 2026-11-27"),
    ]
