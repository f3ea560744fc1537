"""The same cube and the same questions in PostgreSQL, where its programs are installed: a server of our own on loopback.

The server lives in a scratch folder, is tuned for one large load (no write-ahead log to speak of, memory for sorts), and is
ended by its process id. What does not belong here: the questions (``national``) and the statements (``bare``).
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dagster_project.bench import bare
from dagster_project.bench.cube import files_in
from dagster_project.bench.national import QUESTIONS
from dagster_project.bench.nights import Cost
from dagster_project.settings import PROJECT

_TUNED = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "max_wal_size": "16GB", "shared_buffers": "2GB", "work_mem": "256MB", "maintenance_work_mem": "1GB", "jit": "off",
    "max_parallel_workers_per_gather": "2", "autovacuum": "off",
}  # fmt: skip
_VIEWS = """
    create index on fct_iv3 (verslagsoort, gemeentecode);
    create index on fct_iv3 (gemeentecode);
    create index on iv3_medianen (verslagsoort, kant, groep);
    create view iv3 as
    select f.*, f.boekjaar as jaar, g.gemeente, g.provincie, g.grootteklasse, g.inwoners,
        split_part(f.taakveld_code, '.', 1) as hoofdtaakveld_code, f.taakveld_code in ('0.10', '0.11') as is_reserve_of_resultaat
    from fct_iv3 as f join gemeenten as g on f.gemeentecode = g.gemeentecode and f.boekjaar = g.jaar;
    create view iv3_reeksen as
    select f.boekjaar as jaar, f.soort, f.kant, r.periode, r.reeks_code, sum(f.bedrag_eur) as bedrag_eur
    from fct_iv3 as f
    join iv3_vergelijkbaar as r
        on f.taakveld_code = r.taakveld_code
        and f.boekjaar between cast(r.van_jaar as integer) and coalesce(cast(r.tot_jaar as integer), 9999)
    group by f.gemeentecode, f.boekjaar, f.verslagsoort, f.soort, f.kant, r.periode, r.reeks_code;
    create view iv3_benchmarks as
    select p.*, m.mediaan_eur as mediaan_klasse_eur,
        m.gemeenten >= 8 and abs(p.per_inwoner_eur - m.mediaan_eur) / nullif(m.mad_eur, 0) > 5.19 as is_uitschieter
    from per_taakveld as p
    join iv3_medianen as m
        on m.groepering = 'grootteklasse' and p.verslagsoort = m.verslagsoort and p.kant = m.kant
        and p.taakveld_code = m.taakveld_code and p.grootteklasse = m.groep;
    drop table gegeven;
    analyze;
"""


class NotMeasured(Exception):
    """PostgreSQL is not there or does not work; in its own words."""


@dataclass(frozen=True, slots=True)
class PostgresFigures:
    """What building took, the size of what was built, and milliseconds of every question."""

    build: Cost
    bytes: int
    times: dict[str, list[float]]


def programs() -> Path | None:
    """The folder of the programs of PostgreSQL; None where it is not installed."""
    server = shutil.which("postgres")
    found = [Path(server).resolve()] if server else sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found and (found[-1].parent / "initdb").exists() else None


def measure(raw: Path, place: Path, rounds: int) -> PostgresFigures:
    """Build the tables from the cube under ``raw`` and ask every question ``rounds`` times after one that is not counted.

    ``place`` is a folder of our own, which others may pass through afterwards. Raises ``NotMeasured`` with the words of PostgreSQL where something does not work.
    """
    where = programs()
    if where is None:
        raise NotMeasured("PostgreSQL is not installed")
    server = _Server(where, place)
    server.initialise()
    begin = time.perf_counter()
    with server.running() as used:
        server.run(_load(raw))
        for statement in bare.STATEMENTS:
            server.run(statement)
        server.run(_VIEWS)
    build = Cost(time.perf_counter() - begin, used[0].ru_utime + used[0].ru_stime, used[0].ru_maxrss / 1_000)
    with server.running():
        size = int(server.run("select pg_database_size('postgres')").strip())
        times = {question: _times(server, sql, rounds) for question, sql in QUESTIONS.items()}
    return PostgresFigures(build, size, times)


def _times(server: _Server, sql: str, rounds: int) -> list[float]:
    told = server.run("\\timing on\n\\o /dev/null\n" + f"{sql};\n" * (rounds + 1))
    return [float(ms) for ms in re.findall(r"^Time: ([\d.]+) ms", told, re.M)][1:]


def _load(raw: Path) -> str:
    columns = ", ".join(f"{name} text" for name in bare.COLUMNS)
    lines = [f"create unlogged table gegeven ({columns});"]
    lines += [f"\\copy gegeven from '{file}' with (format csv, header true)" for file in files_in(raw)]
    for name in bare.LISTS:
        file = PROJECT / "dbt" / "seeds" / f"{name}.csv"
        header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        lines.append(f"create table {name} ({', '.join(f'{column} text' for column in header)});")
        lines.append(f"\\copy {name} from '{file}' with (format csv, header true)")
    return "\n".join(lines)


class _Server:
    """A server with its data in ``place``, as another user where we are root, which it refuses."""

    def __init__(self, where: Path, place: Path) -> None:
        self.where, self.data = where, place / "postgres"
        self.user = _somebody() if os.geteuid() == 0 else None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def initialise(self) -> None:
        self.data.mkdir(mode=0o700)
        self.data.parent.chmod(0o711)
        if self.user:
            shutil.chown(self.data, self.user)
        self._command(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "bench",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
            as_user=True,
        )

    @contextmanager
    def running(self) -> Iterator[list]:
        """The server runs; afterwards the list holds what it and its children used."""
        settings = [part for name, value in _TUNED.items() for part in ("-c", f"{name}={value}")]
        process = subprocess.Popen(
            [str(self.where / "postgres"), "-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port), "-k", "", *settings],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self.user, cwd="/",
        )  # fmt: skip
        used: list = []
        try:
            self._wait()
            yield used
        finally:
            process.terminate()
            _, status, found = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            used.append(found)

    def run(self, script: str) -> str:
        """What psql says to a script. Raises ``NotMeasured`` where a statement fails."""
        return self._command(
            "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "-d", "postgres", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1",
            script=script,
        )  # fmt: skip

    def _wait(self) -> None:
        for _ in range(300):
            ready = subprocess.run(
                [str(self.where / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)],
                stdout=subprocess.DEVNULL,
                check=False,
            )
            if ready.returncode == 0:
                return
            time.sleep(0.2)
        raise NotMeasured("PostgreSQL does not answer")

    def _command(self, program: str, *arguments: str, script: str = "", as_user: bool = False) -> str:
        found = subprocess.run(
            [str(self.where / program), *arguments], input=script, text=True, capture_output=True, check=False, cwd="/",
            user=self.user if as_user else None,
        )  # fmt: skip
        if found.returncode:
            raise NotMeasured(f"{program}: {found.stderr.strip()[-500:]}")
        return found.stdout


def _somebody() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
