"""Documents from folder to tables: the five of raw/, counted, and what bad input becomes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project.reading.documents import read_document
from dagster_project.reading.model import Document, Table, join_path

RAW = Path(__file__).resolve().parents[2] / "raw"
DESCRIPTION = "gemeente: Dorp\ntitel: Begroting 2018\nsoort: begroting\njaar: 2018\nvorm: web\n"
TABLE = "Lasten (x € 1.000)\t2017\t2018\nWegen\t1.200\t1.300\nGroen\t-155\t2.016\nTotaal\t1.045\t3.316\n"


def folder(tmp_path: Path, description: str | None = DESCRIPTION, **files: str | bytes) -> Path:
    """A document's folder; underscores in names stand for the point of the extension."""
    if description is not None:
        (tmp_path / "document.yml").write_text(description, encoding="utf-8")
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name.replace("_", ".")).write_bytes(data)
    return tmp_path


def reasons(document: Document) -> str:
    rejects = [*document.rejects, *(r for t in document.tables for r in t.rejects)]
    return "\n".join(f"{r.path}:{r.line}: {r.reason} [{r.text}]" for r in rejects)


def paths(table: Table) -> list[tuple[str, str, Decimal | None]]:
    rows = {r.no: join_path(r.path) for r in table.rows}
    columns = {c.no: join_path(c.path) for c in table.columns}
    return [(rows[c.row], columns[c.column], c.value) for c in table.cells]


# --- the five documents ----------------------------------------------------------------------------------


def test_the_social_domain_table_is_the_same_on_the_web_and_in_the_pdf() -> None:
    (web,) = read_document(RAW / "leiden-jaarstukken-2017-web").tables
    (pdf,) = read_document(RAW / "leiden-jaarstukken-2017-pdf").tables
    assert paths(web) == paths(pdf)
    assert (len(web.rows), len(web.columns), len(web.cells)) == (21, 7, 147)
    assert [join_path(c.path) for c in web.columns] == [
        "totaal budget 2017",
        "realisatie 2017",
        "verschil",
        "begroting > 2018",
        "meerjarenraming > 2019",
        "meerjarenraming > 2020",
        "meerjarenraming > 2021",
    ]
    rows = [join_path(r.path) for r in web.rows]
    assert {"Jeugd > sub-totaal", "WMO (nieuw) > Bescherm wonen ZIN", "WMO (oud) > Overige Wmo"} <= set(rows)
    assert rows[-1] == "Totalen (lasten)"
    assert web.unit == pdf.unit == "EUR_1000"


def test_the_programme_budget_has_its_costs_reserves_and_subsidies() -> None:
    tables = {t.caption: t for t in read_document(RAW / "leiden-programmabegroting-2018").tables}
    costs, reserves, subsidies = tables["Programmakosten"], tables["Reserves"], tables["Subsidies"]
    assert [len(t.cells) for t in (costs, reserves, subsidies)] == [114, 78, 2]
    rows = [join_path(r.path) for r in costs.rows]
    assert rows[:3] == [f"Sociale binding en participatie > {x}" for x in ("Lasten", "Baten", "Saldo")]
    assert rows[-7:] == [
        "Programma > Lasten",
        "Programma > Baten",
        "Programma > Saldo van baten en lasten",
        "Reserves > Toevoeging",
        "Reserves > Onttrekking",
        "Reserves > Mutaties reserves",
        "Resultaat",
    ]
    assert [join_path(c.path) for c in costs.columns][-3:] == [
        f"Meerjarenraming > {y}" for y in (2019, 2020, 2021)
    ]
    assert len({r.path[0] for r in reserves.rows}) == 5  # four reserves and their total
    assert (costs.kind, reserves.kind, costs.unit, reserves.unit) == (
        "exploitatie",
        "reserves",
        "EUR_1000",
        "EUR_1000",
    )


