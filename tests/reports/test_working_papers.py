"""The working papers: every sum as a live formula that comes to what it should, and no text that becomes one."""

from __future__ import annotations

import csv
import errno
import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pdfplumber
import pytest
from reports.example import example

from dagster_project.reports.lists import COLUMNS_IN_ENGLISH, LISTS, LISTS_IN_ENGLISH, no_formula, write_list
from dagster_project.reports.pictures import PICTURE_LISTS, SOURCES
from dagster_project.reports.wording import Bilingual
from dagster_project.reports.workbook import CUT, LONGEST_TEXT, SheetFormula, Workbook
from dagster_project.reports.write import write_report


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    made = example()
    made.rows["audit.causes"][0]["message"] = '=HYPERLINK("http://example.org","klik")'
    made.rows["audit.causes"][0]["verandering"] = "ongewijzigd"
    waits = {"soort": "buiten_feiten", "zekerheid": "onzeker_gelezen", "status": "open", "severity": "middel"}
    waits |= {"document_id": "leiden-web", "verandering": "nieuw", "amount_eur": 90_000, "documenten": 1}
    made.add(
        "audit.causes",
        cause_id="o9",
        finding_id="f9",
        **waits,
        message="4 getallen: in welke stand?",
        first_seen="2024-03-01",
    )
    made.rows["landing.rows"][0]["row_path"] = "+Sociale binding > @Lasten"
    return write_report(made.write(folder / "x.duckdb"), folder / "r", "000001", on_paper=True)


@pytest.fixture(scope="module")
def book(report):
    return openpyxl.load_workbook(report / "dossier.xlsx")


def value(book, sheet, formula) -> Decimal:
    """What a formula of the dossier comes to: references, added up with or without a factor."""
    text = str(formula)
    if not text.startswith("="):
        return Decimal(text)
    if rounded := re.fullmatch(r"=ROUND\((.+),6\)", text):
        text = "=" + rounded[1]
    parts = re.findall(r"([-+]?)(?:([0-9.]+)\*)?((?:'(?:[^']|'')+'!)?)([A-Z]+[0-9]+)", text[1:])
    assert "".join(f"{s}{f + '*' if f else ''}{o}{c}" for s, f, o, c in parts) == text[1:], text
    total = Decimal(0)
    for sign, factor, other, cell in parts:
        at = book[other[1:-2].replace("''", "'")] if other else sheet
        amount = value(book, at, at[cell].value) * Decimal(factor or 1)
        total += -amount if sign == "-" else amount
    return total


def sums(book):
    for sheet in book.worksheets[5:]:
        for row in sheet.iter_rows(min_row=5):
            if len(row) > 4 and str(row[4].value).startswith("=ROUND("):
                yield sheet, row


def test_there_is_a_sheet_per_table_after_those_in_front(book):
    assert book.sheetnames[:5] == ["overzicht", "oorzaken", "vragen", "aanvaardingen", "dekking"]
    assert len(book.sheetnames) == 5 + 4


def test_the_acceptances_say_what_was_accepted_in_the_workbook_and_on_paper(book, report):
    header, row, *_ = ([cell.value for cell in line] for line in book["aanvaardingen"].iter_rows())
    assert (
        row[header.index("wat")] == "Het opschrift zegt het omgekeerde."
        and row[header.index("nu")] == "geldt"
    )
    with pdfplumber.open(report / "samenvatting.pdf") as pdf:
        text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Het opschrift" in text.partition("Wie aanvaardde wat")[2]


def test_all_that_waits_for_an_answer_is_on_the_sheet_of_questions(book):
    rows = [[cell.value for cell in row] for row in book["vragen"].iter_rows(min_row=2)]
    assert [(row[0], row[1]) for row in rows] == [
        ("vraag", "leiden-begroting"),
        ("geweigerd", "leiden-begroting"),
        ("buiten de feiten gehouden", "leiden-web"),
    ]
    assert rows[0][6] == "eenheid" and rows[2][4] == "4 getallen: in welke stand?"
    assert rows[2][7] == 90_000 and "oorzaken.html#" in rows[2][8]


