"""document.yml: what a person says about a document, strict to the last key.

An unknown key, a missing one, a value of the wrong kind and broken YAML each come back as a reject that
names the key or the line. What the keys mean to the reader of tables does not belong here.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from . import strict_yaml
from .complaints import complaint
from .model import Reject

DESCRIPTION = "document.yml"


class Description(BaseModel):
    """The keys of document.yml. All texts are as printed; ``jaar`` is the budget year or the year of account."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    gemeente: str = Field(min_length=1, description="name of the municipality")
    titel: str = Field(min_length=1, description="title of the document")
    soort: Literal["begroting", "jaarstukken", "tussenrapportage"]
    jaar: int = Field(ge=1990, le=2100)
    vorm: Literal["web", "pdf", "xlsx", "csv"]
    gemeentecode: str | None = Field(
        None, pattern=r"^GM[0-9]{4}$", description="CBS code, null where not known"
    )
    onderdeel: str | None = None
    versie: str | None = None
    eenheid: Literal["EUR", "EUR_1000", "EUR_MLN"] | None = Field(
        None, description="where a table does not print it"
    )
    zelfde_als: str | None = Field(None, description="document_id of which this is another publication")
    url: str | None = None
    opgehaald: str | None = None
    antwoorden: dict[str, str] = Field(
        default_factory=dict,
        description="answers to questions: '<table no, 3 digits>.<question>', or '<question>' for all tables",
    )

    @field_validator("versie", "opgehaald", "onderdeel", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """YAML makes numbers and dates of what is a name here."""
        return str(value) if isinstance(value, int | float | datetime.date) else value

    @field_validator("antwoorden", mode="before")
    @classmethod
    def _texts(cls, value: object) -> object:
        return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else value


def describe(data: bytes | None) -> tuple[dict[str, Any], list[Reject]]:
    """The description in these bytes as a dict of the keys that were given, or none and why.

    ``gemeentecode`` may be null; other keys without a value are left out.
    """
    if data is None:
        return {}, [Reject(DESCRIPTION, None, "document.yml ontbreekt", reason_en="document.yml is missing")]
    try:
        found = strict_yaml.load(data)
    except strict_yaml.NotYaml as error:
        return {}, [_no_yaml(error, _line(data, error.line))]
    if not isinstance(found, dict):
        reason, reason_en = (
            "document.yml heeft geen sleutels met waarden",
            "document.yml has no keys with values",
        )
        return {}, [Reject(DESCRIPTION, 1, reason, _line(data, 1), reason_en=reason_en)]
    try:
        described = Description.model_validate({str(k): v for k, v in found.items()})
    except ValidationError as error:
        return {}, [_as_reject(e, data) for e in error.errors()]
    given = described.model_dump(exclude_none=True, exclude_defaults=True)
    return given, []


def _no_yaml(error: strict_yaml.NotYaml, text: str) -> Reject:
    reason = f"document.yml is geen YAML zoals gevraagd: {error.reason}"
    reason_en = f"document.yml is no YAML as asked for: {error.reason_en}"
    return Reject(DESCRIPTION, error.line, reason, text, reason_en=reason_en)


def _as_reject(error: Any, data: bytes) -> Reject:
    key = ".".join(str(part) for part in error["loc"]) or "document.yml"
    nl, en = complaint(error)
    reasons = {
        "extra_forbidden": (
            f"onbekende sleutel in document.yml: {key}",
            f"unknown key in document.yml: {key}",
        ),
        "missing": (f"sleutel ontbreekt in document.yml: {key}", f"key missing in document.yml: {key}"),
    }
    reason, reason_en = reasons.get(
        error["type"], (f"sleutel {key} in document.yml: {nl}", f"key {key} in document.yml: {en}")
    )
    text = data.decode("utf-8", "replace").splitlines()
    line = next(
        (i for i, t in enumerate(text, start=1) if t.lstrip().startswith(f"{key.split('.')[0]}:")), None
    )
    shown = text[line - 1].strip() if line else ""
    return Reject(DESCRIPTION, line, reason, shown, key=key, reason_en=reason_en)


def _line(data: bytes, line: int | None) -> str:
    lines = data.decode("utf-8", "replace").splitlines()
    return lines[line - 1].strip() if line and line <= len(lines) else ""
