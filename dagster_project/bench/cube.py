"""The Iv3 cube made by seed, in the shape in which it is fetched from CBS: for each delivery a folder with padded codes.

Every cell that is not grey, of every gemeente, taakveld, balance code, category and side that are in force in the year, in
CBS's order (by taakveld, not by gemeente): one delivery after another, the last with fewer gemeenten.
Lasten equal baten but in the gemeenten that ``Cube`` counts. Amounts grow with inhabitants; they are noise otherwise.

What does not belong here: what becomes of it (``scale``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.settings import PROJECT

if TYPE_CHECKING:
    import duckdb

YEARS = (2024, 2023, 2022, 2021, 2020, 2019, 2018, 2017, 2025, 2026)
SOORTEN = {
    5: "jaarrekening",
    0: "begroting",
    1: "kwartaal-1",
    2: "kwartaal-2",
    3: "kwartaal-3",
    4: "kwartaal-4",
}
ROWS = "TypedDataSet.csv"
OFF_BY = 10_000  # thousands of euros that lasten and baten differ where they do: more than rounding explains
_ONE_IN = 40  # gemeenten of which lasten and baten differ
_FETCHED = "2026-11-01"


@dataclass(frozen=True, slots=True)
class Cube:
    """What was made."""

    rows: int
    deliveries: int  # of one gemeente each
    unbalanced: (
        int  # deliveries in which lasten and baten differ, of those on which CBS holds them beside each other
    )
    bytes: int


def write_cube(raw: Path, rows: int, *, seed: int = 1) -> Cube:
    """Make about ``rows`` rows of the cube under ``raw``: whole deliveries of gemeenten. About 160 million are there.

    Raises ValueError where that is not enough.
    """
    import duckdb

    made = Cube(0, 0, 0, 0)
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '4GB'; set preserve_insertion_order = true")
        _load_lists(connection)
        for year in YEARS:
            _choose_cells(connection, year, seed)
            cells = connection.execute("select count(*) from cellen").fetchall()[0][0]
            for period in SOORTEN:
                left = rows - made.rows
                if made.rows and left < cells / 2:
                    return made
                _make_delivery(connection, year, period, seed, most=max(1, round(left / cells)))
                made = _with(made, connection, _write(connection, raw, year, period))
    if made.rows < rows:
        raise ValueError(f"the cube of {min(YEARS)} to {max(YEARS)} has {made.rows:,} rows, not {rows:,}")
    return made


def write_redelivery(raw: Path, seed: int = 2) -> str:
    """The gemeente with the lowest code delivers the first delivery of the cube again, a day later, with other amounts.

    Made beside the cube as a folder of its own, as ``sluitend fetch iv3 --gemeente`` does. Returns the gemeente's code.
    """
    import duckdb

    year, period = YEARS[0], next(iter(SOORTEN))
    with duckdb.connect() as connection:
        _load_lists(connection)
        _choose_cells(connection, year, seed)
        _make_delivery(connection, year, period, seed, most=1)
        ((code,),) = connection.execute("select any_value(gemeentecode) from kubus").fetchall()
        _write(connection, raw, year, period, f"-{code.lower()}", "2026-11-15")
    return code


def folder_of(year: int, period: int) -> str:
    """The folder of a delivery under raw/, as ``sluitend fetch iv3`` names it."""
    return f"iv3-{year}-{SOORTEN[period]}"


def files_in(raw: Path) -> Iterator[Path]:
    """The files with rows of everything that was made under ``raw``, in order."""
    yield from sorted(raw.glob(f"iv3-*/{ROWS}"))


def _load_lists(connection: duckdb.DuckDBPyConnection) -> None:
    for name in (
        "gemeenten_per_jaar",
        "taakvelden",
        "iv3_categorieen",
        "iv3_balanscodes",
        "iv3_grijze_cellen",
        "iv3_controle_perioden",
    ):
        path = str(PROJECT / "dbt" / "seeds" / f"{name}.csv").replace("'", "''")
        connection.execute(
            f"create temp table {name} as from read_csv('{path}', header = true, all_varchar = true)"
        )


def _choose_cells(connection: duckdb.DuckDBPyConnection, year: int, seed: int) -> None:
    """Temp table ``cellen``: the codes of a row as CBS pads them, and how much of the money goes there."""
    holds = f"{year} between cast(van_jaar as integer) and coalesce(cast(tot_jaar as integer), 9999)"
    leaf = f"is_blad = 'true' and {holds}"
    connection.execute(
        f"""
        create or replace temp table cellen as
        with
        categorieen as (select kant, categorie_code, upper(left(kant, 1)) || categorie_code as sleutel from iv3_categorieen where {leaf}),
        of_taakvelden as (
            select taakveld_code as code, sleutel, kant
            from taakvelden cross join categorieen
            where {leaf} and not exists (
                select 1 from iv3_grijze_cellen as g
                where g.taakveld_code = taakvelden.taakveld_code and g.categorie_code = categorieen.categorie_code
                    and g.kant = categorieen.kant and {holds.replace("van_jaar", "g.van_jaar").replace("tot_jaar", "g.tot_jaar")}
            )
        ),
        of_balances as (
            select balanscode as code, sleutel, 'balans' as kant
            from iv3_balanscodes
                cross join (select sleutel from categorieen union all select unnest(['Primo', 'Ultimo'])) as sleutels
            where {leaf}
        ),
        weighed as (
            select *, exp(6 * (hash(code, sleutel, {seed}) % 10000) / 10000.0) as gewicht
            from (from of_taakvelden union all from of_balances)
        )
        select row_number() over (order by code, sleutel) as cel, rpad(code, 6, ' ') as code, rpad(sleutel, 8, ' ') as sleutel, kant,
            4.0 * gewicht / sum(gewicht) over (partition by kant) as per_inwoner
        from weighed
        """
    )


def _make_delivery(
    connection: duckdb.DuckDBPyConnection, year: int, period: int, seed: int, most: int
) -> None:
    """Temp table ``kubus``: one delivery of the first ``most`` gemeenten of the year, lasten as large as baten."""
    verslagsoort = f"{year}X00{period}"
    connection.execute(
        f"""
        create or replace temp table kubus as
        with
        gemeenten as (
            select gemeentecode, coalesce(cast(inwoners as integer), 30000) as inwoners
            from gemeenten_per_jaar where jaar = '{year}' order by gemeentecode limit {most}
        ),
        drawn as (
            select cel, code, sleutel, kant, gemeentecode,
                round(per_inwoner * inwoners * (0.5 + (hash(cel, gemeentecode, '{verslagsoort}', {seed}) % 1000) / 1000.0)) as bedrag,
                hash(gemeentecode, cel, {seed}) % 100 as lot
            from cellen cross join gemeenten
        )
        select cel, code, sleutel, kant, gemeentecode, bedrag,
            case when lot >= 90 then bedrag - 1 when lot >= 30 or lot % 2 = 0 then bedrag end as eerste, case when lot >= 30 or lot % 2 = 1 then bedrag end as tweede
        from drawn;

        create or replace temp table sluitpost as
        with held as (
            select count(*) > 0 as is_held from iv3_controle_perioden
            where controle = 'PF006' and periode = '{period}'
                and {year} between cast(van_jaar as integer) and coalesce(cast(tot_jaar as integer), 9999)
        )
        select gemeentecode, any_value(is_held) and hash(gemeentecode, '{verslagsoort}', {seed}) % {_ONE_IN} = 0 as is_uit,
            sum(case kant when 'lasten' then bedrag when 'baten' then -bedrag end) + case when is_uit then {OFF_BY} else 0 end as verschil
        from kubus cross join held group by gemeentecode;

        update kubus set bedrag = bedrag + verschil, eerste = eerste + verschil, tweede = tweede + verschil
        from sluitpost
        where kubus.gemeentecode = sluitpost.gemeentecode and trim(code) = '0.7' and trim(sleutel) = 'B4.3.1';
        """
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    raw: Path,
    year: int,
    period: int,
    suffix: str = "",
    fetched: str = _FETCHED,
) -> Path:
    folder = raw / f"{folder_of(year, period)}{suffix}"
    folder.mkdir(parents=True)
    target = str(folder / ROWS).replace("'", "''")
    connection.execute(
        f"""
        copy (
            select row_number() over () as "ID", code as "TaakveldBalanspost", sleutel as "Categorie", rpad(gemeentecode, 9, ' ') as "Gemeenten",
                '{year}X00{period}' as "Verslagsoort", eerste as "k_1ePlaatsing_1", tweede as "k_2ePlaatsing_2"
            from (from kubus order by cel, gemeentecode)
        ) to '{target}' (header true)
        """
    )
    (folder / "document.yml").write_text(
        f"titel: Gemeenten {year} onbewerkte Iv3-data\nsoort: iv3\nbron: gemaakt, geen cijfers van CBS\nopgehaald: {fetched}\n",
        encoding="utf-8",
    )
    return folder / ROWS


def _with(made: Cube, connection: duckdb.DuckDBPyConnection, file: Path) -> Cube:
    ((rows, deliveries),) = connection.execute(
        "select count(*), count(distinct gemeentecode) from kubus"
    ).fetchall()
    ((unbalanced,),) = connection.execute("select count(*) from sluitpost where is_uit").fetchall()
    return Cube(
        made.rows + rows,
        made.deliveries + deliveries,
        made.unbalanced + unbalanced,
        made.bytes + file.stat().st_size,
    )
