"""Certificates as words can carry them: which sets of rules can hold, and what is wrong with the others.

What does not belong here: the proof itself. It was made before publication and is only shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from dagster_project.reports.links import cell_anchor, page_href
from dagster_project.reports.views import ConflictView, Implied, ProofView, RuleView, SuspectView
from dagster_project.reports.wording import Bilingual, figure, figures

SUSPECTS_SHOWN = 24
_THOUSANDTH = Decimal("0.001")


def proof_view(
    certificate,
    conflict_rows: Sequence,
    suspect_rows: Sequence,
    rules: Mapping[str, RuleView],
    document_id: str,
    root: str,
) -> ProofView:
    """One component. ``rules`` are the rules of this page by id; a conflict may name others as well."""
    conflicts: dict[int, list] = {}
    for row in conflict_rows:
        conflicts.setdefault(row.conflict_no, []).append(row)
    return ProofView(
        is_feasible=certificate.feasible,
        half_width=half_width(certificate.min_half_width),
        cells=certificate.cells,
        rules=certificate.rules,
        sentence=Bilingual(certificate.explained_in_nl, certificate.explained_in_en),
        status=certificate.solver_status,
        conflicts=tuple(
            ConflictView(
                Bilingual(rows[0].sentence_nl, rows[0].sentence_en),
                tuple(rules[row.rule_id] for row in rows if row.rule_id in rules),
            )
            for rows in conflicts.values()
        ),
        suspects=tuple(_suspect(row, document_id, root) for row in suspect_rows[:SUSPECTS_SHOWN]),
        suspects_left_out=max(0, len(suspect_rows) - SUSPECTS_SHOWN),
    )


def half_width(number: Decimal | float | None) -> Bilingual | None:
    """u*, in printed units; None where no margin, however large, would do."""
    return None if number is None else figures(_short(number))


@lru_cache(maxsize=65536)
def implied_interval(low: Decimal | None, high: Decimal | None) -> Implied | None:
    """The interval in printed units, where it has both ends."""
    return None if low is None or high is None else Implied(figure(_short(low)), figure(_short(high)))


def _suspect(row, document_id: str, root: str) -> SuspectView:
    anchor = cell_anchor(row.cell_key)
    page = "" if row.document_id == document_id else page_href(row.document_id, root)
    interval = implied_interval(row.implied_low, row.implied_high)
    return SuspectView(
        href=f"{page}#{anchor}",
        label=f"{row.row_path}, {row.column_path}" + (f" ({row.document_id})" if page else ""),
        printed=row.text,
        implied=interval.text if interval else "–",
        diagnosis=Bilingual(row.diagnosis or "", row.diagnosis_en or row.diagnosis or ""),
        sentence=Bilingual(row.sentence_nl or "", row.sentence_en or row.sentence_nl or ""),
        set_no=row.set_no,
        together=row.set_size,
        rank=row.rank,
    )


def _short(number: Decimal | float | None) -> Decimal | None:
    """To a thousandth: what a solver adds beyond that is noise."""
    return None if number is None else Decimal(number).quantize(_THOUSANDTH)
