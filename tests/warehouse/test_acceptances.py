"""A finding that a person accepted is accepted until its day has passed; what cannot be read is a reject."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dagster_project.warehouse.acceptances import FILE, Acceptance, has_expired, read_acceptances
from dagster_project.warehouse.scan import scan

GOOD = """
- finding: abc
  fingerprint: def
  wie: A. Controller
  wanneer: 2026-03-01
  waarom: toegelicht op pagina 12
  tot: 2027-01-01
"""


def read(tmp_path: Path, text: str):
    folder = tmp_path / "leiden"
    folder.mkdir()
    (folder / "document.yml").write_text("gemeente: Leiden\n")
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_acceptances(scan(tmp_path).documents)


def test_an_acceptance_says_who_when_why_and_until_when(tmp_path):
    accepted, rejects = read(tmp_path, GOOD)
    assert rejects == {}
    assert accepted == [
        Acceptance(
            "leiden",
            "abc",
            "def",
            "A. Controller",
            date(2026, 3, 1),
            "toegelicht op pagina 12",
            date(2027, 1, 1),
        )
    ]


def test_the_last_day_may_be_left_out(tmp_path):
    (found,), _ = read(tmp_path, GOOD.replace("  tot: 2027-01-01\n", ""))
    assert found.tot is None


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (("  wie: A. Controller\n", ""), "lacks wie"),
        (("  waarom: ", "  reden: "), "unknown reden"),
        (("2026-03-01", "vorige week"), "written 2026-03-01"),
        (("- finding: abc\n", "- finding: [\n"), "cannot be read"),
        (("2026-03-01", "2026-02-30"), "2026-02-30 is no day"),
        (("finding: abc", f"finding: {'9' * 6000}"), "number of 6000 characters"),
        (("finding: abc", f"finding: {'[' * 3000}{']' * 3000}"), "nested deeper than 20"),
        (("finding: abc", f"finding: {'[' * 30000}{']' * 30000}"), "nested too deep"),
        (("  wie: A. Controller\n", "  wie: A\n  wie: B\n"), "key wie is there twice, on lines 4 and 5"),
        (("finding: abc", "finding: &a [x]\n  nog: *a"), "references (& and *) are not read"),
    ],
)
def test_what_cannot_be_read_is_a_reject_that_says_why(tmp_path, damage, told):
    accepted, rejects = read(tmp_path, GOOD.replace(*damage))
    assert accepted == []
    assert told in rejects["leiden"][0].reason_en


def test_a_refused_acceptance_is_shown_as_the_file_has_it(tmp_path):
    _, rejects = read(tmp_path, GOOD.replace("  wie: A. Controller\n", ""))
    assert "wanneer: 2026-03-01" in rejects["leiden"][0].text
    assert not set("{}'(") & set(rejects["leiden"][0].text)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.yml").write_text("password: hunter2\n")
    folder = tmp_path / "raw" / "leiden"
    folder.mkdir(parents=True)
    (folder / "document.yml").write_text("gemeente: Leiden\n")
    (folder / FILE).symlink_to(tmp_path / "secret.yml")
    assert read_acceptances(scan(tmp_path / "raw").documents) == ([], {})


def test_an_empty_file_accepts_nothing(tmp_path):
    assert read(tmp_path, "") == ([], {})


def test_it_is_open_again_from_the_day_after_its_last(tmp_path):
    accepted, _ = read(tmp_path, GOOD)
    assert not has_expired(accepted, date(2026, 12, 30), date(2027, 1, 1))
    assert has_expired(accepted, date(2026, 12, 31), date(2027, 1, 2))
    assert not has_expired(accepted, date(2027, 1, 2), date(2027, 1, 3)), "that was told before"
