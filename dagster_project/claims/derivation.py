"""From tables to the sums that they claim, by structure and labels alone.

``derive`` gives every question with its possible answers; which answer holds in a table is found by feasibility in
``readings``. Numbers are not looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.claims.between import document_families
from dagster_project.claims.families import Family
from dagster_project.claims.table_sums import Decide, TableReading, read_structure, table_families
from dagster_project.reading.model import Table


def derive(tables: Sequence[Table], decide: Decide) -> tuple[list[TableReading], list[Family]]:
    """The structure of the tables of one document and every family of claims, inside tables first.

    ``decide`` answers which reading of a family holds where the words of a total leave open which rows it
    sums: the rows that are left for later totals depend on it.
    """
    readings = [read_structure(t, decide) for t in tables]
    inside = [f for r in readings for f in table_families(r)]
    return readings, inside + document_families(readings)