def test_the_indicators_have_their_values_years_targets_and_footnotes() -> None:
    tables = [
        t for t in read_document(RAW / "leiden-programmabegroting-2018").tables if t.kind == "indicatoren"
    ]
    rows = [(t, r) for t in tables for r in t.rows]
    cells = [(t, c) for t in tables for c in t.cells]
    realised = [c for t, c in cells if t.columns[c.column - 1].grootheid == "realisatie"]
    targets = [c for t, c in cells if t.columns[c.column - 1].grootheid == "streefwaarde"]
    assert (len(tables), len(rows), len(realised), len(targets)) == (4, 23, 50, 92)
    assert all(c.jaar for c in realised)
    assert sum(c.value is not None for c in targets) == 60
    assert sum(c.is_missing and not c.is_nil for c in targets) == 32
    assert [(c.value, c.text) for c in targets if c.text == "80%-"] == [(Decimal(80), "80%-")]
    noted = {c.text: c.noot for c in realised if c.noot}
    assert noted["19% (2017)*"] == "* Afgerond 19% tamelijk tot zwaar belast, 1% overbelast."
    assert noted["7 (2015)**"].startswith("** Andere telling vanaf 2015")
    by_code = {r.code: r for _, r in rows}
    assert by_code["9D1.d"].noot.startswith("* Streefwaarden vastgesteld")
    assert by_code["9C2.b"].bron == "GMSD*** (wsjg - BBV)"
    assert by_code["9C2.b"].noot.startswith("*** Verplichte indicator")


def test_goals_prestaties_and_records_are_all_there() -> None:
    document = read_document(RAW / "leiden-programmabegroting-2018")
    assert len({p.doel_code for p in document.prestaties}) == 7
    assert len(document.prestaties) == 16
    assert {p.beleidsterrein_code for p in document.prestaties} == {"9A", "9B", "9C", "9D"}
    texts = {label.text for label in document.labels if label.code == "9B1"}
    assert texts == {"Burgers zijn zo zelfredzaam mogelijk", "Inwoners zijn zo zelfredzaam mogelijk"}
    counted = {d.name: len(read_document(d).records) for d in RAW.iterdir()}
    lines = {d.name: sum(len(f.read_text().splitlines()) - 1 for f in d.glob("*.csv")) for d in RAW.iterdir()}
    assert counted == lines


def test_the_savings_of_hengelo_are_three_tables_in_whole_euros() -> None:
    tables = read_document(RAW / "hengelo-beleidsbegroting-2025").tables
    assert [(len(t.rows), len(t.columns), len(t.cells), t.unit, t.kind) for t in tables] == [
        (3, 6, 18, "EUR", "besparingen")
    ] * 3
    nil = [c for c in tables[2].cells if c.is_nil]
    assert len(nil) == 6
    assert {c.text for c in nil} == {"€ -"}


# --- bad input ---------------------------------------------------------------------------------------------


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    document = read_document(folder(tmp_path, DESCRIPTION + "gemente: Dorp\n"))
    assert document.meta == {}
    assert "document.yml:6: onbekende sleutel in document.yml: gemente" in reasons(document)


@pytest.mark.parametrize("key", ["gemeente", "titel", "soort", "jaar", "vorm"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    lines = [line for line in DESCRIPTION.splitlines(True) if not line.startswith(key)]
    assert f"sleutel ontbreekt in document.yml: {key}" in reasons(
        read_document(folder(tmp_path, "".join(lines)))
    )


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "document.yml:2: document.yml is geen YAML" in reasons(
        read_document(folder(tmp_path, "gemeente: Dorp\ntitel: [Begroting\nsoort: x\n"))
    ).replace("document.yml:3:", "document.yml:2:")


def test_a_folder_without_a_description_says_so(tmp_path: Path) -> None:
    assert "document.yml ontbreekt" in reasons(read_document(folder(tmp_path, None, a_txt=TABLE)))


def test_an_empty_extract_is_rejected_and_the_other_file_still_lands(tmp_path: Path) -> None:
    document = read_document(folder(tmp_path, a_txt=" \n\n", b_txt=TABLE))
    assert "a.txt:None: leeg uittreksel" in reasons(document)
    assert [len(t.cells) for t in document.tables] == [6]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vermeldingen_csv", b"vermelding;bedrag;jaar\nV-1;12\x00;2018\n"),
        ("claims_yml", b"- \x00"),
        ("ander_csv", b"\x00\x01\x02" * 100),
    ],
)
def test_a_file_with_zero_bytes_is_rejected_and_the_other_file_still_lands(
    tmp_path: Path, name: str, data: bytes
) -> None:
    document = read_document(folder(tmp_path, tabel_txt=TABLE, **{name: data}))
    assert document.meta and len(document.tables) == 1
    assert [r.path for r in document.rejects if r.kind == "reject"] == [name.replace("_", ".")]


