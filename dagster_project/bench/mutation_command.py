"""``sluitend bench mutations``: the mutation bench over raw/ and the examples, as a page on stdout.

What does not belong here: measuring (``mutation_figures``) and the shape of the page (``mutation_page``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from dagster_project.bench.mutation_figures import CLEAN_TABLES, growth, run
from dagster_project.bench.mutation_page import DRIE_D, KOSTEN, markdown, targets
from dagster_project.bench.mutation_subjects import Subject, examples_as_raw, subjects_in, text_errors
from dagster_project.settings import PROJECT, load

EXAMPLES = PROJECT.parent / "shared" / "examples"
TEXT_KINDS = ("cijfers_verwisseld", "teken", "tien_ernaast")


def main(*, small: bool = False, examples: Path = EXAMPLES) -> None:
    """Run the bench and print its page; progress goes to stderr.

    small: a sample of the errors and a few clean tables, to see that it runs. Exit status 1 where
    something that must be reached was not.
    """
    settings = load()
    published = subjects_in(settings.raw)
    subjects = [*published, *_from_examples(examples)]
    every = 20 if small else 1
    clean = 50 if small else CLEAN_TABLES
    thorough = () if small else (DRIE_D, KOSTEN)
    outcome = run(subjects, settings.workers, clean, every, thorough=thorough, progress=_say)
    reached = targets(outcome, [subject.name for subject in published], is_sample=small)
    texts = [
        text_errors(settings.raw / name, kind, 3 * every)
        for name in (DRIE_D, KOSTEN)
        if (settings.raw / name).is_dir()
        for kind in TEXT_KINDS
    ]
    measured = next((subject for subject in published if subject.name == KOSTEN), None)
    grown = growth(measured, (10,) if small else (10, 100, 1_000)) if measured else []
    print(markdown(outcome, reached, grown, texts))
    _say(f"{outcome.seconds:.0f} s")
    missed = [target for target in reached if not target.is_met]
    for target in missed:
        _say(f"not reached: {target.what}: {target.found:.3f} instead of {target.least}")
    if missed:
        sys.exit(1)


def _from_examples(examples: Path) -> list[Subject]:
    if not examples.is_dir():
        _say(f"no examples in {examples}: only raw/ is used")
        return []
    with examples_as_raw(examples) as raw:
        return subjects_in(raw)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
