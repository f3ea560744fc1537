"""Rejects: what could not be read, with the place and the reason."""

from expectations import filled

TABLE = "audit.rejects"

EXPECTATIONS = [
    filled(
        "document_id",
        "Every reject says in which document it stands.",
        "Bij alles wat is geweigerd staat in welk document het staat.",
    ),
    filled(
        "reason",
        "Every reject says what is wrong and what to do.",
        "Bij alles wat is geweigerd staat wat er mis is en wat te doen.",
    ),
    filled(
        "reason_en",
        "Every reject says the same in English.",
        "Bij alles wat is geweigerd staat hetzelfde in het Engels.",
    ),
]
