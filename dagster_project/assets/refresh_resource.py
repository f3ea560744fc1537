"""The refresh as a Dagster resource: held from the first step of a run to the last, then summed up.

A run that Dagster's pages or its daemon started begins its own refresh, as its configuration says; the command line
begins one before Dagster is imported and hands it in. What does not belong here: steps.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import cast

import dagster as dg
from pydantic import Field

from dagster_project.assets.conduct import conducting
from dagster_project.assets.left_behind import RUN_TAG
from dagster_project.assets.runs import DUCKDB, SPARK, Refresh
from dagster_project.settings import Settings, require_raw
from dagster_project.warehouse import second_engine


def _has_ended(context: dg.InitResourceContext) -> bool:
    if context.run is None or context.instance is None:
        return False
    run = context.instance.get_run_by_id(context.run.run_id)
    return run is not None and run.is_finished


class RefreshResource(dg.ConfigurableResource[Refresh]):
    """The warehouse, held by this run; its private build file and its folders. Steps get the ``Refresh`` itself."""

    settings: dg.ResourceDependency[Settings]
    strict: bool = Field(default=False, description="Findings and rejects forbid publication.")
    full: bool = Field(default=False, description="Read, prove and build everything again.")
    accept_removal: bool = Field(default=False, description="A person confirmed that much disappears.")
    engine: str = Field(default=DUCKDB, description="What builds the models of dbt: duckdb or spark.")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Refresh, None, None]:
        """The refresh, for as long as the Dagster run takes.

        ``dagster job execute`` opens the resources of a run once more when it has ended, to read what came out of it:
        that begins no refresh, and nobody asks for one.
        """
        if _has_ended(context):
            yield cast(Refresh, None)
            return
        require_raw(self.settings)
        if self.engine == SPARK:
            second_engine.require(self.settings)
        say = context.log.info if context.log is not None else print
        with conducting(
            self.settings,
            say,
            strict=self.strict,
            full=self.full,
            accept_removal=self.accept_removal,
            engine=self.engine,
        ) as begun:
            if context.run is not None and context.instance is not None:
                context.instance.add_run_tags(context.run.run_id, {RUN_TAG: begun.run.run_id})
            yield begun
