"""Any bytes at all give fragments or reasons: no crash, no hang, no growth. Bounded in time."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_pdf_files import HEADER, blank, drawn, table

from dagster_project.reading import formats
from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.number_formats import printed_number
from dagster_project.reading.model import Grid, Passage, Prose, Reject

BOUNDED = settings(
    max_examples=60,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
    database=None,
)
NAMES = st.sampled_from(["a.html", "a.pdf", "a.xlsx", "a.csv", "a.txt", "a", "a.mht"])
PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td colspan=99999>", "<td rowspan=0>", "<th>", "</td>", "<caption>", "<sup>", "<script>",
     "<div role=row>", "<div role=table>", "<td hidden>", "<!--", "-->", "]]>", "&#x0;", "&amp;", "1.234", "-5", "label", "\n",
     "<thead>", "</tr>", "<h2>", "\u202e", "<table role=presentation>", "<td style='display:none'>", "<br>", "<p>"]
)  # fmt: skip


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Naam", "2018"], ["a", 1234], ["b", "=A1"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reads(data: bytes, name: str) -> None:
    reading = formats.read(data, name)
    assert all(isinstance(fragment, Prose | Grid | Passage) for fragment in reading.fragments)
    assert all(isinstance(reject, Reject) and reject.reason for reject in reading.rejects)
    assert understand(reading.fragments, Around(), name) is not None
    for grid in reading.fragments:
        if isinstance(grid, Grid):
            assert grid.rows
            assert sum(map(len, grid.rows)) < 5_000_000


@BOUNDED
@given(st.binary(max_size=2_000), NAMES)
def test_any_bytes(data, name):
    reads(data, name)


@BOUNDED
@given(st.lists(PIECES, max_size=60), NAMES)
def test_any_heap_of_tags(pieces, name):
    reads(("<html>" + "".join(pieces)).encode("utf-8", "replace"), name)


@BOUNDED
@given(st.text(alphabet="0123456789.,;|\t\n\"' -–€%()VNabc\x00é", max_size=500), NAMES)
def test_any_text_that_looks_like_a_table(text, name):
    reads(text.encode(), name)


@pytest.mark.parametrize("kind", ["a.pdf", "b.pdf", "a.xlsx"])
def test_any_damage_to_a_good_file(kind):
    good = {
        "a.pdf": lambda: drawn([table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6"))], size=9),
        "b.pdf": blank,
        "a.xlsx": workbook,
    }[kind]()

    @BOUNDED
    @given(
        st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), max_size=20),
        st.integers(0, len(good)),
    )
    def damaged(changes, cut):
        data = bytearray(good)
        for at, byte in changes:
            data[at] = byte
        reads(bytes(data[: cut or None]), kind)

    damaged()


@BOUNDED
@given(
    st.one_of(st.integers(), st.floats()),
    st.text(alphabet='0#?.,%;"\\_*[]$€-+()E @abcdy/', max_size=30),
)
def test_any_number_format(value, number_format):
    assert isinstance(printed_number(value, number_format), str)
