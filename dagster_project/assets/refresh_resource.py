"""The refresh as a Dagster resource: held from the first step of a run to the last, then summed up.

A run that Dagster's pages or its daemon started begins its own refresh; the command line begins one
before Dagster is imported and hands it in. What does not belong here: steps.
"""

import dagster as dg

from dagster_project.assets.conduct import conducting
from dagster_project.assets.left_behind import RUN_TAG
from dagster_project.settings import Settings, require_raw


def refresh_resource(settings: Settings) -> dg.ResourceDefinition:
    """A resource that holds the warehouse for as long as the Dagster run takes."""

    @dg.resource(description="The warehouse, held by this run; its private build file and its folders.")
    def refresh(context: dg.InitResourceContext):
        require_raw(settings)
        say = context.log.info if context.log is not None else print
        with conducting(settings, say) as begun:
            if context.run is not None and context.instance is not None:
                context.instance.add_run_tags(context.run.run_id, {RUN_TAG: begun.run.run_id})
            yield begun

    return refresh
