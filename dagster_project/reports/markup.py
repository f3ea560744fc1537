"""What comes by the thousand, printed values and sums of a document and the lines of its files, as HTML.

A template is clearer, and costs ten times as much: of a large report it took most of the time. Everything that comes
from a document goes through ``escaped``. What does not belong here: all other parts of pages (``templates``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from dagster_project.reports.sums import WITH_DIFFERENCE
from dagster_project.reports.views import CellView, GroupLine, RowLine, RuleView, TableView, TermView
from dagster_project.reports.wording import VERDICTS, Words, words

LONG = 60  # rows from which a table scrolls in a box of its own
DEEPEST = 4  # levels of rows that are told apart by indenting
_UNNAMED = re.compile(r"\bkolom (\d+)\b")  # what the reader calls a column that has no heading


def escaped(text: str) -> str:
    """Text as it may stand in an element or between quotes."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace('"', "&#34;").replace("'", "&#39;")
    return text


def _english(text: Words) -> str:
    return _UNNAMED.sub(r"column \1", text.en) if "kolom " in text.en else text.en


def spoken(text: Words) -> str:
    """The same thing in both languages, one of them shown; once where they are the same."""
    nl, en = text.nl, _english(text)
    if nl == en:
        return escaped(nl)
    return f'<span class="nl" lang="nl">{escaped(nl)}</span><span class="en" lang="en">{escaped(en)}</span>'


def headed(text: Words) -> Markup:
    """A sentence in both languages with its opening, until the colon, marked as what stands above the rest."""
    parts = (("nl", text.nl.partition(": ")), ("en", text.en.partition(": ")))
    return Markup(
        "".join(
            f'<span class="{language}" lang="{language}"><b>{escaped(opening + colon)}</b>{escaped(rest)}</span>'
            for language, (opening, colon, rest) in parts
        )
    )


def placed(text: str) -> Markup:
    """A label or path as printed, marked as Dutch; in English pages with English for what is not printed."""
    if not _UNNAMED.search(text):
        return Markup(f'<span lang="nl">{escaped(text)}</span>')
    return Markup(spoken(Words(text, text)))


_SOURCE, _LINE = spoken(Words("bron", "source")), spoken(Words("rgl", "line"))
_PRINTED, _DIFFERENCE = spoken(Words("gedrukt", "printed")), spoken(Words("verschil", "difference"))
_ALLOWED = spoken(Words("toegestaan", "allowed"))


def printed_table(table: TableView) -> Markup:
    """A table as printed, each value with its mark and what the card says of it."""
    has_sources = table.has_sources
    out = [
        f'<div class="sheet{" long" if len(table.body) > LONG else ""}" tabindex="0" role="region"'
        f' aria-labelledby="h-{table.anchor}"><table class="printed"'
        f" data-columns='{htmlsafe_json_dumps(table.column_paths)}'><thead>\n"
    ]
    span = f' rowspan="{len(table.head)}"'
    for at, layer in enumerate(table.head):
        first = f'<th class="ln"{span} scope="col">{_LINE}</th><td class="corner"{span}></td>'
        out.append("<tr>" + ("" if at else first))
        for head in layer:
            scope = f' colspan="{head.colspan}" scope="colgroup"' if head.colspan > 1 else ' scope="col"'
            down = f' rowspan="{head.rowspan}"' if head.rowspan > 1 else ""
            text = spoken(Words(head.text, head.text)) if "kolom " in head.text else escaped(head.text)
            out.append(f"<th{scope}{down}>{text}</th>")
        out.append((f'<th{span} scope="col">{_SOURCE}</th>' if has_sources and not at else "") + "</tr>\n")
    out.append('</thead><tbody lang="nl">\n')
    width = 1 + len(table.column_paths) + has_sources
    for line in table.body:
        if isinstance(line, GroupLine):
            depth = min(line.depth, DEEPEST)
            out.append(
                f'<tr class="g"><td class="ln"></td><th scope="rowgroup" colspan="{width}" class="d{depth}">'
                f"<span>{escaped(line.label)}</span></th></tr>\n"
            )
        else:
            _row(out, line, has_sources)
    out.append("</tbody></table></div>")
    return Markup("".join(out))


def _row(out: list[str], line: RowLine, has_sources: bool) -> None:
    number = "" if line.line is None else line.line
    source = f' data-b="{escaped(line.source)}"' if line.source else ""
    source += f' data-p="{line.page}"' if line.page else ""
    if line.asked:
        source += _asked(line.asked)
    group = f' data-g="{escaped(line.group)}"' if line.group else ""
    out.append(
        f'<tr class="{escaped(line.rol)}" data-l="{number}"{source}{group}><td class="ln">{number}</td>'
        f'<th scope="row" class="d{min(line.depth, DEEPEST)}">{escaped(line.label)}</th>'
    )
    for values in line.positions:
        if len(values) == 1:
            out.append(_value(values[0], "td", line.line))
        elif values:
            out.append(
                f'<td class="many">{" ".join(_value(cell, "span", line.line) for cell in values)} </td>'
            )
        else:
            out.append("<td></td>")
    out.append((f'<td class="bron">{escaped(line.bron or "")}</td>' if has_sources else "") + "</tr>\n")


def _asked(told: Words) -> str:
    return f' data-q="{escaped(told.nl)}" data-qe="{escaped(told.en)}"'


