"""What the warehouse promises about each table, as records that an auditor can read.

One module per mart or audit table, named after it. A module says which ``TABLE`` it judges and lists
its ``EXPECTATIONS``: a sentence in English and in Dutch, how bad it is when it does not hold, and the
test itself. What must hold for a number to be trusted is written here and nowhere else.

Two severities, and the difference decides what happens at night:

* ``critical``: our own work went wrong (a number lost, doubled, without a verdict). Nothing is published.
* ``warning``: the published document says something that cannot be right, or does not say enough. It is
  published as it was printed, and told.

What does not belong here: how an expectation is run. That is ``dagster_project.assets.suites``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

CRITICAL = "critical"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One promise about one table.

    ``test`` names the kind: rows (no row may come out of ``sql``), filled, between, one_of or
    unique. ``{table}`` in ``sql`` stands for the judged table. Rows that come out of ``sql`` should
    carry ``document_id`` and ``cell_id`` where there is one, so that a person can find the number.
    ``judged_on`` selects what the promise is judged on; where that is nothing it is not judged: it does not hold.
    """

    id: str
    sentence: str
    sentence_nl: str
    severity: str
    test: str
    columns: tuple[str, ...] = ()
    sql: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    judged_on: str = ""

    def failing_rows(self, table: str) -> str:
        """SQL for every row of ``table`` (schema.name) that breaks the promise."""
        column = self.columns[0] if self.columns else ""
        match self.test:
            case "rows":
                return self.sql.replace("{table}", table).strip()
            case "filled":
                return f"select * from {table} where {column} is null"
            case "between":
                bounds = [f"{column} < {self.low}"] * (self.low is not None)
                bounds += [f"{column} > {self.high}"] * (self.high is not None)
                return f"select * from {table} where {' or '.join(bounds)}"
            case "one_of":
                allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in self.values)
                return f"select * from {table} where {column} not in ({allowed})"
            case "unique":
                key = ", ".join(self.columns)
                counted = f"select *, count(*) over (partition by {key}) as times from {table}"
                return f"select * from ({counted}) as counted where times > 1"
        raise ValueError(f"expectation {self.id}: unknown test {self.test!r}")


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table; ``name`` is the module's, ``table`` is schema.name."""

    name: str
    table: str
    purpose: str
    expectations: tuple[Expectation, ...]


def no_rows(
    id: str, sentence: str, sentence_nl: str, sql: str, severity: str = CRITICAL, judged_on: str = ""
) -> Expectation:
    """Promise that ``sql`` finds nothing; its rows are the offenders.

    Where ``judged_on`` is given and finds nothing, the promise is not judged.
    """
    return Expectation(id, sentence, sentence_nl, severity, "rows", sql=sql, judged_on=judged_on)


def filled(column: str, sentence: str, sentence_nl: str, severity: str = CRITICAL) -> Expectation:
    """Promise that ``column`` is never null."""
    return Expectation(f"{column}_filled", sentence, sentence_nl, severity, "filled", (column,))


def between(
    column: str,
    low: float | None,
    high: float | None,
    sentence: str,
    sentence_nl: str,
    severity: str = CRITICAL,
) -> Expectation:
    """Promise that ``column`` lies within ``low`` and ``high``, both included; null is let through."""
    return Expectation(
        f"{column}_plausible", sentence, sentence_nl, severity, "between", (column,), low=low, high=high
    )


def one_of(
    column: str, values: tuple[str, ...], sentence: str, sentence_nl: str, severity: str = CRITICAL
) -> Expectation:
    """Promise that ``column`` holds one of ``values``; null is let through."""
    return Expectation(
        f"{column}_known", sentence, sentence_nl, severity, "one_of", (column,), values=tuple(values)
    )


def unique(
    columns: tuple[str, ...], sentence: str, sentence_nl: str, severity: str = CRITICAL
) -> Expectation:
    """Promise that no two rows agree in all of ``columns`` (one or more)."""
    name = "_".join(columns) + "_unique"
    return Expectation(name, sentence, sentence_nl, severity, "unique", tuple(columns))


IN_ENGLISH = {"lasten": "expenditure", "baten": "revenue"}


def no_total_with_its_parts(what: str) -> Expectation:
    """Promise that a fact of ``what`` (lasten, baten) holds no total of which it also holds every part."""
    return no_rows(
        "no_total_with_its_parts",
        f"No total stands among the {IN_ENGLISH[what]} together with all of its parts: the sum would count them twice.",
        f"Geen totaal staat bij de {what} samen met al zijn delen: de som zou ze dubbel tellen.",
        """
        with whole as (
            select t.rule_id, max(t.cell_id) as cell_id
            from audit.rule_terms as t
            left join {table} as f on t.cell_id = f.cell_id
            group by t.rule_id
            having count(*) = count(f.cell_id)
        )

        select r.rule_id, r.document_id, w.cell_id, r.description
        from whole as w
        inner join audit.rules as r on w.rule_id = r.rule_id
        where r.kind in ('subtotaal', 'totaal', 'groepstotaal', 'kolomtotaal', 'detail')
        """,
    )


