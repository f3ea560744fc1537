"""Which code makes what be done again: reading and claims a document, the rest of the code the file, a bench nothing."""

from __future__ import annotations

import pytest

from dagster_project.settings import PROJECT
from dagster_project.warehouse.versions import code_files, reader_files


@pytest.mark.parametrize(
    ("path", "is_read_again", "is_built_again"),
    [
        ("dagster_project/reading/numbers.py", True, True),
        ("dagster_project/claims/totals.py", True, True),
        ("dagster_project/judgement.py", True, True),
        ("dagster_project/warehouse/records.py", True, True),
        ("dagster_project/proof/linear.py", False, True),
        ("dbt/models/audit/reconciliation.sql", False, True),
        ("expectations/cells.py", False, True),
        ("dagster_project/bench/nights.py", False, False),
    ],
)
def test_a_changed_file_makes_again_what_depends_on_it(path, is_read_again, is_built_again):
    file = PROJECT / path
    assert file.exists()
    assert (file in reader_files(), file in code_files()) == (is_read_again, is_built_again)
