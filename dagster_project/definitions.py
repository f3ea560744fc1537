"""What Dagster loads: ``dagster dev -m dagster_project.definitions``. The wiring and nothing else."""

import dagster as dg

from dagster_project.assets.wiring import definitions
from dagster_project.settings import load


@dg.definitions
def defs() -> dg.Definitions:
    """Everything, for the settings that the environment gives."""
    return definitions(load())