def test_a_file_that_makes_the_reader_fail_is_rejected_and_the_others_land(
    tmp_path: Path, monkeypatch
) -> None:
    from dagster_project.reading import documents

    understand = documents.understand

    def failing(fragments, around, path, first_no):
        if path == "b.txt":
            raise ValueError("the header makes no sense")
        return understand(fragments, around, path, first_no=first_no)

    monkeypatch.setattr(documents, "understand", failing)
    document = read_document(folder(tmp_path, a_txt=TABLE, b_txt=TABLE, c_txt=TABLE))
    assert [(t.no, t.path) for t in document.tables] == [(1, "a.txt"), (2, "c.txt")]
    assert "b.txt:None: de lezer faalde: ValueError: the header makes no sense" in reasons(document)


def test_a_year_of_twenty_digits_is_no_year_and_the_document_lands(tmp_path: Path) -> None:
    from dagster_project.warehouse.records import records

    long = f"vermelding;bedrag;jaar\nV-1;12;{'2' * 20}\nV-2;13;2018\nV-3;14;{'3' * 5000}\n"
    found = records(read_document(folder(tmp_path, tabel_txt=TABLE, vermeldingen_csv=long)), "v")
    assert [m["jaar"] for m in found["mentions"]] == [None, 2018, None]
    assert [r["reason"] for r in found["rejects"] if r["path"] == "vermeldingen.csv"] == [
        "jaar is geen jaar"
    ] * 2


def test_a_word_for_precision_that_is_none_is_rejected_by_name_and_line(tmp_path: Path) -> None:
    from dagster_project.warehouse.records import records

    said = "vermelding;bedrag;jaar;nauwkeurigheid\nV-1;12;2018;zomaar\nV-2;13;2018;ruim\nV-3;14;2018;\n"
    found = records(read_document(folder(tmp_path, tabel_txt=TABLE, vermeldingen_csv=said)), "v")
    assert [m["nauwkeurigheid"] for m in found["mentions"]] == [None, "ruim", None]
    told = [(r["line"], r["text"]) for r in found["rejects"] if r["path"] == "vermeldingen.csv"]
    assert told == [(2, "zomaar")]


def test_a_unit_of_an_amount_in_text_that_is_none_is_told_by_name_and_line_and_stays_as_printed(
    tmp_path: Path,
) -> None:
    from dagster_project.warehouse.records import records

    said = "vermelding;bedrag;jaar;eenheid\nV-1;12;2018;GULDEN\nV-2;13;2018;EUR_MLN\nV-3;14;2018;\n"
    found = records(read_document(folder(tmp_path, tabel_txt=TABLE, vermeldingen_csv=said)), "v")
    assert [m["eenheid"] for m in found["mentions"]] == ["GULDEN", "EUR_MLN", None]
    told = [
        (r["line"], r["text"], r["reason_en"]) for r in found["rejects"] if r["path"] == "vermeldingen.csv"
    ]
    assert told == [(2, "GULDEN", "eenheid is none of EUR, EUR_1000, EUR_MLN")]


@pytest.mark.parametrize("text", ["1.2.3", "12,3,4", "1O5"])
def test_a_number_that_is_none_is_rejected_by_line_and_text_and_nothing_is_invented(
    tmp_path: Path, text: str
) -> None:
    document = read_document(folder(tmp_path, a_txt=TABLE.replace("1.300", text)))
    assert f"a.txt:2: geen getal in kolom 2018 [{text}]" in reasons(document)
    (table,) = document.tables
    (cell,) = [c for c in table.cells if c.text == text]
    assert (cell.value, cell.is_missing, cell.is_nil) == (None, True, False)
    assert len(table.cells) == 6


def test_a_row_with_too_many_numbers_is_rejected_and_the_others_land(tmp_path: Path) -> None:
    document = read_document(
        folder(tmp_path, a_txt=TABLE.replace("Groen\t-155\t2.016", "Groen\t-155\t2.016\t77"))
    )
    assert (
        "a.txt:3: rij heeft 3 waarden waar de tabel 2 kolommen heeft [Groen | -155 | 2.016 | 77]"
        in reasons(document)
    )
    assert len(document.tables[0].cells) == 4


def test_a_row_with_too_few_numbers_is_loose(tmp_path: Path) -> None:
    (table,) = read_document(
        folder(tmp_path, a_txt=TABLE.replace("Groen\t-155\t2.016", "Groen\t-155"))
    ).tables
    assert {r.path[-1] for r in table.rows if r.no in table.loose_rows} == {"Groen"}


