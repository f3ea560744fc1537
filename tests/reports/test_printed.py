"""The shape of a table on the page is the shape that it had on paper."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dagster_project.reports.links import page_href, page_path, root_of, web_address
from dagster_project.reports.printed import groups_to_open, header_layers
from dagster_project.reports.wording import count, euros, figure


def shape(paths):
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in layer] for layer in header_layers(paths)]


def test_columns_under_one_header_share_it_and_a_short_path_reaches_down():
    paths = [("begroting 2018",), ("Meerjarenraming", "2019"), ("Meerjarenraming", "2020")]

    assert shape(paths) == [
        [("begroting 2018", 1, 2), ("Meerjarenraming", 2, 1)],
        [("2019", 1, 1), ("2020", 1, 1)],
    ]


def test_two_columns_with_the_same_name_stay_two():
    assert shape([("2019",), ("2019",)]) == [[("2019", 1, 1), ("2019", 1, 1)]]


def test_three_layers_are_kept_apart_where_an_outer_header_differs():
    paths = [("a", "x", "1"), ("a", "x", "2"), ("b", "x", "1")]

    assert shape(paths)[1] == [("x", 2, 1), ("x", 1, 1)]


def test_no_columns_have_no_header():
    assert shape([]) == []


def test_a_group_is_printed_once_above_its_rows():
    assert groups_to_open((), ("Jeugd", "Pgb")) == (("Jeugd", 0),)
    assert groups_to_open(("Jeugd", "Pgb"), ("Jeugd", "sub-totaal")) == ()
    assert groups_to_open(("Jeugd", "sub-totaal"), ("WMO", "Nieuw", "Pgb")) == (("WMO", 0), ("Nieuw", 1))


def test_a_row_that_carries_its_groups_total_is_not_announced_again():
    assert groups_to_open(("Jeugd",), ("Jeugd", "Pgb")) == ()


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("1234.5", None, "1.234,5"),
        ("-1272.000000", None, "−1.272"),
        ("0.10", 2, "0,10"),
        ("-0.4", 0, "0"),
        ("1000000000000", 0, "1.000.000.000.000"),
    ],
)
def test_figures_are_written_as_dutch_documents_print_them(number, decimals, text):
    assert figure(Decimal(number), decimals) == text


def test_euros_cannot_be_misread_in_either_language():
    assert euros(Decimal("-90000")) == ("€\u00a0−90.000", "€\u00a0−90,000")
    assert count(4000) == ("4.000", "4,000")


def test_a_document_cannot_put_its_page_outside_the_report():
    assert page_path("leiden/begroting 2018") == "documents/leiden/begroting 2018.html"
    assert ".." not in page_path("../../etc/passwd").split("/")


def test_a_page_has_a_name_of_its_own_that_a_file_system_takes():
    names = ["foo", "foo.html/bar", "x" * 250, "x" * 249, "é" * 125 + "/a", f"{'x' * 250}/a"]
    pages = [page_path(name) for name in names]
    assert pages[0] == "documents/foo.html" and len(set(pages)) == len(pages)
    assert not any(page.startswith("documents/foo.html/") for page in pages)
    assert max(len(step.encode()) for page in pages for step in page.split("/")) <= 220
    assert page_href("a/b ç#?.1", "../") == "../documents/a/b%20%C3%A7%23%3F.1.html"
    assert root_of("a/b") == "../../"


def test_only_web_addresses_become_links():
    assert web_address("https://leiden.nl/x") == "https://leiden.nl/x"
    assert web_address("javascript:alert(1)") is None
    assert web_address(None) is None
