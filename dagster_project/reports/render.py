"""View records to HTML: pages that run nothing but the one script of the report.

Every text is escaped by the template engine, and a content security policy that names the script by its
hash keeps a browser from running anything else, should a document carry it. Pages of which a report has one carry style and
script themselves. Those of documents and of their files, of which it has thousands, take them from two files beside the first
page (``shared_files``): a policy cannot name a file that is opened from disk by its hash, so it names the one line of script
that loads it. What does not belong here: deciding what a page says.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from dagster_project.reports import wording
from dagster_project.reports.expectations import ExpectationsView
from dagster_project.reports.index import TREND, GoneLine, IndexView
from dagster_project.reports.links import KEPT, page_href, pictures_anchor, root_of, sheet_anchor
from dagster_project.reports.lists import FOLDERS, LISTS_IN_ENGLISH
from dagster_project.reports.markup import (
    bar,
    claim_rows,
    closes,
    convention_rows,
    coverage,
    headed,
    legend,
    legend_of,
    mention_rows,
    placed,
    printed_table,
    rule_details,
    rule_groups,
    rule_lines,
    source_lines,
    spoken,
)
from dagster_project.reports.originals import Opened
from dagster_project.reports.pictures import PICTURE_LISTS, Pictures, pictures_data
from dagster_project.reports.source_files import SourceFile
from dagster_project.reports.views import DocumentView
from dagster_project.reports.wording import Bilingual
from dagster_project.reports.workbook import column_letter

if TYPE_CHECKING:
    from dagster_project.reports.preview import Preview

TEMPLATES = "templates"
_GZIP = 31  # what zlib calls that form, with a moment of zero
CAUSES_PRINTED = 60
CAUSES_AT_FIRST = 100  # on the page of causes; the others are packed in it until somebody asks for them
LOADER = (
    'var s=document.createElement("script");s.src=document.currentScript.dataset.src;document.body.append(s)'
)
UNSTAMPED = Markup(
    '<span class="nl" lang="nl">zie het manifest</span><span class="en" lang="en">see the manifest</span>'
)


def render_document(page: DocumentView) -> str:
    """The page of one document, which needs ``shared_files`` in the folder of the report. Its sums stand in it to be read;
    where their numbers lead and what they say in English, which is most of them, it carries packed."""
    details = rule_details(page.tables)
    sums = _packed([json.dumps(details, ensure_ascii=False, separators=(",", ":"))]) if details else ""
    template = _environment().get_template("document.html.j2")
    return template.render(page=page, root=page.root, sums=sums, is_shared=True)


@cache
def shared_files() -> Mapping[str, str]:
    """What pages of documents and files take from beside the first page of their report, by name: style and script. The names
    change with what they hold, so that no browser shows a page with those of a report before."""
    texts = ((_asset(name), name.partition(".")[2]) for name in ("page.css", "page.js"))
    return {f"page-{hashlib.sha256(text.encode()).hexdigest()[:KEPT]}.{kind}": text for text, kind in texts}


def render_index(
    page: IndexView, summaries: Mapping[str, str] | None = None, dictionary: str | None = None
) -> str:
    """The first page of the report. ``summaries``: the names of the PDFs by language; empty: none could be made.

    ``dictionary`` is the page that describes every table, linked where there is one.
    """
    template = _environment().get_template("index.html.j2")
    return template.render(
        page=page, root="", stamp=UNSTAMPED, trend=TREND, summaries=summaries, dictionary=dictionary
    )


def render_summary(page: IndexView, language: str) -> str:
    """The summary to be printed, in ``nl`` or ``en``: what the first page says, shorter."""
    counts = page.counts
    told = [
        (Bilingual("Documenten", "Documents"), counts.documents),
        (Bilingual("Tabellen", "Tables"), counts.tables),
        (Bilingual("Getallen", "Numbers"), counts.values),
        (Bilingual("Sommen", "Sums"), counts.rules),
        (Bilingual("Bevindingen", "Findings"), sum(counts.findings.values())),
        (Bilingual("Niet gelezen plaatsen", "Places not read"), counts.rejects),
        (Bilingual("Vragen aan een mens", "Questions to a person"), counts.questions),
    ]
    template = _environment().get_template("summary.html.j2")
    both = template.render(page=page, language=language, told=told, causes=page.by_news[:CAUSES_PRINTED])
    other = "en" if language == "nl" else "nl"
    # On paper there is no switch, and what is copied from it lacks the space between two elements.
    shown = re.sub(f'<span class="{other}" lang="{other}">[^<]*</span>', "", both)
    return re.sub(f'<span class="{language}" lang="{language}">([^<]*)</span>', r"\1", shown)


def render_causes(page: IndexView) -> str:
    """The page of all causes, with what can be chosen to filter them by."""

    def present(field: str, vocabulary: dict[str, Bilingual] | None = None) -> list[tuple[str, Bilingual]]:
        found = sorted({getattr(cause, field) for cause in page.causes} - {""})
        return [(value, wording.words(vocabulary or {}, value)) for value in found]

    choices = {
        "zekerheid": list(wording.ZEKERHEDEN.items()),
        "ernst": list(wording.SEVERITIES.items()),
        "soort": present("soort", wording.FINDING_KINDS),
        "gemeente": present("gemeente"),
        "jaar": present("jaar"),
        "verandering": [(name, wording.CHANGES[name]) for name in ("nieuw", "gewijzigd", "ongewijzigd")],
        "status": list(wording.FINDING_STATUSES.items()),
    }
    template, rest = _environment().get_template("causes.html.j2"), ""
    if len(page.causes) > CAUSES_AT_FIRST:
        parts: Any = _environment().get_template("parts.html.j2").module
        line = parts.cause_line
        rest = _packed(f"{line(cause, True)}\n" for cause in page.causes[CAUSES_AT_FIRST:])
    return template.render(page=page, root="", choices=choices, first=CAUSES_AT_FIRST, rest=rest)


def render_search(index: Iterable[str]) -> str:
    """The page that searches everything; ``index`` is JSON text in pieces, see ``search``, which the page carries packed:
    it has every printed number of the warehouse."""
    return _environment().get_template("search.html.j2").render(root="", index=_packed(index))


def render_explorer(data: str) -> str:
    """The page that chooses and adds up; ``data`` is JSON text, see ``explorer``."""
    return _environment().get_template("explorer.html.j2").render(root="", data=_data(data))


def render_sql_explorer(tables: Sequence[Mapping[str, object]]) -> str:
    """The page of an export that answers SQL; ``tables``: schema, name, rows, description and file of each."""
    imports = json.dumps({"imports": {"apache-arrow": "./apache-arrow.mjs"}})
    return (
        _environment()
        .get_template("sql_explorer.html.j2")
        .render(
            tables=tables,
            data=_data(json.dumps(tables, ensure_ascii=False)),
            map=Markup(imports),
            map_hash=_hash(imports),
        )
    )


def render_pictures(pages: Iterable[Pictures]) -> str:
    """The page that draws the pictures of a gemeente when it is chosen; it carries the data of all of them packed, and
    what draws them. ``pages`` are drawn one after another, and not kept."""
    named: list[tuple[str, str]] = []
    data = _packed(pictures_data(_noted(pages, named)))
    scripts = [_asset("plot.js"), _asset("pictures.js")]
    return (
        _environment()
        .get_template("pictures.html.j2")
        .render(
            pages=named,
            data=data,
            anchor=pictures_anchor,
            lists=[(title, name) for name, title in PICTURE_LISTS.values()],
            scripts=[Markup(script) for script in scripts],
            script_hashes=[_hash(script) for script in scripts],
            root="../",
        )
    )


def _noted(pages: Iterable[Pictures], named: list[tuple[str, str]]) -> Iterator[Pictures]:
    for page in pages:
        named.append((page.gemeente_id, page.gemeente))
        yield page


def _packed(pieces: Iterable[str]) -> str:
    """Text that a page carries and unpacks when it is asked for; its pieces are not held together."""
    packing, packed = zlib.compressobj(6, zlib.DEFLATED, _GZIP), bytearray()
    for piece in pieces:
        packed += packing.compress(piece.encode())
    packed += packing.flush()
    return base64.b64encode(packed).decode()


def _data(text: str) -> Markup:
    """JSON text that may stand in a page: nothing in it ends the element that holds it."""
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def render_expectations(page: ExpectationsView) -> str:
    """Every suite with its expectations, what came of them, and the rows that fail."""
    return _environment().get_template("expectations.html.j2").render(page=page, root="../")


def render_source(document_id: str, source: SourceFile) -> str:
    """A file as it was read, line by line."""
    return _source_page(document_id, source, is_text=True)


def render_gone(page: GoneLine) -> str:
    """What stands where the page of a document stood that is no longer published, for links from before."""
    template = _environment().get_template("gone.html.j2")
    return template.render(page=page, root=root_of(page.document_id), is_shared=True)


def render_original(document_id: str, source: SourceFile, opened: Opened, left_out: int = 0) -> str:
    """A file that is no text: pages as pictures, or sheets as tables; ``left_out`` pages with tables were not drawn."""
    pictures = [
        (number, image and base64.b64encode(image).decode()) for number, image in opened.pages.items()
    ]
    sheets = None if opened.sheets is None else [(sheet_anchor(s.title), s) for s in opened.sheets]
    return _source_page(document_id, source, pictures=pictures, sheets=sheets, left_out=left_out)


def _source_page(
    document_id: str,
    source: SourceFile,
    is_text: bool = False,
    pictures=(),
    sheets=None,
    left_out: int = 0,
) -> str:
    return (
        _environment()
        .get_template("source.html.j2")
        .render(
            document_id=document_id,
            path=source.path,
            sha256=source.sha256,
            lines=source_lines(source.lines),
            is_text=is_text,
            pictures=pictures,
            left_out=left_out,
            sheets=sheets,
            letter=column_letter,
            root="../" * source.href.count("/"),
            is_shared=True,
            back=page_href(document_id),
        )
    )


def render_preview(page: Preview) -> str:
    """How a document is read, before anything is published."""
    from dagster_project.reports.preview import said  # with all of reading, which a report does without

    lists = [
        (both(Bilingual("Te beantwoorden", "To be answered")), page.questions),
        (both(Bilingual("Niet gelezen", "Not read")), page.rejects),
        (both(Bilingual("Opgemerkt", "Noted")), page.notes),
    ]
    return _environment().get_template("preview.html.j2").render(page=page, root="", lists=lists, said=said)


def stamped(index: str, sha256: str, chain: str) -> str:
    """The index with the hash of the published file and that of its line in the manifest, which are known only when that
    file is finished."""
    for known in (sha256, chain):
        index = index.replace(UNSTAMPED, escape(known), 1)
    return index


@cache
def appearance() -> str:
    """A hash of everything that decides how a page looks: when it changes, all pages are rendered anew."""
    package = files("dagster_project.reports")
    parts = [*package.iterdir(), *package.joinpath(TEMPLATES).iterdir()]
    named = sorted((part.name, part.read_bytes()) for part in parts if part.is_file())
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + content for name, content in named)).hexdigest()


class _SaidOnce(Extension):
    """Puts what a template says in both languages in its text before it is compiled, so that a page with thousands of
    such words does not call for each of them."""

    _SAY = re.compile(r'\{\{ say\("([^"\\]*)", "([^"\\]*)"\) \}\}')

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return self._SAY.sub(lambda said: spoken(Bilingual(said[1], said[2])), source)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dagster_project.reports", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # a page asks for a template dozens of times: none changes while a report is written
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_SaidOnce],
    )
    script = _asset("page.js")
    style_file, script_file = shared_files()
    environment.globals.update(
        style=Markup(_asset("page.css")),
        script=Markup(script),
        script_hash=_hash(script),
        style_file=style_file,
        script_file=script_file,
        loader=Markup(LOADER),
        loader_hash=_hash(LOADER),
        say=lambda nl, en: both(Bilingual(nl, en)),
        count=wording.count,
        things=wording.things,
        figures=wording.figures,
        marks=legend(wording.MARKS),
        proved_also=tuple(wording.PROVED_ALSO.items()),
        unproved=tuple(wording.UNPROVED.items()),
        severity=lambda key: wording.words(wording.SEVERITIES, key),
        expectation_severity=lambda key: wording.words(wording.EXPECTATION_SEVERITIES, key),
        certainty=lambda key: wording.words(wording.ZEKERHEDEN, key),
        change=lambda key: wording.words(wording.CHANGES, key),
        finding_kind=lambda key: wording.words(wording.FINDING_KINDS, key),
        finding_status=lambda key: wording.words(wording.FINDING_STATUSES, key),
        reject_kind=lambda key: wording.words(wording.REJECT_KINDS, key),
        verdict=lambda key: wording.words(wording.VERDICTS, key),
        lezing=lambda key: wording.words(wording.LEZINGEN, key),
        iv3_verdict=lambda key: wording.words(wording.IV3_VERDICTS, key),
        list_link=_list_link,
        printed_table=printed_table,
        claim_rows=claim_rows,
        convention_rows=convention_rows,
        mention_rows=mention_rows,
        rule_lines=rule_lines,
        rule_groups=rule_groups,
        closes=closes,
        bar=bar,
        coverage=coverage,
        legend_of=legend_of,
    )
    environment.filters["both"] = both
    environment.filters["headed"] = headed
    environment.filters["placed"] = placed
    return environment


@lru_cache(maxsize=4096)
def both(text: Bilingual) -> Markup:
    """The same thing in both languages, for a template."""
    return Markup(spoken(text))


def _list_link(name: str, nl: str = "CSV", en: str = "CSV", root: str = "") -> Markup:
    """Where a list can be taken along: in each language the file in that language."""
    files_of = {"nl": name, "en": LISTS_IN_ENGLISH[name]}
    return Markup("").join(
        Markup('<a class="{0} small" lang="{0}" href="{1}" download>{2}</a>').format(
            language, f"{root}{FOLDERS[language]}/{file}.csv", text
        )
        for (language, file), text in zip(files_of.items(), (nl, en), strict=True)
    )


def _asset(name: str) -> str:
    return files("dagster_project.reports").joinpath(TEMPLATES, name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What a content security policy names a script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
