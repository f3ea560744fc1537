"""``sluitend bench hostile``: files and nights that were seen to go wrong, made on the spot, each with what must come of it.

Every line runs in a process of its own, whose processor time and memory the system tells. A line is as it must be when its
outcome is the one that is written here and it kept to its seconds and to 1 GB. What is large and honest must be read;
what is hostile must be refused in words.

What does not belong here: making the reader or the night any better.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import monotonic

import click

from dagster_project.settings import PROJECT

_REFUSED_WITHIN = 10.0  # seconds of a processor
_MOST_MB = 1_000
_STAMP = (
    "gemeente: Dorp\ntitel: Programmabegroting 2018\nsoort: begroting\njaar: 2018\nvorm: csv\neenheid: EUR\n"
)
_TABLE = "Programma;Begroting 2018;Begroting 2019\nWegen;1.200;1.300\nGroen;155;2.016\n"


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that is tried: ``make`` fills an empty folder, ``run`` tells what came of it."""

    section: (
        int  # of the list of promises: 1 published unproved, 2 gone, 3 poison, 4 bounds, 5 hostile, 6 mended
    )
    name: str
    must: str  # words that the outcome begins with
    run: Callable[[Path], str]  # in that folder, measured
    make: Callable[[Path, float], object] = lambda place, share: None  # files of that share of the full size
    seconds: float = _REFUSED_WITHIN
    is_night: bool = False  # a whole refresh, or several: not in the short form


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a line: in words, in seconds of a processor and of the clock, and in MB."""

    line: Trial
    outcome: str
    processor: float
    clock: float
    memory_mb: float

    @property
    def is_right(self) -> bool:
        """Whether it is what must come of it, within its limits."""
        return (
            self.outcome.startswith(self.line.must)
            and self.processor <= self.line.seconds
            and (self.line.is_night or self.memory_mb <= _MOST_MB)
        )


def main(*, small: bool, only: str = "") -> None:
    """Try every line, print each, and end with status 1 unless all are as they must be."""
    results = []
    click.echo(f"{'':<5} {'line':<58} {'cpu s':>7} {'clock':>7} {'MB':>6}  outcome")
    for result in measured(small=small, only=only):
        results.append(result)
        mark = (
            ""
            if result.is_right
            else f"   MUST BE {result.line.must}, within {result.line.seconds:g} s and {_MOST_MB} MB"
        )
        click.echo(
            f"{result.line.section:<5} {result.line.name:<58} {result.processor:>7.1f} {result.clock:>7.1f}"
            f" {result.memory_mb:>6.0f}  {result.outcome}{mark}"
        )
    wrong = sum(not result.is_right for result in results)
    click.echo(f"{len(results)} lines, {wrong} not as they must be")
    if wrong:
        sys.exit(1)


def measured(*, small: bool, only: str = "") -> Iterator[Result]:
    """Every line, each in a process of its own; ``small``: files a fraction as large, and no nights."""
    share = 0.02 if small else 1.0
    for line in LINES:
        if (small and line.is_night) or only not in line.name:
            continue
        if (
            small and line.section == 4
        ):  # a small file runs into no limit: refused is refused, for whatever reason
            line = replace(line, must=line.must.partition(":")[0])
        with tempfile.TemporaryDirectory(prefix="sluitend-") as place:
            yield _measure(line, Path(place), share)


def _measure(line: Trial, place: Path, share: float) -> Result:
    command = [sys.executable, "-m", __spec__.name, line.name, str(place)]
    subprocess.run([*command, str(share)], check=True, cwd=PROJECT, env=_environment())
    begun = monotonic()
    with (place / ".out").open("w+") as out, (place / ".err").open("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=PROJECT, env=_environment())
        _, _, used = os.wait4(process.pid, 0)
        clock = monotonic() - begun
        out.seek(0)
        err.seek(0)
        told, trouble = out.read().splitlines(), err.read().strip().splitlines()
    outcome = told[-1] if told else f"ended without a word: {trouble[-1] if trouble else 'nothing on stderr'}"
    return Result(line, outcome[:160], used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1_000)


def _environment(**more: str) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("SLUITEND_", "DAGSTER_"))}
    return own | {"PYTHONPATH": os.pathsep.join([str(PROJECT), own.get("PYTHONPATH", "")])} | more


# --- reading: one document, as a night reads it -------------------------------------------------------


def _read(place: Path) -> str:
    """How a night lands the one document there: read with its values, or refused with the reason."""
    (outcome,) = land_all(place / "raw", place / "home").values()
    return outcome


def _document(raw: Path, name: str, stamp: str = _STAMP, **files: bytes | str) -> Path:
    folder = raw / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.yml").write_text(stamp)
    for key, content in files.items():
        path = folder / key.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def land_all(raw: Path, home: Path) -> dict[str, str]:
    """What a night makes of every document under ``raw``, in words, by document_id."""
    import pyarrow.parquet as parquet

    from dagster_project.settings import load, require_home
    from dagster_project.warehouse.landing import READ, land, parquet_path, rejects_in
    from dagster_project.warehouse.scan import scan

    settings = load({}, raw=str(raw), home=str(home), workers=2)
    require_home(settings)
    found = scan(settings.raw)
    told = {stray.document_id: f"refused: {stray.reason_en}" for stray in found.strays}
    for landed in land(settings, found, {}):
        path = parquet_path(settings, landed.key)
        rejects = sorted(rejects_in(path), key=lambda r: r.kind != "reject")
        why = f"refused: {rejects[0].reason_en or rejects[0].reason}" if rejects else "no reason"
        # Not as objects: they would outweigh what is measured.
        of_cells = parquet.ParquetFile(path).read(columns=["cells.list.element.value"]).column("cells")
        (values,) = of_cells.combine_chunks().flatten().flatten()
        cells = len(values) - values.null_count
        is_read = landed.state == READ and cells
        told[landed.document_id] = (
            f"read, {cells} values" + (f"; {why}" if rejects else "") if is_read else why
        )
    return told


def _csv(rows: int) -> str:
    lines = (f"Product {n};{n % 900 + 1};{n % 800 + 2}" for n in range(rows))
    return "\n".join(["Programma;Begroting 2018;Begroting 2019", *lines]) + "\n"


def _pdf(pages: int, drawn: Callable[[int], bytes], is_packed: bool = False) -> bytes:
    """A PDF of plain text; ``drawn`` gives the operators of a page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for no in range(pages):
        stream = drawn(no)
        how = b""
        if is_packed:
            stream, how = zlib.compress(stream, 9), b"/Filter /FlateDecode "
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (how, len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), pages)
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for no, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (no, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _page(no: int) -> bytes:
    """A page with a small table of figures that line up."""
    rows = [("Programma", "Begroting 2018", "Begroting 2019")] + [
        (f"Product {no}-{n}", f"{n + 1}.200", f"{n + 2}.300") for n in range(5)
    ]
    texts = [
        f"BT /F1 10 Tf {x} {780 - 16 * y} Td ({text}) Tj ET"
        for y, row in enumerate(rows)
        for x, text in zip((60, 260, 400), row, strict=True)
    ]
    return "\n".join(texts).encode()


def _crowded(_: int, words: int) -> bytes:
    return b"\n".join(b"BT /F1 1 Tf %d %d Td (w) Tj ET" % (n * 7 % 590, n // 84 % 840) for n in range(words))


def _workbook(**parts: bytes) -> bytes:
    """A workbook with one small sheet; ``parts`` replace or add parts (dots as __, slashes as ___)."""
    import openpyxl

    book, out, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for row in (["Programma", "Begroting 2018"], ["Wegen", 1200], ["Groen", 155]):
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        kept = {name: before.read(name) for name in before.namelist()}
        for name, content in (
            kept | {k.replace("___", "/").replace("__", "."): v for k, v in parts.items()}
        ).items():
            after.writestr(name, content)
    return made.getvalue()


def _sheet(rows: int) -> bytes:
    body = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(1, rows + 1))
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
        % body
    )


def _sheet_elsewhere(size: int) -> bytes:
    """A workbook whose sheet is a part of another name, so that who weighs parts by name passes it over."""
    with zipfile.ZipFile(io.BytesIO(_workbook())) as made:
        relations = made.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"blad.bin")
        kinds = made.read("[Content_Types].xml").replace(b"/xl/worksheets/sheet1.xml", b"/xl/blad.bin")
    content = b"<worksheet><sheetData>" + b" " * size + b"</sheetData></worksheet>"
    return _workbook(
        **{
            "xl____rels___workbook__xml__rels": relations,
            "[Content_Types]__xml": kinds,
            "xl___blad__bin": content,
        }
    )