def test_every_sum_is_a_formula_whose_difference_is_that_of_the_warehouse(book):
    made = example()
    differences = [
        abs(row["residual_printed"]) for row in made.rows["audit.reconciliation"] if "residual_printed" in row
    ]
    found = [abs(value(book, sheet, row[4].value)) for sheet, row in sums(book)]
    assert len(found) == len(differences) > 40
    assert sorted(found) == sorted(differences)
    wrong = [row for sheet, row in sums(book) if abs(value(book, sheet, row[4].value)) > row[5].value]
    assert {row[6].value for row in wrong} == {"sluit niet"}


def test_the_sums_of_a_sheet_stand_in_the_order_in_which_their_numbers_are_printed(tmp_path):
    made = example()
    numbered = {row["rule_id"]: f"{n:06d}" for n, row in enumerate(reversed(made.rows["audit.rules"]))}
    for table in ("audit.rules", "audit.rule_terms", "audit.reconciliation"):
        for row in made.rows[table]:
            row["rule_id"] = numbered[row["rule_id"]]
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for sheet in openpyxl.load_workbook(report / "dossier.xlsx").worksheets[5:]:
        firsts = [
            min((int(row), column) for column, row in re.findall(r"(?<![!'A-Z])([A-Z])([0-9]+)", found))
            for line in sheet.iter_rows(min_row=5)
            if str(line[4].value).startswith("=ROUND(")
            and "!" not in (found := f"{line[2].value}{line[3].value}")
        ]
        assert firsts == sorted(firsts)


def test_a_sum_that_lacks_a_number_is_a_formula_over_those_that_are_there_and_says_so(tmp_path):
    made = example()
    terms = [
        row
        for row in made.rows["audit.rule_terms"]
        if row["rule_id"] == made.rows["audit.rules"][0]["rule_id"]
    ]
    lost = next(row for row in terms if not row["is_total"])["cell_id"]
    next(row for row in made.rows["landing.cells"] if row["cell_id"] == lost)["value"] = None
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    told = [
        [cell.value for cell in row]
        for sheet in openpyxl.load_workbook(report / "dossier.xlsx").worksheets[5:]
        for row in sheet.iter_rows(min_row=5)
        if len(row) > 4 and str(row[4].value).startswith("onvolledig: ")
    ]
    whole = next(
        row
        for row in told
        if row[4] == f"onvolledig: 1 van de {len(terms) - 1} delen zonder getal op deze bladen"
    )
    assert whole[2].startswith("=") and whole[2].count("+") == len(terms) - 3 and whole[3].startswith("=")


def test_a_long_word_stays_within_the_paper_of_the_summary(tmp_path):
    made = example()
    for row in made.rows["audit.causes"]:
        row["message"] = "Lasten" + "zondereinde" * 30
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001", on_paper=True)
    with pdfplumber.open(report / "samenvatting.pdf") as pdf:
        assert all(char["x1"] <= page.width - 40 for page in pdf.pages for char in page.chars)


def test_what_a_formula_comes_to_stands_beside_it_for_who_does_not_calculate(report, book):
    shown = openpyxl.load_workbook(report / "dossier.xlsx", data_only=True)
    told = 0
    for sheet, row in sums(book):
        for cell in row[2:5]:
            assert Decimal(str(shown[sheet.title][cell.coordinate].value)) == value(book, sheet, cell.value)
            told += 1
    assert told > 120
    assert shown["oorzaken"]["K2"].value == "oorzaken.html"


def test_printed_text_comes_back_from_the_workbook_as_it_went_in(tmp_path):
    texts = [
        "<b>&amp;\"'",
        "=1+1",
        "+31",
        "-x",
        "@som",
        "{=1}",
        "http://example.org",
        "<r>&</r>",
        "a\nb",
        " rand ",
        "_x0041_",
    ]
    texts += ["€ 1.000 – ½"]
    unsafe = {"nul\x00teken": "nulteken", "half\ud83d\uffff": "half"}
    with Workbook(tmp_path / "x.xlsx") as book:
        book.sheet(
            "één & twee",
            [(text, None, Decimal("1.50"), 3, SheetFormula("C1*2", 3)) for text in [*texts, *unsafe]],
            {},
            (1, 2),
        )
    (sheet,) = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets
    assert sheet.title == "één & twee" and sheet.freeze_panes == "C2"
    found = [row[0].value.replace("_x005F_", "_") for row in sheet.iter_rows()]
    assert found == [*texts, *unsafe.values()]
    assert {row[0].data_type for row in sheet.iter_rows()} == {"s"}
    assert not any(row[0].hyperlink for row in sheet.iter_rows())
    assert [cell.value for cell in sheet[1]][1:] == [None, 1.5, 3, "=C1*2"]


