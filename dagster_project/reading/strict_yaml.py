"""YAML that people write beside a document, read strictly: small, flat, every key once, nothing by reference.

The language allows what no description needs and what brings a reader down or makes two people read different
things: references that grow without end, nesting without end, a key that stands twice, a day that is none.

What does not belong here: which keys there are, and what they mean.
"""

from __future__ import annotations

import yaml

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language; in C where it was built
_SHALLOW = 8_192  # bytes; nesting that is a hundred thousand deep ends a process in the loader in C
_DEEPEST = 20
_LONGEST_NUMBER = 40  # characters
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_DAYS = "tag:yaml.org,2002:timestamp"


class NotYaml(Exception):
    """What is wrong, as the end of a sentence in Dutch and in English, and the line, from 1, where it is known."""

    def __init__(self, reason: str, reason_en: str, line: int | None) -> None:
        super().__init__(reason_en)
        self.reason, self.reason_en, self.line = reason, reason_en, line


def load(data: bytes) -> object:
    """What a file says. Raises ``NotYaml``."""
    try:
        loader = (_FAST if len(data) <= _SHALLOW else yaml.SafeLoader)(data)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _of(error) from error
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _examine(loader, node)
        return loader.construct_document(node)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _of(error) from error
    finally:
        loader.dispose()


def _of(error: Exception) -> NotYaml:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    if isinstance(error, RecursionError):
        return NotYaml("te diep genest", "nested too deep", None)
    return NotYaml(str(problem), str(problem), mark.line + 1 if mark is not None else None)


def _examine(loader, top: yaml.Node) -> None:
    seen: set[int] = set()
    waiting = [(top, 1)]
    while waiting:
        node, depth = waiting.pop()
        line = node.start_mark.line + 1
        if id(node) in seen:
            raise NotYaml(
                "verwijzingen (& en *) worden niet gelezen", "references (& and *) are not read", line
            )
        seen.add(id(node))
        if depth > _DEEPEST:
            raise NotYaml(f"dieper genest dan {_DEEPEST}", f"nested deeper than {_DEEPEST}", line)
        if isinstance(node, yaml.MappingNode):
            _refuse_twice(node)
            waiting += [(part, depth + 1) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(part, depth + 1) for part in node.value]
        else:
            _examine_scalar(loader, node, line)


def _refuse_twice(node: yaml.MappingNode) -> None:
    keys: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode) and key.value in keys:
            first = keys[key.value]
            raise NotYaml(
                f"sleutel {key.value} staat er tweemaal, op regel {first} en {line}",
                f"key {key.value} is there twice, on lines {first} and {line}",
                line,
            )
        if isinstance(key, yaml.ScalarNode):
            keys[key.value] = line


def _examine_scalar(loader, node: yaml.ScalarNode, line: int) -> None:
    shown = node.value[:_LONGEST_NUMBER]
    if node.tag in _NUMBERS and len(node.value) > _LONGEST_NUMBER:
        digits = len(node.value)
        raise NotYaml(
            f"getal van {digits} tekens: {shown}...", f"number of {digits} characters: {shown}...", line
        )
    if node.tag in _NUMBERS and ":" in node.value:
        raise NotYaml(f"geen gewoon getal: {shown}", f"no plain number: {shown}", line)
    if node.tag in (*_NUMBERS, _DAYS):
        try:
            loader.construct_object(node)
        except ValueError:
            what, what_en = ("dag", "day") if node.tag == _DAYS else ("getal", "number")
            raise NotYaml(f"{shown} is geen {what}", f"{shown} is no {what_en}", line) from None
