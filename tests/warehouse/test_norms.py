"""The auditor's tolerances are read strictly: a line that cannot be meant stops a run, one about nothing is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from warehouse.small import put, settings_in

from dagster_project.assets import refresh
from dagster_project.settings import PROJECT, Unusable
from dagster_project.warehouse.norms import FILE, read_norms, told_of_norm, without_use

HEADER = "gemeente,document_id,fouten_pct,onzekerheden_pct,rapportering_pct\n"
DEFAULT = ",,1.00,3.00,0.10\n"


def written(tmp_path, text: str):
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return replace(settings_in(tmp_path), project=tmp_path)


def test_the_shipped_file_is_right(tmp_path):
    norms, wrong = read_norms(replace(settings_in(tmp_path), project=PROJECT))
    assert norms and not wrong


@pytest.mark.parametrize(
    ("lines", "no", "says"),
    [
        (DEFAULT + "Leiden,,een,3.00,0.10\n", 3, "fouten_pct is geen percentage"),
        (DEFAULT + "Leiden,,1.00,101,0.10\n", 3, "onzekerheden_pct is geen percentage"),
        (DEFAULT + "Leiden,,1.00,3.00,-1\n", 3, "rapportering_pct is geen percentage"),
        (DEFAULT + "Leiden,,1.005,3.00,0.10\n", 3, "hoogstens twee decimalen"),
        (DEFAULT + "Leiden,,1,00,3,00,0,10\n", 3, "heeft 8 velden, geen 5"),
        (DEFAULT + "Leiden,1.00,3.00,0.10\n", 3, "heeft 4 velden, geen 5"),
        (DEFAULT + "Leiden ,,1.00,3.00,0.10\n", 3, "spaties om een veld"),
        (DEFAULT + "Leiden,,1,3,0.1\n\nLeiden,,2,4,0.1\n", 5, "regel 3 geldt al voor hetzelfde"),
        ("Leiden,,1.00,3.00,0.10\n", None, "een regel zonder gemeente en document_id ontbreekt"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named_with_file_line_and_text(tmp_path, lines, no, says):
    text = HEADER + lines
    _, (wrong,) = read_norms(written(tmp_path, text))
    assert (wrong.path, wrong.line) == (FILE, no)
    assert wrong.text == (text.splitlines()[no - 1] if no else "")
    nl, en = told_of_norm(wrong)
    assert says in nl and FILE in nl and FILE in en and nl != en


def test_another_header_is_named(tmp_path):
    _, (wrong,) = read_norms(written(tmp_path, "gemeente;document_id\n" + DEFAULT))
    assert (wrong.line, wrong.text) == (1, "gemeente;document_id")


def test_a_refresh_does_not_begin_with_such_a_line(tmp_path):
    settings = written(tmp_path, HEADER + DEFAULT + "Leiden,,veel,3.00,0.10\n")
    put(settings.raw, "leiden")
    with pytest.raises(Unusable) as refused:
        refresh.run(settings, say=lambda line: None)
    assert "line 3" in str(refused.value) and "Leiden,,veel,3.00,0.10" in str(refused.value)


def test_a_line_about_nothing_that_is_there_is_a_reject(tmp_path):
    lines = (",leiden-2018,1,3,0.1\n", "Goud,,1,3,0.1\n", "Goud,leiden-2017,1,3,0.1\n")
    right = (",leiden-2017,1,3,0.1\n", "Leiden,,1,3,0.1\n")
    norms, wrong = read_norms(written(tmp_path, HEADER + DEFAULT + "".join((*lines, *right))))
    assert not wrong
    found = list(without_use(norms, {"leiden-2017": "Leiden"}))
    assert [(r.kind, r.path, r.line, f"{r.text}\n") for r in found] == [
        ("reject", FILE, no, line) for no, line in enumerate(lines, start=3)
    ]
    assert [r.reason.partition(";")[0] for r in found] == [
        "er is geen document leiden-2018",
        "er is geen document van de gemeente Goud",
        "leiden-2017 is niet van de gemeente Goud",
    ]
