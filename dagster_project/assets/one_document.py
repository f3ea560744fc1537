"""One document read by itself, as a Dagster asset with a partition per document.

A refresh reads every document that changed, and says so of its partition here. From Dagster's page a person reads one
again, after an answer or a correction, to see what becomes of it: its Parquet file stands where the next refresh looks,
which does not read it again. What does not belong here: how a document is read (``warehouse.landing``), and what is
published, which is always a whole.
"""

from collections.abc import Iterable
from dataclasses import replace

import dagster as dg

from dagster_project.settings import Settings
from dagster_project.warehouse.landing import READ, Landed, land, parquet_path, rejects_in
from dagster_project.warehouse.run import Busy, exclusive
from dagster_project.warehouse.scan import scan

KEY = dg.AssetKey(["read", "document"])
GROUP = "read"
DOCUMENTS = dg.DynamicPartitionsDefinition(name="document")
RAW = dg.AssetKey(["raw"])
_NO_NAME = ("...", "\n", "\t")  # what Dagster has no partition for


def one_document(settings: Settings) -> dg.AssetsDefinition:
    """The Parquet file of one document, read anew."""

    @dg.asset(
        key=KEY,
        partitions_def=DOCUMENTS,
        deps=[RAW],
        group_name=GROUP,
        description="A document as it is read: its Parquet file under HOME/landing, from which the next refresh builds.",
        kinds={"python"},
    )
    def document(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        try:
            with exclusive(settings, "read"):
                landed = read_again(settings, context.partition_key)
        except Busy as error:
            raise dg.Failure(description=str(error), allow_retries=False) from error
        if landed.state != READ:
            told = "; ".join(r.reason_en or r.reason for r in rejects_in(parquet_path(settings, landed.key)))
            raise dg.Failure(description=f"{landed.document_id}: {told}", allow_retries=False)
        return dg.MaterializeResult(metadata=_told(landed))

    return document


def read_again(settings: Settings, document_id: str) -> Landed:
    """Read one document, whether it changed or not. Raises ``dg.Failure`` where there is none of that name."""
    from dagster_project.reading.answer_file import read_answers

    everything = scan(settings.raw)
    chosen = tuple(d for d in everything.documents if d.document_id == document_id)
    if not chosen:
        told = f"{settings.raw} holds no document {document_id}"
        raise dg.Failure(description=told, allow_retries=False)
    answers, _ = read_answers(everything.answers)
    (landed,) = land(settings, replace(everything, documents=chosen), {}, full=True, answers=answers)
    return landed


def told_of(context: dg.AssetExecutionContext, documents: Iterable[Landed], read_now: Iterable[str]) -> None:
    """Have a partition for every document that there is and no other, and say of each that was read now that it was."""
    known = {d.document_id: d for d in documents if not any(text in d.document_id for text in _NO_NAME)}
    there = set(context.instance.get_dynamic_partitions(str(DOCUMENTS.name)))
    context.instance.add_dynamic_partitions(str(DOCUMENTS.name), sorted(known.keys() - there))
    for gone in sorted(there - known.keys()):
        context.instance.delete_dynamic_partition(str(DOCUMENTS.name), gone)
    for name in sorted(known.keys() & set(read_now)):
        if known[name].state == READ:
            context.log_event(dg.AssetMaterialization(KEY, partition=name, metadata=_told(known[name])))


def _told(landed: Landed) -> dict[str, str | int]:
    return {"files": landed.files, "bytes": landed.bytes, "rejects": landed.rejects, "sha256": landed.sha256}
