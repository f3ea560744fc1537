"""The short form of ``sluitend bench hostile``: every file of it, small, in one night that stops at none of them."""

from __future__ import annotations

import pytest

from dagster_project.bench import hostile
from dagster_project.bench.hostile import LINES, Result, Trial, land_all

FILES = [line for line in LINES if line.run is hostile._read]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, str]:
    """What one night makes of all of the files, by the name of the line."""
    place = tmp_path_factory.mktemp("hostile")
    for no, line in enumerate(FILES):
        line.make(place / f"{no}", 0.0004 if "bomb" in line.name else 0.004)
        document = place / f"{no}" / "raw" / "stuk"
        (place / "raw").mkdir(exist_ok=True)
        document.rename(place / "raw" / f"{no:02d}")
    found = land_all(place / "raw", place / "home")
    return {line.name: found[f"{no:02d}"] for no, line in enumerate(FILES)}


@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("line", [line for line in FILES if line.section != 4], ids=lambda line: line.name)
def test_what_is_no_extract_is_refused_in_words_and_the_rest_of_its_document_is_read(outcomes, line):
    assert outcomes[line.name].startswith(line.must)


@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("line", [line for line in FILES if line.section == 4], ids=lambda line: line.name)
def test_a_small_one_of_what_is_bounded_is_read_or_told(outcomes, line):
    """Small, some of them are ordinary files; what they are when large, the whole bench says."""
    told = outcomes[line.name]
    assert told.startswith(("read, ", "refused: ")) and "no reason" not in told
    if line.must == "read, ":
        assert told.startswith("read, ")


def test_every_section_has_lines_and_no_two_have_one_name():
    assert {line.section for line in LINES} == {1, 2, 3, 4, 5, 6}
    assert len({line.name for line in LINES}) == len(LINES)


@pytest.mark.parametrize(
    ("outcome", "processor", "memory_mb", "is_right"),
    [
        ("refused: too large", 9.0, 900.0, True),
        ("read, 3 values", 9.0, 900.0, False),
        ("ended without a word: killed", 9.0, 900.0, False),
        ("refused: too large", 11.0, 900.0, False),
        ("refused: too large", 9.0, 1100.0, False),
    ],
)
def test_a_line_is_right_only_with_its_outcome_within_its_limits(outcome, processor, memory_mb, is_right):
    line = Trial(4, "x", "refused", lambda place: "")
    assert Result(line, outcome, processor, 1.0, memory_mb).is_right == is_right


def test_the_command_ends_with_status_1_where_a_line_is_not_as_it_must_be(monkeypatch, capsys):
    for must, status in (("refused: SLUITEND_SCHEDULE", 0), ("taken", 1)):
        line = next(line for line in LINES if "61 99" in line.name)
        monkeypatch.setattr(hostile, "LINES", (Trial(5, line.name, must, line.run),))
        monkeypatch.setattr(
            hostile, "_measure", lambda line, place, share: Result(line, line.run(place), 0.1, 0.1, 9)
        )
        try:
            hostile.main(small=True)
            ended = 0
        except SystemExit as ending:
            ended = ending.code
        assert ended == status
        assert ("MUST BE" in capsys.readouterr().out) == bool(status)
