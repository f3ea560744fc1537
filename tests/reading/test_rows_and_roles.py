"""Which columns hold values, which rows close a group, and which marks belong to a label."""

from __future__ import annotations

from extracts import columns, rows, understood


def page(*lines: tuple[str, ...]) -> str:
    """A page with one table: the first line is its header."""
    cells = [
        "".join(f"<{'td' if i else 'th'}>{t}</{'td' if i else 'th'}>" for t in line)
        for i, line in enumerate(lines)
    ]
    return "<html><body><table>" + "".join(f"<tr>{c}</tr>" for c in cells) + "</table></body></html>"


def test_limits_and_ranges_are_no_values():
    text = page(
        ("Kengetal", "2024", "2025", "Laag", "Midden", "Hoog"),
        ("Schuldquote", "64%", "72%", "&lt; 90%", "90 - 130%", "&gt; 130%"),
        ("Solvabiliteit", "39%", "34%", "&gt; 50%", "20 - 50%", "&lt; 20%"),
        ("Ruimte", "1,8%", "0,4%", "&gt; 0%", "0%", "&lt; 0%"),
    )
    assert columns(text, "a.html") == ["2024", "2025"]


def test_a_measured_value_with_a_comparator_among_bare_ones_is_a_value():
    text = page(
        ("Indicator", "2024", "2025"),
        ("Verzuim", "&lt; 5", "4"),
        ("Instroom", "12", "11"),
        ("Uitstroom", "9", "10"),
    )
    assert columns(text, "a.html") == ["2024", "2025"]


def test_a_subtotal_midway_leaves_its_group_open_for_the_rows_up_to_the_total():
    text = page(
        ("Woonlasten", "2024", "2025"),
        ("Koopwoning", "", ""),
        ("OZB", "300", "310"),
        ("Riool", "200", "210"),
        ("Subtotaal", "500", "520"),
        ("Afval", "100", "90"),
        ("Totaal", "600", "610"),
        ("Huurwoning", "", ""),
        ("Riool", "200", "210"),
        ("Water", "50", "60"),
        ("Subtotaal", "250", "270"),
        ("Afval", "100", "90"),
        ("Totaal", "350", "360"),
    )
    assert rows(text, "a.html") == [
        f"{group} > {label}"
        for group, labels in (
            ("Koopwoning", ("OZB", "Riool", "Subtotaal", "Afval", "Totaal")),
            ("Huurwoning", ("Riool", "Water", "Subtotaal", "Afval", "Totaal")),
        )
        for label in labels
    ]


def test_a_row_numbered_after_a_heading_stands_beside_it():
    text = page(
        ("Kengetal", "2024", "2025"),
        ("1. Schuldquote", "", ""),
        ("zonder leningen", "64%", "72%"),
        ("met leningen", "52%", "60%"),
        ("2. Solvabiliteit", "39%", "34%"),
        ("3. Ruimte", "1,8%", "0,4%"),
    )
    assert rows(text, "a.html")[2:] == ["2. Solvabiliteit", "3. Ruimte"]


def test_cubic_metres_are_no_footnote_and_a_star_with_a_bracket_is_one():
    text = page(
        ("Tarief", "2024", "2025"),
        ("tot 250 m³", "118,20", "121,75"),
        ("vanaf 251 m³ *)", "236,40", "243,50"),
    )
    assert rows(text, "a.html") == ["tot 250 m³", "vanaf 251 m³"]


def test_units_behind_the_names_of_columns_are_no_part_of_them_unless_they_tell_columns_apart():
    plain = page(
        ("Team", "Formatie 2025 (fte)", "Loonkosten 2025"), ("Staf", "6,8", "558"), ("Balie", "9,1", "700")
    )
    apart = page(("Team", "Groei (fte)", "Groei (%)"), ("Staf", "6,8", "3"), ("Balie", "9,1", "4"))
    assert columns(plain, "a.html") == ["Formatie 2025", "Loonkosten 2025"]
    assert columns(apart, "a.html") == ["Groei (fte)", "Groei (%)"]


