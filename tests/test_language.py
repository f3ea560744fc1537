"""A command speaks one language, that of the locale: what it says is in the catalogue, and nothing of the other language is said."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from pathlib import Path
from string import Formatter

import duckdb
import pytest
from babel.messages.pofile import read_po
from fetch.site import Reply, Site, served
from warehouse.small import put, settings_in
from warehouse.small import refresh as refresh_small

from dagster_project import language
from dagster_project.assets import summary
from dagster_project.language import Written
from dagster_project.reports.verdict import verdict
from dagster_project.settings import Settings
from dagster_project.warehouse import manifest
from tests.conftest import ROOT, STREAMS, sluitend_here

PACKAGE = ROOT / "dagster_project"
PAGE = """<!doctype html><h1>Begroting 2025</h1><table><tr><th>Bedragen x &euro; 1.000</th><th>Begroting 2025</th></tr>
<tr><td>Jeugd</td><td>100</td></tr><tr><td>Wmo</td><td>50</td></tr><tr><td>Totaal</td><td>150</td></tr></table>"""
LOCALES = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}


@pytest.fixture(scope="module")
def catalogue() -> list[tuple[str, str]]:
    """Every message in English and in Dutch."""
    with language.CATALOGUE.open("rb") as source:
        return [(entry.id, entry.string) for entry in read_po(source, locale="nl") if entry.id]


@pytest.fixture(scope="module")
def trees() -> list[ast.AST]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]


def pieces(message: str) -> list[str]:
    """The text of a message between what is filled in."""
    return [text.strip(" ;:,.()") for text, *_ in Formatter().parse(message) if re.search(r"\w{3}", text)]


def skeleton(text: ast.expr) -> str:
    """A text in the code, with an empty pair of braces for what is filled in; empty where it is none."""
    if isinstance(text, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in text.values)
    return text.value if isinstance(text, ast.Constant) else ""


def foreign(said: str, catalogue: list[tuple[str, str]], spoken: str) -> list[str]:
    """What of the other language is in what was said, as far as it is not the same in both."""
    own = " ; ".join(text for entry in catalogue for text, *_ in Formatter().parse(entry[spoken == "nl"]))
    others = {piece for entry in catalogue for piece in pieces(entry[spoken == "en"])}
    there = {piece for piece in others if piece in said}  # a pattern takes longer to make than to look for
    whole = {piece: re.compile(rf"(?<![\w/.'-]){re.escape(piece)}(?![\w/.'-])") for piece in there}
    return sorted(piece for piece, found in whole.items() if found.search(said) and not found.search(own))


def run(home: Path | None, *arguments: str, spoken: str, **more: str) -> str:
    """What a command prints in a locale, on both streams."""
    placed = ["--home", str(home)] if home else []
    done = sluitend_here(*arguments, *placed, **more, LC_ALL=LOCALES[spoken])
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def said_of_documents(catalogue, trees) -> list[tuple[str, str]]:
    """The messages, and what commands about a single document have in both languages; in English and in Dutch."""
    calls = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "in_locale"]  # fmt: skip
    pairs = [tuple(skeleton(a) for a in reversed(call.args)) for call in calls if len(call.args) == 2]
    return [*catalogue, *(pair for pair in pairs if all(pair))]


@pytest.fixture
def twice(tmp_path: Path) -> Settings:
    """A small warehouse in which two states were published."""
    settings = settings_in(tmp_path)
    for amount in (100, 200):
        put(settings.raw, "stuk", f"Jeugd;2018;{amount}")
        refresh_small(settings)
    return settings


@pytest.fixture
def long(twice: Settings) -> Path:
    """The home of a small warehouse with a table that is too long for a sheet."""
    file = twice.published.resolve()
    file.chmod(0o644)
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create schema if not exists marts; create table marts.lang as from range(100_001)"
        )
    return twice.home


def test_every_message_is_in_the_catalogue_with_the_same_to_fill_in(catalogue, trees):
    calls = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") in ("phrase", "Written")]  # fmt: skip
    literal = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert literal - {english for english, _ in catalogue} == set()
    for english, dutch in catalogue:
        filled = [
            sorted(name for _, name, *_ in Formatter().parse(text) if name) for text in (english, dutch)
        ]
        assert filled[0] == filled[1], english


def test_every_message_of_the_catalogue_is_said_somewhere(catalogue, trees):
    texts = {n.value.replace("_", " ") for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}  # fmt: skip
    assert [english for english, _ in catalogue if english.replace("_", " ") not in texts] == []


def test_a_message_of_the_other_language_is_noticed(catalogue):
    assert foreign("published        1.0 s", catalogue, "nl") == ["published"]
    assert foreign("gepubliceerd     1.0 s", catalogue, "en") == ["gepubliceerd"]
    assert foreign("gepubliceerd     1.0 s", catalogue, "nl") == []


@pytest.mark.parametrize("spoken", LOCALES)
@pytest.mark.parametrize("command", ["doctor", "history"])
def test_doctor_and_history_speak_the_language_of_the_locale(refreshed, catalogue, command, spoken):
    said = run(refreshed, command, spoken=spoken)
    assert said.strip() and foreign(said, catalogue, spoken) == []


@pytest.mark.xdist_group("again")
@pytest.mark.parametrize(("name", "spoken"), [("refreshed", "en"), ("again", "nl")])
def test_a_refresh_speaks_the_language_of_the_locale_and_ends_with_the_verdict(
    request, catalogue, name, spoken
):
    home = request.getfixturevalue(name)
    said = [home.with_name(f"{name}.{stream}").read_text(encoding="utf-8") for stream in STREAMS]
    told = json.loads(max((home / "runs").glob("*.json")).read_text(encoding="utf-8"))["verdict"]
    lines = said[0].splitlines()
    assert lines[-1] == told[spoken] and told[{"nl": "en", "en": "nl"}[spoken]] not in lines
    assert foreign("".join(said), catalogue, spoken) == []


@pytest.mark.parametrize("spoken", LOCALES)
def test_what_cannot_be_used_is_told_in_the_language_of_the_locale(tmp_path, catalogue, spoken):
    said = run(tmp_path / "home", "refresh", "--raw", str(tmp_path / "none"), spoken=spoken)
    assert said.startswith("sluitend: ") and foreign(said, catalogue, spoken) == []


def test_what_was_written_is_english_and_can_be_spoken(monkeypatch):
    why = Written("{file}: is missing; it should be {live}", file="a", live="b")
    told = Written("{file} line {no}: {problem}", file="c", no=1200, problem=why)
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert told == "c line 1200: a: is missing; it should be b" == json.loads(json.dumps(told))
    assert language.spoken(ValueError(told)) == "c regel 1200: a: ontbreekt; het hoort b te zijn"
    assert language.spoken("of a library") == "of a library"


@pytest.mark.parametrize("spoken", LOCALES)
def test_what_is_done_with_the_chain_is_told_in_the_language_of_the_locale_and_kept_in_english(
    twice, catalogue, spoken
):
    done = [
        run(twice.home, *arguments, spoken=spoken)
        for arguments in (
            ["rollback"],
            ["rollback"],
            ["rollback", "99"],
            ["verify"],
            ["history", "--changes", "9"],
        )
    ]
    lines = twice.manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    twice.manifest.write_text("".join(lines[:-1]), encoding="utf-8")
    settled = ["settle", "--who", "A", "--why", "x"]
    for arguments in (["verify"], ["rollback"], settled, settled, ["verify", "--expect", "0"]):
        done.append(run(twice.home, *arguments, spoken=spoken))
    assert all(done) and foreign("".join(done), catalogue, spoken) == []
    (decided,) = [e for e in manifest.read(twice) if e.kind == manifest.SETTLED]
    (problem,) = decided.facts["problems"]
    assert problem.startswith("manifest.jsonl was shortened: the entry that was carried out last, ")


@pytest.mark.parametrize("spoken", LOCALES)
def test_files_are_compared_in_the_language_of_the_locale_and_in_english_for_a_script(
    twice, tmp_path, catalogue, spoken
):
    for name, columns in {"old.duckdb": "1 as a, 2 as b", "new.duckdb": "1::bigint as a, 3 as c"}.items():
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"create schema los; create table los.rijen as select {columns}")
            connection.execute(f"create table los.alleen_{name[:3]} as select 1 as a")
            connection.execute(
                f"create schema marts; create table marts.dim_stand as select 'a' as stand, '{name}' as naam"
            )
    files = [str(tmp_path / name) for name in ("old.duckdb", "new.duckdb")]
    done = [
        run(twice.home, "diff", *arguments, spoken=spoken)
        for arguments in (
            ["1", "2", "--without", "line"],
            ["1", "1"],
            ["1", "9"],
            ["1", "2", "--table", "x"],
            files,
        )
    ]
    assert all(done) and foreign("".join(done), catalogue, spoken) == []
    for line in run(twice.home, "diff", *files, "--json", spoken=spoken).splitlines():
        assert foreign(line, catalogue, "en") == []


@pytest.mark.parametrize("spoken", LOCALES)
def test_an_export_speaks_the_language_of_the_locale_and_its_files_do_not(long, tmp_path, catalogue, spoken):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").touch()
    done = [
        run(home, "export", "--to", str(to), spoken=spoken)
        for home, to in (
            (long, tmp_path / "to"),
            (long, tmp_path / "other"),
            (tmp_path / "none", tmp_path / "to"),
        )
    ]
    done.append(run(long, "export", spoken=spoken))
    assert all(done) and foreign("".join(done), catalogue, spoken) == []
    sheets = zipfile.ZipFile(tmp_path / "to" / "sluitend.xlsx")
    contents = sheets.read("xl/worksheets/sheet1.xml").decode()
    assert "lang: 100001 rows are too many for a sheet; they are in csv/ and parquet/" in contents
    assert {"nl": "100001 rijen zijn te veel", "en": "100001 rows are too many"}[spoken] in "".join(done)


@pytest.mark.parametrize("spoken", LOCALES)
def test_fetching_speaks_the_language_of_the_locale_and_keeps_its_records_in_english(
    tmp_path, catalogue, spoken
):
    raw, home, site = tmp_path / "raw", tmp_path / "home", Site()
    raw.mkdir()
    places = ["--raw", str(raw)]
    quick = {"SLUITEND_ALLOW_PRIVATE": "127.0.0.1", "SLUITEND_FETCH_TRIES": "1"}
    about = ["--gemeente", "A", "--titel", "B", "--soort", "begroting", "--jaar", "2025", "--yes"]
    with served(site):
        site.pages["/a"] = Reply(PAGE)
        add = ["add", f"{site.address}/a", *about, *places]
        none = run(home, "fetch", *places, spoken=spoken)
        assert str(raw) in run(home, *add, spoken=spoken, **quick)
        done = [none, run(home, "fetch", *places, spoken=spoken, **quick)]
        site.pages["/a"] = Reply("<p>1</p>")
        done.append(run(home, "fetch", *places, spoken=spoken, **quick))
        told = run(home, "fetch", "--json", *places, spoken=spoken, **quick)
        done.append(run(home, *add[:2], *about, "--name", "x", *places, spoken=spoken))
    done.append(run(home, "fetch", "--only", "y", *places, spoken=spoken))
    done.append(run(home, "fetch", "iv3", "--jaar", "2025", "--soort", "begroting", "--gemeente", "1", *places, spoken=spoken))  # fmt: skip
    assert all(done) and foreign("".join(done), catalogue, spoken) == []
    (record,) = raw.rglob(".herkomst.json")
    why = json.loads(record.read_text(encoding="utf-8"))["trouble"]
    assert why.endswith(": is said to be text/html and is text: '1'")
    assert json.loads(told.splitlines()[0])["message"] == why


@pytest.mark.parametrize("spoken", LOCALES)
def test_inspecting_and_answering_speak_the_language_of_the_locale(tmp_path, said_of_documents, spoken):
    raw = tmp_path / "raw"
    rows = {"Jeugd": (3468, 4702, 5936), "Wmo": (4702, 6170, 7638), "Werk": (5936, 7638, 1340), "Zorg": (7170, 9106, 2042)}  # fmt: skip
    cells = ["P", "Lasten", "2023", "2024", "Baten"]
    for name, row in rows.items():
        cells += [name, *(f"{value:,}".replace(",", ".") for value in row)]
    for year in (2024, 2025):
        (raw / f"p-{year}").mkdir(parents=True)
        (raw / f"p-{year}" / "document.yml").write_text(
            f"gemeente: A\ntitel: B {year}\nsoort: begroting\njaar: {year}\nvorm: web\n"
        )
        (raw / f"p-{year}" / "a.txt").write_text("\n".join(cells))
    inspect = ["inspect", str(raw / "p-2024")]
    wrong = [("p-2024", "1", "x"), ("p-2024", "9", "1"), ("nothing", "1", "1")]
    done = [
        run(None, *arguments, "--raw", str(raw), spoken=spoken)
        for arguments in (
            inspect,
            *(["answer", *each] for each in wrong),
            ["answer", "p-2024", "1", "1"],
            inspect,
            ["inspect", str(tmp_path / "none")],
        )
    ]
    for each in done:
        assert each.strip() and foreign(each, said_of_documents, spoken) == []


def test_without_a_locale_the_commands_speak_english(monkeypatch, refreshed):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (kept,) = (refreshed / "runs").glob("*.json")
    ended = summary._read(kept)
    assert ended.lines()[-1] == verdict(ended.counts).en
    monkeypatch.setenv("LANG", "nl_NL")
    assert ended.lines()[-1] == verdict(ended.counts).nl
