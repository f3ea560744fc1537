"""``claims.yml``: what a text says about the figures, tied to cells or to other mentions by a person.

A list of claims. Each names the mention (of vermeldingen.csv) that states the amount and what it should
equal: a sum of other mentions or of cells. A cell is pointed at by words: the kind of its table or a
part of its caption, its row path and its column path; the last levels of a path suffice.

    - claim: 3D-2
      mention: 3D-2
      equals:
        - cell: {table: Overzicht 3D budget, row: Totalen (lasten), column: "2021"}
        - cell: {table: Overzicht 3D budget, row: Totalen (lasten), column: realisatie 2017}
          coefficient: -1
      text_nl: De budgetten dalen tot 2021 met ca. 5,4 miljoen ten opzichte van de realisatie 2017.
      text_en: Budgets fall by about 5.4 million up to 2021 compared with the realisation of 2017.

What does not belong here: whether a claim holds (``claims.text_claims``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from . import strict_yaml
from .complaints import complaint
from .model import Claim, ClaimTerm, Reject

FILE = "claims.yml"
_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Cell(BaseModel):
    model_config = _STRICT
    table: str = Field(min_length=1)
    row: str = Field(min_length=1)
    column: str = Field(min_length=1)


class _Term(BaseModel):
    model_config = _STRICT
    cell: _Cell | None = None
    mention: str | None = Field(None, min_length=1)
    coefficient: int | float = 1

    @model_validator(mode="after")
    def _one_of_two(self) -> _Term:
        if (self.cell is None) == (self.mention is None):
            raise ValueError("a part is either a cell or a mention")
        return self


class _Claim(BaseModel):
    model_config = _STRICT
    claim: str = Field(min_length=1)
    mention: str = Field(min_length=1)
    equals: list[_Term] = Field(min_length=1)
    text_nl: str = Field(min_length=1)
    text_en: str = Field(min_length=1)


def read_claims(text: str, path: str = FILE) -> tuple[tuple[Claim, ...], tuple[Reject, ...]]:
    """The claims of a file, and a reject with line and offending text for each that cannot be used.

    One bad claim leaves the others; a file that is no list of mappings gives one reject.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        strict_yaml.load(text.encode())
    except strict_yaml.NotYaml as error:
        return (), (_no_yaml(error, path, error.line, text),)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        return (), (_no_yaml(getattr(error, "problem", error), path, line, text),)
    if node is None:
        return (), ()
    if not isinstance(node, yaml.SequenceNode):
        reason, reason_en = "moet een lijst van beweringen zijn", "must be a list of claims"
        return (), (Reject(path, 1, reason, _line(text, 1), reason_en=reason_en),)
    claims: dict[str, Claim] = {}
    rejects = []
    for item in node.value:
        first = item.start_mark.line + 1
        try:
            read = TypeAdapter(_Claim).validate_python(yaml.safe_load(_source(text, item)))
        except yaml.YAMLError as error:
            rejects.append(_no_yaml(error, path, first, text))
            continue
        except ValidationError as error:
            for problem in error.errors():
                line = _line_of(item, problem["loc"])
                where = ".".join(str(part) for part in problem["loc"])
                reason, reason_en = (f"{where}: {said}".lstrip(": ") for said in complaint(problem))
                rejects.append(Reject(path, line, reason, _line(text, line), reason_en=reason_en))
            continue
        if read.claim in claims:
            reason = f"bewering {read.claim} staat tweemaal in het bestand"
            reason_en = f"claim {read.claim} is in the file twice"
            rejects.append(Reject(path, first, reason, _line(text, first), reason_en=reason_en))
            continue
        claims[read.claim] = _claim(read, path, first)
    return tuple(claims.values()), tuple(rejects)


def _no_yaml(problem: object, path: str, line: int | None, text: str) -> Reject:
    dutch = getattr(problem, "reason", problem)
    reason, reason_en = f"geen geldige YAML: {dutch}", f"no valid YAML: {problem}"
    return Reject(path, line, reason, _line(text, line), reason_en=reason_en)


def _source(text: str, node: yaml.Node) -> str:
    """The text of one item, indented as it was so that its lines keep their meaning."""
    start, end = node.start_mark, node.end_mark
    return " " * start.column + text[start.index : end.index]


def _line(text: str, line: int | None) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip() if line and line <= len(lines) else ""


def _line_of(node: yaml.Node, loc: Sequence[str | int]) -> int:
    """The line of the deepest part of ``loc`` that exists."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _claim(read: _Claim, path: str, line: int) -> Claim:
    terms = tuple(
        ClaimTerm(
            coefficient=Decimal(str(term.coefficient)),
            mention=term.mention,
            table=term.cell.table if term.cell else None,
            row=term.cell.row if term.cell else None,
            column=term.cell.column if term.cell else None,
        )
        for term in read.equals
    )
    return Claim(read.claim, read.mention, terms, read.text_nl, read.text_en, path, line)
