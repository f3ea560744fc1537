"""Ten troubles of which each is planted in a document of its own, as two nights of raw/: the five-minute test.

Nothing is told here about what a page should say of them; that is ``test_five_minutes``.
"""

from __future__ import annotations

from pathlib import Path

COLUMNS = ("Rekening 2018", "Begroting 2019", "Begroting 2020")
ROWS = {
    "Bestuur": (5_402, 5_611, 5_730),
    "Veiligheid": (19_651, 20_044, 20_377),
    "Verkeer": (28_768, 27_508, 22_945),
    "Economie": (7_288, 7_243, 7_955),
    "Onderwijs": (26_027, 22_170, 20_044),
}


def plant(raw: Path, night: int = 1) -> None:
    """Write the documents of the first or the second night under ``raw``; the second changes one value."""
    wrong = _lines(cells={("Verkeer", 2): 22_495})
    _document(raw, "gouda-cijfer", wrong)
    _document(raw, "gouda-rij", _lines(without=("Economie",)))
    _document(raw, "gouda-totaal", _lines(total=("n.b.", None, None)))
    _document(raw, "gouda-tekst", _lines())
    (raw / "gouda-tekst/vermeldingen.csv").write_text(
        "vermelding,beleidsterrein,onderwerp,aard,jaar,bedrag,eenheid,nauwkeurigheid,duur,besluit,dekking\n"
        "L1,,lasten in totaal,lasten,2020,90,EUR_MLN,exact,,,\n",
        encoding="utf-8",
    )
    (raw / "gouda-tekst/claims.yml").write_text(
        "- claim: L1\n  mention: L1\n  equals:\n"
        "    - cell: {table: Lasten per programma, row: Totaal lasten, column: Begroting 2020}\n"
        "  text_nl: De lasten zijn in 2020 precies 90 miljoen euro.\n"
        "  text_en: Expenditure is exactly 90 million euros in 2020.\n",
        encoding="utf-8",
    )
    loose = "Subsidies (x € 1.000)\n\nOntvanger\tBegroting 2020\nMuziekschool\t{}\nBibliotheek\t4.310\n"
    _document(raw, "gouda-waarde", loose.format("1.215" if night == 1 else "1.251"))
    _document(raw, "gouda-pagina", _lines(), vorm="pdf")
    _picture(raw / "gouda-pagina/bijlage.pdf")
    _document(
        raw,
        "gouda-kop",
        "Baten (x € 1.000)\n\n                                          Raming van baten\n"
        "Product         2023     2024      2025     2026      2027\n"
        "Wegen          1.204    1.310     1.422    1.505     1.600\n"
        "Groen            812      790       805      820       835\n",
        jaar=2022,
    )
    _document(raw, "gouda-aanvaard", _lines(cells={("Bestuur", 0): 5_204 if night == 1 else 5_240}))
    _document(raw, "gouda-eenheid", _lines(caption="Lasten per programma"))


def accept(raw: Path, finding: str, fingerprint: str) -> None:
    """Accept a finding of the document whose numbers change in the second night."""
    (raw / "gouda-aanvaard/aanvaard.yml").write_text(
        f"- finding: {finding}\n  fingerprint: {fingerprint}\n  wie: controller\n  wanneer: 2020-01-15\n"
        "  waarom: zo vastgesteld door de raad\n",
        encoding="utf-8",
    )


def _lines(
    cells: dict[tuple[str, int], int] | None = None,
    without: tuple[str, ...] = (),
    total: tuple[str | None, ...] = (None, None, None),
    caption: str = "Lasten per programma (x € 1.000)",
) -> str:
    printed = {label: list(numbers) for label, numbers in ROWS.items()}
    for (label, column), number in (cells or {}).items():
        printed[label][column] = number
    sums = [sum(numbers[column] for numbers in ROWS.values()) for column in range(len(COLUMNS))]
    lines = [
        f"{label}\t" + "\t".join(map(_dutch, numbers))
        for label, numbers in printed.items()
        if label not in without
    ]
    last = "\t".join(text or _dutch(number) for text, number in zip(total, sums, strict=True))
    head = "Programma\t" + "\t".join(COLUMNS)
    return "\n".join(["Programmabegroting 2020", "", caption, "", head, *lines, f"Totaal lasten\t{last}", ""])


def _dutch(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _document(raw: Path, name: str, text: str, vorm: str = "web", jaar: int = 2020) -> None:
    folder = raw / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.yml").write_text(
        f"gemeente: Gouda\ngemeentecode: GM0513\ntitel: Programmabegroting {jaar}, {name.removeprefix('gouda-')}\n"
        f"soort: begroting\njaar: {jaar}\nvorm: {vorm}\n",
        encoding="utf-8",
    )
    (folder / "tabel.txt").write_text(text, encoding="utf-8")


def _picture(path: Path) -> None:
    """A PDF of one page that holds a picture and no text, as a scanner makes it."""
    from fpdf import FPDF
    from PIL import Image

    pdf = FPDF()
    pdf.add_page()
    pdf.image(Image.new("L", (600, 800), 200), x=10, y=10, w=180)
    path.write_bytes(bytes(pdf.output()))
