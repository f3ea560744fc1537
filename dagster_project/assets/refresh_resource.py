"""The refresh as a Dagster resource: held from the first step of a run to the last, then summed up.

A run that Dagster's pages or its daemon started begins its own refresh; the command line begins one
before Dagster is imported and hands it in. What does not belong here: steps.
"""

import dagster as dg

from dagster_project.assets.conduct import conclude, conducting, not_begun
from dagster_project.settings import Settings, require_raw

RUN_TAG = "sluitend/run"


def refresh_resource(settings: Settings) -> dg.ResourceDefinition:
    """A resource that holds the warehouse for as long as the Dagster run takes."""

    @dg.resource(description="The warehouse, held by this run; its private build file and its folders.")
    def refresh(context: dg.InitResourceContext):
        require_raw(settings)
        with conducting(settings, context.log.info) as begun:
            if context.run is not None and context.instance is not None:
                context.instance.add_run_tags(context.run.run_id, {RUN_TAG: begun.run.run_id})
            yield begun

    return refresh


def unsummed_failures(settings: Settings) -> dg.SensorDefinition:
    """Tells about a run that failed before it could sum itself up: it could not begin, or was killed."""

    @dg.run_failure_sensor(name="unsummed_failures", default_status=dg.DefaultSensorStatus.RUNNING)
    def tell(context: dg.RunFailureSensorContext) -> None:
        if _is_summed_up(settings, context.dagster_run.tags.get(RUN_TAG)):
            return
        message = context.failure_event.message or "the run failed and left no summary"
        conclude(settings, not_begun(settings, message), context.log.info)

    return tell


def _is_summed_up(settings: Settings, run_id: str | None) -> bool:
    if run_id is None:
        return False
    return any(f'"run_id": "{run_id}"' in p.read_text() for p in sorted(settings.runs.glob("*.json"))[-20:])
