"""CBS on loopback: the catalogue and tables in the shapes that were recorded, with its manners and its whims.

Rows come in pages with ``odata.nextLink``; ``eq`` compares blanks too; the interface that does not page refuses more
rows than fit on one; without ``$format=json`` Atom comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from fetch.site import Handler, Reply, Site

NEW = ("TaakveldBalanspost", "k_1ePlaatsing_1", "k_2ePlaatsing_2")
OLD = ("FunctieKostenplaatsBalanspost", "k_1stePlaatsing_1", "k_2dePlaatsing_2")


@dataclass
class Table:
    """One table: its rows as CBS has them, and when it was changed."""

    title: str
    names: tuple[str, str, str] = NEW
    modified: str = "2025-03-28T02:00:00"
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, gemeente: str, taakveld: str, categorie: str, soort: str, first: object, second: object
    ) -> None:
        """A row with its keys padded; amounts may be numbers, null or text to be served as it is."""
        function, one, two = self.names
        self.rows.append(
            {
                "ID": len(self.rows),
                function: taakveld.ljust(6),
                "Categorie": categorie.ljust(8),
                "Gemeenten": gemeente.ljust(9),
                "Verslagsoort": soort.ljust(8),
                one: first,
                two: second,
            }
        )


def year(jaar: int, names: tuple[str, str, str] = NEW) -> Table:
    """A small table: two municipalities and one that did not deliver, two deliveries, null, 0 and negative."""
    table = Table(f"Gemeenten {jaar} onbewerkte Iv3-data ", names)
    begroting, rekening = f"{jaar}X000", f"{jaar}X005"
    for taakveld in ("0.1", "0.10", "0.11", "1.1", "6.1", "A111"):
        table.add("GM0546", taakveld, "L1.1", begroting, 1208.0, 1208.0)
        table.add("GM0546", taakveld, "B3.8", begroting, None, -17.0)
        table.add("GM1680", taakveld, "L1.1", begroting, 0.0, 55.0)
        table.add("GM1680", taakveld, "B3.8", begroting, None, None)
        table.add("GM1680", taakveld, "L3.8", begroting, 0.0, 0.0)
        table.add("GM0748", taakveld, "L1.1", begroting, None, None)
        table.add("GM0546", taakveld, "L1.1", rekening, 1199.0, None)
    return table


class Cbs(Site):
    """The interfaces of CBS over some tables. ``whims``: replies by a pattern of the decoded address, one use each."""

    def __init__(self, page: int = 5) -> None:
        super().__init__()
        self.tables: dict[str, Table] = {"45071NED": year(2025), "45999NED": year(2016, OLD)}
        self.page = page
        self.whims: list[tuple[str, Callable[[Cbs], Reply | None]]] = []

    def on(self, pattern: str, whim: Callable[[Cbs], Reply | None]) -> None:
        """Do ``whim`` at the first request whose decoded address has ``pattern``; None: answer as always after it."""
        self.whims.append((pattern, whim))

    def reply(self, handler: Handler) -> Reply | None:
        decoded = unquote(handler.path)
        for number, (pattern, whim) in enumerate(self.whims):
            if re.search(pattern, decoded):
                del self.whims[number]
                if reply := whim(self):
                    return reply
                break
        parts = urlsplit(handler.path)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if options.get("$format") != "json":
            return Reply("<?xml version='1.0'?><feed/>", content_type="application/atom+xml")
        steps = parts.path.strip("/").split("/")
        if steps == ["ODataCatalog", "Tables"]:
            return self._catalogue()
        if steps[0] in ("ODataApi", "ODataFeed") and len(steps) == 4 and steps[2] in self.tables:
            return self._list(handler.path, steps[0], self.tables[steps[2]], steps[3], options)
        return Reply("<html><h1>Not found</h1></html>", 404)

    def _catalogue(self) -> Reply:
        other = {"Identifier": "45900NED", "Title": "Provincies 2025 onbewerkte Iv3-data"}
        tables = [{"Identifier": t, "Title": table.title} for t, table in self.tables.items()]
        return _page([other, *tables])

    def _list(self, path: str, interface: str, table: Table, name: str, options: dict[str, str]) -> Reply:
        if name == "TypedDataSet":
            return self._rows(path, interface, table, options)
        if name == "TableInfos":
            return _page([{"ID": 0, "Title": table.title, "Modified": table.modified}])
        if name in ("Gemeenten", "Verslagsoort"):
            keys = sorted({str(row[name]) for row in table.rows})
            return _page(
                [{"Key": key, "Title": f"naam van {key.strip()}", "Description": ""} for key in keys]
            )
        return Reply("Resource not found for the segment", 404, "text/plain")

    def _rows(self, path: str, interface: str, table: Table, options: dict[str, str]) -> Reply:
        rows = [row for row in table.rows if _holds(options.get("$filter", ""), row, table)]
        if interface == "ODataApi" and len(rows) > self.page:
            return Reply("The query returns more than 10000 records.", 500, "text/plain")
        begin = int(options.get("$skip", 0))
        most = min(self.page, int(options.get("$top", self.page)))
        following = None
        if begin + most < len(rows) and "$top" not in options:
            bare = re.sub(r"&\$skip=\d+", "", path)
            repeated = "" if bare.count("$format=json") > 1 else "&$format=json"  # as the real one does
            following = f"http://{urlsplit(self.address).netloc}{bare}{repeated}&$skip={begin + most}"
        return _page(rows[begin : begin + most], following)


def _page(rows: list[dict[str, object]], following: str | None = None) -> Reply:
    said: dict[str, object] = {"odata.metadata": "http://cbs.example/$metadata", "value": rows}
    if following:
        said["odata.nextLink"] = following
    return Reply(json.dumps(said), content_type="application/json;charset=utf-8")


def _holds(filtered: str, row: dict[str, object], table: Table) -> bool:
    """Whether a row is asked for, by the two clauses that CBS understands here."""
    for column, value in re.findall(r"(\w+) eq '([^']*)'", filtered):
        if row[column] != value:
            return False
    asked = re.findall(r"\((\w+) ne null and \1 ne 0\)", filtered)
    assert not asked or asked == list(table.names[1:]), f"no such columns: {asked}"
    return not asked or any(row[column] not in (None, 0) for column in asked)
