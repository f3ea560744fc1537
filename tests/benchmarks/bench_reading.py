"""How fast tables are read, as ratios measured in one run on one machine.

    python tests/benchmarks/bench_reading.py [pdf] [memory]

pdf     time per page against ``pdfplumber``'s own word extraction of the same pages
memory  growth of the process over 5,000 documents

The speed of text layouts is measured by ``sluitend bench reading``.
"""

from __future__ import annotations

import io
import logging
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from rendering import RENDERERS, gold, positions  # noqa: E402

from dagster_project.reading import formats  # noqa: E402
from dagster_project.reading.documents import read_document  # noqa: E402

REPEATS = 5


def published() -> list:
    """Every table of the examples and of raw/."""
    raw = sorted(path for path in (ROOT / "raw").iterdir() if path.is_dir())
    return [*map(gold.table, gold.folders()), *(t for folder in raw for t in read_document(folder).tables)]


def best(work) -> float:
    """Seconds of the fastest of some runs: the others waited for something."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def pdf() -> None:
    """Seconds per page of our reader and of word extraction alone, on the same files."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    for name in ("pdf, ruled, of a page", "pdf, open, of a page", "pdf, open"):
        _, render = RENDERERS[name]
        files = [render(positions(table, "Omschrijving"), "Overzicht", "x € 1.000") for table in published()]

        def words(files=files) -> None:
            for data in files:
                with pdfplumber.open(io.BytesIO(data)) as opened:
                    for page in opened.pages:
                        page.extract_words()

        alone = best(words)
        ours = best(lambda files=files: [formats.read(data, "a.pdf") for data in files])
        print(f"{name:24} words {alone:6.2f} s   reader {ours:6.2f} s   {ours / alone:4.2f}x")


def memory(documents: int = 5_000) -> None:
    """Largest size of the process after a tenth of the documents, and at the end."""
    kinds = [(file, render) for name, (file, render) in RENDERERS.items() if "of a page" not in name]
    laid_out = [positions(table, "Omschrijving") for table in published()]
    files = [(file, render(printed)) for printed in laid_out for file, render in kinds]
    early = 0
    for number in range(documents):
        file, data = files[number % len(files)]
        formats.read(data, file)
        if number == documents // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"memory after {documents // 10} documents {early / 1024:.0f} MB, after {documents} {late / 1024:.0f} MB"
    )


if __name__ == "__main__":
    for part in sys.argv[1:] or ["pdf", "memory"]:
        {"pdf": pdf, "memory": memory}[part]()
