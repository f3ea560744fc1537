"""The shapes in which Iv3 comes, and for each the SQL that lays its rows out one under another, as text.

* the cube as CBS serves it, as CSV, Parquet or pages of JSON: keys padded with blanks, balance positions in the
  column of the taakvelden, columns of an older generation under other names, two publications of each figure
* an extract per taakveld and side, with municipalities by name or by code
* tables with a column per taakveld, per pair of main taakveld and main category, or per key figure
* the delivery of a municipality itself, JSON of CBS's schema 2.1: five lists

What does not belong here: whether a code, a name or an amount is right (``rows``).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dagster_project.reading.model import Reject

CUBE, PER_TAAKVELD, PER_GROEP = "taakveld_categorie", "taakveld", "taakveldgroep"
PER_HOOFDCATEGORIE, PER_KERNCIJFER = "hoofdtaakveld_hoofdcategorie", "kerncijfer"

# What every shape is laid out as, before anything of it is judged; ``plaats`` says where in a file without lines.
GIVEN = {
    "bestand": "varchar",
    "regel": "bigint",
    "plaats": "varchar",
    "levering": "varchar",
    "leverdatum": "varchar",
    "indeling": "varchar",
    "soort": "varchar",
    "verslagsoort": "varchar",
    "boekjaar": "varchar",
    "gemeente": "varchar",
    "code": "varchar",
    "kant": "varchar",
    "categorie": "varchar",
    "bedrag_1e": "varchar",
    "bedrag_2e": "varchar",
    "is_getypeerd": "boolean",
    "is_optelbaar": "boolean",
}

_CUBE_NAMES = {
    "code": ("taakveldbalanspost", "functiekostenplaatsbalanspost"),
    "categorie": ("categorie",),
    "gemeente": ("gemeenten",),
    "verslagsoort": ("verslagsoort",),
    "bedrag_1e": ("k_1eplaatsing_1", "k_1steplaatsing_1"),
    "bedrag_2e": ("k_2eplaatsing_2", "k_2deplaatsing_2"),
}
_EXTRACT = ("verslagsoort", "taakveld", "kant")
_KEY_FIGURES = (
    "inwoners", "lasten", "baten", "reserve_lasten", "reserve_baten", "salarissen", "inhuur", "rijk", "spuks", "heffingen",
    "salarissen_overhead", "inhuur_overhead", "eigen_vermogen", "balanstotaal",
)  # fmt: skip
_TAAKVELD = re.compile(r"\d\.\d+[a-z]?")
_PAIR = re.compile(r"tv(\d)_cat(\d)")
_LISTS = {"lasten": "SF012", "baten": "SF011", "balans_lasten": "SF014", "balans_baten": "SF013", "balans_standen": "SF015"}  # fmt: skip
_METADATA = (
    "overheidslaag", "overheidsnummer", "overheidsnaam", "boekjaar", "periode", "status", "datum", "details_openbaar",
    "financieel_pakket", "export_software",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRows:
    """How the rows of one file are had: a statement with the columns of ``GIVEN``, its parameters, what was refused."""

    sql: str = ""  # empty: there is nothing to read
    parameters: tuple[object, ...] = ()
    rejects: tuple[Reject, ...] = ()


def recognise(path: Path, name: str, document_id: str) -> FileRows:
    """How to read one file. Never raises for what it holds; raises OSError where it cannot be opened."""
    with path.open("rb") as file:
        begin = file.read(65_536)
    if begin.startswith(b"PAR1"):
        return _parquet(path, name, document_id)
    text = begin.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return _json(path, name, document_id)
    if not text:
        return FileRows(rejects=(_refused(name, "is leeg", "is empty"),))
    return _csv(path, name, document_id, begin)


# --- text with separators -----------------------------------------------------------------------------


def _csv(path: Path, name: str, document_id: str, begin: bytes) -> FileRows:
    encoding = "utf-8" if _is_utf8(path) else "latin-1"
    line = begin.decode(encoding, errors="replace").lstrip("\ufeff").splitlines()[0]
    separator = max(",;\t|", key=line.count)
    header = [column.strip() for column in next(csv.reader([line], delimiter=separator))]
    if len(set(header)) < len(header):
        return FileRows(
            rejects=(_refused(name, "twee kolommen heten gelijk", "two columns have one name", line),)
        )
    types = ", ".join(f"{_quoted(column)}: 'varchar'" for column in header)
    source = f"""
        (
            select row_number() over () as rij, *
            from read_csv(
                {_quoted(path)}, auto_detect = false, header = true, delim = {_quoted(separator)}, quote = '"', escape = '"',
                columns = {{{types}}}, null_padding = false, store_rejects = true, rejects_table = 'refused_lines',
                rejects_scan = 'refused_scans', encoding = '{encoding}'
            )
        )
    """
    laid_out = _laid_out(header, source, name, document_id)
    return FileRows(laid_out) if laid_out else FileRows(rejects=(_unknown(name, line),))


def _laid_out(
    header: list[str], source: str, name: str, document_id: str, is_typed: bool = False
) -> str | None:
    """The statement for a relation with these columns and ``rij``, by what they are called; None: no known shape."""
    lower = {column.lower(): column for column in header}
    common = {
        "bestand": _quoted(name),
        "regel": "rij + 1",
        "levering": _quoted(document_id),
        "is_getypeerd": str(is_typed).lower(),
        "is_optelbaar": "false",
    }
    cube = _columns_of_cube(lower)
    if cube is not None:
        return _cube(common, cube, source)
    by = next((lower[n] for n in ("gemeentecode", "gemeente", "gemeenten") if n in lower), None)
    if by is None or "verslagsoort" not in lower:
        return None
    common |= {
        "verslagsoort": f"trim({_column(lower['verslagsoort'])})",
        "gemeente": f"trim({_column(by)})",
    }
    amount = next((lower[n] for n in ("bedrag_eur_1000", "bedrag") if n in lower), None)
    if amount and all(n in lower for n in _EXTRACT):
        has_category = "categorie" in lower
        of_extract = {
            "indeling": _quoted(CUBE if has_category else PER_TAAKVELD),
            "soort": "'taakveld'",
            "boekjaar": f"trim({_column(lower['boekjaar'])})" if "boekjaar" in lower else "null",
            "code": f"trim({_column(lower['taakveld'])})",
            "kant": f"trim({_column(lower['kant'])})",
            "categorie": f"trim({_column(lower['categorie'])})" if has_category else "null",
            "bedrag_1e": _column(amount),
        }
        return _select(common | of_extract, f"{source} as given")
    figures = [c for c in header if c not in (lower["verslagsoort"], by)]
    of_table = _of_figures(figures)
    if of_table is None:
        return None
    listed = ", ".join(map(_column, figures))
    unpivoted = f"(unpivot {source} on {listed} into name kolom value bedrag) as given"
    return _select(common | of_table | {"bedrag_1e": "bedrag"}, unpivoted)


def _of_figures(figures: list[str]) -> dict[str, str] | None:
    """What the name of a column of figures says of its amounts; None where the columns are none of Iv3."""
    if figures and all(_PAIR.fullmatch(c) for c in figures):
        parts = {"code": "substr(kolom, 3, 1)", "kant": "'L'", "categorie": "substr(kolom, 8)"}
        return {"indeling": _quoted(PER_HOOFDCATEGORIE), "soort": "'taakveld'"} | parts
    if figures and all(_TAAKVELD.fullmatch(c) for c in figures):
        return {"indeling": _quoted(PER_GROEP), "soort": "'taakveld'", "code": "kolom", "kant": "'L'"}
    if figures and set(figures) <= set(_KEY_FIGURES):
        return {"indeling": _quoted(PER_KERNCIJFER), "soort": "'kerncijfer'", "code": "kolom"}
    return None


def _columns_of_cube(lower: dict[str, str]) -> dict[str, str] | None:
    """What the columns of the cube are called here, by what they hold; None where it is not the cube."""
    found = {
        what: lower[name] for what, names in _CUBE_NAMES.items() for name in reversed(names) if name in lower
    }
    has_keys = found.keys() >= {"code", "categorie", "gemeente", "verslagsoort"}
    return found if has_keys and found.keys() & {"bedrag_1e", "bedrag_2e"} else None


def _cube(common: dict[str, str], columns: dict[str, str], source: str) -> str:
    """The statement for the cube, from a relation with these columns as text."""

    def text(what: str) -> str:
        return f"trim({_column(columns[what])})" if what in columns else "null"

    is_stand = f"lower({text('categorie')}) in ('primo', 'ultimo')"
    of_cube = {
        "indeling": _quoted(CUBE),
        "soort": f"case when regexp_matches({text('code')}, '^[APap][0-9]') then 'balans' else 'taakveld' end",
        "kant": f"case when {is_stand} then {text('categorie')} else substr({text('categorie')}, 1, 1) end",
        "categorie": f"case when not {is_stand} then substr({text('categorie')}, 2) end",
    }
    same = {what: text(what) for what in ("verslagsoort", "gemeente", "code", "bedrag_1e", "bedrag_2e")}
    return _select(common | of_cube | same, f"{source} as given")


def _parquet(path: Path, name: str, document_id: str) -> FileRows:
    import pyarrow.parquet as parquet

    try:
        header = parquet.read_schema(path).names
    except (OSError, ValueError) as error:
        return FileRows(
            rejects=(_refused(name, "is geen leesbaar Parquet", "is no readable Parquet", str(error)),)
        )
    listed = ", ".join(f"cast({_column(c)} as varchar) as {_column(c)}" for c in header)
    source = f"(select file_row_number as rij, {listed} from read_parquet({_quoted(path)}, file_row_number = true))"
    laid_out = _laid_out(header, source, name, document_id, is_typed=True)
    return FileRows(laid_out) if laid_out else FileRows(rejects=(_unknown(name, ", ".join(header)),))


# --- JSON ---------------------------------------------------------------------------------------------


def _json(path: Path, name: str, document_id: str) -> FileRows:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return FileRows(rejects=(_refused(name, "is geen JSON", "is no JSON", str(error), line),))
    if isinstance(given, dict) and isinstance(given.get("value"), list):
        return _page(name, document_id, given["value"])
    if isinstance(given, dict) and isinstance(given.get("metadata"), dict):
        return _delivery(name, document_id, given)
    return FileRows(rejects=(_unknown(name, text[:200]),))


def _page(name: str, document_id: str, rows: list) -> FileRows:
    """A page of the cube as CBS serves it."""
    if not rows:
        return FileRows()
    first = next((row for row in rows if isinstance(row, dict)), {})
    columns = _columns_of_cube({key.lower(): key for key in first})
    if columns is None:
        return FileRows(rejects=(_unknown(name, json.dumps(first, ensure_ascii=False)),))
    listed = ", ".join(f"rij ->> {_quoted('$.' + key)} as {_column(key)}" for key in columns.values())
    source = f"""
        (
            select 'value[' || (nummer - 1) || ']' as plaats, {listed}
            from (
                select generate_subscripts(pagina, 1) as nummer, unnest(pagina) as rij
                from (select from_json(?, '["json"]') as pagina)
            )
        )
    """
    common = {
        "bestand": _quoted(name),
        "plaats": "plaats",
        "levering": _quoted(document_id),
        "is_getypeerd": "true",
        "is_optelbaar": "false",
    }
    return FileRows(_cube(common, columns, source), (json.dumps(rows, ensure_ascii=False),))


def _delivery(name: str, document_id: str, given: dict) -> FileRows:
    """The delivery of one municipality, of schema 2.1: a number may stand in parts, which add up."""
    rejects = list(_of_schema(name, given))
    about, data = given["metadata"], given.get("data")
    if about.get("overheidslaag") not in (None, "Gemeente"):
        told = str(about["overheidslaag"])
        refusal = _refused(name, "is niet van een gemeente", "is not of a municipality", told)
        return FileRows(rejects=(*rejects, refusal))
    year, period = about.get("boekjaar"), about.get("periode")
    is_budget = about.get("status") == "Begroting"
    if about.get("status") in ("Begroting", "Realisatie") and is_budget != (period == 0):
        told = f"status {about['status']}, periode {period}"
        contradiction = _refused(
            name,
            "periode en status spreken elkaar tegen: 0 is de begroting",
            "period and status contradict: 0 is the budget",
            told,
        )
        return FileRows(rejects=(*rejects, contradiction))
    if not isinstance(data, dict):
        return FileRows(rejects=tuple(rejects))
    rows = [
        {
            "plaats": f"data.{part}[{no}]",
            "onderdeel": part,
            "code": _text(row, "taakveld" if part in ("lasten", "baten") else "balanscode"),
            "categorie": _text(row, "standper" if part == "balans_standen" else "categorie"),
            "bedrag": _amount(row),
        }
        for part in _LISTS
        if isinstance(data.get(part), list)
        for no, row in enumerate(data[part])
    ]
    columns = {
        "bestand": _quoted(name),
        "plaats": "plaats",
        "levering": _quoted(f"{document_id}/{name}"),
        "leverdatum": _quoted(str(about.get("datum") or "")[:10]),
        "indeling": _quoted(CUBE),
        "soort": "case when onderdeel like 'balans%' then 'balans' else 'taakveld' end",
        "verslagsoort": _quoted(f"{_whole(year)}X00{_whole(period)}"),
        "gemeente": _quoted(_municipality(about)),
        "code": "trim(code)",
        "kant": "case onderdeel when 'balans_standen' then categorie when 'lasten' then 'L' when 'balans_lasten' then 'L'"
        " else 'B' end",
        "categorie": "case when onderdeel <> 'balans_standen' then trim(categorie) end",
        "bedrag_1e": "bedrag",
        "is_getypeerd": "not starts_with(bedrag, '\"')",
        "is_optelbaar": "true",
    }
    shape = '[{"plaats": "varchar", "onderdeel": "varchar", "code": "varchar", "categorie": "varchar", "bedrag": "varchar"}]'
    source = f"(select unnest(from_json(?, '{shape}'), max_depth := 2)) as given"
    return FileRows(_select(columns, source), (json.dumps(rows, ensure_ascii=False),), tuple(rejects))


def _of_schema(name: str, given: dict) -> Iterator[Reject]:
    """What the schema requires and is not there, under CBS's numbers."""
    for key in _METADATA:
        if key not in given["metadata"]:
            yield _refused(name, f"SF002: metadata.{key} ontbreekt", f"SF002: metadata.{key} is missing")
    data = given.get("data")
    if not isinstance(data, dict):
        yield _refused(name, "SF010: het onderdeel data ontbreekt", "SF010: the part data is missing")
        return
    for part, code in _LISTS.items():
        if not isinstance(data.get(part), list):
            yield _refused(
                name,
                f"{code}: de lijst data.{part} ontbreekt: een halve levering",
                f"{code}: the list data.{part} is missing: half a delivery",
            )
    for part in data:
        if part not in (*_LISTS, "kengetallen", "beleidsindicatoren"):
            yield _refused(name, f"data.{part} is onbekend", f"data.{part} is unknown")