def one_amount_per_row(what: str, *also: str) -> Expectation:
    """Promise that no printed row of a fact of ``what`` has two amounts for one year in one state.

    What a sum over the row adds up are parts, and may be there. ``also``: columns of the fact that tell more apart.
    """
    apart = "".join(f", f.{column}" for column in also)
    return no_rows(
        "one_amount_per_row",
        f"No row of the {what} has two amounts for one year in one state, unless its table adds them up.",
        f"Geen regel van de {what} heeft twee bedragen voor één jaar in één stand, tenzij zijn tabel ze optelt.",
        f"""
        with
        added_up as (
            select distinct t.cell_id
            from audit.rule_terms as t
            inner join audit.rules as r on t.rule_id = r.rule_id
            where not t.is_total and r.scope = 'row'
                and (r.kind in ('kolomtotaal', 'verloop', 'mutatie') or r.kind = 'formule' and t.coefficient > 0)
        ),

        in_rows as (
            select
                f.document_id, f.cell_id, f.row_path, f.column_path, f.jaar, f.stand, f.bedrag_eur,
                count(*) over row_of_year as amounts, count(a.cell_id) over row_of_year as parts
            from {{table}} as f
            inner join landing.cells as c on f.cell_id = c.cell_id
            left join added_up as a on f.cell_id = a.cell_id
            where c.occurrence = 1
            window row_of_year as (partition by f.table_id, c.row_no, f.jaar, f.stand{apart})
        )

        select document_id, cell_id, row_path, column_path, jaar, stand, bedrag_eur
        from in_rows
        where amounts > 1 and parts < amounts
        """,
    )


def no_lookalike_of_a_total(what: str) -> Expectation:
    """Promise that no row of a fact of ``what`` (lasten, baten) has the name of a total, or the value of one.

    A row has the value of a total when it is all other rows of its table together, or all rows above or below
    it, in most columns and within half a printed unit per number. A match of few digits may be chance.
    """
    return no_rows(
        "no_lookalike_of_a_total",
        f"No row that is called a total, or that equals the other {IN_ENGLISH[what]} of its table together, stands among the"
        f" {IN_ENGLISH[what]}.",
        f"Geen regel die totaal heet, of die gelijk is aan de andere {what} van zijn tabel samen, staat bij de {what}.",
        """
        with amounts as (
            select
                f.document_id, f.table_id, f.cell_id, c.row_no, c.column_no, f.bedrag_eur,
                case t.unit when 'EUR_1000' then 1000 when 'EUR_MLN' then 1000000 else 1 end / power(10, c.decimals) as unit_eur,
                t.unit = 'EUR' as is_exact,
                count(*) over (partition by f.table_id, c.column_no) as numbers,
                sum(f.bedrag_eur) over (partition by f.table_id, c.column_no) as everything,
                sum(f.bedrag_eur) over (partition by f.table_id, c.column_no order by c.row_no) as down_to_here,
                count(case when f.bedrag_eur <> 0 then 1 end) over (partition by f.table_id, c.column_no) as filled,
                count(case when f.bedrag_eur <> 0 then 1 end) over (
                    partition by f.table_id, c.column_no order by c.row_no
                ) as filled_down_to_here
            from {table} as f
            inner join landing.cells as c on f.cell_id = c.cell_id
            inner join landing.tables as t on f.table_id = t.table_id
            where c.occurrence = 1
        ),

        compared as (
            select
                *,
                case when is_exact then 0 else 3 * unit_eur / 2 end as margin,
                abs(bedrag_eur) >= 100 * unit_eur as is_telling
            from amounts
            where bedrag_eur <> 0
        ),

        equal as (
            select
                document_id, table_id, row_no, min(cell_id) as cell_id, count(*) as numbers,
                count(distinct case when is_telling then bedrag_eur end) as different,
                count(case when is_telling and filled > 2 and abs(everything - 2 * bedrag_eur) <= margin then 1 end) as others,
                count(case when is_telling and filled_down_to_here > 2 and abs(down_to_here - 2 * bedrag_eur) <= margin then 1 end)
                    as above,
                count(case when is_telling and filled - filled_down_to_here > 1
                    and abs(everything - down_to_here - bedrag_eur) <= margin then 1 end) as below
            from compared
            group by document_id, table_id, row_no
        )

        select document_id, cell_id, 'value' as seen_by
        from equal
        where greatest(others, above, below) * 2 > numbers and different = numbers and numbers >= 2

        union all

        select document_id, cell_id, 'name' as seen_by
        from {table}
        where regexp_matches(lower(row_path), '(^|> )((sub[- ]?|eind)?totaal|totale |totalen)')
        """,
    )


def mostly_positive(what: str) -> Expectation:
    """Promise that in no table most of the amounts of ``what`` (lasten, baten) are negative; a warning."""
    return no_rows(
        f"{what}_mostly_positive",
        f"{IN_ENGLISH[what].capitalize()} is positive in its normal direction: a table in which most are negative was given"
        " the wrong sign.",
        f"{what.capitalize()} zijn positief in hun gewone richting: een tabel waarin de meeste negatief zijn kreeg"
        " het verkeerde teken.",
        """
        select document_id, table_id, min(cell_id) as cell_id, count(*) as amounts,
               sum(case when bedrag_eur < 0 then 1 else 0 end) as negative
        from {table}
        group by document_id, table_id
        having sum(case when bedrag_eur < 0 then 1 else 0 end) * 2 > count(*)
        """,
        WARNING,
    )


def names() -> tuple[str, ...]:
    """The suites there are, sorted, from the names of the files: nothing is imported."""
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem != "__init__"))


@cache
def suite(name: str) -> Suite:
    """The suite of that name. Raises ModuleNotFoundError where there is none."""
    module = import_module(f"{__name__}.{name}")
    purpose = (module.__doc__ or "").strip().splitlines()[0]
    return Suite(name, module.TABLE, purpose, tuple(module.EXPECTATIONS))
