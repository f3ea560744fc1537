"""Certificates: whether unrounded values exist that round to every printed value and satisfy all rules."""

from expectations import WARNING, filled, no_rows, unique

TABLE = "audit.certificates"

EXPECTATIONS = [
    filled(
        "component_id",
        "Every connected set of sums has a name.",
        "Elk verband van sommen heeft een naam.",
    ),
    unique(
        ("component_id",),
        "Every connected set of sums has one certificate.",
        "Elk verband van sommen heeft één certificaat.",
    ),
    no_rows(
        "every_set_was_judged",
        "Every connected set of sums was judged: a solver that gave up is no pass.",
        "Elk verband van sommen is beoordeeld: een oplosser die het opgaf telt niet als geslaagd.",
        "select * from {table} where feasible is null",
        WARNING,
    ),
    no_rows(
        "a_certificate_fits_its_width",
        "A set that holds is explained by at most half a printed unit of rounding per number.",
        "Een verband dat sluit is te verklaren met hoogstens een halve gedrukte eenheid afronding per getal.",
        "select * from {table} where feasible and not is_between_sources and (min_half_width is null or min_half_width > 0.500001)",
    ),
    no_rows(
        "all_sums_hold_together",
        "All sums of a set can hold at once. The failing rows are the sets, each with its likeliest suspect: a"
        " cell that, freed, restores the set, and the value that the other numbers imply.",
        "Alle sommen van een verband kunnen tegelijk gelden. De rijen die niet voldoen zijn de verbanden, elk met"
        " de waarschijnlijkste verdachte: een cel die, losgelaten, het verband weer laat sluiten, met de waarde"
        " die uit de andere getallen volgt.",
        """
        with suspects_of_sets as (
            select
                s.*,
                count(*) over (partition by s.component_id) as suspects,
                row_number() over (partition by s.component_id order by s.rank, s.set_no, s.cell_id) as likeliness
            from audit.suspects as s
        )

        select
            c.document_id, v.component_id, v.cells, v.rules, s.suspects, s.cell_id, c.row_path, c.column_path,
            c.text as printed, s.implied_low, s.implied_high, s.rank, s.diagnosis, s.diagnosis_en
        from {table} as v
        left join suspects_of_sets as s on v.component_id = s.component_id and s.likeliness = 1
        left join landing.cells as c on s.cell_id = c.cell_id
        where not v.feasible and not v.is_between_sources
        """,
        WARNING,
    ),
]
