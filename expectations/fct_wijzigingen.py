"""Changes: every value that appeared, disappeared or changed between two published states."""

from expectations import filled, no_rows

TABLE = "marts.fct_wijzigingen"

EXPECTATIONS = [
    filled(
        "document_id",
        "Every change says in which document it happened.",
        "Bij elke wijziging staat in welk document zij gebeurde.",
    ),
    no_rows(
        "a_change_changes_something",
        "The old and the new value of a change differ.",
        "De oude en de nieuwe waarde van een wijziging verschillen.",
        "select * from {table} where oud = nieuw or (oud is null and nieuw is null)",
    ),
]
