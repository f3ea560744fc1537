"""A table printed in the ways in which municipalities publish one, for tests that read it back.

``positions`` lays a table out once, with merged headers and group rows; every renderer prints those
positions. What does not belong here: reading.
"""

from rendering.positions import Position, positions, texts
from rendering.renderers import RENDERERS, as_html, as_lines, as_pdf, as_pdf_of_html, as_pipe, as_tab, as_xlsx

__all__ = [
    "RENDERERS",
    "Position",
    "as_html",
    "as_lines",
    "as_pdf",
    "as_pdf_of_html",
    "as_pipe",
    "as_tab",
    "as_xlsx",
    "positions",
    "texts",
]