def test_a_row_with_a_unit_of_its_own_below_headings_with_units_stands_beside_them():
    text = page(
        ("Indicator", "Eenheid", "2023", "2024"),
        ("Restafval", "kg", "", ""),
        ("Laagbouw", "", "96", "91"),
        ("Hoogbouw", "", "211", "204"),
        ("Deelname", "aantal", "", ""),
        ("Mannen", "", "74", "76"),
        ("Vrouwen", "", "67", "68"),
        ("Demografische druk", "%", "76,8", "77,1"),
        ("Banen", "per 1.000", "602,3", "611,8"),
    )
    assert rows(text, "a.html")[-3:] == ["Deelname > Vrouwen", "Demografische druk", "Banen"]


def test_halves_of_a_balance_with_rows_of_their_own_need_no_name_of_the_half():
    text = page(
        ("Activa", "2023", "2024", "Passiva", "2023", "2024"),
        ("Voorraden", "96", "91", "Reserves", "200", "190"),
        ("Liquide middelen", "211", "204", "Schulden", "107", "105"),
    )
    found = [" > ".join(r.path) for t in understood(text, "a.html").tables for r in t.rows]
    assert found == ["Voorraden", "Liquide middelen", "Reserves", "Schulden"]


def test_rows_that_all_print_the_same_are_no_parts_of_each_other():
    same = ("364", "10.396", "15.238")
    text = page(
        ("Programma", "2024", "2025", "2026"),
        ("Bestuur", *same),
        ("Jeugd", *same),
        ("Wonen en bouwen", *same),
        ("Totaal programma's", *same),
    )
    assert rows(text, "a.html") == ["Bestuur", "Jeugd", "Wonen en bouwen", "Totaal programma's"]


def test_the_result_of_the_year_is_a_part_of_the_capital_that_it_makes_up():
    lines = ["Vaste passiva", "Eigen vermogen|51.710|48.260", "Algemene reserve|18.450|17.126", "Bestemmingsreserves|31.274|29.810", "Resultaat boekjaar|1.986|1.324", "Voorzieningen|9.877|9.214", "Totaal vaste passiva|61.587|57.474"]  # fmt: skip
    text = "Balans (x € 1.000)\n\n|31-12-2024|31-12-2023\n" + "\n".join(
        line if "|" in line else f"{line}||" for line in lines
    )
    assert rows(text)[:5] == [
        "Vaste passiva > Eigen vermogen",
        *(
            f"Vaste passiva > Eigen vermogen > {part}"
            for part in ("Algemene reserve", "Bestemmingsreserves", "Resultaat boekjaar")
        ),
        "Vaste passiva > Voorzieningen",
    ]


def test_the_result_below_changes_of_reserves_is_that_of_all():
    lines = ["Bestuur|100|40", "Zorg|900|700", "Saldo van baten en lasten|1.000|740", "Mutaties reserves||", "Toevoegingen|50|60", "Onttrekkingen|80|90", "Resultaat|1.030|770"]  # fmt: skip
    text = "Overzicht (x € 1.000)\n\n|Begroting 2024|Rekening 2024\n" + "\n".join(lines)
    assert rows(text)[-3:] == [
        "Mutaties reserves > Toevoegingen",
        "Mutaties reserves > Onttrekkingen",
        "Resultaat",
    ]


def test_a_saldo_above_changes_of_reserves_and_a_result_holds_none_of_them():
    chain = [
        "Saldo|240|340",
        "Storting in reserves|40|60",
        "Onttrekking aan reserves|30|20",
        "Resultaat|230|300",
    ]
    text = (
        "Overzicht (x € 1.000)\n\n|Begroting 2024|Rekening 2024\nLasten|1.000|1.100\nBaten|1.240|1.440\n"
        + "\n".join(chain)
    )
    assert rows(text)[-4:] == [line.partition("|")[0] for line in chain]


