"""Rejects: what could not be read, with the place and the reason."""

from expectations import filled

TABLE = "audit.rejects"

EXPECTATIONS = [
    filled("document_id", "Every reject says in which document it stands."),
    filled("reason", "Every reject says what is wrong and what to do."),
]
