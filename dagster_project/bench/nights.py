"""What a night costs, measured with the command as it is run at night: processor time, growth, kills.

Processor time is that of the process and of all its children, so that it hardly depends on what else the
machine does. Compare within one run only.

What does not belong here: publishing by itself, which is measured in ``publishing``.
"""

from __future__ import annotations

import csv
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from dagster_project.bench import publishing
from dagster_project.bench.publishing import KillFigures, ReaderFigures
from dagster_project.settings import PROJECT, NotPublished, Settings, load
from dagster_project.warehouse import manifest

# Seconds that one reader rests in a round: fifty must leave something of two cores to the refresh.
_PAUSE = 10.0
_LOOK, _TOLD = 0.1, 1_000_000  # seconds between two looks at a command; bytes of what it has told
_ENDED = re.compile(r"^(\w+) +[\d.]+ s  ", re.MULTILINE)
# Which run made what stands in the marts, in the judgements and in history: one number in a whole file.
_MADE_BY = (
    "select state_no from meta.run where (select count(*) from marts.fct_lasten) > 0",
    "select distinct cast(substr(run_id, 1, 6) as integer) from audit.expectation_results",
    "select max(state_no) from history.states where (select count(*) from main.saldo) > 0",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that a command took, and the most memory that one of its processes had."""

    wall: float
    processor: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class NightFigures:
    """Nights over raw/ of the project, and dbt by itself on the same tables."""

    dbt: Cost
    first: Cost
    changed: Cost
    unchanged: Cost


@dataclass(frozen=True, slots=True)
class GrowthFigures:
    """A first night over ``documents``, and one with a changed document among them."""

    documents: int
    first: Cost
    steps: Mapping[str, float]  # of the first night: the most memory that its processes had together, in MB
    one_changed: Cost
    report_mb: float  # of the first night, what is linked counted once
    cells_mb: float  # what the cells of all documents take in Parquet


def nights(raw: Path = PROJECT / "raw") -> NightFigures:
    """A first refresh after set-up, one with a changed document, one with nothing changed, and a bare dbt build."""
    cost_of([sys.executable, "-m", "dagster_project.assets.dbt_run"], {})  # as set-up does
    with _warehouse(raw) as settings:
        first = refresh(settings)
        _touch(next(iter(sorted(settings.raw.glob("*/document.yml")))), 1)
        changed = refresh(settings)
        unchanged = refresh(settings)
        return NightFigures(dbt_alone(settings), first, changed, unchanged)


def growth(sizes: tuple[int, ...], raw: Path = PROJECT / "raw") -> Iterator[GrowthFigures]:
    """From nothing: the documents of ``raw`` and copies of them until there are so many, and one changed among them."""
    cost_of([sys.executable, "-m", "dagster_project.assets.dbt_run"], {})  # as set-up does
    for size in sizes:
        with _warehouse(raw) as settings:
            originals = sorted(p.parent for p in settings.raw.glob("*/document.yml"))
            copy_until(settings.raw, originals, size)
            first, steps = refresh_by_step(settings)
            report_mb, cells_mb = _report_mb(settings), _cells_mb(settings)
            _touch(originals[0] / "document.yml", size)
            yield GrowthFigures(size, first, steps, refresh(settings), report_mb, cells_mb)


def _report_mb(settings: Settings) -> float:
    found = (p.stat() for p in (settings.reports / "latest").resolve().rglob("*") if p.is_file())
    return sum({s.st_ino: s.st_size for s in found}.values()) / 1_000_000


def _cells_mb(settings: Settings) -> float:
    import pyarrow.parquet as parquet

    total = 0
    for path in settings.landing.glob("*.parquet"):
        group = parquet.read_metadata(path).row_group(0)
        columns = (group.column(i) for i in range(group.num_columns))
        total += sum(c.total_compressed_size for c in columns if c.path_in_schema.startswith("cells."))
    return total / 1_000_000


def read_while_refreshing(
    readers: int, seconds: float, refreshes: int, raw: Path = PROJECT / "raw"
) -> ReaderFigures:
    """Readers of the marts in processes of their own, while whole refreshes of changed documents publish."""
    numbers = itertools.count()
    with _warehouse(raw) as settings:
        refresh(settings)
        description = next(iter(sorted(settings.raw.glob("*/document.yml"))))

        def publish() -> int:
            _touch(description, next(numbers))
            refresh(settings)
            entry = manifest.live(manifest.read(settings))
            assert entry is not None, "a refresh just published"
            return entry.no

        return publishing.read_while(settings, _MADE_BY, readers, seconds, refreshes, publish, _PAUSE)


def kill_refreshes(kills: int, seed: int = 1, raw: Path = PROJECT / "raw") -> KillFigures:
    """Kill whole refreshes at random moments; each time something has changed, and the next one succeeds."""
    chance = random.Random(seed)
    with _warehouse(raw) as settings:
        duration = refresh(settings).wall
        description = next(iter(sorted(settings.raw.glob("*/document.yml"))))

        def start() -> int:
            _touch(description, chance.random())
            return subprocess.Popen(
                command(settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ).pid

        def again() -> None:
            if chance.random() < 0.1:  # most nights are killed again before one succeeds
                refresh(settings)

        return publishing.kill_and_look(
            kills,
            start=start,
            wait=lambda: time.sleep(chance.uniform(0, duration)),
            look=lambda: look_at(settings),
            again=again,
        )


def look_at(settings: Settings) -> tuple[str, list[str]]:
    """What is live after a kill: old, new, or to be completed; and what is wrong with it."""
    import duckdb

    entries, problems = manifest.inspect(settings.manifest)
    announced = manifest.live(entries)
    problems += publishing.not_as_published(settings, entries)
    try:
        with duckdb.connect(str(settings.published), read_only=True) as connection:
            ((state, finished),) = connection.execute("select state_no, finished_at from meta.run").fetchall()
            complete = connection.execute("select count(*) from audit.expectation_results").fetchall()[0][0]
    except duckdb.Error as error:
        return "old", [*problems, f"the live file does not open: {error}"]
    if finished is None or not complete:
        problems.append("the live file is not complete")
    if announced is not None and state == announced.no:
        return ("new" if not any(settings.build.iterdir()) else "old"), problems
    return "completed", problems


def refresh(settings: Settings) -> Cost:
    """Run ``sluitend refresh`` to its end. Raises ``NotPublished`` with its last words when it fails."""
    return cost_of(command(settings), {})


def refresh_by_step(settings: Settings) -> tuple[Cost, dict[str, float]]:
    """Run ``sluitend refresh``, and see how much memory its processes have together in each of its steps, in MB.

    Empty where the system does not tell.
    """
    watch = _Watch({})
    cost = cost_of(command(settings, is_quiet=False), {"LC_ALL": "C"}, watch)
    return cost, watch.most


@dataclass(slots=True)
class _Watch:
    """The most memory that a command has in each of the steps that it tells the end of."""

    most: dict[str, float]
    since: float = 0.0

    def look(self, pid: int, told: str) -> None:
        """See how much it has now, and what it has told until now."""
        for step in _ENDED.findall(told)[len(self.most) :]:
            self.most[step], self.since = self.since, 0.0
        self.since = max(self.since, _memory_mb(pid))


def _memory_mb(pid: int, begun_by: int = 0) -> float:
    """What a process and all that it began have of memory; 0 where the system does not tell, or they are gone.

    One that was begun this very moment has as many addresses as what began it (``begun_by``), and nothing of its own yet.
    """
    try:
        addresses, pages = map(int, Path(f"/proc/{pid}/statm").read_text().split()[:2])
        begun = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except (OSError, ValueError):
        return 0.0
    own = 0.0 if addresses == begun_by else pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return own + sum(_memory_mb(int(each), addresses) for some in begun for each in some)


def command(settings: Settings, is_quiet: bool = True) -> list[str]:
    """The refresh as it is run at night."""
    folders = ["--raw", str(settings.raw), "--home", str(settings.home)]
    return [
        sys.executable,
        "-m",
        "dagster_project.cli",
        "refresh",
        *(["--quiet"] if is_quiet else []),
        *folders,
    ]


def dbt_alone(settings: Settings) -> Cost:
    """A bare ``dbt build`` of the project, its manifest parsed before, on what the same extracts land and prove.

    Without unit tests, which are about the models and which a refresh leaves out too.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "sluitend.duckdb"
        _land_and_prove(settings, database)
        where = ["--project-dir", str(settings.dbt), "--profiles-dir", str(settings.dbt)]
        build = [
            str(Path(sys.executable).with_name("dbt")),
            "build",
            "--quiet",
            "--exclude-resource-type",
            "unit_test",
            *where,
            "--target-path",
            folder,
        ]
        environ = {"SLUITEND_BUILD_DB": str(database), "DO_NOT_TRACK": "1"}
        cost_of([*build[:1], "parse", *where, "--target-path", folder], environ)
        return cost_of(build, environ)


def _land_and_prove(settings: Settings, database: Path) -> None:
    """What a first refresh has when dbt begins, as a file of its own; the published file does not hold it any more."""
    from dagster_project.assets import steps
    from dagster_project.assets.runs import Refresh
    from dagster_project.warehouse.run import refreshing

    with refreshing(settings, full=True) as run:
        made = Refresh(settings, run, full=True)
        steps.perform(made, steps.LANDING)
        steps.perform(made, steps.PROOF)
        shutil.copyfile(made.database, database)


@contextmanager
def _warehouse(raw: Path) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(raw, f"{folder}/raw")
        yield load({}, raw=f"{folder}/raw", home=f"{folder}/home")


def cost_of(arguments: list[str], environ: Mapping[str, str], watch: _Watch | None = None) -> Cost:
    """Run a command to its end, children included, and look at it meanwhile. Raises ``NotPublished`` with its last words when it fails."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("SLUITEND_", "PYTHONDONTWRITE"))}
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            arguments, env={**own, **environ}, stdout=output, stderr=output, cwd=PROJECT
        )
        while watch is not None and _is_at_work(process.pid):
            watch.look(process.pid, os.pread(output.fileno(), _TOLD, 0).decode(errors="replace"))
            time.sleep(_LOOK)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begin
        if process.returncode:
            output.seek(0)
            words = output.read().decode(errors="replace").strip().splitlines()[-15:]
            raise NotPublished(
                f"{' '.join(arguments[:4])} ended with {process.returncode}: " + "\n".join(words)
            )
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000)


def _is_at_work(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _touch(description: Path, number: float) -> None:
    """Change a document without changing what it says."""
    lines = [line for line in description.read_text().splitlines() if not line.startswith("# read again")]
    description.write_text("\n".join([*lines, f"# read again {number}"]) + "\n")


def copy_until(raw: Path, originals: list[Path], size: int) -> None:
    """The documents of ``raw`` for one municipality after another, under its name, until there are ``size``.

    When every municipality has them, further parts of the budget are added.
    """
    present = len(list(raw.glob("*/document.yml")))
    sets = ((part, place) for part in itertools.count(1) for place in _municipalities())
    for number, (part, (code, name)) in enumerate(
        itertools.islice(sets, -(-size // len(originals))), start=1
    ):
        copies = {folder.name: f"{code.lower()}-{part}-{folder.name}" for folder in originals}
        for position, original in enumerate(originals):
            if present <= number * len(originals) + position < size:
                _copy(original, raw / copies[original.name], name, code, part, copies)


def _municipalities() -> list[tuple[str, str]]:
    """Code and name of every municipality that is there today."""
    with (PROJECT / "dbt" / "seeds" / "gemeenten_per_jaar.csv").open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    latest = max(g["jaar"] for g in listed)
    return [(g["gemeentecode"], g["gemeente_naam"]) for g in listed if g["jaar"] == latest]


def _copy(original: Path, copy: Path, name: str, code: str, part: int, copies: Mapping[str, str]) -> None:
    shutil.copytree(original, copy)
    description = copy / "document.yml"
    about = yaml.safe_load(description.read_text(encoding="utf-8"))
    about |= {"gemeente": name, "gemeentecode": code, "onderdeel": f"{about['onderdeel']}, deel {part}"}
    if "zelfde_als" in about:
        about["zelfde_als"] = copies[about["zelfde_als"]]
    description.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
