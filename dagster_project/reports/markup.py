"""What comes by the thousand, printed values and sums of a document and the lines of its files, as HTML.

A template is clearer, and costs ten times as much: of a large report it took most of the time. Everything that comes
from a document goes through ``escaped``. What does not belong here: all other parts of pages (``templates``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, _escape_inner

from dagster_project.reports.sums import WITH_DIFFERENCE
from dagster_project.reports.views import (
    CellView,
    ClaimView,
    ConventionView,
    GroupLine,
    MentionView,
    RowLine,
    RuleGroup,
    RuleView,
    Share,
    TableView,
    TermView,
)
from dagster_project.reports.wording import CLAIM_VERDICTS, VERDICTS, Bilingual, count, things, words

LONG = 60  # rows from which a table scrolls in a box of its own
DEEPEST = 4  # levels of rows that are told apart by indenting
_UNNAMED = re.compile(r"\bkolom (\d+)\b")  # what the reader calls a column that has no heading


# Text as it may stand in an element or between quotes: as the template engine escapes it, without the record that it makes.
escaped: Callable[[str], str] = _escape_inner


def _english(text: Bilingual) -> str:
    return _UNNAMED.sub(r"column \1", text.en) if "kolom " in text.en else text.en


def spoken(text: Bilingual) -> str:
    """The same thing in both languages, one of them shown; once where they are the same."""
    nl, en = text.nl, _english(text)
    if nl == en:
        return escaped(nl)
    return f'<span class="nl" lang="nl">{escaped(nl)}</span><span class="en" lang="en">{escaped(en)}</span>'


def headed(text: Bilingual) -> Markup:
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
    return Markup(spoken(Bilingual(text, text)))


def legend(marks: Mapping[str, Bilingual]) -> Markup:
    """What the signs of numbers mean, as items of a list."""
    return Markup(
        "".join(
            f'<li data-mark="{name}"><span class="mark {name}" aria-hidden="true"></span><span>{spoken(text)}</span></li>'
            for name, text in marks.items()
        )
    )


def bar(shares: Sequence[Share]) -> Markup:
    """Parts of a whole as a bar."""
    parts = [f'<span class="{share.name}" style="flex:{share.number}"></span>' for share in shares]
    return Markup(f'<div class="bar" aria-hidden="true">{"".join(parts)}</div>')


def legend_of(shares: Sequence[Share]) -> Markup:
    """How many each part is, with its sign."""
    lines = [
        f'<li><span class="mark {share.name}" aria-hidden="true"></span> {_told(share)}</li>'
        for share in shares
    ]
    return Markup(f'<ul class="shares">{"".join(lines)}</ul>')


def coverage(shares: Sequence[Share]) -> Markup:
    """What is known of numbers: a bar, and how many each part of it is."""
    lines = [
        f'<li><span class="bar swatch" aria-hidden="true"><span class="{share.name}"></span></span>'
        f' <span data-telling="levels {share.name}">{spoken(count(share.number))}</span> {spoken(share.words)}</li>'
        for share in shares
    ]
    return Markup(f'{bar(shares)}<ul class="shares">{"".join(lines)}</ul>')


def _told(share: Share) -> str:
    return f"{spoken(count(share.number))} {spoken(share.words)}"


_SOURCE, _LINE = spoken(Bilingual("bron", "source")), spoken(Bilingual("rgl", "line"))
_PRINTED, _DIFFERENCE = spoken(Bilingual("gedrukt", "printed")), spoken(Bilingual("verschil", "difference"))
_ALLOWED = spoken(Bilingual("toegestaan", "allowed"))
_TO_NUMBER, _OF = spoken(Bilingual("naar het getal", "to the number")), spoken(Bilingual("van", "of"))
_CONTRADICTED = spoken(Bilingual("in strijd met de cijfers", "contradicted by the figures"))


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
            text = spoken(Bilingual(head.text, head.text)) if "kolom " in head.text else escaped(head.text)
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


def _asked(told: Bilingual) -> str:
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


def rule_groups(groups: Sequence[RuleGroup]) -> Markup:
    """The sums of a table by kind, each where links to it lead, to be read as they stand: in Dutch, and without the links of
    their numbers, which are most of what a list of sums takes. Both are in ``rule_details``."""
    out = []
    for group in groups:
        verdicts = ", ".join([f"{share.number} {spoken(share.words)}" for share in group.verdicts])
        rules = "\n".join(
            [_rule(rule, f' id="{rule.anchor}"', _in_dutch(rule), _bare) for rule in group.rules]
        )
        out.append(
            f'<details class="block"><summary>{spoken(group.words)} <span class="soft small">{verdicts}</span></summary>\n'
            f'<ul class="rules" data-sommen>{rules}</ul></details>\n'
        )
    return Markup("".join(out))


_IN_PART, _IN_WHOLE, _IN_QUESTION = (
    f"<strong>{spoken(told)}</strong>"
    for told in (
        Bilingual("Sluit voor een deel.", "Closes in part."),
        Bilingual("Sluit.", "Closes."),
        Bilingual("Sluit, gelezen met een vraag open.", "Closes, read with a question open."),
    )
)
_OF_SUMS = spoken(Bilingual("Van de sommen van deze tabel", "Of the sums of this table"))
_OF_SETS = spoken(Bilingual("Van de verbanden", "Of the connected sets"))
_WHAT_CLOSES = spoken(Bilingual("Wat sluit:", "What closes:"))
_THERE_ARE = spoken(
    Bilingual(
        "Er bestaan onafgeronde bedragen die afronden op wat er gedrukt staat en aan alle sommen tegelijk voldoen",
        "Unrounded amounts exist that round to what is printed and satisfy all sums at once",
    )
)
_A_MARGIN = spoken(Bilingual("Een ruimte van", "A margin of"))
_SUFFICES = spoken(
    Bilingual(
        "gedrukte eenheid naar weerszijden is al genoeg; afronden geeft 0,5.",
        "printed unit either way already suffices; rounding gives 0.5.",
    )
)


def closes(table: TableView) -> Markup:
    """What of the sums of a table can hold at once; nothing where none was found to."""
    good = [proof for proof in table.proofs if proof.is_feasible]
    if not good:
        return Markup()
    told = _IN_QUESTION if table.questions else _IN_WHOLE
    is_part = len(good) < len(table.proofs)
    if is_part or any(share.name not in ("exact", "rounding") for share in table.verdicts):
        sums = f" {_OF_SUMS}: {', '.join(map(_told, table.verdicts))}." if table.verdicts else ""
        sets = spoken(count(len(good))), spoken(count(len(table.proofs)))
        sums += f" {_OF_SETS} {sets[0]} {_OF} {sets[1]}." if is_part else ""
        told = f"{_IN_PART}{sums} {_WHAT_CLOSES}"
    held = (len(good), "verband"), (sum(p.cells for p in good), "getal"), (sum(p.rules for p in good), "som")
    sizes = ", ".join([spoken(things(number, thing)) for number, thing in held])
    widths = [proof.half_width for proof in good if proof.half_width is not None]
    widest = max(widths, key=lambda text: Decimal(text.en.replace(",", "")))
    margin = f"{_A_MARGIN} <strong>{spoken(widest)}</strong> {_SUFFICES}"
    return Markup(f'<div class="proof"><p>{told} {_THERE_ARE}: {sizes}. {margin}</p></div>\n')


def rule_details(tables: Sequence[TableView]) -> list[tuple[str, str, list[int | tuple[str, str] | None]]]:
    """What ``rule_groups`` leave out, in the same order: per sum its rule_id, its English sentence (empty where that
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


def claim_rows(claims: Sequence[ClaimView]) -> Markup:
    """What the text says about the figures, as rows of a table."""
    return Markup("".join([_claim(claim) for claim in claims]))


def _claim(claim: ClaimView) -> str:
    about = f'<div class="small soft" lang="nl">{escaped(claim.expression)}</div>' if claim.expression else ""
    for at, anchor in enumerate(claim.cells, start=1):
        number = f" {at}" if len(claim.cells) > 1 else ""
        about += f'<a class="small" href="#{anchor}">{_TO_NUMBER}{number}</a> '
    verdict = spoken(words(CLAIM_VERDICTS, claim.verdict))
    return (
        f'<tr><td>{spoken(claim.sentence)}</td><td class="num">{spoken(claim.nauwkeurigheid)} {spoken(claim.stated)}</td>'
        f'<td>{spoken(claim.computed)}{about}</td><td><span class="tag {escaped(claim.verdict)}">{verdict}</span></td>'
        f'<td class="small mono nowrap">{_where(claim.path, claim.line)}</td></tr>\n'
    )


def mention_rows(mentions: Sequence[MentionView]) -> Markup:
    """Amounts named in the text, as rows of a table."""
    return Markup(
        "".join(
            [
                f"<tr><td>{escaped(item.name)}</td><td>{escaped(item.about)}</td><td>{escaped(item.jaar)}</td>"
                f'<td class="num">{escaped(item.amount)} {spoken(item.unit)}</td><td>{spoken(item.nauwkeurigheid)}</td>'
                f'<td>{escaped(item.besluit)}</td><td class="small mono nowrap">{_where(item.path, item.line)}</td></tr>\n'
                for item in mentions
            ]
        )
    )


def _where(path: str, line: int | None) -> str:
    return f"{escaped(path)}:{line}" if line else escaped(path)


def convention_rows(conventions: Sequence[ConventionView]) -> Markup:
    """Choices about signs and directions, as rows of a table."""
    return Markup("".join([_convention(item) for item in conventions]))


def _convention(item: ConventionView) -> str:
    tried = f': <span lang="nl">{escaped(item.tried)}</span>' if item.tried else ""
    declared = "–"
    if item.declared:
        declared = f'<span lang="nl">{escaped(item.declared)}</span>'
        if item.is_contradicted:
            declared += f' <span class="bad">{_CONTRADICTED}</span>'
    return (
        f"<tr><td>{spoken(item.naam)}</td><td><strong>{spoken(item.keuze)}</strong></td><td>{spoken(item.bron)}</td>"
        f"<td>{item.survived} {_OF} {item.hypotheses}{tried}</td><td>{declared}</td></tr>"
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
