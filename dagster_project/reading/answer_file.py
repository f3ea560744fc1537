"""The file ``antwoorden.yml`` beside the documents: what persons answered about layouts of tables, by key of layout.

    lines-e35e066706e9:
      kop: [Programma, Lasten, '2023', '2024', Baten]     the texts of the header, as printed
      layout: lines
      jaar: 2024              of the document that the texts are from: others are read with their own years
      kolommen: 3
      als: Lasten | 2023 | 2024                           the columns, as they are called
      anders: 2023 | 2024 | Baten                         the reading that was not chosen
      lezing: 2               which of two it was; left out where the header was typed in
      document: proefstad-begroting-2024
      tabel: 1

``sluitend answer`` writes it; a person may. It is read strictly: no key twice, no anchors, no unknown names. What does
not belong here: what an answer does to a table (``answers``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from . import strict_yaml
from .answers import ANSWER_FILE, LayoutAnswer, Refused, parse_header
from .model import Reject
from .panel import told

LARGEST = 5_000_000  # bytes
_OPENING = "# Hoe tabellen gelezen worden waarvan de kop meer dan één lezing heeft. `sluitend answer` schrijft dit.\n"
_REQUIRED = ("kop", "layout", "kolommen", "als")
_KNOWN = frozenset({*_REQUIRED, "jaar", "anders", "lezing", "document", "tabel"})


def read_answers(data: bytes) -> tuple[dict[str, LayoutAnswer], list[Reject]]:
    """The answers in these bytes, by key of layout, and the entries that cannot be used, with line and reason."""
    if not data.strip():
        return {}, []
    if len(data) > LARGEST:
        return {}, [_refused(None, f"groter dan {LARGEST} bytes", f"larger than {LARGEST} bytes")]
    try:
        found = strict_yaml.load(data)
    except strict_yaml.NotYaml as error:
        return {}, [
            _refused(
                error.line,
                f"is geen YAML dat hier gelezen wordt: {error.reason}",
                f"is no YAML that is read here: {error.reason_en}",
            )
        ]
    if found is None:
        return {}, []
    if not isinstance(found, dict):
        return {}, [_refused(1, "heeft geen sleutels met antwoorden", "has no keys with answers")]
    answers: dict[str, LayoutAnswer] = {}
    rejects: list[Reject] = []
    lines = data.decode("utf-8", "replace").splitlines()
    for key, entry in found.items():
        outcome = _answer(str(key), entry)
        if isinstance(outcome, LayoutAnswer):
            answers[outcome.key] = outcome
        else:
            line = next((i for i, text in enumerate(lines, 1) if text.startswith(f"{key}:")), None)
            rejects.append(_refused(line, *outcome, text=str(key)))
    return answers, rejects


def write_answer(path: Path, answer: LayoutAnswer) -> None:
    """Put an answer into the file, in place of an earlier one for its layout. What else is in it stays as it is.

    Raises ``Refused`` where the answer has no layout to hold for, or the file has entries that cannot be used.
    """
    if not answer.key:
        raise Refused(
            "de tabel heeft geen kop waar een antwoord voor kan gelden; zet het in document.yml",
            "the table has no header that an answer can hold for; put it into document.yml",
        )
    text = path.read_text(encoding="utf-8-sig") if path.exists() else _OPENING
    before, rejects = read_answers(text.encode())
    if rejects:
        raise Refused(f"{path}: {rejects[0].reason}", f"{path}: {rejects[0].reason_en}")
    changed = _with_block(text, answer.key, _as_yaml(answer))
    after, rejects = read_answers(changed.encode())
    if rejects or after != before | {answer.key: answer}:
        raise Refused(
            f"{path}: het antwoord past niet in het bestand zoals het geschreven is; zet het er met de hand in",
            f"{path}: the answer does not fit into the file as it is written; put it there by hand",
        )
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(changed, encoding="utf-8")
    temporary.replace(path)


def _as_yaml(answer: LayoutAnswer) -> str:
    entry: dict[str, object] = {"kop": list(answer.kop), "layout": answer.layout}
    entry |= {"jaar": answer.jaar} if answer.jaar is not None else {}
    entry |= {"kolommen": answer.kolommen, "als": told(answer.als)}
    entry |= {"anders": told(answer.anders)} if answer.anders else {}
    entry |= {"lezing": answer.lezing} if answer.lezing is not None else {}
    entry |= {"document": answer.document, "tabel": answer.tabel} if answer.document else {}
    return yaml.safe_dump(
        {answer.key: entry}, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=None
    )


def _with_block(text: str, key: str, block: str) -> str:
    """The text with the block of a key in place of the one that is there, or at its end."""
    found = re.search(rf"^{re.escape(key)}:.*\n?(?:[ \t]+.*\n?|\n)*", text, re.MULTILINE)
    if found is None:
        return f"{text.rstrip()}\n{block}" if text.strip() else block
    return text[: found.start()] + block + text[found.end() :]


def _answer(key: str, entry: object) -> LayoutAnswer | tuple[str, str]:
    if not isinstance(entry, Mapping):
        return (
            "een antwoord heeft kop, layout, kolommen en als",
            "an answer has kop, layout, kolommen and als",
        )
    missing = [name for name in _REQUIRED if entry.get(name) in (None, "", [])]
    unknown = sorted(str(name) for name in entry if name not in _KNOWN)
    if missing or unknown:
        nl = [f"mist {', '.join(missing)}"] * bool(missing) + [
            f"heeft onbekende {', '.join(unknown)}"
        ] * bool(unknown)
        en = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)}"] * bool(
            unknown
        )
        return f"het antwoord {' en '.join(nl)}", f"the answer {' and '.join(en)}"
    kop, als = entry["kop"], parse_header(str(entry["als"]))
    if not isinstance(kop, list) or not all(isinstance(text, str | int | float) for text in kop):
        return "kop is geen lijst van teksten", "kop is no list of texts"
    numbers = {name: entry.get(name) for name in ("kolommen", "jaar", "lezing", "tabel")}
    if any(n is not None and (not isinstance(n, int) or isinstance(n, bool)) for n in numbers.values()):
        return (
            "kolommen, jaar, lezing en tabel zijn gehele getallen",
            "kolommen, jaar, lezing and tabel are whole numbers",
        )
    if numbers["lezing"] not in (None, 1, 2):
        return "lezing is 1 of 2", "lezing is 1 or 2"
    if numbers["kolommen"] != len(als):
        return (
            f"als noemt {len(als)} kolommen en kolommen zegt {numbers['kolommen']}",
            f"als names {len(als)} columns and kolommen says {numbers['kolommen']}",
        )
    answer = LayoutAnswer(
        kop=tuple(map(str, kop)),
        layout=str(entry["layout"]),
        kolommen=len(als),
        als=als,
        jaar=numbers["jaar"],
        anders=parse_header(str(entry["anders"])) if entry.get("anders") else (),
        lezing=numbers["lezing"],
        document=str(entry.get("document") or ""),
        tabel=numbers["tabel"] or 0,
    )
    if answer.key != key:
        return (
            f"de sleutel hoort niet bij kop en layout: {answer.key}",
            f"the key does not belong to kop and layout: {answer.key}",
        )
    return answer


def _refused(line: int | None, reason: str, reason_en: str, text: str = "") -> Reject:
    return Reject(ANSWER_FILE, line, reason, text, reason_en=reason_en)
