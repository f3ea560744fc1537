"""A small warehouse file for the tests of the pages: real tables, their sums, one planted error.

It fills the tables that the pages read, by hand and without the pipeline, so that a page can be tested
against what was put in. Sums are summed here; what only a solver could say is written down.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from dagster_project.warehouse import history, schema

RAW = Path(__file__).resolve().parents[2] / "raw"

AUDIT = """
create schema audit; create schema meta;
create table audit.rules (rule_id varchar, document_id varchar, kind varchar, scope varchar, description varchar,
    description_en varchar, is_complete boolean);
create table audit.rule_terms (rule_id varchar, document_id varchar, term_no integer, cell_id varchar,
    coefficient decimal(18,6), is_total boolean);
create table audit.reconciliation (rule_id varchar, document_id varchar, kind varchar, scope varchar default 'table',
    residual_printed decimal(24,6),
    tolerance_printed decimal(24,6), unit varchar, residual decimal(24,6), tolerance decimal(24,6), verdict varchar);
create table audit.certificates (component_id varchar, feasible boolean, min_half_width decimal(18,9), cells integer,
    rules integer, solver_status varchar, search varchar, explained_in_nl varchar, explained_in_en varchar,
    is_between_sources boolean default false);
create table audit.iv3_aansluiting (rule_id varchar, document_id varchar, verslagsoort varchar, soort varchar,
    taakveld_code varchar, cell_id varchar, description varchar, description_en varchar, document_eur decimal(18,2),
    iv3_eur decimal(18,2), verschil_eur decimal(18,2), tolerantie_eur decimal(18,2), verschuiving_eur decimal(18,2),
    is_verschoven boolean, verdict varchar, bron_document_id varchar, bestand varchar, regel bigint);
create table audit.conflicts (component_id varchar, conflict_no integer, rule_id varchar, sentence_nl varchar,
    sentence_en varchar);
create table audit.suspects (component_id varchar, cell_id varchar, implied_low decimal(24,6),
    implied_high decimal(24,6), rank integer, diagnosis varchar, diagnosis_en varchar, set_no integer,
    set_size integer, sentence_nl varchar, sentence_en varchar);
create table audit.verifiability (cell_id varchar, document_id varchar, component_id varchar, status varchar,
    is_proved boolean, is_implied boolean, is_locatable boolean, is_suspect boolean, implied_low decimal(24,6),
    implied_high decimal(24,6), rules integer);
create table audit.findings (finding_id varchar, cause_id varchar, kind varchar, zekerheid varchar, severity varchar,
    status varchar, document_id varchar, table_id varchar, cell_id varchar, amount_eur decimal(18,2),
    aandeel_lasten_pct decimal(9,2), message varchar, message_en varchar, first_seen timestamp, fingerprint varchar,
    accepted_by varchar, accepted_on date, accepted_why varchar, accepted_until date);
create table audit.causes (cause_id varchar, finding_id varchar, zekerheid varchar, soort varchar, severity varchar,
    status varchar, verandering varchar, document_id varchar, table_id varchar, cell_id varchar, component_id varchar,
    bevindingen integer, documenten integer, amount_eur decimal(18,2), tolerantie_eur decimal(18,2), message varchar,
    message_en varchar, first_seen timestamp, fingerprint varchar, accepted_by varchar, accepted_on date,
    accepted_why varchar, accepted_until date);
create table audit.causes_resolved (cause_id varchar, zekerheid varchar, soort varchar, hoe varchar, document_id varchar,
    amount_eur decimal(18,2), message varchar, message_en varchar, first_seen timestamp, last_seen timestamp);
create table audit.unchecked (document_id varchar, reden varchar, aantal integer, getallen integer,
    zonder_bedrag integer, bedrag_eur decimal(18,2));
