"""Answers of a person: which reading holds, for which tables, and what happens when one no longer fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from test_asked import AMBIGUOUS, one_cell_per_line

from dagster_project.reading.answer_file import read_answers, write_answer
from dagster_project.reading.answers import LayoutAnswer, Refused, parse_header
from dagster_project.reading.assemble import Around, Understood, understand
from dagster_project.reading.formats import read
from dagster_project.reading.model import Table

TYPED = parse_header("Baten > 2022 | Baten > 2023 | Lasten")


def understood(
    header: list[str],
    own: Mapping[str, str] | None = None,
    for_layout: Mapping[str, LayoutAnswer] | None = None,
    jaar: int = 2024,
) -> Understood:
    fragments = read(one_cell_per_line(header).encode(), "a.txt").fragments
    around = Around(soort="begroting", jaar=jaar, answers=own or {}, answers_for_layout=for_layout or {})
    return understand(fragments, around, "a.txt")


def columns(found: Understood) -> tuple[tuple[str, ...], ...]:
    return tuple(c.path for c in found.tables[0].columns)


def told(found: Understood) -> list[str]:
    return [r.kind for r in found.rejects if r.key and r.key.endswith(".lezing")]


def answer_for(
    found: Understood, als: tuple[tuple[str, ...], ...], lezing: int | None = None
) -> LayoutAnswer:
    table: Table = found.tables[0]
    assert table.options is not None
    return LayoutAnswer(
        kop=table.options.kop,
        layout=table.layout,
        kolommen=len(als),
        als=als,
        jaar=2024,
        anders=table.options.readings[0],
        lezing=lezing,
        document="proef",
        tabel=1,
    )


@pytest.fixture
def asked() -> Understood:
    return understood(AMBIGUOUS)


def test_the_key_of_document_yml_takes_the_second_reading(asked):
    first, second = asked.tables[0].options.readings
    found = understood(AMBIGUOUS, {"001.lezing": "2"})
    assert columns(asked) == first and columns(found) == second
    assert found.tables[0].lezing == "antwoord" and told(found) == ["note"]
    assert len(found.tables[0].cells) == len(asked.tables[0].cells)


def test_the_key_of_document_yml_confirms_the_first_reading(asked):
    found = understood(AMBIGUOUS, {"001.lezing": "1"})
    assert columns(found) == columns(asked) and found.tables[0].lezing == "antwoord"


def test_a_header_can_be_typed_in():
    found = understood(AMBIGUOUS, {"001.lezing": "Baten > 2022 | Baten > 2023 | Lasten"})
    assert columns(found) == TYPED
    assert (found.tables[0].columns[0].grootheid, found.tables[0].columns[0].jaar) == ("baten", 2022)


def test_a_typed_header_of_another_number_of_columns_is_asked_again(asked):
    found = understood(AMBIGUOUS, {"001.lezing": "Lasten | Baten"})
    assert columns(found) == columns(asked) and found.tables[0].is_asked
    (question,) = [r for r in found.rejects if r.kind == "question"]
    assert "de kop in document.yml heeft 2 kolommen, de tabel 3" in question.reason


def test_an_answer_for_the_layout_holds_for_the_next_document_in_its_own_years(asked):
    answer = answer_for(asked, asked.tables[0].options.readings[1], lezing=2)
    assert columns(understood(AMBIGUOUS, for_layout={answer.key: answer})) == answer.als
    next_year = [{"2023": "2024", "2024": "2025"}.get(text, text) for text in AMBIGUOUS]
    found = understood(next_year, for_layout={answer.key: answer}, jaar=2025)
    assert columns(found) == (("Lasten", "2024"), ("Lasten", "2025"), ("Baten",))
    assert found.tables[0].lezing == "antwoord" and told(found) == ["note"]
    (note,) = [r for r in found.rejects if r.kind == "note"]
    assert "proef tabel 1" in note.reason and "antwoorden.yml" in note.reason


def test_an_answer_does_not_hold_for_a_header_that_lacks_a_text(asked):
    answer = answer_for(asked, asked.tables[0].options.readings[1], lezing=2)
    fewer = [text for text in AMBIGUOUS if text != "Lasten"]
    found = understood(fewer, for_layout={answer.key: answer})
    assert columns(found) == (("2023",), ("2024",), ("Baten",))
    assert found.tables[0].lezing != "antwoord"


def test_the_answer_of_the_document_goes_before_that_of_the_layout(asked):
    answer = answer_for(asked, TYPED)
    found = understood(AMBIGUOUS, {"001.lezing": "1"}, {answer.key: answer})
    assert columns(found) == columns(asked)


def test_an_answer_for_another_number_of_columns_is_asked_again_even_of_a_clear_header():
    header = ["Programma", "Rekening 2022", "Begroting 2023", "Begroting 2024"]
    clear = understood(header)
    assert not clear.tables[0].is_asked
    answer = answer_for(clear, (("Rekening 2022",), ("Begroting 2023",)))
    found = understood(header, for_layout={answer.key: answer})
    assert found.tables[0].is_asked
    (question,) = [r for r in found.rejects if r.kind == "question"]
    assert "3 kolommen in plaats van 2" in question.reason


def test_a_header_with_other_texts_is_asked_again_and_says_which(asked):
    answer = answer_for(asked, TYPED)
    other = replace(answer, kop=(*answer.kop, "Toelichting"))
    found = understood(AMBIGUOUS, for_layout={other.key: other})
    assert found.tables[0].is_asked
    (question,) = [r for r in found.rejects if r.kind == "question"]
    assert "de kop mist Toelichting" in question.reason


# --- the file -------------------------------------------------------------------------------------------------


def test_what_is_written_is_what_is_read_and_other_answers_and_comments_stay(asked, tmp_path):
    path = tmp_path / "antwoorden.yml"
    first = answer_for(asked, asked.tables[0].options.readings[1], lezing=2)
    write_answer(path, first)
    path.write_text(path.read_text(encoding="utf-8") + "# van de controller\n", encoding="utf-8")
    second = replace(first, layout="pdf-text")
    write_answer(path, second)
    typed = replace(first, als=TYPED, lezing=None)
    write_answer(path, typed)
    text = path.read_text(encoding="utf-8")
    assert "# van de controller" in text
    assert read_answers(text.encode()) == ({typed.key: typed, second.key: second}, [])


def test_a_table_without_a_header_has_no_layout_to_answer_for(asked, tmp_path):
    with pytest.raises(Refused, match=r"document\.yml"):
        write_answer(tmp_path / "antwoorden.yml", replace(answer_for(asked, TYPED), kop=()))


def entry(asked: Understood, tmp_path, *changes: tuple[str, str]) -> bytes:
    path = tmp_path / "antwoorden.yml"
    write_answer(path, answer_for(asked, TYPED))
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  als:", "  als: a\n  als:", "tweemaal"),
        ("  document: proef", "  document: &d proef\n  wie: *d", "verwijzingen"),
        ("  als: Baten > 2022 | Baten > 2023 | Lasten\n", "", "mist als"),
        ("  tabel: 1", "  tabel: 1\n  wie: ik", "onbekende wie"),
        ("  kolommen: 3", "  kolommen: 4", "als noemt 3 kolommen"),
        ("  jaar: 2024", "  jaar: 2023", "de sleutel hoort niet bij kop"),
        ("  jaar: 2024", "  jaar: [", "YAML"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_by_line_and_the_file_is_not_changed(
    asked, tmp_path, old, new, reason
):
    data = entry(asked, tmp_path, (old, new))
    answers, (reject,) = read_answers(data)
    assert answers == {} and reason in reject.reason and reject.line
    path = tmp_path / "antwoorden.yml"
    path.write_bytes(data)
    with pytest.raises(Refused):
        write_answer(path, answer_for(asked, TYPED))
    assert path.read_bytes() == data


def test_a_file_that_is_no_text_is_refused():
    assert [r.path for r in read_answers(b"\xff\xfe\x00\x01: [")[1]] == ["antwoorden.yml"]
