"""dbt's own pages about every table and column, made fit for whoever reads without a mouse or sees little contrast.

dbt writes them as one file whose texts are too pale on their grounds, and in which much that can be clicked has no place
in the order of the Tab key. What does not belong here: how dbt makes them, and what they say.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PALE = {  # dbt's colours of texts, in CSS: on their grounds they keep a contrast of 4.5 only as these
    re.compile(r"#8b969e(?![0-9a-f])", re.IGNORECASE): "#59636b",
    re.compile(r"#0bb(?![0-9a-f])", re.IGNORECASE): "#007373",
}
_SOUGHT = {  # what a browser looks for as a file of that name, before Angular has filled it in or because nobody does
    re.compile(r'<use xlink:href="(?=\{\{)'): '<use ng-attr-href="',
    re.compile(r'(?<=rel="shortcut icon" href=")[^"]*'): "data:,",
    re.compile(r'<link rel="canonical" href="/[^>]*>'): "",  # a place on the site of dbt
}
_END_OF_HEAD = "</head>"


def mended(page: str) -> str:
    """dbt's page with texts that stand out, with the keyboard wherever the mouse reaches, and without looking for files that
    are not there; what it says is untouched.

    Raises ValueError where it has no head: then it is no page of dbt's.
    """
    if _END_OF_HEAD not in page:
        raise ValueError("dbt made a page without a head")
    for found, better in (_PALE | _SOUGHT).items():
        page = found.sub(better, page)
    return page.replace(_END_OF_HEAD, f"{_added()}{_END_OF_HEAD}", 1)


def mending() -> str:
    """All that decides what ``mended`` makes of a page."""
    return f"{_PALE}{_SOUGHT}{_added()}"


@cache
def _added() -> str:
    """What is put in the head of dbt's page: a style and a script."""
    return (files(__package__) / "templates" / "dbt_pages.html").read_text(encoding="utf-8")