create table audit.materialiteit_per_document (document_id varchar, jaar integer, stand varchar, lasten_eur decimal(18,2),
    norm_van varchar, fouten_pct decimal(9,2), onzekerheden_pct decimal(9,2), rapportering_pct decimal(9,2),
    fouten_tolerantie_eur decimal(18,2), onzekerheden_tolerantie_eur decimal(18,2),
    rapporteringstolerantie_eur decimal(18,2), fouten_eur decimal(18,2), onzekerheden_eur decimal(18,2),
    fouten_aanvaard_eur decimal(18,2), onzekerheden_aanvaard_eur decimal(18,2),
    zonder_bedrag integer, is_fouten_overschreden boolean, is_onzekerheden_overschreden boolean);
create table audit.rejects (document_id varchar, path varchar, line integer, reason varchar, reason_en varchar,
    text varchar, kind varchar, key varchar, table_id varchar, row_no integer, column_no integer, toelichting varchar,
    toelichting_en varchar, verschil decimal(24,6), delen varchar);
create table audit.claims (document_id varchar, claim_id varchar, path varchar, line integer, text_nl varchar,
    text_en varchar, expression varchar, stated_text varchar, nauwkeurigheid varchar, computed_text varchar, cells varchar,
    verdict varchar);
create table audit.expectation_results (run_id varchar, suite varchar, expectation_id varchar, table_name varchar,
    sentence varchar, sentence_nl varchar, severity varchar, success boolean, evaluated bigint, unexpected bigint, status varchar,
    error varchar, sql varchar);
create table audit.expectation_failures (suite varchar, expectation_id varchar, failure_no bigint, document_id varchar,
    cell_id varchar, failing_row varchar);
create table landing.acceptances (document_id varchar, finding_id varchar, fingerprint varchar, wie varchar,
    wanneer date, waarom varchar, tot date);
create schema marts;
create table marts.fct_wijzigingen (soort varchar, bron varchar, state_no integer, document_id varchar, tabel varchar,
    row_path varchar, column_path varchar, oud varchar, nieuw varchar, verschil_eur decimal(18,2), cell_id varchar);
create table marts.dim_document (document_id varchar, gemeente_id varchar, gemeente varchar, titel varchar, jaar integer,
    publicatievolgorde integer);
create table marts.dim_stand (stand varchar, volgorde integer);
create table main.begroting_rekening (gemeente_id varchar, jaar integer, kant varchar, programma varchar, programma_naam varchar,
    groep varchar, post varchar, begroting_eur decimal(18,2), begroting_na_wijziging_eur decimal(18,2), rekening_eur decimal(18,2));
create table main.herzieningen (gemeente_id varchar, indeling varchar, programma varchar, programma_naam varchar, jaar integer,
    volgnummer integer, document_id varchar, stand varchar, lasten_eur decimal(18,2), lasten_herziening_eur decimal(18,2));
create table main.reserves (gemeente_id varchar, reserve_id varchar, reserve varchar, jaar integer, stand varchar,
    begin_eur decimal(18,2), toevoeging_eur decimal(18,2), onttrekking_eur decimal(18,2), eind_eur decimal(18,2));
create table main.indicatoren (gemeente_id varchar, indicator_id varchar, indicator varchar, jaar integer, eenheid varchar,
    laatste_realisatie decimal(24,6), jaar_laatste_realisatie integer, streefwaarde decimal(24,6), beter varchar,
    is_bereikt boolean);
create table main.saldo (gemeente_id varchar, gemeente varchar, jaar integer, stand varchar, programma varchar,
    programma_naam varchar, beleidsterrein_code varchar, beleidsterrein varchar, lasten_eur decimal(18,2), baten_eur decimal(18,2));
create table meta.run (run_id varchar, state_no integer, started_at timestamp, finished_at timestamp,
    code_version varchar, inputs varchar, counts varchar, verdicts varchar);
