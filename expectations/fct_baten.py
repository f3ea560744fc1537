"""Baten: every leaf once, in euros, in the year and the state (stand) in which it was printed."""

from expectations._amounts import of_leaves

TABLE = "marts.fct_baten"

EXPECTATIONS = of_leaves("baten")