def _lying(size: int) -> bytes:
    """A workbook that says of its sheet that it is small."""
    data = bytearray(_workbook(xl___worksheets___sheet1__xml=b"<worksheet>" + b" " * size))
    true, told = (size + 11).to_bytes(4, "little"), (2_000).to_bytes(4, "little")
    at = data.find(true)
    while at >= 0:
        data[at : at + 4] = told
        at = data.find(true, at + 4)
    return bytes(data)


def _aliases() -> str:
    names = "abcdefghi"
    lines = [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(lines) + "\n"


def _place(files: Callable[[float], dict], stamp: str = _STAMP) -> Callable[[Path, float], object]:
    """How the one document with these files, of a share of the full size, is made."""
    return lambda place, share: _document(place / "raw", "stuk", stamp, **files(share))


def _reading(
    section: int,
    name: str,
    must: str,
    files: Callable[[float], dict],
    seconds: float = _REFUSED_WITHIN,
    stamp: str = _STAMP,
) -> Trial:
    return Trial(section, name, must, _read, _place(files, stamp), seconds)


def _flate_bomb(share: float) -> dict[str, bytes]:
    return {"a__pdf": _pdf(1, lambda no: b"BT /F1 9 Tf " + b"(x) Tj " * int(100 * _N * share), True)}


def _mentions(unit: str, precision: str) -> dict[str, str]:
    said = f"vermelding;bedrag;jaar;eenheid;nauwkeurigheid\nV-1;12;2018;{unit};{precision}\n"
    return {"a__csv": _TABLE, "vermeldingen__csv": said}


def _remembered(place: Path) -> str:
    """How a second night lands a document that ran into a limit in the first."""
    told = _read(place)
    begun = sum(os.times()[:4])  # of this process and its children
    again = _read(place)
    seconds = sum(os.times()[:4]) - begun
    return told if again == told and seconds < 1 else f"read again in {seconds:.1f} s: {again}"


def _answers(place: Path) -> str:
    """What is said of antwoorden.yml, as it stands there."""
    from dagster_project.reading.answer_file import read_answers

    answers, rejects = read_answers((place / "antwoorden.yml").read_bytes())
    return f"refused: {rejects[0].reason_en}" if rejects and not answers else f"read, {len(answers)} answers"


def _by_hand(*arguments: str) -> Callable[[Path], str]:
    """What a command of a person says last of the document there: refused, or read."""

    def run(place: Path) -> str:
        done = _Night.run(*(argument.format(place=place) for argument in arguments))
        told = (done.stdout + done.stderr).strip().splitlines()
        is_refused = done.returncode or "No table was found." in told
        return f"{'refused' if is_refused else 'read'}: {told[-1] if told else 'without a word'}"

    return run


def _escapes(place: Path) -> str:
    """What a terminal gets of labels that hold commands for it."""
    told = _Night.run("inspect", str(place / "raw" / "stuk")).stdout
    obeyed = [sign for sign in told if sign != "\n" and not sign.isprintable()]
    return "as it must be" if "\\x1b[31mWegen" in told and not obeyed else f"{obeyed} in {told[:80]!r}"


# --- nights: the command as a person runs it ----------------------------------------------------------


class _Night:
    """A small warehouse of six documents, published once."""

    def __init__(self, place: Path) -> None:
        self.raw, self.home = place / "raw", place / "home"
        for no in range(6):
            _document(
                self.raw,
                f"stuk-{no}",
                f"{_STAMP}onderdeel: deel {no}\n",
                tabel__csv=_TABLE.replace("155", f"{155 + no}"),
            )
        status, told = self.refresh()
        if status:
            raise SystemExit(f"the first night failed: {told}")

    def refresh(self, *arguments: str) -> tuple[int, str]:
        """The exit status of a refresh, and all that it printed."""
        done = self.run("refresh", "--raw", str(self.raw), "--home", str(self.home), *arguments)
        return done.returncode, done.stdout + done.stderr

    def command(self, *arguments: str) -> str:
        """All that another command printed."""
        done = self.run(*arguments)
        return done.stdout + done.stderr

    @staticmethod
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        """A command, run to its end."""
        command = [sys.executable, "-m", "dagster_project.cli", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=_environment())

    def documents(self) -> list[str]:
        """The documents with figures in the published file."""
        import duckdb

        with duckdb.connect(str(self.home / "sluitend.duckdb"), read_only=True) as connection:
            found = connection.execute("select distinct document_id from landing.cells order by 1").fetchall()
        return [name for (name,) in found]


def _night(
    act: Callable[[_Night], object], is_right: Callable[[_Night, int, str], bool]
) -> Callable[[Path], str]:
    def run(place: Path) -> str:
        night = _Night(place)
        act(night)
        status, told = night.refresh()
        return (
            "as it must be"
            if is_right(night, status, told)
            else f"status {status}: {' | '.join(told.splitlines())}"
        )

    return run


def _goes(part: str) -> Callable[[_Night], object]:
    def go(night: _Night) -> None:
        for path in sorted(night.home.glob(part)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    return go


def _lose_four(night: _Night) -> None:
    for name in _SIX[:4]:
        shutil.rmtree(night.raw / name)


def _alter_what_is_live(night: _Night) -> None:
    live = (night.home / "sluitend.duckdb").resolve()
    live.chmod(0o644)
    live.write_bytes(live.read_bytes()[:-1] + b"x")


def _alter_and_lose(night: _Night) -> None:
    _alter_what_is_live(night)
    _lose_four(night)


def _look_alike(night: _Night) -> None:
    """Two folders whose names are the same once what no letter is was spelled out."""
    for name in (os.fsdecode(b"zz-\xff"), "zz-\\xff"):
        _document(night.raw, name, f"{_STAMP}onderdeel: {len(name)}\n", tabel__csv=_TABLE)


def _publish_again(night: _Night) -> None:
    _document(night.raw, "stuk-9", f"{_STAMP}onderdeel: negen\n", tabel__csv=_TABLE)
    night.refresh()


def _put_back(night: _Night) -> None:
    _publish_again(night)
    night.command(
        "rollback", "--home", str(night.home), "--who", "A. Beheerder", "--why", "verkeerde levering"
    )


def _tells_what_is_live(night: _Night, status: int, told: str) -> bool:
    return status == 0 and "put back on" in told and " 6 documents," in told and night.documents() == _SIX


def _alter_what_was(night: _Night) -> None:
    _publish_again(night)
    first = min((night.home / "snapshots").glob("*.duckdb"))
    first.chmod(0o644)
    first.write_bytes(first.read_bytes()[:-1] + b"x")


def _is_acknowledged(night: _Night, status: int, told: str) -> bool:
    home = ["--home", str(night.home)]
    before = night.run("verify", *home).returncode
    night.command("settle", *home, "--who", "A. Beheerder", "--why", "schijffout")
    after, listed = night.run("verify", *home).returncode, night.command("history", *home)
    return (status, before, after) == (0, 1, 0) and "A. Beheerder: schijffout" in listed


def _add_a_formula(night: _Night) -> None:
    table = "Programma;Begroting 2018;Begroting 2019\n=1+cmd;1.200;1.300\n"
    _document(night.raw, "stuk-9", f"{_STAMP}onderdeel: negen\n", tabel__csv=table)


def _is_no_formula(night: _Night, status: int, told: str) -> bool:
    """Neutral in CSV, and as it was printed in the file."""
    import duckdb

    with duckdb.connect(str(night.home / "sluitend.duckdb"), read_only=True) as connection:
        printed = connection.execute(
            "select count(*) from landing.cells where row_path = '=1+cmd'"
        ).fetchall()
    listed = night.command("history", "--home", str(night.home), "--changes", "2")
    return status == 0 and printed == [(2,)] and ",'=1+cmd," in listed and ",=1+cmd," not in listed


def _poison(night: _Night) -> None:
    def more(name: str, lines: str, stamp: str = _STAMP, **files: str) -> None:
        _document(
            night.raw,
            name,
            f"{stamp}onderdeel: {name[:40]}\n",
            tabel__csv=f"Lasten;Begroting 2017;Begroting 2018\n{lines}",
            **files,
        )

    good = "- finding: a\n  fingerprint: b\n  wie: c\n  wanneer: 2026-03-01\n  waarom: d\n"
    more("p1", "Wegen;99.999.999.999.999.999;1\n")
    more("p2", "Wegen;9.000.000.000.000.000;1\nGroen;9.000.000.000.000.000;1\n")
    more("p3", "Wegen;9.000.000.000.000.000;-9.000.000.000.000.000\n")
    more("p4", "Wegen;12.345.678.901;12.345.678.902\n", _STAMP.replace("EUR", "EUR_MLN"))
    more("p5", "Wegen;1;2\n", aanvaard__yml=good.replace("03-01", "02-30"))
    more("p6", "Wegen;1;2\n", aanvaard__yml="[" * 20_000 + "]" * 20_000)
    more("p7", "Wegen;1;2\n", aanvaard__yml=good.replace("g: a", f"g: {'9' * 6000}"))
    more("p" * 250, "Wegen;1;2\n")
    more("foo", "Wegen;1;2\n")
    more("foo.html/bar", "Wegen;1;2\n")


def _special_files(night: _Night) -> None:
    """A pipe that nobody writes to and a file without end, under the names of files that are read and shown."""
    for name in ("pijp.csv", "pijp.pdf", "pijp.xlsx", "pijp.txt"):
        os.mkfifo(night.raw / "stuk-0" / name)
        (night.raw / "stuk-1" / f"eindeloos-{name}").symlink_to("/dev/zero")


def _plant_a_secret(night: _Night) -> None:
    """Links that lead to it, in the place of every file that anything reads under raw/."""
    secret = night.home.parent / "secret"
    secret.write_text("wachtwoord: zeer-geheim\nsoort: iv3\nzeer-geheim: 1\n")
    places: tuple[str, ...] = (
        "stuk-0/aanvaard.yml",
        "stuk-1/erbij.csv",
        "stuk-2/claims.yml",
        "stuk-3/antwoorden.yml",
    )
    places += ("antwoorden.yml", "erbij/document.yml", "stuk-4/.herkomst.json")
    (night.raw / "erbij").mkdir()
    for place in places:
        (night.raw / place).symlink_to(secret)


def _is_secret(night: _Night, status: int, told: str) -> bool:
    where = ["--raw", str(night.raw)]
    told += night.command("inspect", str(night.raw / "stuk-0"), *where)
    told += night.command("answer", "stuk-0", "1", "1", *where)
    told += night.command("fetch", *where, "--home", str(night.home))
    told += night.command("doctor", *where, "--home", str(night.home))
    holding = [p for p in night.home.rglob("*") if p.is_file() and b"zeer-geheim" in p.read_bytes()]
    return status == 0 and "zeer-geheim" not in told and not holding and night.documents() == _SIX


def _damage(content: bytes) -> Callable[[_Night], object]:
    def act(night: _Night) -> None:
        for store in (night.home / "dagster").rglob("*.db"):
            store.write_bytes(content)
        _document(night.raw, "stuk-9", f"{_STAMP}onderdeel: negen\n", tabel__csv=_TABLE)

    return act


def _assets_without_checks(place: Path) -> str:
    import dagster as dg

    night = _Night(place)
    _document(night.raw, "stuk-9", f"{_STAMP}onderdeel: negen\n", tabel__csv=_TABLE)
    from dagster_project.assets.wiring import definitions
    from dagster_project.settings import load

    settings = load({}, raw=str(night.raw), home=str(night.home))
    before = settings.published.resolve()
    job = definitions(settings).resolve_implicit_global_asset_job_def()
    keys = [
        k
        for k in job.asset_layer.asset_graph.get_all_asset_keys()
        if k.path[0] in ("landing", "reports", "published")
    ]
    with dg.DagsterInstance.ephemeral() as instance:
        ended = job.execute_in_process(instance=instance, raise_on_error=False, asset_selection=keys)
    return "as it must be" if not ended.success and settings.published.resolve() == before else "published"


def _odd_paths(place: Path) -> str:
    odd = place / "a;b$c%d#e?f{{ g }}'h"
    odd.mkdir()
    os.environ["TMPDIR"] = str(place)
    night = _Night(odd)
    return "as it must be" if len(night.documents()) == 6 else f"{night.documents()}"


def _umask(place: Path) -> str:
    os.umask(0o077)
    place.chmod(0o755)
    night = _Night(place)
    published = [
        night.home,
        night.home / "snapshots",
        *(night.home / "snapshots").iterdir(),
        *(night.home / "reports").rglob("*"),
    ]
    closed = [p for p in published if not p.stat().st_mode & 0o004]
    private = [
        p for p in published if p.suffix in (".json", ".html") and str(place).encode() in p.read_bytes()
    ]
    return (
        "as it must be"
        if not closed and not private
        else f"closed {closed[:2]}, with folders of this machine {private[:2]}"
    )


def _setting(name: str, value: str) -> Callable[[Path], str]:
    def run(place: Path) -> str:
        from dagster_project.settings import Unusable, load

        try:
            load({name: value})
        except Unusable as error:
            return f"refused: {error}"
        return "taken"

    return run


def _special(section: int, name: str, add: Callable[[Path], object]) -> Trial:
    """A document with a good table and one file that is none: that costs the file, not the document."""

    def make(place: Path, share: float) -> None:
        add(_document(place / "raw", "stuk", tabel__csv=_TABLE))

    return Trial(section, name, "read, 4 values; refused", _read, make)


def _nightly(section: int, name: str, run: Callable[[Path], str], seconds: float = 180) -> Trial:
    return Trial(section, name, "as it must be", run, seconds=seconds, is_night=True)


_N = 1_000_000
_READ = "read, "
_NEEDS_MORE = "refused: the reader needs more than 1000 MB of memory"
_SIX = [f"stuk-{no}" for no in range(6)]


def _ends_with(status: int) -> Callable[[_Night, int, str], bool]:
    return lambda night, ended, told: ended == status and night.documents() == _SIX


LINES: tuple[Trial, ...] = (
    _nightly(1, "landing, report and published without checks", _assets_without_checks),
    _nightly(2, "a manifest that was lost", _night(_goes("snapshots/manifest.jsonl"), _ends_with(2))),
    _nightly(2, "a live file that was altered", _night(_alter_what_is_live, _ends_with(3))),
    _nightly(2, "a live file that is gone", _night(_goes("sluitend.duckdb"), _ends_with(3))),
    _nightly(
        2, "four of six folders that are gone",
        _night(_lose_four, _ends_with(1)),
    ),
    _nightly(
        2, "the live file altered, and four of six folders gone",
        _night(_alter_and_lose, lambda night, status, told: status == 1 and "would disappear" in told),
    ),
    _nightly(
        2, "two folders whose names look alike",
        _night(_look_alike, lambda night, status, told: status == 0 and len(night.documents()) == 8),
    ),
    _nightly(2, "a night after a rollback", _night(_put_back, _tells_what_is_live)),
    _nightly(2, "pipes and files without end, in a whole night", _night(_special_files, _ends_with(0))),
    _special(2, "a NUL in a CSV", lambda f: (f / "nul.csv").write_bytes(b"a;b\n\x00\x00;1\n" * 9)),
    _special(2, "a fifo", lambda f: os.mkfifo(f / "pijp.csv")),
    _special(2, "a link that dangles", lambda f: (f / "weg.csv").symlink_to(f / "nergens.csv")),
    _reading(
        2, "a year of 20 digits", "refused: key jaar", lambda share: {"a__csv": _TABLE},
        stamp=_STAMP.replace("jaar: 2018", f"jaar: {'9' * 20}"),
    ),
    _nightly(
        3, "every poison beside six documents",
        _night(_poison, lambda n, status, told: status == 0 and set(_SIX) <= set(n.documents())), 900,
    ),
    _reading(4, "CSV of 20,000 rows", _READ, lambda share: {"a__csv": _csv(int(20_000 * share))}, 40),
    _reading(4, "CSV of 200,000 rows", _READ, lambda share: {"a__csv": _csv(int(200_000 * share))}, 400),
    _reading(4, "PDF of 2,900 pages", _READ, lambda share: {"a__pdf": _pdf(int(2_900 * share), _page)}, 400),
    _reading(
        4, "PDF with a page of 300,000 words", "refused: page 1: 300000 pieces of text on a page",
        lambda share: {"a__pdf": _pdf(1, lambda no: _crowded(no, int(300_000 * share)))},
    ),
    _reading(4, "PDF flate bomb of 700 MB", _NEEDS_MORE, _flate_bomb),
    Trial(4, "PDF flate bomb, on the night after", _NEEDS_MORE, _remembered, _place(_flate_bomb)),
    Trial(
        4, "PDF flate bomb, inspected", "refused: sluitend: stuk: the reader needs more than 1000 MB",
        _by_hand("inspect", "{place}/raw/stuk"), _place(_flate_bomb),
    ),
    Trial(
        4, "PDF flate bomb, added", "refused: sluitend: dorp-x-2018: the reader needs more than 1000 MB",
        _by_hand(
            "add", "{place}/raw/stuk/a.pdf", "--raw", "{place}/new", "--gemeente", "Dorp", "--titel", "X",
            "--soort", "begroting", "--jaar", "2018",
        ),
        _place(_flate_bomb),
    ),
    Trial(
        4, "YAML aliases in antwoorden.yml", "refused: is no YAML", _answers,
        lambda place, share: (place / "antwoorden.yml").write_text(_aliases()),
    ),
    _reading(4, "YAML aliases", "refused", lambda share: {"a__csv": _TABLE}, stamp=_STAMP + _aliases()),
    _reading(
        4, "workbook with a sheet under another part name", "refused",
        lambda share: {"a__xlsx": _sheet_elsewhere(int(400 * _N * share))},
    ),
    _reading(4, "workbook with lying sizes", "refused", lambda share: {"a__xlsx": _lying(int(400 * _N * share))}),
    _reading(
        4, "workbook of 90 MB, dense", "refused",
        lambda share: {"a__xlsx": _workbook(xl___worksheets___sheet1__xml=_sheet(int(2.2 * _N * share)))}, 60,
    ),
    _reading(4, "text of one 200 MB line", "refused", lambda share: {"a__txt": "woord 1.234 " * int(17 * _N * share)}),
    _reading(4, "text of dashes", "refused", lambda share: {"a__txt": ("- " * 400 + "\n") * int(5_000 * share)}),
    _reading(
        4, "text of 900,000 cells", "refused",
        lambda share: {"a__txt": "\n".join("\t".join(map(str, range(3_000))) for _ in range(int(300 * share)))},
    ),
    _special(5, "a link that leads out of the document", lambda f: (f / "uit.csv").symlink_to("/etc/hostname")),
    _nightly(5, "links that lead to a secret, one as aanvaard.yml", _night(_plant_a_secret, _is_secret)),
    _reading(
        5, "a key that is there twice", "refused: document.yml", lambda share: {"a__csv": _TABLE},
        stamp=_STAMP + "jaar: 2019\n",
    ),
    _reading(
        5, "a code in other digits", "refused: key gemeentecode", lambda share: {"a__csv": _TABLE},
        stamp=_STAMP + "gemeentecode: GM٠٠٣٤\n",
    ),
    _reading(
        5, "jaar: 33:44", "refused: document.yml", lambda share: {"a__csv": _TABLE},
        stamp=_STAMP.replace("jaar: 2018", "jaar: 33:44"),
    ),
    _reading(
        5, "a unit that is none", "refused: key eenheid", lambda share: {"a__csv": _TABLE},
        stamp=_STAMP.replace("EUR", "GULDEN"),
    ),
    _reading(
        5, "a unit of an amount in text that is none", "read, 4 values; refused: eenheid is none of",
        lambda share: _mentions("GULDEN", "exact"),
    ),
    _reading(
        5, "a word for precision that is none", "read, 4 values; refused: nauwkeurigheid is none of",
        lambda share: _mentions("EUR", "zomaar"),
    ),
    Trial(
        5, "escapes in labels, on a terminal", "as it must be", _escapes,
        _place(lambda share: {"a__csv": _TABLE.replace("Wegen", "\x1b[31mWegen\x07")}),
    ),
    _nightly(5, "a formula in a label, in CSV", _night(_add_a_formula, _is_no_formula)),
    _nightly(5, "an altered file that a person dealt with", _night(_alter_what_was, _is_acknowledged)),
    Trial(5, "schedule 61 99 * * *", "refused: SLUITEND_SCHEDULE", _setting("SLUITEND_SCHEDULE", "61 99 * * *")),
    Trial(5, "schedule of 30 February", "refused: SLUITEND_SCHEDULE", _setting("SLUITEND_SCHEDULE", "0 3 30 2 *")),
    _nightly(5, "folders with ; $ % # ? { } and a quote", _odd_paths),
    _nightly(5, "umask 077, and folders of this machine in what is published", _umask),
    *(
        _nightly(
            6, f"a run store of Dagster that is {what}",
            _night(_damage(content), lambda n, status, told: status == 0 and "put aside" in told and len(n.documents()) == 7),
        )
        for what, content in (("empty", b""), ("garbage", b"x" * 20_000), ("truncated", b"SQLite format 3\0" + b"\0" * 4_000))
    ),
)  # fmt: skip


def _main(wanted: str, place: str, share: str | None = None) -> None:
    line = next(line for line in LINES if line.name == wanted)
    if share is not None:
        line.make(Path(place), float(share))
    else:
        print(line.run(Path(place)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