"""

FACTORS = {"EUR": 1, "EUR_1000": 1000, None: 1}


@dataclass
class Example:
    """Rows per table of the file, as they are collected; ``write`` makes the file."""

    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    suspects: dict[str, tuple] = field(default_factory=dict)

    def add(self, table: str, **values) -> None:
        self.rows[table].append(values)

    def document(self, document_id: str, **values) -> None:
        given = {
            "gemeente": "Leiden",
            "titel": document_id,
            "soort": "begroting",
            "jaar": 2018,
            "vorm": "pdf",
        }
        self.add("landing.documents", document_id=document_id, sha256="0" * 64, **(given | values))
        self.add("landing.inputs", document_id=document_id, path="tabel.txt", sha256="1" * 64, bytes=12_345)

    def table(self, document_id: str, caption: str, columns: list[str], rows: list[tuple], **values) -> str:
        """``rows`` are (path, rol, texts); returns the table_id. Numbers are in Dutch notation."""
        number = 1 + sum(row["document_id"] == document_id for row in self.rows["landing.tables"])
        table_id = f"{document_id}/{number:03d}"
        given = {"kind": "exploitatie", "unit": "EUR_1000", "unit_source": "caption", "layout": "tab"}
        place = {"path": "tabel.txt", "first_line": 10, "last_line": 10 + len(rows), "section": caption}
        common = {"table_id": table_id, "document_id": document_id}
        self.add("landing.tables", **common, table_no=number, caption=caption, **(place | given | values))
        for column_no, path in enumerate(columns, start=1):
            self.add("landing.columns", **common, column_no=column_no, column_path=path, rol="item")
        for row_no, (path, rol, texts) in enumerate(rows, start=1):
            line = 10 + row_no
            self.add("landing.rows", **common, row_no=row_no, row_path=path, line=line, rol=rol)
            for column_no, text in enumerate(texts, start=1):
                for occurrence, one in enumerate(text.split(" | "), start=1):
                    self._cell(common, row_no, column_no, occurrence, path, columns[column_no - 1], one, line)
        return table_id

    def _cell(self, common, row_no, column_no, occurrence, row_path, column_path, text, line) -> None:
        further = f".{occurrence}" if occurrence > 1 else ""
        number = text.replace(".", "").replace(",", ".").split(" ")[0].rstrip("%*")
        is_number = number.lstrip("-").replace(".", "", 1).isdigit()
        self.add(
            "landing.cells",
            **common,
            cell_id=f"{common['table_id']}:{row_no}.{column_no}{further}",
            row_no=row_no,
            column_no=column_no,
            occurrence=occurrence,
            row_path=row_path,
            column_path=column_path,
            text=text.rstrip("*"),
            value=Decimal(number) if is_number else None,
            is_nil=False,
            is_missing=not is_number,
            decimals=len(text.split(" ")[0].rstrip("%*").partition(",")[2]),
            noot="* Afgerond naar boven." if text.endswith("*") else None,
            line=line,
            is_placed=False,
        )
        # A key by position, so that a test can say where it looks; of real keys only their being stable matters.
        number = int(common["table_id"].rsplit("/", 1)[1])
        self.add(
            "history.cell_versions",
            cell_key=f"{number}.{row_no}.{column_no}{further}",
            document_id=common["document_id"],
            bron="cell",
            table_key=f"tabel {number}",
            text=text,
            cell_id=f"{common['table_id']}:{row_no}.{column_no}{further}",
            table_id=common["table_id"],
            state_from=1,
            run_from="000001-20240301T010000Z",
        )

    def cell(self, cell_id: str) -> dict:
        return next(row for row in self.rows["landing.cells"] if row["cell_id"] == cell_id)

    def rule(self, kind: str, nl: str, en: str, terms: list[tuple[str, int]], scope: str = "column") -> str:
        """A sum over cells; the last term is the total, with coefficient -1."""
        rule_id = f"{terms[-1][0].split('/')[0]}/r{len(self.rows['audit.rules']):012x}"
        document_id = terms[-1][0].rsplit("/", 1)[0]
        about = {"rule_id": rule_id, "document_id": document_id}
        self.add(
            "audit.rules",
            **about,
            kind=kind,
            scope=scope,
            description=nl,
            description_en=en,
            is_complete=True,
        )
        for term_no, (cell_id, coefficient) in enumerate(terms, start=1):
            self.add(
                "audit.rule_terms",
                **about,
                term_no=term_no,
                cell_id=cell_id,
                coefficient=coefficient,
                is_total=term_no == len(terms),
            )
        cells = [self.cell(cell_id) for cell_id, _ in terms]
        unit = self._unit(cells[-1]["table_id"])
        about |= {"kind": kind, "unit": unit, "verdict": "not_judged"}
        if all(cell["value"] is not None for cell in cells):
            residual = sum(k * cell["value"] for cell, (_, k) in zip(cells, terms, strict=True))
            tolerance = Decimal(0) if kind == "getuige" else Decimal(len(terms)) / 2
            near = "rounding" if abs(residual) <= tolerance else "break"
            factor = FACTORS[unit]
            about |= {
                "residual_printed": residual,
                "tolerance_printed": tolerance,
                "residual": residual * factor,
                "tolerance": tolerance * factor,
                "verdict": "exact" if residual == 0 else near,
            }
        self.add("audit.reconciliation", **about)
        return rule_id

    def _unit(self, table_id: str) -> str | None:
        return next(row["unit"] for row in self.rows["landing.tables"] if row["table_id"] == table_id)

    def prove(self) -> None:
        """A certificate per connected set of rules: infeasible where a sum breaks."""
        verdicts = {row["rule_id"]: row["verdict"] for row in self.rows["audit.reconciliation"]}
        of_cell: dict[str, str] = {}
        members: dict[str, set[str]] = {}
        rules: dict[str, set[str]] = defaultdict(set)
        for term in self.rows["audit.rule_terms"]:
            rules[term["rule_id"]].add(term["cell_id"])
        for rule_id, cells in rules.items():
            joined = {of_cell[cell] for cell in cells if cell in of_cell}
            together = set(cells).union(*(members.pop(name) for name in joined))
            members[rule_id] = together
            of_cell.update(dict.fromkeys(together, rule_id))
        for component, cells in members.items():
            own = sorted(rule for rule, terms in rules.items() if terms & cells)
            broken = [rule for rule in own if verdicts[rule] == "break"]
            rounded = any(verdicts[rule] == "rounding" for rule in own)
            self.add(
                "audit.certificates",
                component_id=component,
                feasible=not broken,
                min_half_width=Decimal(4) if broken else Decimal("0.333333") if rounded else Decimal(0),
                cells=len(cells),
                rules=len(own),
                solver_status="optimal",
                search="complete" if broken else "",
                explained_in_nl=f"{len(cells)} getallen en {len(own)} regels.",
                explained_in_en=f"{len(cells)} numbers and {len(own)} rules.",
            )
            for number, rule in enumerate(broken, start=1):
                about = {"component_id": component, "conflict_no": number, "rule_id": rule}
                self.add(
                    "audit.conflicts",
                    **about,
                    sentence_nl="Deze som klopt niet.",
                    sentence_en="This sum fails.",
                )
        for cell in self.rows["landing.cells"]:
            self._status(cell, of_cell.get(cell["cell_id"]))
        for cell_id, values in self.suspects.items():
            self.add("audit.suspects", component_id=of_cell[cell_id], cell_id=cell_id, **values)

    def _status(self, cell: dict, component: str | None) -> None:
        certificate = next(
            (row for row in self.rows["audit.certificates"] if row["component_id"] == component), None
        )
        is_proved = bool(certificate and certificate["feasible"])
        is_locatable = is_proved and cell["row_no"] % 3 != 0
        self.add(
            "audit.verifiability",
            cell_id=cell["cell_id"],
            document_id=cell["document_id"],
            component_id=component,
            status="proved" if is_proved else "unverifiable",
            is_proved=is_proved,
            is_implied=is_proved and cell["row_no"] % 2 == 0,
            is_locatable=is_locatable,
            is_suspect=cell["cell_id"] in self.suspects,
            implied_low=cell["value"] - 1 if is_proved else None,
            implied_high=cell["value"] + 1 if is_proved else None,
            rules=0,
        )

    def write(self, path: Path) -> Path:
        with duckdb.connect(str(path)) as con:
            con.begin()  # one transaction: each statement by itself would wait for the disk
            con.execute("create schema landing")
            for table, columns in schema.TABLES.items():
                typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                con.execute(f'create table landing."{table}" ({typed})')
            con.execute(AUDIT)
            con.execute("create schema history")
            for table, columns in history.TABLES.items():
                typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                con.execute(f"create table history.{table} ({typed})")
            for table, rows in self.rows.items():
                names = list(dict.fromkeys(name for row in rows for name in row))
                if rows:
                    marks = ", ".join("(" + ", ".join("?" * len(names)) + ")" for _ in rows)
                    values = [row.get(name) for row in rows for name in names]
                    con.execute(f"insert into {table} ({', '.join(names)}) values {marks}", values)
            con.commit()
        return path


STANDEN = ["Rekening 2016", "Begroting 2017", "Begroting 2018"] + [
    f"Meerjarenraming > {jaar}" for jaar in (2019, 2020, 2021)
]
SWAPPED = "leiden-begroting/001:7.4"  # Ondersteuning, Lasten, 2019


def programmakosten(example: Example, is_wrong: bool) -> str:
    """The programme table of the Leiden budget of 2018, with two digits of one number swapped if asked."""
    lines = (RAW / "leiden-programmabegroting-2018/programma-09.txt").read_text(encoding="utf-8").splitlines()
    start = next(
        i for i, line in enumerate(lines) if line.startswith("Sociale binding en participatie\tLasten")
    )
    rows, group = [], ""
    for line in lines[start : start + 19]:
        first, second, *texts = line.split("\t")
        group = group if not first or first.startswith(("Saldo", "Mutaties", "Resultaat")) else first
        label = second or first
        path = label if first.startswith(("Saldo van", "Mutaties", "Resultaat")) else f"{group} > {label}"
        rol = "item" if second and group != "Programma" else "total" if group == "Programma" else "balance"
        rows.append((path, rol, [text.strip() for text in texts]))
    if is_wrong:
        rows[6][2][3] = "24.795"  # printed: 24.975
    table = example.table("leiden-begroting", "Programmakosten", STANDEN, rows)
    for column in range(1, 7):
        for top in (1, 4, 7, 10):
            terms = [
                (f"{table}:{top}.{column}", 1),
                (f"{table}:{top + 1}.{column}", 1),
                (f"{table}:{top + 2}.{column}", -1),
            ]
            name = rows[top - 1][0].split(" > ")[0]
            example.rule(
                "saldo",
                f"Saldo van {name}: lasten en baten",
                f"Balance of field {top // 3 + 1}",
                terms,
                "row",
            )
        for offset, name in ((0, "lasten"), (1, "baten")):
            parts = [(f"{table}:{top + offset}.{column}", 1) for top in (1, 4, 7, 10)]
            example.rule(
                "totaal",
                f"{name} van het programma: som van de beleidsterreinen",
                f"{name} of the programme: sum of its fields",
                [*parts, (f"{table}:{13 + offset}.{column}", -1)],
            )
    return table


def example(is_wrong: bool = True) -> Example:
    """The file that most tests use: three documents, four tables, findings, rejects, claims, expectations."""
    made = Example()
    made.document(
        "leiden-begroting",
        titel="Programmabegroting 2018",
        onderdeel="9 Maatschappelijke Ondersteuning",
        gemeentecode="GM0546",
        url="https://example.org/begroting",
        answers='{"tekens": {"baten": "-"}, "kolomnaam": "begroting"}',
    )
    programmakosten(made, is_wrong)
    made.table(
        "leiden-begroting",
        "Effectindicatoren",
        ["Realisatie", "Streefwaarden > 2018", "Streefwaarden > 2019"],
        [
            ("Doel 9A1 > 9A1.a Schaalscore", "item", ["5,8 (2014) | 5,7 (2015)*", "6,0", "-"]),
            ("Doel 9A1 > 9A1.b Percentage", "item", ["33% (2014)", "34%", "80%"]),
        ],
        kind="indicatoren",
        unit=None,
    )
    made.cell("leiden-begroting/002:2.3")["is_placed"] = True
    if is_wrong:
        made.suspects[SWAPPED] = {
            "implied_low": 24974,
            "implied_high": 24976,
            "rank": 1,
            "diagnosis": "twee cijfers verwisseld",
            "diagnosis_en": "two digits swapped",
            "set_no": 1,
            "set_size": 1,
            "sentence_nl": "Ondersteuning > Lasten, 2019 gedrukt 24.795: de andere getallen zeggen 24.974 tot 24.976.",
            "sentence_en": "Ondersteuning > Lasten, 2019 printed 24.795: the others imply 24.974 to 24.976.",
        }
    columns = ["totaal budget 2017", "realisatie 2017", "verschil", "begroting > 2018"]
    rows = [
        ("Jeugd > Jeugd- en gezins teams", "item", ["4.004", "3.963", "41", "3.871"]),
        ("Jeugd > Specialistische zorg", "item", ["20.782", "20.625", "157", "19.945"]),
        ("Jeugd > sub-totaal", "subtotal", ["24.787", "24.588", "198", "23.816"]),
    ]
    for name, same_as in (("leiden-web", None), ("leiden-pdf", "leiden-web")):
        made.document(name, titel="Jaarstukken 2017", soort="jaarstukken", jaar=2017, zelfde_als=same_as)
        table = made.table(
            name, "Overzicht 3D budget", columns, rows, kind="sociaal_domein", notes="-/- = voordeel"
        )
        for column in range(1, 5):
            terms = [(f"{table}:1.{column}", 1), (f"{table}:2.{column}", 1), (f"{table}:3.{column}", -1)]
            made.rule("subtotaal", "Subtotaal Jeugd", "Subtotal Jeugd", terms)
    for row in (1, 2, 3):
        for column in range(1, 5):
            pair = [(f"leiden-web/001:{row}.{column}", 1), (f"leiden-pdf/001:{row}.{column}", -1)]
            made.rule(
                "getuige",
                "Gelijk aan de eerste publicatie",
                "The same as first published",
                pair,
                "cross_document",
            )
    made.add(
        "landing.conventions",
        table_id="leiden-web/001",
        document_id="leiden-web",
        naam="verschil_richting",
        keuze="begroting - realisatie",
        bron="cijfers",
        hypotheses=2,
        tried="begroting - realisatie; realisatie - begroting",
        survived=1,
        declared="-/- = voordeel",
        is_contradicted=True,
    )
    made.prove()
    _people(made)
    _front_door(made)
    return made


def _front_door(made: Example) -> None:
    """What the pictures show: two programmas, a year in three documents, a reserve that empties, two indicators."""
    leiden = {"gemeente_id": "GM0546"}
    for order, row in enumerate(made.rows["landing.documents"]):
        about = {name: row[name] for name in ("document_id", "gemeente", "titel", "jaar")}
        made.add("marts.dim_document", **leiden, **about, publicatievolgorde=order)
    for order, stand in enumerate(("meerjarenraming", "begroting", "rekening")):
        made.add("marts.dim_stand", stand=stand, volgorde=order)
    for programma, naam, begroot, besteed in (
        ("1", "Bestuur", 12_000_000, 11_500_000),
        ("9", "Zorg", 90_000_000, 93_250_000),
    ):
        names = {"programma": programma, "programma_naam": naam}
        amounts = {"begroting_eur": begroot, "rekening_eur": besteed}
        made.add("main.begroting_rekening", **leiden, **names, **amounts, jaar=2017, kant="lasten")
    before = None
    for step, (document_id, stand, amount) in enumerate(
        (
            ("leiden-begroting", "meerjarenraming", 88_000_000),
            ("leiden-web", "begroting", 90_000_000),
            ("leiden-pdf", "rekening", 93_250_000),
        ),
        start=1,
    ):
        made.add(
            "main.herzieningen",
            **leiden,
            indeling="programma",
            programma="9",
            programma_naam="Zorg",
            jaar=2017,
            volgnummer=step,
            document_id=document_id,
            stand=stand,
            lasten_eur=amount,
            lasten_herziening_eur=None if before is None else amount - before,
        )
        before = amount
    for jaar, stand, eind in ((2017, "rekening", 4_000_000), (2017, "begroting", 1), (2018, "begroting", 0)):
        made.add(
            "main.reserves",
            **leiden,
            reserve_id="r1",
            reserve="Reserve zorg",
            jaar=jaar,
            stand=stand,
            eind_eur=eind,
        )
    for name, value, target, better, is_reached in (
        ("Dagen opvang", 120, 80, "lager", False),
        ("Percentage vrijwilligers", 34, 30, "hoger", True),
        ("Aantal regels", 7, 7, None, None),
    ):
        made.add(
            "main.indicatoren",
            **leiden,
            indicator_id=name,
            indicator=name,
            jaar=2018,
            jaar_laatste_realisatie=2016,
            laatste_realisatie=value,
            streefwaarde=target,
            beter=better,
            is_bereikt=is_reached,
        )


def _people(made: Example) -> None:
    """What a person should look at, and what was answered."""
    common = {"first_seen": "2024-03-01 02:00:00", "status": "open", "zekerheid": "fout_in_het_stuk"}
    swapped = {"severity": "hoog", "document_id": "leiden-begroting", "table_id": "leiden-begroting/001"}
    swapped |= {"cell_id": SWAPPED, "amount_eur": 180_000}
    words = {"message": "Lasten 2019 sluiten niet.", "message_en": "Expenditure 2019 does not close."}
    made.add(
        "audit.findings",
        **common | swapped | words,
        finding_id="f1",
        cause_id="o1",
        kind="sommen_sluiten_niet_samen",
        fingerprint="9c1d",
        aandeel_lasten_pct=Decimal("0.20"),
    )
    for finding, column in (("f3", "9.4"), ("f4", "15.4")):
        made.add(
            "audit.findings",
            **common | swapped | {"cell_id": f"leiden-begroting/001:{column}"},
            finding_id=finding,
            cause_id="o1",
            kind="som_sluit_niet",
            fingerprint=f"{finding}d",
            message="Deze som sluit niet.",
            message_en="This sum does not close.",
        )
    caption = {
        "severity": "laag",
        "document_id": "leiden-web",
        "table_id": "leiden-web/001",
        "status": "aanvaard",
    }
    caption |= {
        "accepted_by": "J. Jansen",
        "accepted_on": "2024-03-02",
        "accepted_why": "bekend bij de gemeente",
    }
    caption |= {
        "message": "Het opschrift zegt het omgekeerde.",
        "message_en": "The caption says the opposite.",
    }
    caption |= {"accepted_until": "2025-01-01"}
    made.add(
        "audit.findings", **common | caption, finding_id="f2", cause_id="o2", kind="opschrift_tegengesproken"
    )
    made.add(
        "audit.causes",
        **common | swapped | words,
        cause_id="o1",
        finding_id="f1",
        soort="sommen_sluiten_niet_samen",
        verandering="nieuw",
        bevindingen=3,
        documenten=1,
        tolerantie_eur=897_520,
        fingerprint="0a1b",
    )
    made.add(
        "audit.causes",
        **common | caption,
        cause_id="o2",
        finding_id="f2",
        soort="opschrift_tegengesproken",
        verandering="ongewijzigd",
        bevindingen=1,
        documenten=1,
        fingerprint="2c3d",
    )
    about = {"document_id": "leiden-begroting"}
    made.add("audit.unchecked", **about, reden="tabel_zonder_som", aantal=1, getallen=6, zonder_bedrag=6)
    made.add("audit.unchecked", **about, reden="niet_gelezen", aantal=1)
    made.add(
        "audit.materialiteit_per_document",
        **about,
        jaar=2018,
        stand="begroting",
        lasten_eur=89_752_000,
        norm_van="standaard",
        fouten_pct=1,
        onzekerheden_pct=3,
        rapportering_pct=Decimal("0.10"),
        fouten_tolerantie_eur=897_520,
        onzekerheden_tolerantie_eur=2_692_560,
        rapporteringstolerantie_eur=89_752,
        fouten_eur=180_000,
        onzekerheden_eur=0,
        fouten_aanvaard_eur=0,
        onzekerheden_aanvaard_eur=0,
        zonder_bedrag=0,
        is_fouten_overschreden=False,
        is_onzekerheden_overschreden=False,
    )
    made.add(
        "landing.acceptances",
        document_id="leiden-web",
        finding_id="f2",
        wie="J. Jansen",
        wanneer="2024-03-02",
        waarom="bekend bij de gemeente",
        tot="2025-01-01",
    )
    about = {"document_id": "leiden-begroting", "path": "tabel.txt"}
    made.add(
        "audit.rejects", **about, line=41, reason="1.2.3 is geen getal", text="Lasten\t1.2.3", kind="reject"
    )
    made.add(
        "audit.rejects",
        **about,
        line=50,
        reason="de eenheid staat er niet bij",
        reason_en="the unit is not printed",
        text="Effectindicatoren",
        kind="question",
        key="eenheid",
    )
    made.add(
        "audit.claims",
        **about,
        line=3,
        claim_id="ruim-1,6",
        text_nl="ruim 1,6 miljoen staat boven 1.574",
        text_en="over 1.6 million stands above 1.574",
        expression="9D, mutatie 2019",
        stated_text="1,6 miljoen",
        nauwkeurigheid="ruim",
        computed_text="1.574",
        cells="leiden-begroting/001:18.4 leiden-begroting/001:18.5",
        verdict="fails",
    )
    made.add(
        "landing.mentions",
        **about,
        line=2,
        vermelding="9A-1",
        onderwerp="stimuleren wijkinitiatieven",
        jaar=2017,
        bedrag_text="879000",
        eenheid="EUR",
        nauwkeurigheid="exact",
        besluit="RV 15.0033",
    )
    made.add(
        "landing.prestaties",
        **about,
        line=1,
        doel_code="9A1",
        doel="Sociale binding is hoog",
        prestatie_code="9A1.1",
        prestatie="Organiseren van aanbod",
    )
    for number, status in enumerate(("passed", "failed", "errored"), start=1):
        made.add(
            "audit.expectation_results",
            suite="reconciliation",
            expectation_id=f"e{number}",
            table_name="audit.reconciliation",
            sentence=f"Expectation {number}.",
            sentence_nl=f"Verwachting {number}.",
            severity="warning",
            success=status == "passed",
            evaluated=10,
            unexpected=2 if status == "failed" else 0,
            status=status,
            error="no such column" if status == "errored" else None,
            sql="select * from audit.reconciliation where false",
        )
    made.add(
        "audit.expectation_failures",
        suite="reconciliation",
        expectation_id="e2",
        failure_no=1,
        failing_row='{"rule_id": "r1", "residual": -180}',
    )
    made.add(
        "meta.run",
        run_id="000001",
        state_no=1,
        started_at="2024-03-01 02:00:00",
        finished_at="2024-03-01 02:01:00",
        code_version="abc123",
    )