def test_two_rows_that_add_up_to_a_third_in_most_columns_only_are_no_parts_of_it():
    text = "Lasten (x € 1.000)\n\n|2024|2025|2026|2027\nBestuur|3.800|3.800|1.344|3.553\nJeugd|0|1|0|2.255\nWonen|3.800|3.800|1.344|3.553\nTotaal programma's|7.600|7.601|2.688|9.361"
    assert rows(text) == ["Bestuur", "Jeugd", "Wonen", "Totaal programma's"]


def test_the_rows_of_all_below_the_last_of_numbered_blocks_are_not_of_that_block():
    lines, expected = [], []
    for n, heading in enumerate(("Programma 1", "Programma 2", "Totaal programma's")):
        lines += [
            f"{heading}||",
            *(
                f"{side}|{100 * (n + 1) + k}|{90 * (n + 1) + k}"
                for k, side in enumerate(("Lasten", "Baten", "Saldo"))
            ),
        ]
        expected += [f"{heading} > {side}" for side in ("Lasten", "Baten", "Saldo")]
    assert rows("Overzicht (x € 1.000)\n\n|Begroting 2024|Rekening 2024\n" + "\n".join(lines)) == expected


def test_a_total_of_more_words_than_the_heading_closes_a_part_of_what_stands_below_it():
    text = (
        "Balans (x € 1.000)\n\n|2024|2025\nActiva||\nGronden|880|930\nLeningen|120|110\nTotaal vaste activa|1.000|1.040\n"
        "Voorraden|90|80\nKas|60|70\nTotaal vlottende activa|150|150\nTotaal activa|1.150|1.190\n"
        "Passiva||\nEigen vermogen|700|720\nVoorzieningen|450|470\nTotaal passiva|1.150|1.190"
    )
    assert rows(text) == [
        "Activa > Gronden",
        "Activa > Leningen",
        "Activa > Totaal vaste activa",
        "Activa > Voorraden",
        "Activa > Kas",
        "Activa > Totaal vlottende activa",
        "Activa > Totaal activa",
        "Passiva > Eigen vermogen",
        "Passiva > Voorzieningen",
        "Passiva > Totaal passiva",
    ]


def test_a_row_and_its_difference_from_the_one_above_are_no_parts_of_that():
    text = (
        "EMU (x € 1.000)\n\n|2024|2025|2026\n1. Exploitatie|-1.422|-2.626|-1.130\n2. Mutatie voorzieningen|-3.789|-5.865|-4.451\n"
        "Berekend EMU-saldo|-5.211|-8.491|-5.581\nReferentiewaarde|-3.740|-3.905|-3.905\nVerschil met referentiewaarde|-1.471|-4.586|-1.676"
    )
    assert rows(text)[-3:] == [
        "Berekend EMU-saldo",
        "Referentiewaarde",
        "Verschil met referentiewaarde",
    ]


def test_a_letter_in_front_of_a_total_does_not_hide_that_it_is_one():
    text = (
        "Circulaire (x € 1.000)\n\n|2025|2026\nAlgemeen||\nAccres|412|688\nSuppletie|56|199\nb. Totaal algemeen|468|887\n"
        "Taakmutaties||\nJeugd|455|388\nBodem|49|-24\nc. Totaal taakmutaties|504|364\nd. Effect (b+c)|972|1.251\ne. Te reserveren|-455|-388"
    )
    assert rows(text)[-3:] == [
        "Taakmutaties > c. Totaal taakmutaties",
        "d. Effect (b+c)",
        "e. Te reserveren",
    ]


def test_a_mark_inside_a_label_has_a_bracket_that_closes_nothing():
    text = (
        "Partijen (x € 1.000)\n\n|2024|2025\nGGD (Tiel)|866|902\nOmgevingsdienst 1) (Helmond)|744|791\nRecreatieschap|41|43\n\n"
        "1) voorlopige cijfers"
    )
    (table,) = understood(text).tables
    assert [row.path for row in table.rows][1] == ("Omgevingsdienst (Helmond)",)
    assert table.rows[1].noot == "1) voorlopige cijfers"