def test_of_two_languages_each_file_says_its_own_and_the_rest_is_the_same(tmp_path):
    told = [
        Bilingual('tabel 7 ("Subsidies") & <Sport>', 'table 7 ("Grants") & <Sports>'),
        Bilingual(" met een blanco ", "with none"),
        Bilingual("<r>x</r>", "<r>y</r>"),
        Bilingual("=1+1", "+1"),
        Bilingual('name="x', 'name="y'),
        Bilingual("<r>zelfde</r>", "<r>zelfde</r>"),
        Bilingual("\N{BANK}" * 40_000, "\N{BANK}" * 8_001),
        Bilingual("", "only in English"),
    ]
    with Workbook(tmp_path / "nl.xlsx", tmp_path / "en.xlsx") as book:
        book.sheet(Bilingual("oorzaken", "causes"), [(words, "printed", 3) for words in told], {}, (0, 0))
        book.sheet("001", [(SheetFormula("C1", 3),)], {}, (0, 0))
    for language, name in enumerate(("oorzaken", "causes")):
        book = openpyxl.load_workbook(tmp_path / f"{('nl', 'en')[language]}.xlsx")
        assert book.sheetnames == [name, "001"] and book["001"]["A1"].value == "=C1"
        found = [(row[0].value or "", *(cell.value for cell in row[1:])) for row in book[name].iter_rows()]
        longest = LONGEST_TEXT // 2
        cut = [words[language][:longest] + CUT * (len(words[language]) > longest) for words in told]
        assert found == [(text, "printed", 3) for text in cut]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.xlsx", "nl.xlsx"]


@pytest.mark.parametrize("sign", ["x", "\N{BANK}"])
def test_a_text_that_is_too_long_for_a_cell_ends_by_saying_that_there_is_more(tmp_path, sign):
    with Workbook(tmp_path / "x.xlsx") as book:
        book.sheet("a", [(sign * LONGEST_TEXT,), (sign * 40_000,)], {}, (0, 0))
    (sheet,) = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets
    assert [row[0].value for row in sheet.iter_rows()] == [sign * LONGEST_TEXT, sign * LONGEST_TEXT + CUT]


def test_a_workbook_that_could_not_be_finished_leaves_the_one_before(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), Workbook(tmp_path / "x.xlsx") as book:
        book.sheet("a", ((1 / 0,) for _ in range(1)), {}, (0, 0))
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]
    assert (tmp_path / "x.xlsx").read_bytes() == b"before"


@pytest.mark.parametrize(
    "where", ["dagster_project.reports.workbook.ZipFile", "xlsxwriter.packager.tempfile.mkstemp"]
)
def test_a_workbook_that_cannot_take_its_place_says_so_as_the_disk_does(where, tmp_path, monkeypatch):
    def full(*args, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError) as refused, Workbook(tmp_path / "x.xlsx") as book:
        book.sheet("a", [("a",)], {}, (0, 0))
        monkeypatch.setattr(where, full)
    assert refused.value.errno == errno.ENOSPC and list(tmp_path.iterdir()) == []


