"""Great Expectations on the tables that Spark built, judged by Spark.

Great Expectations has an engine for Spark, which takes the session of Spark Connect that is there. Importing this module imports
Great Expectations, as ``gx_duckdb`` does. What does not belong here: suites, and the rows that fail (``suites``).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from dagster_project.assets.gx_duckdb import Session, new_context
from dagster_project.settings import Settings
from dagster_project.warehouse import second_engine


@contextmanager
def session(settings: Settings) -> Iterator[Session]:
    """A session on the databases of the Spark that ``settings`` name."""
    with second_engine.session(settings) as spark:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of an option of its own that nobody gave
            source = new_context().data_sources.add_spark(name="sluitend", persist=False)
        asset = source.add_dataframe_asset(name="sluitend")
        batch = asset.add_batch_definition_whole_dataframe("all")
        yield Session(batch.get_batch(batch_parameters={"dataframe": spark.sql("select 1 as one")}))
