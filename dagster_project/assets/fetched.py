"""What was fetched from an address, as Dagster assets that look every night, before the refresh.

A job of its own: a refresh asks nothing of anybody outside. What does not belong here: fetching (``fetch``).
"""

import dagster as dg

from dagster_project.assets.fetching import counted, look_again
from dagster_project.fetch import again as looking
from dagster_project.fetch import origin
from dagster_project.language import phrase
from dagster_project.settings import Settings

FETCH_JOB = "fetch"
GROUP = "fetched"
KEYS = {"document": dg.AssetKey(["fetched", "documents"]), "iv3": dg.AssetKey(["fetched", "iv3"])}
_TOLD = {
    "document": "Documents that were added by address, each as it is there now.",
    "iv3": "Tables of Iv3 of CBS under raw/, each as CBS has it now.",
}


def fetched(settings: Settings) -> dg.AssetsDefinition:
    """Every address under raw/ looked at again; the run fails where one could not be, after the others."""

    @dg.multi_asset(
        name="fetched",
        specs=[
            dg.AssetSpec(key, group_name=GROUP, description=_TOLD[kind], kinds={"file"})
            for kind, key in KEYS.items()
        ],
        can_subset=True,
    )
    def looked(context: dg.AssetExecutionContext):
        selected = {kind: key for kind, key in KEYS.items() if key in context.selected_asset_keys}
        looks = look_again(settings, kinds=selected, say=context.log.info)
        for kind, key in selected.items():
            of_kind = [look for look in looks if look.kind == kind]
            outcomes = {
                outcome: sum(look.outcome == outcome for look in of_kind)
                for outcome in (looking.CHANGED, looking.UNCHANGED, looking.FAILED)
            }
            yield dg.MaterializeResult(asset_key=key, metadata={"addresses": len(of_kind), **outcomes})
        failed = [look.line() for look in looks if look.outcome == looking.FAILED]
        if failed:
            told = f"{counted(looks)}. {'; '.join(failed)}"
            raise dg.Failure(description=told, allow_retries=False)  # each address was tried several times

    return looked


def fetch_job():
    """Looking at every address again, in one process."""
    return dg.define_asset_job(
        FETCH_JOB,
        selection=dg.AssetSelection.groups(GROUP),
        description="Look again at everything under raw/ that was fetched from an address.",
        executor_def=dg.in_process_executor,
        tags={"sluitend/job": FETCH_JOB},
    )


def fetch_night(settings: Settings, job) -> dg.ScheduleDefinition:
    """Once a night, ahead of the refresh; a night without any address is skipped, with the reason."""

    @dg.schedule(
        name="fetch_night",
        job=job,
        cron_schedule=settings.fetch_schedule,
        execution_timezone=settings.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"{settings.fetch_schedule} in {settings.timezone}",
    )
    def at_night() -> dg.RunRequest | dg.SkipReason:
        if next(origin.fetched(settings.raw), None) is None:
            return dg.SkipReason(phrase("nothing under raw/ was fetched from an address"))
        return dg.RunRequest()

    return at_night