def _value(cell: CellView, tag: str, line: int | None) -> str:
    mark, suspicion, noot = cell.mark, cell.suspicion, cell.noot
    about = f' data-s="{cell.level}"' if cell.is_number and cell.level != mark else ""
    if cell.rules:
        about += f' data-r="{cell.rules}"'
    if cell.implied and not suspicion:
        about += f' data-i="{cell.implied.text}"'
    if noot:
        about += f' data-n="{escaped(noot)}"'
    if cell.line != line and cell.line is not None:
        about += f' data-l="{cell.line}"'
    if cell.source:
        about += f' data-b="{escaped(cell.source)}"'
    if cell.sheet_column:
        about += f' data-k="{cell.sheet_column}"'
    if cell.earlier:
        about += f' data-h="{escaped(cell.earlier)}"'
    if cell.asked:
        about += _asked(cell.asked)
    told = escaped(cell.text)
    if noot:
        told += f"<sup>{escaped(cell.noot_mark)}</sup>"
    if suspicion:
        told += (
            '<span class="mark suspect" aria-hidden="true"></span>'
            f'<span class="imp f">→ {escaped(suspicion)}</span>'
        )
    placed = " placed" if cell.is_placed else ""
    if mark == "not_judged":  # drawn like a number of which no sum says anything
        placed = f" unverifiable{placed}"
    return f'<{tag} id="{cell.anchor}" class="v {mark}{placed}"{about}>{told}</{tag}>'


def source_lines(lines: Sequence[str]) -> Markup:
    """The lines of a file as items of a list, each where links to it lead."""
    return Markup(
        "".join([f'<li id="r{at}"><pre>{escaped(line)}</pre></li>\n' for at, line in enumerate(lines, 1)])
    )


def rule_lines(rules: Sequence[RuleView]) -> Markup:
    """Sums as items of a list, whole."""
    return Markup("\n".join([_rule(rule, "", spoken(rule.sentence), _linked) for rule in rules]))


def numbered_rule_lines(rules: Sequence[RuleView]) -> Markup:
    """Sums as items of a list, each where links to it lead, to be read as they stand: in Dutch, and without the links of
    their numbers, which are most of what a list of sums takes. Both are in ``rule_details``."""
    return Markup("\n".join([_rule(rule, f' id="{rule.anchor}"', _in_dutch(rule), _bare) for rule in rules]))


def rule_details(tables: Sequence[TableView]) -> list[tuple[str, str, list[int | tuple[str, str] | None]]]:
    """What ``numbered_rule_lines`` leave out, in the same order: per sum its rule_id, its English sentence (empty where that
    is the Dutch one), and per number where it leads, the total last. A number of the same page is told by how many are
    printed before it (None: in no table); of another page it is the address with what the number is called there."""
    rows = (line for table in tables for line in table.body if isinstance(line, RowLine))
    cells = (cell for row in rows for values in row.positions for cell in values)
    before = {f"#{cell.anchor}": at for at, cell in enumerate(cells)}
    return [
        (
            rule.rule_id,
            "" if rule.sentence.nl == (en := _english(rule.sentence)) else en,
            [
                (term.href, term.label) if term.label else before.get(term.href)
                for term in (*rule.parts, *((rule.total,) if rule.total else ()))
            ],
        )
        for table in tables
        for group in table.rule_groups
        for rule in group.rules
    ]


def _in_dutch(rule: RuleView) -> str:
    nl = escaped(rule.sentence.nl)
    return nl if rule.sentence.nl == _english(rule.sentence) else f'<span class="nl" lang="nl">{nl}</span>'


def _rule(rule: RuleView, name: str, sentence: str, number: Callable[[TermView, bool], str]) -> str:
    verdict, total = rule.verdict, rule.total
    comes_to = " = 0"
    if total:
        between = ""
        if verdict in WITH_DIFFERENCE and rule.computed:
            between = f'<b class="f">{escaped(rule.computed)}</b>; {_PRINTED} '
        comes_to = f" = {between}{number(total, True)}"
    difference = ""
    if verdict in WITH_DIFFERENCE:
        difference = f'<span class="res">{_DIFFERENCE} {spoken(rule.residual)}, {_ALLOWED} {spoken(rule.tolerance)}</span>'
    parts = "".join([number(part, False) for part in rule.parts])
    return (
        f'<li{name}><span class="no">R{rule.number}</span> {_verdict(verdict)} {sentence}\n'
        f'<span class="eq">{parts}{comes_to}</span>\n{difference}</li>'
    )


@cache
def _verdict(verdict: str) -> str:
    mark = f'<span class="mark {verdict}" aria-hidden="true"></span>'
    return f'<span class="verdict {verdict}">{mark}{spoken(words(VERDICTS, verdict))}</span>'


def _bare(term: TermView, is_total: bool) -> str:
    text = escaped(term.text)
    return f'<a class="tot">{text}</a>' if is_total else f"{term.sign}<a>{text}</a>"


def _linked(term: TermView, is_total: bool) -> str:
    label = f' data-label="{escaped(term.label)}"' if term.label else ""
    if is_total:
        return f'<a class="f tot" href="{escaped(term.href)}"{label}>{escaped(term.text)}</a>'
    sign = term.sign
    told = f' data-sign="{sign}"' if sign.strip() else ""
    return f'{sign}<a class="f" href="{escaped(term.href)}"{told}{label}>{escaped(term.text)}</a>'
