"""Adding a document: the folder, its description, the preview; asking only where somebody can answer."""

from __future__ import annotations

import pytest
import yaml
from click.testing import CliRunner

from dagster_project.cli import group
from dagster_project.reading import add as adding

pytestmark = pytest.mark.usefixtures("dutch")
PAGE = (
    "<h2>Reserves</h2><p>bedragen x € 1.000</p><table><tr><th>Reserve<th>2024<th>2025"
    "<tr><td>Algemene reserve<td>1.234<td>5<tr><td>Egalisatie<td>6<td>7<tr><td>Totaal<td>1.240<td>{}</table>"
)
SAID = ["--gemeente", "'s-Gravenhage", "--titel", "Begroting 2025", "--soort", "begroting", "--jaar", "2025"]


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "Reserves één.html"
    file.write_text(PAGE.format(12))
    return file


@pytest.fixture
def run(tmp_path):
    def call(command, *arguments):
        places = (
            ["--raw", str(tmp_path / "raw"), "--home", str(tmp_path / "home")] if command == "add" else []
        )
        return CliRunner().invoke(group, [command, *map(str, arguments), *places])

    return call


def test_a_folder_is_named_after_municipality_title_year_and_part():
    description = {
        "gemeente": "'s-Gravenhage",
        "titel": "Begroting 2025",
        "jaar": 2025,
        "onderdeel": "Reserves & zo",
    }
    assert adding.name_of(description) == "s-gravenhage-begroting-2025-reserves-zo"


def test_a_file_becomes_a_document_with_a_description_and_a_page(run, page, tmp_path):
    result = run("add", page, *SAID, "--onderdeel", "Reserves")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "raw" / "s-gravenhage-begroting-2025-reserves"
    assert (folder / page.name).read_bytes() == page.read_bytes()
    described = yaml.safe_load((folder / "document.yml").read_text())
    assert described["vorm"] == "web" and described["gemeentecode"] is None and described["jaar"] == 2025
    shown = (tmp_path / "home" / "preview" / f"{folder.name}.html").read_text()
    assert "Algemene reserve" in shown and "1.234" in shown and "default-src 'none'" in shown
    assert "EUR_1000" in result.output and "2 exact" in result.output


def test_a_sum_that_does_not_come_out_is_shown_before_anything_is_published(run, page):
    page.write_text(PAGE.format(99))
    result = run("inspect", page, "--jaar", "2025")
    assert result.exit_code == 0
    assert "1 breuk" in result.output and "1 exact" in result.output


def test_what_is_missing_is_named_where_nobody_can_be_asked(run, page, tmp_path):
    result = run("add", page, "--gemeente", "Leiden")
    assert result.exit_code == 2
    assert "--titel, --soort, --jaar" in result.output
    assert not (tmp_path / "raw").exists()


def test_a_folder_that_exists_is_never_written_over(run, page):
    assert run("add", page, *SAID).exit_code == 0
    again = run("add", page, *SAID)
    assert again.exit_code == 2 and "bestaat al" in again.output


def test_a_file_in_which_nothing_is_read_is_not_kept(run, tmp_path):
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("add", scan, *SAID, "--vorm", "pdf")
    assert result.exit_code == 1
    assert "een afbeelding (PNG)" in result.output
    assert not list((tmp_path / "raw").glob("*"))


def test_inspect_keeps_nothing(run, page, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert run("inspect", page).exit_code == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_inspect_shows_the_folder_of_a_document_with_its_own_description(run, page, tmp_path):
    run("add", page, *SAID)
    result = run("inspect", next((tmp_path / "raw").iterdir()))
    assert result.exit_code == 0 and "s-gravenhage-begroting-2025" in result.output


def test_a_folder_is_copied_with_its_files_and_without_hidden_ones(run, tmp_path, page):
    source = tmp_path / "bron"
    (source / "deel").mkdir(parents=True)
    (source / "deel" / "a.html").write_text(PAGE.format(12))
    (source / ".verborgen").write_text("x")
    assert run("add", source, *SAID).exit_code == 0
    kept = next((tmp_path / "raw").iterdir())
    assert sorted(str(p.relative_to(kept)) for p in kept.rglob("*") if p.is_file()) == [
        "deel/a.html",
        "document.yml",
    ]


def test_a_link_out_of_a_folder_is_refused(run, tmp_path, page):
    source = tmp_path / "bron"
    source.mkdir()
    (source / "link.html").symlink_to(page)
    result = run("add", source, *SAID)
    assert result.exit_code == 2 and "verwijzing naar buiten de map" in result.output


def test_in_another_locale_what_cannot_be_added_is_said_in_english(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    result = run("add", tmp_path / "nergens.html", *SAID)
    assert result.exit_code == 2 and "there is no file or folder of that name" in result.output


@pytest.mark.parametrize("name", ["../elders", "Naam", "a/b"])
def test_a_name_that_leads_elsewhere_is_refused(run, page, name):
    assert run("add", page, *SAID, "--name", name).exit_code == 2


def test_a_wrong_value_is_named(run, page):
    result = run("add", page, *SAID, "--gemeentecode", "518")
    assert result.exit_code == 2 and "gemeentecode" in result.output
