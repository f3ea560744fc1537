"""A miniature warehouse before dbt: landing, proof and history of a handful of small documents, made by hand.

Leiden in three documents (accounts as web page and as pdf, and a budget with lasten, baten, reserves, indicators
and mentions) and a municipality without a code whose table has no unit. Numbers are small enough to add up in
the head. What does not belong here: reading, proving and keeping history; their tables are filled with rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import duckdb
import iv3_rows

from dagster_project.claims.signs import direction_of, directions
from dagster_project.proof.system import build_systems
from dagster_project.warehouse import history, proofs, records, schema
from dagster_project.warehouse.publications import write_witnesses

WEB, PDF, BUDGET, OTHER = "leiden-web", "leiden-pdf", "leiden-begroting", "onbekend-exploitatie"

ASKED_TABLE, ASKED_ROW_TABLE = 4, 5  # of BUDGET

ACCEPTANCES = {
    "document_id": "varchar", "finding_id": "varchar", "fingerprint": "varchar", "wie": "varchar",
    "wanneer": "date", "waarom": "varchar", "tot": "date",
}  # fmt: skip

Record = dict[str, object]


def build(path: Path, changes: dict[str, Callable[[list[Record]], list[Record]]] | None = None) -> Path:
    """Write the miniature as a DuckDB file at ``path``; ``changes`` turns the records of a table into others.

    In a file that is there, whatever dbt made stays.
    """
    with duckdb.connect(str(path)) as connection:
        connection.begin()  # one transaction: each row by itself would wait for the disk
        for name in ("landing", "proof", "history", "meta"):
            connection.execute(f"create schema if not exists {name}")
        for table, columns in (schema.TABLES | schema.BETWEEN).items():
            _create(connection, f"landing.{table}", columns)
        _create(connection, f"landing.{schema.FURTHER_REJECTS}", schema.TABLES["rejects"])
        _create(connection, "landing.acceptances", ACCEPTANCES)
        for table, columns in history.TABLES.items():
            _create(connection, f"history.{table}", columns)
        for table, row in proofs.TABLES.items():
            _create(connection, f"proof.{table}", _columns_of(row))
        tables = everything()
        changed = {
            table: (changes or {}).get(table, list)(tables.get(table, []))
            for table in (tables | dict(changes or {})).keys() - {"iv3"}
        }
        for table, rows in _with_places(changed).items():
            for record in rows:
                _insert(connection, table, record)
        write_witnesses(connection, kept=())
        _judge_rules(connection)
        connection.execute("create or replace table meta.run as select 'this code' as code_version")
        connection.execute(
            "create or replace table meta.inputs as select document_id, sha256 as key, 'read' as state from landing.documents"
        )
        iv3_rows.create(connection, (changes or {}).get("iv3", list))
        connection.commit()
    return path


def _judge_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """The verdict on each rule by itself, as the proof gives it; what rules say together is made by hand."""
    proofs.take(connection, [d for (d,) in connection.execute("select document_id from landing.documents").fetchall()])
    connection.execute("delete from proof.rule_status")
    for rule in build_systems(*proofs.printed(connection)).rules:
        is_judged = not rule.reason
        off = {"residual": rule.judgement.residual, "tolerance": rule.judgement.tolerance}
        _insert(
            connection,
            "proof.rule_status",
            {"rule_id": rule.rule_id, "terms": rule.terms, "verdict": rule.judgement.verdict}
            | {"is_judged": is_judged, "reason": rule.reason}
            | (off if is_judged else {}),
        )


def _with_places(tables: dict[str, list[Record]]) -> dict[str, list[Record]]:
    """The same, with what each row is about, as landing says it of one document at a time."""
    documents: dict[object, records.Records] = {}
    for table in schema.TABLES:
        for record in tables.get(f"landing.{table}", ()):
            found = documents.setdefault(record["document_id"], {name: [] for name in schema.TABLES})
            found[table].append(dict(record))
    for document, found in documents.items():
        records.place_rows(str(document), found)
    landed = {
        f"landing.{table}": [record for found in documents.values() for record in found[table]]
        for table in schema.TABLES
    }
    return tables | landed


def another_raw() -> dict[str, Callable[[list[Record]], list[Record]]]:
    """Changes: a number of WEB corrected (its second publication, PDF, is as it was), OTHER gone, and a document
    of another municipality come. Of Iv3 some was delivered again."""

    def without_other(records: list[Record]) -> list[Record]:
        return [r for r in records if OTHER not in "|".join(str(v) for v in r.values())]

    def documents(records: list[Record]) -> list[Record]:
        new = {
            "document_id": "nieuw",
            "gemeente": "Hengelo",
            "gemeentecode": "GM0164",
            "titel": "Begroting 2018",
        }
        new |= {"soort": "begroting", "jaar": 2018, "vorm": "web", "sha256": "n"}
        return [
            *(r | {"sha256": "a2"} if r["document_id"] == WEB else r for r in without_other(records)),
            new,
        ]

    def cells(records: list[Record]) -> list[Record]:
        return _with_correction(without_other(records))

    landing = [table for table in everything() if table.startswith(("landing.", "proof."))]
    changes = {"landing.documents": documents, "landing.cells": cells, "iv3": iv3_rows.a_redelivery}
    return dict.fromkeys(landing, without_other) | changes


def a_correction() -> dict[str, Callable[[list[Record]], list[Record]]]:
    """Changes: a number of WEB corrected, and nothing else."""

    def documents(records: list[Record]) -> list[Record]:
        return [r | {"sha256": "a2"} if r["document_id"] == WEB else r for r in records]

    return {"landing.documents": documents, "landing.cells": _with_correction}


def _with_correction(cells: list[Record]) -> list[Record]:
    corrected = {"text": "11", "value": Decimal(11)}
    return [r | corrected if r["cell_id"] == f"{WEB}/001:1.1" else r for r in cells]


def with_document(
    document: str, about: Record, tables: list[tuple]
) -> dict[str, Callable[[list[Record]], list[Record]]]:
    """Changes: one more document, described by ``about``, with tables as (kind, unit, columns, rows); see ``_table``."""
    return with_documents([(document, about, tables)])


def with_documents(
    documents: list[tuple[str, Record, list[tuple]]],
) -> dict[str, Callable[[list[Record]], list[Record]]]:
    """Changes: more documents, each as (document_id, what document.yml says, tables)."""
    added: dict[str, list[Record]] = {}
    for document, about, tables in documents:
        description = {
            "titel": document,
            "vorm": "web",
            "sha256": document,
            "soort": "begroting",
            "jaar": 2018,
        }
        added.setdefault("landing.documents", []).append(description | {"document_id": document} | about)
        for no, (kind, unit, columns, rows) in enumerate(tables, 1):
            for table, record in _table(document, no, f"Tabel {no}", kind, unit, columns, rows):
                added.setdefault(table, []).append(record)
    return {table: lambda records, more=more: [*records, *more] for table, more in added.items()}


def a_night_later(
    findings: dict[tuple[str, str], tuple[str, str]],
) -> dict[str, Callable[[list[Record]], list[Record]]]:
    """Changes: findings accepted (one well, one for other numbers, one until a day that has passed), the broken
    total of OTHER printed otherwise, and every table of OTHER at another position."""
    accepted = {"wie": "controller", "wanneer": "2018-12-02", "waarom": "toegelicht"}

    def acceptance(kind: str, document: str, **more: object) -> Record:
        finding, fingerprint = findings[kind, document]
        return accepted | {"document_id": document, "finding_id": finding, "fingerprint": fingerprint} | more

    def moved(records: list[Record]) -> list[Record]:
        def elsewhere(value: object) -> object:
            return value.replace(f"{OTHER}/001", f"{OTHER}/007") if isinstance(value, str) else value

        return [
            {
                k: 7 if k == "table_no" and r.get("document_id") == OTHER else elsewhere(v)
                for k, v in r.items()
            }
            for r in records
        ]

    def corrected(records: list[Record]) -> list[Record]:
        return [r | {"text": "46", "value": Decimal(46)} if r["text"] == "45" else r for r in moved(records)]

    first_seen = [{"finding_id": findings["label_verschilt", BUDGET][0], "first_seen": "2018-12-01 02:00:00"}]
    return {
        "landing.acceptances": lambda _: [
            acceptance("label_verschilt", BUDGET),
            acceptance("gemeentecode_onbekend", OTHER, fingerprint="of other numbers"),
            acceptance("opschrift_tegengesproken", WEB, tot="2019-03-01"),
        ],
        "history.findings_seen": lambda _: first_seen,
        "landing.cells": corrected,
        **{table: moved for table in _MOVED},
    }


_MOVED = (
    "landing.tables", "landing.columns", "landing.rows", "landing.rule_terms", "landing.conventions",
    "proof.cell_status", "proof.suspects",
)  # fmt: skip


def everything() -> dict[str, list[Record]]:
    """All records, by qualified table name."""
    found: dict[str, list[Record]] = {}
    for table, record in (*_documents(), *_tables(), *_words(), *_proof(), *_history()):
        found.setdefault(table, []).append(record)
    chosen: dict[object, list[Record]] = {}
    for record in found["landing.conventions"]:
        chosen.setdefault(record["table_id"], []).append(record)
    kinds = {record["table_id"]: record["kind"] for record in found["landing.tables"]}
    for cell in found["landing.cells"]:
        table = cell["table_id"]
        of_table = directions((c["naam"], c["keuze"]) for c in chosen.get(table, ()))
        cell["teken"] = direction_of(cell["grootheid"], cell["rol"], kinds[table], of_table)
    return found


Rows = Iterator[tuple[str, Record]]


def _documents() -> Rows:
    leiden = {"gemeente": "Leiden", "gemeentecode": "GM0546"}
    accounts = leiden | {"titel": "Jaarstukken 2017", "soort": "jaarstukken", "jaar": 2017}
    yield "landing.documents", accounts | {"document_id": WEB, "vorm": "web", "sha256": "a"}
    yield (
        "landing.documents",
        accounts | {"document_id": PDF, "vorm": "pdf", "zelfde_als": WEB, "sha256": "b"},
    )
    yield (
        "landing.documents",
        leiden
        | {
            "document_id": BUDGET,
            "titel": "Begroting 2018",
            "soort": "begroting",
            "jaar": 2018,
            "vorm": "pdf",
        }
        | {"onderdeel": "9 Maatschappelijke Ondersteuning", "sha256": "c"},
    )
    yield (
        "landing.documents",
        {"document_id": OTHER, "gemeente": "Nergenshuizen", "titel": "Begroting 2018", "soort": "begroting"}
        | {"jaar": 2018, "vorm": "web", "sha256": "d"},
    )


def _tables() -> Rows:
    for document in (WEB, PDF):
        yield from _table(
            document, 1, "Overzicht 3D budget", "sociaal_domein", "EUR_1000",
            [("realisatie 2017", "rekening", 2017), ("begroting > 2018", "begroting", 2018), ("raming > 2019", "begroting", 2019)],
            [("Jeugd > Zorg", "lasten", "item", "10 20 30"), ("Jeugd > Pgb", "lasten", "item", "1 2 -"),
             ("Jeugd > sub-totaal", "lasten", "subtotal", "11 22 30")],
        )  # fmt: skip
        for column in (1, 2, 3):
            yield from _rule(document, "subtotaal", column, {(1, 1): 1, (1, 2): 1, (1, 3): -1})
        yield (
            "landing.conventions",
            {"table_id": f"{document}/001", "document_id": document, "naam": "verschil_richting"}
            | {"keuze": "begroting - realisatie", "bron": "cijfers", "hypotheses": 2, "survived": 1}
            | {"declared": "-/- = voordeel", "is_contradicted": True},
        )
    years = [
        ("Rekening 2016", "rekening", 2016),
        ("Begroting 2018", "begroting", 2018),
        ("Begroting 2019", "begroting", 2019),
    ]
    yield from _table(
        BUDGET, 1, "Programmakosten", "exploitatie", "EUR_1000", years,
        [("Preventie > Lasten", "lasten", "item", "100 110 120"), ("Preventie > Baten", "baten", "item", "-10 -11 -12"),
         ("Preventie > Saldo", "saldo", "balance", "90 99 108"), ("Ondersteuning > Lasten", "lasten", "item", "200 210 221"),
         ("Programma > Lasten", "lasten", "item", "300 321 341"), ("Mutaties reserves", "mutatie", "balance", "5 -4 0"),
         ("Resultaat", "resultaat", "balance", "295 306 329")],
    )  # fmt: skip
    for column in (1, 2, 3):
        yield from _rule(BUDGET, "totaal", column, {(1, 1): 1, (1, 4): 1, (1, 5): -1})
        yield from _rule(BUDGET, "saldo", column, {(1, 1): 1, (1, 2): 1, (1, 3): -1})
        yield from _rule(BUDGET, "detail", column, {(2, 3): 1, (1, 6): -1})
        yield from _rule(BUDGET, "resultaat", column, {(1, 5): 1, (1, 2): 1, (1, 6): 1, (1, 7): -1})
    for no, naam, keuze in (
        (1, "saldo_richting", "lasten + baten"), (1, "lasten_teken", "+"), (1, "baten_teken", "-"),
        (2, "mutatie_richting", "toevoeging + onttrekking"), (2, "toevoeging_teken", "+"), (2, "onttrekking_teken", "-"),
    ):  # fmt: skip
        yield (
            "landing.conventions",
            {
                "table_id": f"{BUDGET}/00{no}",
                "document_id": BUDGET,
                "naam": naam,
                "keuze": keuze,
                "bron": "cijfers",
            }
            | {"hypotheses": 4, "survived": 1, "is_contradicted": False},
        )
    yield from _table(
        BUDGET, 2, "Reserves programma 9", "reserves", "EUR_1000", years,
        [("Reserve zacht > Toevoeging", "toevoeging", "item", "7 0 0"), ("Reserve zacht > Onttrekking", "onttrekking", "item", "-2 -4 0"),
         ("Reserve zacht > Saldo", "mutatie", "balance", "5 -4 0"),
         ("Reserve zacht > Stand per 31 december", "eind", "balance", "50 46 46")],
    )  # fmt: skip
    for column in (1, 2, 3):
        yield from _rule(BUDGET, "mutatie", column, {(2, 1): 1, (2, 2): 1, (2, 3): -1})
    yield from _table(
        BUDGET, 3, "", "indicatoren", None,
        [("Realisatie", None, None), ("Streefwaarden > 2018", None, 2018), ("Streefwaarden > 2019", None, 2019)],
        [("9B1.a Percentage dat zich redt", None, "item", "94% 95% -")],
        code="9B1.a", columns_are=("realisatie", "streefwaarde", "streefwaarde"), extra=("97% 2017",),
    )  # fmt: skip
    # What nobody answered yet: how table 4 is read, and which values are missing in the second row of table 5.
    yield from _table(
        BUDGET, ASKED_TABLE, "Lasten en baten per taakveld", "exploitatie", "EUR_1000", years,
        [("0.1 Bestuur > Lasten", "lasten", "item", "7 8 9"), ("0.1 Bestuur > Baten", "baten", "item", "-1 -2 -3")],
        lezing="gevraagd",
    )  # fmt: skip
    yield from _table(
        BUDGET, ASKED_ROW_TABLE, "", "indicatoren", None,
        [("Realisatie 2017", None, 2017), ("Streefwaarden > 2018", None, 2018), ("Streefwaarden > 2019", None, 2019)],
        [("9B1.b Aantal wijkteams", None, "item", "4 5 6"), ("9B1.c Aantal vrijwilligers", None, "item", "70 80")],
        columns_are=("realisatie", "streefwaarde", "streefwaarde"), asked_rows=(2,),
    )  # fmt: skip
    yield from _table(
        OTHER, 1, "Lasten en baten", "exploitatie", None, [("2018 > Lasten", "begroting", 2018)],
        [("Onderwijs", "lasten", "item", "40"), ("Totaal", "lasten", "total", "45")],
    )  # fmt: skip
    yield from _rule(OTHER, "totaal", 1, {(1, 1): 1, (1, 2): -1})


def _table(
    document: str, no: int, caption: str, kind: str, unit: str | None, columns: list[tuple[str, str | None, int | None]],
    rows: list[tuple[str, str | None, str, str]], code: str | None = None,
    columns_are: tuple[str, ...] = (), extra: tuple[str, ...] = (), lezing: str = "zeker", asked_rows: tuple[int, ...] = (),
) -> Rows:  # fmt: skip
    """One table: columns as (path, stand, jaar), rows as (path, grootheid, rol, numbers as printed)."""
    table = {"table_id": f"{document}/{no:03d}", "document_id": document}
    place = {"path": "x.txt", "section": "", "layout": "tab", "first_line": 1, "last_line": 9}
    yield (
        "landing.tables",
        table | place | {"table_no": no, "caption": caption, "kind": kind, "unit": unit, "lezing": lezing},
    )
    for c, (path, stand, jaar) in enumerate(columns, 1):
        quantity = columns_are[c - 1] if columns_are else None
        yield (
            "landing.columns",
            table
            | {
                "column_no": c,
                "column_path": path,
                "stand": stand,
                "jaar": jaar,
                "rol": "item",
                "grootheid": quantity,
            },
        )
    for r, (path, grootheid, rol, numbers) in enumerate(rows, 1):
        yield (
            "landing.rows",
            table
            | {
                "row_no": r,
                "row_path": path,
                "line": r,
                "grootheid": grootheid,
                "code": code,
                "rol": rol,
                "depth": 0,
            }
            | {
                "block": 0,
                "is_group_total": False,
                "label": path.split(" > ")[-1],
                "bron": "Stadsenquête" if code else None,
                "lezing": "gevraagd" if r in asked_rows else "zeker",
            },
        )
        for c, text in enumerate(numbers.split(), 1):
            yield (
                "landing.cells",
                table | _cell(table, kind, r, c, 1, path, text, rol, grootheid, columns, columns_are),
            )
        for n, text in enumerate(extra, 2):
            printed, jaar = text.split()
            cell = _cell(table, kind, r, 1, n, path, printed, rol, grootheid, columns, columns_are)
            yield "landing.cells", table | cell | {"jaar": int(jaar)}


def _cell(table, kind, r, c, n, path, text, rol, grootheid, columns, columns_are) -> Record:
    column_path, stand, jaar = columns[c - 1]
    number = text.rstrip("%")
    is_dash = number == "-"
    return {
        "cell_id": f"{table['table_id']}:{r}.{c}" + (f".{n}" if n > 1 else ""),
        "row_no": r, "column_no": c, "occurrence": n, "row_path": path, "column_path": column_path, "text": text,
        "value": None if is_dash else Decimal(number), "is_nil": is_dash and kind != "indicatoren",
        "is_missing": is_dash and kind == "indicatoren", "decimals": 0, "sign": 1, "jaar": jaar, "line": r,
        "eenheid": "%" if text.endswith("%") else None, "is_placed": False, "stand": stand, "rol": rol,
        "grootheid": columns_are[c - 1] if columns_are else grootheid,
    }  # fmt: skip


def _rule(document: str, kind: str, column: int, terms: dict[tuple[int, int], int]) -> Rows:
    """One sum in one column: coefficients by (table no, row no), the total last."""
    rule_id = f"{document}/r-{kind}-{column}"
    about = {"rule_id": rule_id, "document_id": document}
    sentences = {"description": f"{kind} in kolom {column}", "description_en": f"{kind} in column {column}"}
    yield "landing.rules", about | sentences | {"kind": kind, "scope": "column", "is_complete": True}
    for no, ((table, row), coefficient) in enumerate(terms.items(), 1):
        cell = f"{document}/{table:03d}:{row}.{column}"
        yield "landing.rule_terms", about | {"term_no": no, "cell_id": cell, "coefficient": coefficient}


def _words() -> Rows:
    budget = {"document_id": BUDGET, "path": "x.txt"}
    yield (
        "landing.prestaties",
        budget
        | {
            "doel_code": "9B1",
            "doel": "Inwoners zijn zelfredzaam",
            "prestatie_code": "9B1.1",
            "prestatie": "Advies",
        }
        | {"beleidsterrein_code": "9B", "beleidsterrein": "Preventie", "line": 3},
    )
    for line, text in ((3, "Inwoners zijn zelfredzaam"), (5, "Doel 9B1 Burgers zijn zelfredzaam")):
        yield "landing.labels", budget | {"code": "9B1", "text": text, "soort": "doel", "line": line}
    mention = {
        "onderwerp": "wijkteams",
        "aard": "lasten",
        "jaar": 2017,
        "eenheid": "EUR_MLN",
        "path": "v.csv",
    }
    for document in (WEB, PDF):
        yield (
            "landing.mentions",
            mention | {"document_id": document, "vermelding": "3D-1", "bedrag": Decimal("1.6"), "line": 2},
        )
    yield (
        "landing.mentions",
        mention
        | {
            "document_id": BUDGET,
            "vermelding": "9B-1",
            "beleidsterrein": "9B",
            "bedrag": Decimal("0.3"),
            "line": 2,
        },
    )
    yield (
        "landing.mentions",
        mention | {"document_id": BUDGET, "vermelding": "9B-2", "jaar": None, "bedrag": Decimal("0.1"), "line": 3},
    )
    yield (
        "landing.programmas",
        {"document_id": WEB, "programma": "9", "naam": "Maatschappelijke Ondersteuning", "line": 2},
    )
    yield (
        "landing.maatregelen",
        {"document_id": BUDGET, "code": "25-NB-1", "jaar": 2025, "programma": "9", "line": 2},
    )
    yield (
        "landing.rejects",
        {
            "document_id": OTHER,
            "path": "x.txt",
            "line": 7,
            "reason": "eenheid niet gedrukt",
            "reason_en": "unit not printed",
            "kind": "question",
        }
        | {"key": "eenheid"},
    )
    stray = {"reason": "los.csv staat los onder raw/", "reason_en": "los.csv stands loose under raw/"}
    yield "landing.rejects", {"document_id": "los.csv", "path": ""} | stray


def _proof() -> Rows:
    broken = f"{OTHER}/001"
    yield (
        "proof.certificates",
        {
            "component_id": "c1",
            "fingerprint": "f",
            "feasible": False,
            "cells": 2,
            "rules": 1,
            "is_exact": True,
        }
        | {"explained_in_nl": "sluit niet", "explained_in_en": "does not close"},
    )
    yield (
        "proof.certificates",
        {"component_id": "c2", "fingerprint": "g", "feasible": True, "cells": 3, "rules": 2},
    )
    for row in (1, 2):
        yield (
            "proof.cell_status",
            {
                "cell_id": f"{broken}:{row}.1",
                "component_id": "c1",
                "status": "unverifiable",
                "is_suspect": True,
            }
            | {
                "is_proved": False,
                "is_implied": False,
                "is_locatable": False,
                "is_detectable": True,
                "rules": 1,
            },
        )
        yield (
            "proof.suspects",
            {"component_id": "c1", "set_no": row, "set_size": 1, "cell_id": f"{broken}:{row}.1", "rank": row}
            | {"sentence_nl": f"rij {row}", "sentence_en": f"row {row}", "weight": 0.5},
        )
    for row in (1, 2, 3):
        yield (
            "proof.cell_status",
            {
                "cell_id": f"{WEB}/001:{row}.1",
                "component_id": "c2",
                "status": "proved",
                "is_proved": True,
                "rules": 2,
            },
        )


def _history() -> Rows:
    for no in (1, 2):
        yield (
            "history.states",
            {"state_no": no, "run_id": f"run{no}", "kind": "publish", "known_from": f"2026-01-0{no}"},
        )
    version = {
        "document_id": WEB,
        "bron": "cell",
        "table_key": "t",
        "row_path": "r",
        "column_path": "c",
        "sign": 1,
    }
    version |= {"key_no": 1, "unit": "EUR_1000", "is_nil": False, "cell_id": f"{WEB}/001:1.1"}
    for key, text, since, until in (
        ("k1", "9", 1, 2),
        ("k1", "10", 2, None),
        ("k2", "5", 1, None),
        ("k3", "7", 2, None),
    ):
        yield (
            "history.cell_versions",
            version
            | {"cell_key": key, "text": text, "value": Decimal(text), "state_from": since, "state_to": until},
        )
    yield "history.document_versions", {"document_id": WEB, "gemeente": "Leiden", "state_from": 1}


def _columns_of(row: type) -> dict[str, str]:
    types = {str: "varchar", bool: "boolean", int: "integer", float: "double", Decimal: "decimal(24,6)"}
    hints = get_type_hints(row)

    def kind(hint: object) -> str:
        return next(types[t] for t in types if hint is t or t in getattr(hint, "__args__", ()))

    return {field.name: kind(hints[field.name]) for field in fields(row)}


def _create(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"create or replace table {table} ({listed})")


def _insert(connection: duckdb.DuckDBPyConnection, table: str, record: Record) -> None:
    marks = ", ".join("?" for _ in record)
    schema_name, name = table.split(".")
    connection.execute(
        f'insert into {schema_name}."{name}" ({", ".join(record)}) values ({marks})', list(record.values())
    )
