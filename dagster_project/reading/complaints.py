"""What a strict reading of YAML complains of, in Dutch and in English: one short phrase per kind of complaint.

What does not belong here: which keys there are, and where in the file the complaint stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DUTCH = {
    "missing": "deze sleutel ontbreekt",
    "extra_forbidden": "deze sleutel is onbekend",
    "string_type": "moet tekst zijn",
    "string_too_short": "mag niet leeg zijn",
    "string_pattern_mismatch": "moet de vorm {pattern} hebben",
    "literal_error": "moet een zijn van {expected}",
    "int_type": "moet een geheel getal zijn",
    "int_parsing": "moet een geheel getal zijn",
    "int_from_float": "moet een geheel getal zijn",
    "float_type": "moet een getal zijn",
    "greater_than_equal": "moet minstens {ge} zijn",
    "less_than_equal": "mag hoogstens {le} zijn",
    "list_type": "moet een lijst zijn",
    "too_short": "moet een lijst zijn die niet leeg is",
    "dict_type": "moet uit sleutels met waarden bestaan",
    "model_type": "moet uit sleutels met waarden bestaan",
}


def complaint(error: Mapping[str, Any]) -> tuple[str, str]:
    """One of pydantic's ``errors()`` as a phrase in Dutch and in English (pydantic's own)."""
    dutch = _DUTCH.get(error["type"], "deze waarde past hier niet")
    return dutch.format(
        **{k: str(v).replace(" or ", " of ") for k, v in error.get("ctx", {}).items()}
    ), error["msg"]
