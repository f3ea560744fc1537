"""One judge: every term that speaks for or against a reading, with its weight, and what a margin must be.

A reading is a set of counted terms; its cost is the sum of count times weight. Nothing else decides between
readings. Weights are set by hand, on generated tables and on invented ones; no command fits them. The page
docs/reading.md lists what each term means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Terms(dict[str, float]):
    """Counted terms by name; one that was not counted counts nothing.

    >>> terms = Terms(layer=1)
    >>> terms.add({"layer": 0.5, "uneven": 1})
    >>> terms["layer"], terms["heading"]
    (1.5, 0)
    """

    def __missing__(self, name: str) -> float:
        return 0

    def add(self, more: Mapping[str, float]) -> None:
        """Count more, of these terms or of others."""
        for name, count in more.items():
            self[name] = self[name] + count


class Term(NamedTuple):
    """A named reason for or against a reading. A negative weight speaks for it."""

    name: str
    weight: float
    says: str


TERMS = {
    t.name: t
    for t in (
        # the header
        Term("header_left_out", 3.0, "a text like a header stands above the header and is no part of it"),
        Term("header_as_heading", 2.0, "a text like a header is taken for a heading of rows"),
        Term("heading", 0.55, "a text between header and first row is taken for a heading of rows"),
        Term("same_path", 5.0, "two columns have the same path"),
        Term("weak_path", 0.9, "no text above a column looks like a header"),
        Term("weak_parent", 0.8, "a text over several columns does not look like a header"),
        Term("unit_over_some", 0.8, "a text with a unit stands over some columns, and the others have none"),
        Term("weak_leaf", 1.0, "a text below another does not look like a header"),
        Term("lone_child", 0.7, "one column hangs alone under a text, beside columns that hang under none"),
        Term("stock_with_parts", 1.6, "a stock stands over its changes, or a saldo over parts"),
        Term(
            "parts_elsewhere",
            0.9,
            "the change between two stocks is one column, and parts stand under a text beside them",
        ),
        Term("mixed_leaves", 1.2, "years and other texts stand side by side under one parent"),
        Term("mixed_values", 1.5, "percentages and amounts of several years stand under one text"),
        Term("difference_first", 0.8, "a difference stands before the columns that it is of"),
        Term(
            "two_quantities", 1.0, "a column has two quantities, such as lasten and baten, or one text twice"
        ),
        Term("sides_behind", 0.7, "lasten and baten stand behind other texts under one parent"),
        Term("torn_start", 1.5, "the header begins with a line that goes on the one above it"),
        Term("difference_of_one", 1.5, "a difference stands beside one column only under its parent"),
        Term("order_differs", 1.5, "two parents have the same texts in another order"),
        Term("unlike_values", 1.0, "a text stands over columns that print numbers of unlike kinds"),
        Term(
            "leaf_outside",
            1.5,
            "a column stands under no text, beside a group that lacks just its text, which another group has",
        ),
        Term("torn_group", 0.7, "two parents part between them the texts that another one has"),
        Term("siblings_differ", 0.7, "groups of one parent have unlike numbers of leaves"),
        Term("group_of_one", 0.4, "a text stands over one column and others over several"),
        Term("two_states", 1.0, "a column has two states"),
        Term("long_text", 2.0, "a text in the header is as long as a sentence"),
        Term("total_in_header", 1.2, "a text in the header looks like the label of a row"),
        Term("year_order", 1.6, "years under one parent are not in order"),
        Term("year_order_across", 0.5, "years over all columns are not in order"),
        Term("estimates_first", 0.7, "estimates stand before columns of earlier years"),
        Term("year_twice", 2.5, "a column has two years"),
        Term("uneven", 0.45, "parents have spans of different width"),
        Term("layer", 0.35, "the header has one more layer"),
        Term("odd_shape", 1.3, "the shape of the header is seldom used"),
        Term("parent_over_all", 1.4, "one text stands over all columns"),
        Term("corner_missing", 0.5, "no text names the rows"),
        Term("corner_odd", 2.6, "the text that names the rows looks like a header of a column"),
        Term("corner_unknown", 0.25, "the text that names the rows is not a known one"),
        Term(
            "title_names_rows",
            1.2,
            "the text that names the rows is not a known one and fills a line of its own above the header",
        ),
        Term("corner_inside", 3.0, "a text that names rows stands over a column of values"),
        Term("corner_too_many", 0.5, "more texts name the rows than there are columns of labels"),
        Term("corner_between", 0.3, "the text that names the rows stands between the layers"),
        Term("corner_off", 1.0, "the text that names the rows stands inside a layer of the header"),
        Term("estimates_over_one", 0.5, "estimates for several years stand over one column"),
        Term("state_over_several", 0.45, "one state stands over several years"),
        Term("year_against_state", 0.8, "a state has a year that it cannot have in this document"),
        Term("years_over_some", 1.0, "a year stands over some columns and none over the others"),
        Term(
            "years_elsewhere",
            0.7,
            "years stand elsewhere than under the text that says estimates or names them",
        ),
        Term(
            "compared_elsewhere",
            1.0,
            "what values are compared with stands elsewhere than under the text that says so",
        ),
        Term("factors", -1.1, "the layers factor: every parent has the same leaves"),
        Term(
            "attribute_over_values", 4.0, "a header of texts (unit, source, explanation) stands over values"
        ),
        Term("text_under_value_head", 1.2, "texts stand under a header of values"),
        Term(
            "names_its_texts",
            -1.0,
            "a column holds the very texts that its header names, such as Lasten/Baten",
        ),
        Term("row_names_column", 3.0, "the header of a column of texts is one of those texts"),
        Term("text_without_head", 1.8, "a column of texts has no header"),
        Term("attribute_in_label", 0.3, "labels hold units or sources that nothing parts from them"),
        Term("one_half", 0.5, "a row of two halves has only one, and nothing says which"),
        Term("one_line_twice", 1.0, "a text stands over another of its own line"),
        Term("siblings_apart", 1.0, "texts under one parent are not on one line"),
        Term("line_at_levels", 1.0, "texts of one line stand at different levels"),
        Term("right_to_left", 1.0, "texts of one line do not stand in their order"),
        Term("lines_beside", 1.0, "texts of several lines are columns beside each other"),
        Term("stacked", 0.45, "texts of the header go on in the next line"),
        Term(
            "not_gone_on",
            0.3,
            "a text of the header goes on nothing and nothing goes on it, though others do",
        ),
        Term("open_end", 1.0, "a text of the header ends in a word that something must follow"),
        Term("run_of_years", 1.0, "bare years go on from a year with words"),
        Term("run_cut", 1.2, "a bare year goes on from years that stand under a text beside it"),
        Term("bare_date", 0.7, "a date stands apart from its name, which has none or another"),
        Term("low_alone", 0.8, "a text of the header begins with a small letter though it goes on nothing"),
        Term("capital_below", 0.4, "a text that goes on another begins with a capital"),
        Term("odd_joint", 1.6, "texts of a header are joined though neither looks as if it goes on"),
        Term("state_without_year", 0.5, "a state has no year though others have one"),
        Term(
            "heading_in_header", 1.5, "the rest of the header is printed again elsewhere, above another line"
        ),
        Term("title_in_header", 1.5, "the rest of the header is printed again elsewhere, below another line"),
        Term("total_inside", 1.0, "a total stands between the columns of a group"),
        Term(
            "title_over_one", 2.7, "an unknown text that stands alone above one column of values is a title"
        ),
        Term("counted", -0.8, "a line above the rows has as many texts as there are columns"),
        Term("sums_hold", -0.7, "the share of the sums that its names claim and that hold in the rows"),
        Term("sums_fail", 1.4, "sums that its names claim fail in most rows: half of it for one"),
        Term("no_header", 3.4, "no text is taken for the header"),
        # the body
        Term("short_row", 1.8, "a row has fewer values than there are columns"),
        Term("overfull_row", 6.0, "a row has more values than there are columns"),
        Term("row_without_name", 4.0, "a row of values has no label"),
        Term("value_unexplained", 2.5, "a value stands in no row"),
        Term(
            "same_text_inside", 2.0, "a column of texts among the values says the same in every row: a label"
        ),
        Term("label_beside", 0.8, "labels come back, and the texts of another column do not"),
        Term("groups_open", 1.0, "names of groups stand beside rows, and none beside the first one"),
        Term("first_rows_alone", 1.6, "rows whose labels others have under a heading stand under none"),
        Term("total_names_column", 1.3, "a total names the text over a column: it is a heading"),
        Term("total_names_heading", -1.3, "a total names the heading above the first rows"),
    )
}

CLEAR = 0.6  # a smaller margin to the next reading of another meaning is a question
CLEAR_ROW = 1.05  # the same for where a row stands: less than it costs to leave a heading that nothing ends


def weigh(terms: Mapping[str, float]) -> float:
    """The cost of counted terms."""
    return sum(TERMS[name].weight * count for name, count in terms.items())


def doubts(terms: Mapping[str, float], columns: int, rows: int) -> tuple[tuple[str, str], ...]:
    """What makes a reading doubtful however few rivals it has, in Dutch and in English.

    Rows that lack values are asked about one by one where others tell how many columns there are, below a header
    that names them all.
    """
    full = rows - terms.get("short_row", 0)
    is_known = terms.get("weak_path", 0) * 5 <= columns and not terms.get("no_header", 0)
    is_counted = full >= (FEWEST_FULL - bool(terms.get("factors", 0))) and is_known
    found = []
    for name, least, nl in _DOUBTS:
        if name == "short_row" and is_counted:
            continue
        most = least if least >= 1 else least * (columns if name in ("weak_path",) else rows)
        if terms.get(name, 0) >= max(most, 0.5):
            found.append((nl, TERMS[name].says))
    return tuple(found)


FEWEST_FULL = 3  # rows that lack no value, from which on the number of columns is sure
_DOUBTS = (
    # (term, how many, or which share of the columns or rows, what is said of it)
    ("header_left_out", 1, "boven de kop staat een tekst die zelf een kop lijkt"),
    ("same_path", 1, "twee kolommen heten hetzelfde"),
    ("corner_odd", 1, "de tekst die de rijen benoemt lijkt een kolomkop"),
    ("year_twice", 1, "een kolom heeft twee jaren"),
    ("two_states", 1, "een kolom heeft twee standen"),
    ("long_text", 1, "een zin staat als kop boven getallen"),
    ("attribute_over_values", 1, "een kop van teksten (eenheid, bron, toelichting) staat boven getallen"),
    ("corner_inside", 1, "een tekst die rijen benoemt staat boven getallen"),
    ("corner_off", 1, "de tekst die de rijen benoemt staat midden in een laag van de kop"),
    ("short_row", 0.34, "veel rijen hebben minder getallen dan er kolommen zijn"),
    ("attribute_in_label", 1, "eenheden of bronnen staan in de namen van rijen zonder dat iets ze scheidt"),
    ("one_half", 1, "van een rij is één helft gedrukt, en niets zegt welke"),
    ("value_unexplained", 1, "een getal staat in geen enkele rij"),
    ("groups_open", 1, "namen van groepen staan naast rijen, en naast de eerste geen"),
    ("header_as_heading", 1, "een kolomkop is gelezen als kop van rijen"),
)