def test_the_rows_of_a_sheet_reach_from_the_first_cell_with_something_in_it_to_the_last(tmp_path):
    rows = [
        (),
        (None, "b"),
        *((None, number, "<r>x</r>") for number in range(2, 20)),
        (),
        ("a", None, None, 5),
    ]
    with Workbook(tmp_path / "x.xlsx") as book:
        book.sheet("a", rows, {}, (0, 0))
    with ZipFile(tmp_path / "x.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<dimension ref="A2:D22"/>' in sheet
    assert re.findall(r'<row r="(\d+)" spans="([0-9:]+)"', sheet) == [
        *((str(number), "2:3") for number in range(2, 17)),
        *((str(number), "1:4") for number in (*range(17, 21), 22)),
    ]
    shown = openpyxl.load_workbook(tmp_path / "x.xlsx")["a"]
    assert shown["B2"].value == "b" and shown["C20"].value == "<r>x</r>" and shown["D22"].value == 5


def test_the_same_rows_make_the_same_workbook_whenever_it_is_made(tmp_path, monkeypatch):
    made = []
    for moment in (1_000_000_000.0, 1_800_000_000.0):
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        with Workbook(tmp_path / "x.xlsx") as book:
            book.sheet("a", [("a", SheetFormula("1+1", 2))], {1: 8}, (1, 0))
        with ZipFile(tmp_path / "x.xlsx") as parts:
            made.append([(part.filename, part.date_time) for part in parts.infolist()])
    assert made[0] == made[1] and len(made[0]) > 5


def test_a_workbook_of_many_sheets_keeps_no_file_open_for_each(tmp_path):
    files = Path("/proc/self/fd")
    if not files.is_dir():
        pytest.skip("nothing here tells which files are open")
    opened = len(list(files.iterdir()))
    with Workbook(tmp_path / "x.xlsx") as book:
        for number in range(50):
            book.sheet(str(number), [("a",)], {}, (0, 0))
        assert len(list(files.iterdir())) < opened + 10


def test_the_sheet_of_coverage_has_what_the_first_page_says_was_not_checked_with_its_euros(report, book):
    page = (report / "index.html").read_text(encoding="utf-8").partition('id="ongecontroleerd"')[2]
    sheet = openpyxl.load_workbook(report / "dossier.xlsx", data_only=True)["dekking"]
    told = {}
    for what, document, number, numbers, euros, *_ in sheet.iter_rows(min_row=2, values_only=True):
        if what is None:
            break
        told.setdefault(what, []).append((document, number, numbers, euros))
    assert "getallen die niet gecontroleerd zijn, elk één keer" in told
    for what, (whole, *parts) in told.items():
        assert what in page
        for at in (1, 2, 3) if parts else ():
            assert sum(part[at] or 0 for part in parts) == (whole[at] or 0), what
        if whole[3]:
            assert f"€\u00a0{whole[3]:,}".replace(",", ".") in page, what
    assert all(cell.value.startswith("=SUM(") for cell in book["dekking"]["C"] if str(cell.value)[0] == "=")


def test_a_printed_total_of_no_sum_says_that_it_was_not_checked(tmp_path):
    made = example()
    (row,) = (
        r for r in made.rows["landing.rows"] if r["table_id"] == "leiden-begroting/002" and r["row_no"] == 1
    )
    row["rol"] = "total"
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001", on_paper=True)
    book = openpyxl.load_workbook(report / "dossier.xlsx")
    sheet = next(s for s in book if s.title.startswith("002"))
    lines = [row for row in sheet.iter_rows() if row[2].value == "niet nagerekend: van geen som het totaal"]
    assert lines
    for line in lines:
        assert line[3].value.startswith("=") and line[6].value == "niet gecontroleerd"
        label = line[1].value.partition(", ")[0]
        assert sheet[line[3].value[1:]].row == next(c.row for c in sheet["B"] if c.value == label)


def test_a_printed_total_whose_reach_is_asked_stands_beside_what_the_nearest_reading_comes_to(tmp_path):
    made = example()
    (row,) = (
        r for r in made.rows["landing.rows"] if r["table_id"] == "leiden-begroting/002" and r["row_no"] == 2
    )
    row["rol"] = "total"
    told = {"path": "tabel.txt", "line": 13, "reason": "van geen van deze rijen de som", "kind": "question"}
    told |= {"document_id": "leiden-begroting", "table_id": "leiden-begroting/002", "row_no": 2}
    made.add("audit.rejects", **told, toelichting="Het minst scheelt dit.", verschil=5, delen="rijen: -1 = 2")
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001", on_paper=True)
    sheet = next(s for s in openpyxl.load_workbook(report / "dossier.xlsx") if s.title.startswith("002"))
    *whole, lacking = [row for row in sheet.iter_rows() if row[6].value == "gevraagd"]
    assert whole
    for line in whole:
        assert line[7].value == "geen lezing sluit: dit is de naaste" and line[4].value.startswith("=ROUND(")
        assert re.fullmatch(r"=-[A-Z]+5", line[2].value) and re.fullmatch(r"=[A-Z]+6", line[3].value)
    assert lacking[2].value == "niet nagerekend: van geen som het totaal"
    assert lacking[7].value == "Het minst scheelt dit."


def test_a_changed_number_changes_what_the_formulas_come_to(report):
    book = openpyxl.load_workbook(report / "dossier.xlsx")
    sheet = book["001 Programmakosten"]
    before = [value(book, s, row[4].value) for s, row in sums(book)]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == 24795)
    cell.value = 24975
    after = [value(book, s, row[4].value) for s, row in sums(book)]
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2