@pytest.mark.parametrize(
    "data",
    [
        TABLE.replace("Groen", "Café").encode("cp1252"),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("1.200", "1\u00a0200").replace("x € 1", "x\u00a0€\u00a01").encode(),
    ],
    ids=["latin-1", "byte-order mark", "windows line ends", "non-breaking spaces"],
)
def test_other_encodings_and_line_ends_give_the_same_numbers(tmp_path: Path, data: bytes) -> None:
    document = read_document(folder(tmp_path, a_txt=data))
    (table,) = document.tables
    assert [c.value for c in table.cells] == [1200, 1300, -155, 2016, 1045, 3316]
    assert table.unit == "EUR_1000"
    assert not reasons(document)


def test_a_year_that_the_extract_contradicts_is_told_and_the_tables_land(tmp_path: Path) -> None:
    document = read_document(folder(tmp_path, DESCRIPTION.replace("2018", "2031"), a_txt=TABLE))
    assert "jaar 2031 in document.yml spreekt het uittreksel tegen" in reasons(document)
    assert len(document.tables) == 1


def test_a_title_that_names_another_year_contradicts_the_description(tmp_path: Path) -> None:
    document = read_document(folder(tmp_path, a_txt="Programmabegroting 2019\n\n" + TABLE))
    assert "jaar 2018 in document.yml spreekt het uittreksel tegen, dat alleen 2019 noemt" in reasons(
        document
    )


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "elders.txt"
    outside.write_text(TABLE)
    inside = tmp_path / "doc"
    inside.mkdir()
    (folder(inside) / "link.txt").symlink_to(outside)
    document = read_document(inside)
    assert "link.txt:None: verwijzing naar buiten de map" in reasons(document)
    assert document.tables == ()


def test_an_unknown_unit_is_asked_for_and_an_answer_is_used(tmp_path: Path) -> None:
    asked = read_document(folder(tmp_path, a_txt=TABLE.replace(" (x € 1.000)", "")))
    (question,) = [r for r in asked.rejects if r.kind == "question"]
    assert question.key == "antwoorden.001.eenheid"
    assert asked.tables[0].unit is None
    answered = read_document(folder(tmp_path, DESCRIPTION + "antwoorden:\n  001.eenheid: EUR\n"))
    assert (answered.tables[0].unit, answered.tables[0].unit_source) == ("EUR", "document.yml")
    assert not answered.rejects


def test_the_fingerprint_follows_content_and_not_the_name_of_the_folder(tmp_path: Path) -> None:
    one, other = tmp_path / "een", tmp_path / "twee"
    for where in (one, other):
        where.mkdir()
        folder(where, a_txt=TABLE)
    assert read_document(one).sha256 == read_document(other).sha256
    folder(other, a_txt=TABLE.replace("1.200", "1.201"))
    assert read_document(one).sha256 != read_document(other).sha256


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("jaar: 2018", "jaar: 2018\njaar: 2019", 5, "sleutel jaar staat er tweemaal, op regel 4 en 5"),
        ("jaar: 2018", "jaar: 33:44", 4, "geen gewoon getal: 33:44"),
        ("vorm: web", "vorm: web\ngemeentecode: GM٠٠٣٤", 6, "gemeentecode"),
        ("vorm: web", "vorm: web\neenheid: GULDEN", 6, "EUR_MLN"),
        ("vorm: web", "vorm: web\nantwoorden: &a {a: 1}\nversie: *a", 6, "verwijzingen"),
        ("vorm: web", "vorm: web\nopgehaald: 2026-02-30", 6, "2026-02-30 is geen dag"),
    ],
)
def test_what_two_people_would_read_differently_is_refused_by_name_and_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    document = read_document(folder(tmp_path, DESCRIPTION.replace(old, new)))
    assert document.meta == {}
    assert (document.rejects[0].line, reason in document.rejects[0].reason) == (line, True), document.rejects


@pytest.mark.parametrize("depth", [4_000, 200_000])
def test_a_description_nested_without_end_is_told_and_ends_no_process(tmp_path: Path, depth: int) -> None:
    document = read_document(folder(tmp_path, "[" * depth + "]" * depth))
    assert document.meta == {} and document.rejects
