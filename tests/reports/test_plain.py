"""Words of a document are shown on a terminal and in a spreadsheet, and obeyed by neither."""

from __future__ import annotations

import io

import pytest

from dagster_project.reports.plain import for_spreadsheet, in_locale, plain


@pytest.mark.parametrize("text", ["\x1b[2J\x1b]0;hi\x07", "\x9b31m", "a\rb", "a\u202eb", "a\x00b"])
def test_what_a_terminal_would_obey_is_spelled_out(text):
    shown = plain(text)
    assert shown.isprintable() and "\\" in shown


def test_ordinary_text_is_shown_as_it_is():
    assert plain("Coöperatie € 1.000\t– ‘x’\n") == "Coöperatie € 1.000\t– ‘x’\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+31 20", "'+31 20"),
        ("-1.234,50", "-1.234,50"),
        ("Jeugd", "Jeugd"),
        (-12, -12),
        (None, None),
    ],
)
def test_text_that_a_spreadsheet_would_calculate_is_text_and_numbers_stay_numbers(value, written):
    assert for_spreadsheet(value) == written


def test_inspect_shows_a_label_with_an_escape_and_does_not_send_it(tmp_path):
    from rich.console import Console

    from dagster_project.reports.preview import preview_of, show

    (tmp_path / "document.yml").write_text(
        "gemeente: Dorp\ntitel: Begroting 2018\nsoort: begroting\njaar: 2018\nvorm: web\n"
    )
    (tmp_path / "a.csv").write_text(
        "Lasten (x € 1.000);2017;2018\nWe\x1b[2Jgen;1.200;1.300\nGroen;155;2.016\n"
    )
    written = io.StringIO()
    show(preview_of(tmp_path, "dorp"), Console(file=written, force_terminal=False))
    assert "\x1b" not in written.getvalue() and "Groen" in written.getvalue()


@pytest.mark.parametrize(
    ("lang", "lc_all", "said"),
    [
        ("nl_NL.UTF-8", "", "nee"),
        ("C.UTF-8", "", "no"),
        ("en_GB.UTF-8", "", "no"),
        ("en_GB.UTF-8", "nl_NL", "nee"),
    ],
)
def test_commands_about_a_document_speak_the_language_of_the_locale(monkeypatch, lang, lc_all, said):
    monkeypatch.setenv("LANG", lang)
    monkeypatch.setenv("LC_ALL", lc_all)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    assert in_locale("nee", "no") == said
