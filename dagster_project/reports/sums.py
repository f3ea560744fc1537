"""Rules as an auditor writes them down: parts, what they come to, what is printed, the difference.

What does not belong here: deciding a verdict. It comes from the warehouse and is only shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dagster_project.reports.links import cell_anchor, page_href, sum_anchor
from dagster_project.reports.marks import verdict_shares
from dagster_project.reports.views import RuleGroup, RuleView, TermView
from dagster_project.reports.wording import MINUS, RULE_KINDS, Bilingual, euros, figure, figures, words

ONE, LESS_ONE = Decimal(1), Decimal(-1)
WITH_DIFFERENCE = ("rounding", "break")  # verdicts of sums that do not come to exactly what is printed


def rule_view(number: int, rule, judged, terms: Sequence, document_id: str, root: str) -> RuleView:
    """A rule with its numbers. ``terms`` are rows of ``queries.SHARED_TERMS``; ``judged`` is None without a verdict.

    Amounts are in printed units of the rule; where terms differ in unit the rule itself says so
    through its coefficients. What the parts come to and how far that is off is said where it is not the total.
    """
    total = None
    if len(terms) > 1:
        for term in terms:
            if term.is_total:
                total = term
                break
    parts = [term for term in terms if term is not total]
    verdict = judged.verdict or "not_judged" if judged is not None else "not_judged"
    computed, residual, tolerance = None, euros(None), euros(None)
    if verdict in WITH_DIFFERENCE:
        amounts = [_amount(term) for term in parts]
        if not any(amount is None for amount in amounts):  # a Decimal takes long to say that it is no None
            computed = figure(
                sum((term.coefficient * n for term, n in zip(parts, amounts, strict=True)), Decimal(0))
            )
        residual = _difference(judged.residual_printed, judged.residual, judged.unit)
        tolerance = _difference(judged.tolerance_printed, judged.tolerance, judged.unit)
    return RuleView(
        number=number,
        rule_id=rule.rule_id,
        anchor=sum_anchor(rule.kind, [(term.cell_key, term.coefficient) for term in terms]),
        kind=rule.kind,
        verdict=verdict,
        sentence=Bilingual(rule.description or "", rule.description_en or rule.description or ""),
        parts=tuple([_term(term, i == 0, document_id, root) for i, term in enumerate(parts)]),
        total=_term(total, True, document_id, root, is_total=True) if total is not None else None,
        computed=computed,
        residual=residual,
        tolerance=tolerance,
    )


def rule_groups(views: Iterable[RuleView]) -> tuple[RuleGroup, ...]:
    """Rules by kind, in the order in which the kinds first come up."""
    by_kind: dict[str, list[RuleView]] = {}
    for view in views:
        by_kind.setdefault(view.kind, []).append(view)
    return tuple(
        RuleGroup(
            words(RULE_KINDS, kind),
            tuple(rules),
            verdict_shares(rule.verdict for rule in rules),
        )
        for kind, rules in by_kind.items()
    )


def _amount(term) -> Decimal | None:
    return Decimal(0) if term.value is None and term.is_nil else term.value


def _term(term, is_first: bool, document_id: str, root: str, is_total: bool = False) -> TermView:
    coefficient = ONE if is_total else term.coefficient
    if coefficient == ONE:
        sign = "" if is_first else " + "
    elif coefficient == LESS_ONE:
        sign = MINUS if is_first else f" {MINUS} "
    else:
        sign = ("" if is_first else " + ") if coefficient > 0 else (MINUS if is_first else f" {MINUS} ")
        sign += f"{figure(abs(coefficient))} × "
    amount = _amount(term)
    text = "?" if amount is None else figure(amount, term.decimals)
    if not is_first and amount is not None and amount < 0:
        text = f"({text})"
    anchor = cell_anchor(term.cell_key)
    if term.document_id == document_id:
        return TermView(sign, text, f"#{anchor}")
    label = f"{term.document_id}: {term.row_path}, {term.column_path}"
    return TermView(sign, text, f"{page_href(term.document_id, root)}#{anchor}", label)


def _difference(printed: Decimal | None, amount: Decimal | None, unit: str | None) -> Bilingual:
    """In printed units, with the euros it stands for where a unit is known; in euros where units differ."""
    if printed is None:
        return euros(amount)
    text = figures(printed)
    if unit in (None, "EUR") or not printed or amount is None:
        return text
    in_euros = euros(amount)
    return Bilingual(f"{text.nl} ({in_euros.nl})", f"{text.en} ({in_euros.en})")
