"""Whoever reads the page in English or in Dutch is told why something was not read, in that language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import dagster_project
from dagster_project.reading.claims_file import read_claims
from dagster_project.reading.description import describe
from dagster_project.reading.formats import read

PACKAGE = Path(dagster_project.__file__).parent
PLACES = {
    "Reject": 6,
    "Unreadable": 1,
    "note": 2,
    "Stray": 2,
    "Failure": 1,
    "Refused": 1,
    "CannotAdd": 1,
}  # of the English reason


def constructions(source: str) -> Iterator[tuple[str, int, bool]]:
    """Every place where a reason is given: what is made, on which line, and whether it has an English one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
            name = node.func.id
            is_starred = any(isinstance(a, ast.Starred) for a in node.args)
            is_named = any(
                k.arg in ("reason_en", None) for k in node.keywords
            )  # None: one that was kept whole
            yield name, node.lineno, is_named or is_starred or len(node.args) > PLACES[name]


def test_every_reason_is_given_in_english_too():
    found = [
        (f"{path.relative_to(PACKAGE)}:{line} {name}", has_english)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, line, has_english in constructions(path.read_text())
    ]
    assert len(found) > 60
    assert [place for place, has_english in found if not has_english] == []


def test_a_reason_in_dutch_only_would_be_found():
    assert list(constructions('Reject("a.txt", 1, "leeg", "", "note")')) == [("Reject", 1, False)]
    assert list(constructions('Unreadable("leeg", line=1)')) == [("Unreadable", 1, False)]


GOOD = {"gemeente": "Leiden", "titel": "Begroting", "soort": "begroting", "jaar": 2019, "vorm": "web"}


@pytest.mark.parametrize(
    ("wrong", "nl", "en"),
    [
        ({"soort": "krant"}, "moet een zijn van", "Input should be"),
        ({"jaar": "volgend"}, "moet een geheel getal zijn", "valid integer"),
        ({"jaar": 1066}, "moet minstens 1990 zijn", "greater than or equal to 1990"),
        ({"gemeente": ""}, "mag niet leeg zijn", "at least 1 character"),
        ({"gemeentecode": "546"}, "moet de vorm", "match pattern"),
        ({"gemente": "Leiden"}, "onbekende sleutel", "unknown key"),
        ({"titel": None}, "moet tekst zijn", "valid string"),
        ({"antwoorden": ["ja"]}, "moet uit sleutels met waarden bestaan", "valid dictionary"),
    ],
)
def test_what_is_wrong_in_a_description_is_said_in_both(wrong, nl, en):
    _, rejects = describe(yaml.safe_dump(GOOD | wrong).encode())
    assert any(nl in r.reason and en in r.reason_en for r in rejects), rejects


def test_a_bad_claim_is_told_in_both():
    _, (reject, *_) = read_claims("- claim: a\n")
    assert reject.reason == "mention: deze sleutel ontbreekt"
    assert reject.reason_en == "mention: Field required"


@pytest.mark.parametrize(
    ("data", "nl", "en"),
    [
        (b"", "het bestand is leeg", "the file is empty"),
        (b"\x89PNG\r\n", "het bestand is een afbeelding (PNG)", "the file is a picture (PNG)"),
        (b"{\\rtf1 x}", "een RTF-document", "an RTF document"),
        (b"PK\x03\x04 x", "beschadigd zip-bestand", "damaged zip file"),
        (b"%PDF-1.4 x", "de PDF is beschadigd", "the PDF is damaged"),
        (b"<?xml version='1.0'?><a/>", "XML zonder webpagina", "XML without a web page"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_both(data, nl, en):
    (reject,) = read(data, "bestand.txt").rejects[-1:]
    assert nl in reject.reason
    assert en in reject.reason_en