def _text(row: object, key: str) -> str | None:
    found = row.get(key) if isinstance(row, dict) else None
    return found if found is None else str(found)


def _amount(row: object) -> str:
    """A number as it was written; text in quotation marks, so that it is not taken for one."""
    found = row.get("bedrag") if isinstance(row, dict) else None
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return format(found, "f") if is_number else json.dumps(found, ensure_ascii=False)


def _whole(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _municipality(about: dict) -> str:
    number = str(about.get("overheidsnummer") or "").strip()
    digits = number.upper().removeprefix("GM")
    return f"GM{digits:0>4}" if digits.isdecimal() else str(about.get("overheidsnaam") or number)


# --- texts --------------------------------------------------------------------------------------------


def _is_utf8(path: Path) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(4_000_000):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _select(columns: dict[str, str], source: str) -> str:
    listed = ", ".join(
        f"{columns[name]} as {name}" if name in columns else f"cast(null as {kind}) as {name}"
        for name, kind in GIVEN.items()
    )
    return f"select {listed} from {source}"


def _unknown(name: str, text: str) -> Reject:
    return _refused(
        name,
        "heeft geen vorm van Iv3 die bekend is: de kubus van CBS, een tabel per taakveld, of een levering in JSON",
        "has no known shape of Iv3: the cube of CBS, a table per taakveld, or a delivery in JSON",
        text[:200],
    )


def _refused(name: str, reason: str, reason_en: str, text: str = "", line: int | None = None) -> Reject:
    return Reject(name, line, reason, text, reason_en=reason_en)


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
