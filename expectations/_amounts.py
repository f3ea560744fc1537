"""What several facts of amounts promise alike, said once; lasten and baten promise the same.

What does not belong here: what a single fact promises.
"""

from __future__ import annotations

from dagster_project.reading.vocabulary import STANDEN
from expectations import WARNING, Expectation, between, filled, no_rows, one_of, unique

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

        select r.rule_id, r.document_id, w.cell_id, r.description, r.description_en
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
                case t.unit when 'EUR_1000' then 1000 when 'EUR_MLN' then 1000000 else 1 end * power(10, -c.decimals) as unit_eur,
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
                case when is_exact then 0 else 1.5 * unit_eur end as margin,
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
        where regexp_extract(lower(row_path), '(^|> )((sub[- ]?|eind)?totaal|totale |totalen)', 0) <> ''
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


def can_be_followed(what: str, among: str) -> tuple[Expectation, ...]:
    """Promise that every amount of a fact can be followed to its cell, and counts once.

    ``what`` and ``among`` name the fact in Dutch and in English.
    """
    return (
        filled(
            "cell_id",
            "Every amount can be followed to the cell in which it was printed.",
            "Elk bedrag is te volgen tot de cel waarin het is gedrukt.",
        ),
        unique(
            ("cell_id",),
            f"No printed amount is counted twice among the {among}.",
            f"Geen gedrukt bedrag telt tweemaal mee bij de {what}.",
        ),
    )


def known_document_and_euros() -> tuple[Expectation, ...]:
    """Promise that every amount says where it was published, and is known in euros."""
    return (
        filled(
            "document_id",
            "Every amount says which document it was published in.",
            "Bij elk bedrag staat in welk document het is gepubliceerd.",
        ),
        filled(
            "bedrag_eur",
            "Every amount is known in euros: a table without a unit stays out of the facts.",
            "Elk bedrag is bekend in euro's: een tabel zonder eenheid blijft buiten de feiten.",
        ),
    )


def known_stand() -> Expectation:
    """Promise that the state of every amount is one of those that are documented."""
    return one_of(
        "stand",
        tuple(STANDEN),
        "The state of every amount, such as budget or accounts, is one of the documented list.",
        "De stand van elk bedrag staat op de beschreven lijst.",
    )


def plausible_jaar() -> Expectation:
    """Promise that a year is one; a warning."""
    return between(
        "jaar",
        1990,
        2050,
        "The year lies between 1990 and 2050.",
        "Het jaar ligt tussen 1990 en 2050.",
        WARNING,
    )


def plausible_bedrag() -> Expectation:
    """Promise that an amount is none of a misread unit; a warning."""
    return between(
        "bedrag_eur",
        -1e13,
        1e13,
        "No amount exceeds 10,000 billion euros: a unit was misread.",
        "Geen bedrag is groter dan 10.000 miljard euro: dan is een eenheid verkeerd gelezen.",
        WARNING,
    )


def known_and_plausible_jaar_and_bedrag() -> tuple[Expectation, ...]:
    """Promise that every amount belongs to a year, and that year and amount are plausible."""
    every = filled("jaar", "Every amount belongs to a year.", "Elk bedrag hoort bij een jaar.")
    return every, plausible_jaar(), plausible_bedrag()


def of_leaves(what: str) -> tuple[Expectation, ...]:
    """All that the fact of the leaves of ``what`` (lasten, baten) promises."""
    return (
        *can_be_followed(what, IN_ENGLISH[what]),
        *known_document_and_euros(),
        known_stand(),
        no_total_with_its_parts(what),
        no_lookalike_of_a_total(what),
        one_amount_per_row(what),
        mostly_positive(what),
        *known_and_plausible_jaar_and_bedrag(),
    )