@pytest.mark.parametrize(
    ("name", "said", "not_said"),
    [
        ("samenvatting.pdf", "Niet alles sluit", "Not everything"),
        ("summary.pdf", "Not everything closes", "sluit"),
    ],
)
def test_the_summary_is_a_pdf_with_the_run_and_the_number_of_the_page_on_every_sheet(
    report, name, said, not_said
):
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        pytest.skip(f"no printer for pages here: {error}")
    with pdfplumber.open(report / name) as pdf:
        sheets = [page.extract_text() for page in pdf.pages]
    assert said in sheets[0] and not_said not in sheets[0]
    for number, text in enumerate(sheets, start=1):
        assert "run 000001" in text
        assert re.search(rf"(bladzijde {number} van|page {number} of) {len(sheets)}", text), number


def test_the_summary_opens_with_what_is_new_as_the_first_page_does_and_ends_with_what_was_accepted(report):
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        pytest.skip(f"no printer for pages here: {error}")
    with pdfplumber.open(report / "samenvatting.pdf") as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages).replace("\n", " ")
    new, known = text.index("4 getallen: in welke stand?"), text.index("=HYPERLINK")
    accepted = text.index("aanvaard door J. Jansen")
    assert new < known < accepted


def test_the_summary_says_why_numbers_are_not_proved_as_the_first_page_does(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    told = re.findall(r'data-telling="unproved [a-z_]+">(?:<span[^>]*>)?([0-9.]+)', page)
    with pdfplumber.open(report / "samenvatting.pdf") as pdf:
        text = " ".join(" ".join(sheet.extract_text().split()) for sheet in pdf.pages)
    assert told and text.count("van de getallen die niet bewezen zijn:") == len(told)


def test_every_list_on_the_first_page_has_a_csv(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    for section in re.findall(r'<section id="(?:[a-z]+)">.*?</section>', page, flags=re.DOTALL):
        has_list = "<table" in section or '<ul class="people"' in section
        named = re.findall(r'href="lijsten/([a-z-]+)\.csv"', section)
        assert named or not has_list, section[:200]
        for name in named:
            assert (report / f"lijsten/{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), name
    with (report / "lijsten/documenten.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["document_id"]: row for row in csv.DictReader(file, delimiter=";")}
    assert rows["leiden-web"]["getallen"] == "12" and rows["leiden-web"]["bewezen"] == "12"


def test_the_english_page_leads_to_lists_and_working_papers_in_english(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    dutch = set(re.findall(r'<a class="nl small" lang="nl" href="lijsten/([a-z-]+)[.]csv"', page))
    english = set(re.findall(r'<a class="en small" lang="en" href="lists/([a-z-]+)[.]csv"', page))
    assert english == {LISTS_IN_ENGLISH[name] for name in dutch} and len(dutch) > 8
    for name, told in LISTS_IN_ENGLISH.items():
        nl, en = (report / f"lijsten/{name}.csv"), (report / f"lists/{told}.csv")
        with nl.open(encoding="utf-8-sig", newline="") as file:
            fields, *rows = csv.reader(file, delimiter=";")
        with en.open(encoding="utf-8-sig", newline="") as file:
            in_english, *same = csv.reader(file)
        assert len(fields) == len(in_english) == len(set(in_english)) and len(rows) == len(same), name
    with (report / "lists/causes.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["cause_id"] == "o1")
    assert row["amount_eur"] == "180000.00" and row["cause"] == "Expenditure 2019 does not close."
    assert 'href="working-papers.xlsx" class="en"' in page
    book = openpyxl.load_workbook(report / "working-papers.xlsx")
    assert book.sheetnames[:5] == ["overview", "causes", "questions", "acceptances", "coverage"]
    assert [cell.value for cell in book["causes"][1]][:4] == ["certainty", "severity", "status", "change"]
    told = {
        str(cell.value) for sheet in book.worksheets[5:] for row in sheet.iter_rows() for cell in row[2:8]
    }
    assert {"computed", "printed", "difference", "allowed", "verdict", "kind", "break", "exact"} <= told
    assert not {"berekend", "gedrukt", "sluit niet"} & told


def test_every_column_of_a_list_has_an_english_name():
    fields = [
        field
        for listed, _ in (*LISTS.values(), *(SOURCES[name] for name in PICTURE_LISTS))
        for field in listed.split()
    ]
    same = {"cause_id", "finding_id", "document_id", "table_id", "cell_id", "fingerprint", "status", "sha256", "suite", "sql", "per",
            "reserve", "reserve_id", "indicator", "table_no", "proved", "implied", "locatable", "unverifiable"}  # fmt: skip
    assert set(fields) - COLUMNS_IN_ENGLISH.keys() == same & set(fields)
    assert not [field for field in fields if re.search("[^a-z_0-9]", COLUMNS_IN_ENGLISH.get(field, field))]


def test_the_trend_over_the_runs_has_what_each_run_told_of_itself_and_its_list_is_the_one_on_the_page(
    tmp_path,
):
    made = example()
    told = '{"values": 1200, "proved": 9, "rules": 4, "causes": {"fout_in_het_stuk": 2, "niet_gecontroleerd": 1}, "rejects": 0}'
    for number, (counts, verdicts) in enumerate([(None, None), (told, '{"break": 3, "not_judged": 0}')]):
        run = {
            "run_id": f"00000{number}",
            "started_at": f"2024-04-0{number + 1} 08:00",
            "code_version": "abc",
        }
        made.add("history.runs", **run, counts=counts, verdicts=verdicts)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000002")
    page = (
        (report / "index.html")
        .read_text(encoding="utf-8")
        .partition('id="verloop"')[2]
        .partition("</table>")[0]
    )
    lines = [
        [
            re.sub(r"<[^>]+>", "", re.sub(r'<span class="en".*?</span>', "", cell))
            for cell in re.findall("<td[^>]*>(.*?)</td>", line)
        ]
        for line in re.findall("<tr>(.*?)</tr>", page)[1:]
    ]
    assert lines[1] == ["000001", "2024-04-02", "1.200", "9", "4", "3", "0", "3", "0", "–", "abc"]
    assert lines[2][2:10] == ["–"] * 8
    with (report / "lijsten/verloop.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *listed = csv.reader(file, delimiter=";")
    assert heads[:6] == ["run_id", "dag", "programmatuur", "getallen", "bewezen", "sommen"]
    assert [[run, day, *rest, code] for run, day, code, *rest in reversed(listed)] == [
        [cell.replace(".", "").replace("–", "") for cell in line] for line in lines
    ]


def test_text_never_becomes_a_formula(book, report):
    cause = next(row for row in book["oorzaken"].iter_rows(min_row=2) if row[4].value == "leiden-begroting")
    assert cause[7].data_type == "s" and cause[7].value.startswith("=HYPERLINK")
    labels = [row[1] for row in book["001 Programmakosten"].iter_rows(min_row=5, max_row=5)]
    assert labels[0].data_type == "s" and labels[0].value.startswith("+Sociale")
    with (report / "lijsten/oorzaken.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["oorzaak"] for row in rows if row["cause_id"] == "o1"] == [
        '\'=HYPERLINK("http://example.org","klik")'
    ]
    assert rows[0]["bedrag_eur"] == "180000,00"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@sum", " =1", "\tx", "\rx"])
def test_what_a_spreadsheet_takes_for_a_formula_is_written_behind_an_apostrophe(text):
    assert no_formula(text) == f"'{text}"
    assert no_formula("") == "" and no_formula("1.234") == "1.234"


def test_what_a_terminal_would_obey_is_spelled_out_in_a_list(tmp_path):
    file = tmp_path / "lijst.csv"
    write_list(file, ("document_id", "tekst"), [("a\x1b[31m", "\u202eom"), ("b\x9b2J", "=\x1b]0t\x07")])
    written = file.read_text(encoding="utf-8-sig")
    assert not re.search("[\x1b\x9b\x07\u202e]", written)
    assert "a\\x1b[31m;\\u202eom" in written and "b\\x9b2J;'=\\x1b]0t\\x07" in written
