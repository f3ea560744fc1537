"""The command ``answer`` and what ``inspect`` shows before and after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.cli import group

pytestmark = pytest.mark.usefixtures("dutch")
VALUES = {
    "Wonen": (3468, 4702, 5936),
    "Zorg": (4702, 6170, 7638),
    "Bestuur": (5936, 7638, 1340),
    "Groen": (7170, 9106, 2042),
}
DESCRIPTION = "gemeente: Proefstad\ntitel: Begroting {jaar}\nsoort: begroting\njaar: {jaar}\nvorm: web\n"


def put(raw: Path, name: str, header: list[str], jaar: int, rows=VALUES) -> Path:
    folder = raw / name
    folder.mkdir(parents=True)
    (folder / "document.yml").write_text(DESCRIPTION.format(jaar=jaar), encoding="utf-8")
    cells = [
        *header,
        *(c for label, row in rows.items() for c in (label, *(f"{v:,}".replace(",", ".") for v in row))),
    ]
    (folder / "a.txt").write_text("\n".join(["Bedragen (x € 1.000)", *cells]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    put(tmp_path / "raw", "proef-2024", ["Programma", "Lasten", "2023", "2024", "Baten"], 2024)
    put(tmp_path / "raw", "proef-2025", ["Programma", "Lasten", "2024", "2025", "Baten"], 2025)
    return tmp_path / "raw"


@pytest.fixture
def run(raw: Path):
    def call(command: str, *arguments: object):
        return CliRunner().invoke(group, [command, *map(str, arguments), "--raw", str(raw)])

    return call


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_inspect_shows_both_readings_beside_each_other_and_how_to_choose(run, raw, tmp_path):
    result = run("inspect", raw / "proef-2024", "--page", tmp_path / "page.html")
    shown = squeezed(result.output)
    assert (
        "kolom lezing 1 lezing 2" in shown and "1 Lasten Lasten > 2023" in shown and "3 2024 Baten" in shown
    )
    assert "sluitend answer proef-2024 1 1|2" in shown
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<td>Lasten</td><td>Lasten &gt; 2023</td>" in page


def test_an_answer_is_kept_and_the_next_year_is_read_by_it(run, raw):
    result = run("answer", "proef-2024", 1, 2)
    assert result.exit_code == 0, result.output
    assert "Lasten > 2023 | Lasten > 2024 | Baten" in result.output
    shown = squeezed(run("inspect", raw / "proef-2025").output)
    assert "zoals een mens antwoordde" in shown and "1|2" not in shown
    assert "antwoord voor proef-2024 tabel 1 (antwoorden.yml): Lasten > 2024 | Lasten > 2025 | Baten" in shown


def test_a_header_can_be_typed_in(run, raw):
    assert run("answer", "proef-2024", 1, "Rekening > 2022 | 2023 | 2024").exit_code == 0
    assert "Rekening > 2022" in run("inspect", raw / "proef-2024").output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("proef-2024", 1, "Lasten | Baten"), "2 kolommen, tabel 1 3"),
        (("proef-2024", 9, "1"), "heeft geen tabel 9"),
        (("er-niet", 1, "1"), "geen document"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_kept(run, raw, arguments, why):
    result = run("answer", *arguments)
    assert result.exit_code == 2 and why in result.output
    assert not (raw / "antwoorden.yml").exists()


def test_in_another_locale_what_cannot_be_an_answer_is_said_in_english(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    result = run("answer", "proef-2024", 1, "Lasten | Baten")
    assert result.exit_code == 2 and "the header has 2 columns, table 1 3" in result.output


def test_an_answer_of_document_yml_goes_first_and_is_not_passed_over_in_silence(run, raw):
    description = raw / "proef-2024" / "document.yml"
    description.write_text(description.read_text() + 'antwoorden: {"001.lezing": 1}\n')
    result = run("answer", "proef-2024", 1, 2)
    assert result.exit_code == 2 and "antwoordt al voor tabel 1" in result.output


def test_a_row_that_was_rejected_is_shown(run, raw):
    put(
        raw,
        "krap",
        ["Programma", "Rekening 2022", "Begroting 2023", "Begroting 2024"],
        2024,
        {"Cultuur": (1500, 2500, 3500), "Sport": (1500, 2500, 3500, 4500), **VALUES},
    )
    shown = squeezed(run("inspect", raw / "krap").output)
    assert "Niet gelezen a.txt:" in shown and "4.500)" in shown
