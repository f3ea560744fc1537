"""Which columns hold values, which rows close a group, and which marks belong to a label."""

from __future__ import annotations

import pytest
from extracts import columns, of_rows, page_of, rows, understood


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


def test_mutations_and_result_that_come_back_in_every_block_stay_in_their_block():
    lines, expected = [], []
    labels = ("Lasten", "Baten", "Saldo van baten en lasten", "Mutaties reserves", "Resultaat")
    for n, heading in enumerate(("Bestuur", "Veilig", "Zorg")):
        lasten, baten, mutatie = 4_000 + 311 * n, 1_000 + 97 * n, 200 - 130 * n
        amounts = (lasten, baten, baten - lasten, mutatie, baten - lasten + mutatie)
        lines += [f"{heading}||", *(f"{label}|{v}|{v}" for label, v in zip(labels, amounts, strict=True))]
        expected += [f"{heading} > {label}" for label in labels]
    assert rows("Overzicht (x € 1.000)\n\n|Begroting 2024|Rekening 2024\n" + "\n".join(lines)) == expected


def test_what_is_left_of_a_task_makes_no_parts_of_what_was_done():
    text = (
        "Taakstelling (x € 1.000)\n\n|2025|2026|2027\nTaakstelling|180|313|768\nGerealiseerd|129|331|461\n"
        "In voorbereiding|72|96|145\nNog in te vullen|-21|-114|162"
    )
    assert rows(text) == ["Taakstelling", "Gerealiseerd", "In voorbereiding", "Nog in te vullen"]


def test_a_limit_and_the_room_it_leaves_are_no_parts_of_what_stands_above_them():
    text = page(
        ("Berekening", "2023", "2024", "2025"),
        ("1 Exploitatiesaldo", "-523", "-1055", "-1455"),
        ("2 Afschrijvingen", "3956", "3848", "3883"),
        ("3 Investeringen", "-5573", "-5587", "-8565"),
        ("Berekend EMU-saldo", "-2140", "-2794", "-6137"),
        ("Referentiewaarde", "-2980", "-3105", "-3160"),
        ("Ruimte ten opzichte van de referentiewaarde", "840", "311", "-2977"),
    )
    assert rows(text, "a.html")[-2:] == ["Referentiewaarde", "Ruimte ten opzichte van de referentiewaarde"]


def test_roman_numbers_hold_what_is_numbered_below_them():
    text = page(
        ("Nr.", "Thema", "Begroting 2025", "Raming 2026"),
        ("I", "Samenleving", "22.490", "22.307"),
        ("I.1", "Jeugd", "14.658", "14.228"),
        ("I.1.1", "Hulp", "10.391", "10.152"),
        ("I.1.2", "Bescherming", "4.267", "4.076"),
        ("I.2", "Ondersteuning", "7.832", "8.079"),
        ("II", "Leefomgeving", "13.555", "13.734"),
        ("II.1", "Wegen", "7.941", "7.729"),
        ("II.2", "Milieu", "5.614", "6.005"),
        ("", "Totaal", "36.045", "36.041"),
    )
    assert rows(text, "a.html")[2:4] == [
        "I Samenleving > I.1 Jeugd > I.1.1 Hulp",
        "I Samenleving > I.1 Jeugd > I.1.2 Bescherming",
    ]
    assert rows(text, "a.html")[-2:] == ["II Leefomgeving > II.2 Milieu", "Totaal"]


def test_a_column_in_front_of_codes_whose_texts_hold_for_several_rows_groups_them():
    text = page(
        ("Portefeuille", "Code", "Product", "Begroting 2024", "Begroting 2025"),
        ("Zorg", "6.1.01", "Algemene voorzieningen", "4.149", "3.790"),
        ("", "6.1.02", "Mantelzorg", "1.203", "1.231"),
        ("Wonen", "8.1.01", "Plannen", "1.953", "1.802"),
        ("", "8.3.01", "Vergunningen", "3.666", "3.603"),
    )
    assert rows(text, "a.html") == [
        "Zorg > 6.1.01 Algemene voorzieningen",
        "Zorg > 6.1.02 Mantelzorg",
        "Wonen > 8.1.01 Plannen",
        "Wonen > 8.3.01 Vergunningen",
    ]


def test_a_minus_in_a_column_of_its_own_is_the_sign_of_the_amount_behind_it():
    text = (
        "<html><body><p>bedragen x € 1.000</p><table><tr><th>Complex<th>Kosten<th colspan=2>Eindresultaat</tr>"
        "<tr><td>Noord<td>819<td>-/-<td>1.298</tr><tr><td>Zuid<td>728<td><td>848</tr><tr><td>Spoor<td>109<td>-/-<td>1.176</tr></table></body></html>"
    )
    (table,) = understood(text, "a.html").tables
    assert [float(c.value) for c in table.cells if c.column == 2] == [-1298.0, 848.0, -1176.0]


def test_a_heading_over_the_whole_table_holds_the_groups_of_a_column():
    text = (
        "<html><body><p>bedragen x € 1.000</p><table><tr><th><th>Omschrijving<th>2025<th>2026</tr>"
        "<tr><td colspan=4>Programma 1 Bestuur</tr><tr><td rowspan=3>Lasten<td>Verkiezingen<td>97<td>61</tr><tr><td>Archief<td>82<td>53</tr>"
        "<tr><td>Totaal lasten<td>179<td>114</tr><tr><td rowspan=2>Baten<td>Bijdrage<td>10<td>60</tr><tr><td>Totaal baten<td>10<td>60</tr>"
        "<tr><td colspan=4>Programma 2 Leefomgeving</tr><tr><td rowspan=3>Lasten<td>Sloop<td>131<td>73</tr><tr><td>Diftar<td>77<td>67</tr>"
        "<tr><td>Totaal lasten<td>208<td>140</tr><tr><td rowspan=2>Baten<td>Verkoop<td>44<td>41</tr><tr><td>Totaal baten<td>44<td>41</tr>"
        "</table></body></html>"
    )
    assert rows(text, "a.html") == [
        f"{programma} > {side} > {label}"
        for programma, below in (
            ("Programma 1 Bestuur", (("Verkiezingen", "Archief"), ("Bijdrage",))),
            ("Programma 2 Leefomgeving", (("Sloop", "Diftar"), ("Verkoop",))),
        )
        for side, items in zip(("Lasten", "Baten"), below, strict=True)
        for label in (*items, f"Totaal {side.lower()}")
    ]


def test_a_sign_in_a_column_of_its_own_is_that_of_every_amount():
    text = (
        "<html><body><p>bedragen x € 1.000</p><table><tr><th>Onderdeel<th colspan=2>2025<th colspan=2>2026</tr>"
        "<tr><td>Maatstaven<td>+<td>42.948<td>+<td>43.375</tr><tr><td>Eigen inkomsten<td>-/-<td>6.305<td>-/-<td>6.590</tr>"
        "<tr><td>Totaal<td>+<td>36.643<td>+<td>36.785</tr></table></body></html>"
    )
    (table,) = understood(text, "a.html").tables
    assert [float(c.value) for c in table.cells] == [42948, 43375, -6305, -6590, 36643, 36785]


def test_a_saldo_stands_in_the_innermost_block_of_its_sides_and_leaves_the_blocks_around_it_open():
    lines, expected = [], []
    for programma, taakvelden in (("Programma 2", ("1.1 Brandweer", "2.1 Verkeer", "2.2 Parkeren")), ("Programma 4", ("4.2 Huisvesting", "4.3 Onderwijs"))):  # fmt: skip
        lines.append(f"<tr><td colspan=3>{programma}</tr>")
        total = 0
        for k, taakveld in enumerate(taakvelden):
            lasten, baten = 4_286 + 311 * k, 62 + 17 * k
            total += baten - lasten
            lines.append(f"<tr><td>{taakveld}<td><td></tr>")
            for side, v in (("Lasten", lasten), ("Baten", baten), ("Saldo", baten - lasten)):
                lines.append(f"<tr><td>&nbsp;&nbsp;{side}<td>{v}<td>{v}</tr>")
                expected.append(f"{programma} > {taakveld} > {side}")
        lines.append(f"<tr><td>Totaal {programma}<td>{total}<td>{total}</tr>")
        expected.append(f"{programma} > Totaal {programma}")
    text = f"<html><body><p>bedragen x € 1.000</p><table><tr><th>Taakveld<th>Rekening 2024<th>Begroting 2025</tr>{''.join(lines)}</table></body></html>"
    assert rows(text, "a.html") == expected


def test_a_question_mark_among_the_names_of_columns_is_a_name_and_no_value():
    text = page(
        ("Taakveld", "Begroting 2025", "Realisatie 2025", "?"),
        ("Wmo", "120", "130", ""),
        ("Jeugd", "80", "70", "5"),
    )
    assert columns(text, "a.html") == ["Begroting 2025", "Realisatie 2025", "?"]


def test_a_row_of_marks_only_stays_a_row_below_the_header():
    text = page(
        ("Indicator", "2024", "2025"),
        ("Rekening 2024 van de gemeente", "n.b.", "-"),
        ("Verzuim", "5", "4"),
    )
    assert rows(text, "a.html") == ["Rekening 2024 van de gemeente", "Verzuim"]


def test_a_number_before_a_column_of_groups_belongs_to_its_own_row():
    text = page(
        ("Nr.", "Taakveld", "Indicator", "2023", "2024"),
        ("1", "0. Bestuur", "Formatie", "7,8", "7,9"),
        ("2", "", "Bezetting", "7,3", "7,1"),
        ("3", "", "Overhead", "10,9", "10,1"),
        ("4", "", "Inhuur", "6,5", "6,1"),
        ("6", "1. Veiligheid", "Halt", "9", "8"),
        ("8", "", "Diefstal", "1,2", "1,8"),
        ("9", "", "Geweld", "3,1", "3,9"),
    )
    assert rows(text, "a.html") == [
        "0. Bestuur > 1 Formatie",
        "0. Bestuur > 2 Bezetting",
        "0. Bestuur > 3 Overhead",
        "0. Bestuur > 4 Inhuur",
        "1. Veiligheid > 6 Halt",
        "1. Veiligheid > 8 Diefstal",
        "1. Veiligheid > 9 Geweld",
    ]


def test_years_that_tell_rows_of_one_name_apart_are_part_of_the_name():
    text = page(
        ("Indicator", "Eenheid", "Jaar", "Centrum", "Noord", "Gemeente"),
        ("Onveilig", "%", "2022", "19", "20", "20"),
        ("", "", "2024", "18", "20", "19"),
        ("Inbraken", "per 1.000 woningen", "2022", "2,6", "3,8", "3,4"),
        ("", "", "2024", "3,9", "3,9", "3,6"),
    )
    assert columns(text, "a.html") == ["Centrum", "Noord", "Gemeente"]
    assert rows(text, "a.html") == [
        "Onveilig > 2022",
        "Onveilig > 2024",
        "Inbraken > 2022",
        "Inbraken > 2024",
    ]
    assert not [r for r in understood(text, "a.html").rejects if "kop" in r.reason]


def test_years_beside_names_that_differ_tell_of_when_a_value_is():
    text = page(
        ("Indicator", "Jaar", "Gemeente", "Nederland"),
        ("Onveilig", "2022", "19", "20"),
        ("Inbraken", "2023", "2,6", "3,8"),
        ("Overlast", "2022", "8", "9"),
    )
    assert rows(text, "a.html") == ["Onveilig", "Inbraken", "Overlast"]


def test_a_text_beside_names_that_come_back_in_another_part_tells_about_the_row():
    text = page(
        ("Omschrijving", "Doel", "2025", "2026"),
        ("Toevoegingen", "", "", ""),
        ("Algemene reserve", "overschot grond", "46", "687"),
        ("Reserve omgevingswet", "invoering", "258", "96"),
        ("Totaal toevoegingen", "", "304", "783"),
        ("Onttrekkingen", "", "", ""),
        ("Algemene reserve", "dekking tekort", "24", "84"),
        ("Reserve omgevingswet", "inhuur", "11", "10"),
        ("Totaal onttrekkingen", "", "35", "94"),
    )
    assert rows(text, "a.html") == [
        "Toevoegingen > Algemene reserve",
        "Toevoegingen > Reserve omgevingswet",
        "Toevoegingen > Totaal toevoegingen",
        "Onttrekkingen > Algemene reserve",
        "Onttrekkingen > Reserve omgevingswet",
        "Onttrekkingen > Totaal onttrekkingen",
    ]


def test_a_row_of_ratios_below_a_header_is_a_row_of_units_and_a_day_is_none():
    units = page(
        ("Jaar", "Banen", "Functiemenging", "Uitkeringen"),
        ("", "per 1.000 inw. 15-64 jr", "%", "per 10.000 inw."),
        ("2023", "701,2", "51,8", "411"),
        ("2024", "709,8", "52,0", "384"),
    )
    assert columns(units, "a.html") == ["Banen", "Functiemenging", "Uitkeringen"]
    days = page(
        ("Reserve", "Reserves", "Voorzieningen"),
        ("", "Stand per 31 december", "Stand per 1 januari"),
        ("Algemeen", "701", "51"),
        ("Overig", "709", "52"),
    )
    assert columns(days, "a.html") == [
        "Reserves Stand per 31 december",
        "Voorzieningen Stand per 1 januari",
    ]


def test_a_group_over_columns_may_be_called_exploitatie():
    text = """<table><tr><th rowspan="2">Programma</th><th colspan="3">Exploitatie</th><th colspan="2">Mutaties reserves</th>
    <th rowspan="2">Resultaat</th></tr><tr><th>Lasten</th><th>Baten</th><th>Saldo</th><th>Toevoeging</th><th>Onttrekking</th></tr>
    <tr><td>Bestuur</td><td>100</td><td>20</td><td>-80</td><td>5</td><td>15</td><td>-70</td></tr>
    <tr><td>Zorg</td><td>300</td><td>90</td><td>-210</td><td>0</td><td>10</td><td>-200</td></tr></table>"""
    assert columns(text, "a.html")[0] == "Exploitatie Lasten"
    assert not [
        r for r in understood(text, "a.html").rejects if r.kind == "question" and "benoemt" in r.reason
    ]


def test_three_above_three_point_one_is_its_group_though_cells_of_the_rows_below_fell_out():
    text = """Overzicht per deelprogramma (bedragen x € 1.000)
Deelprogramma Lasten Baten Saldo
1 Bestuur 3.121 670 2.450-
1.1 Gemeentebestuur 2.086 34 2.052-
1.2 Burgerzaken 1.034 636 398-
3 Zorg 35.186 11.295 23.892-
3.1 Jeugdhulp 12.314 12.314-
3.2 Wmo 9.080 768 8.312-
3.3 Participatie 13.792 10.527 3.265-
Totaal 38.307 11.965 26.342-
"""
    assert rows(text)[3:7] == [
        "3 Zorg",
        "3 Zorg > 3.1 Jeugdhulp",
        "3 Zorg > 3.2 Wmo",
        "3 Zorg > 3.3 Participatie",
    ]


SECOND_NAMES = """Prognose per programma

Programma Begroting 2024 Begroting 2025 Prognose 2025
1 Dienstverlening Lasten 6.001 6.126 6.179
Baten 839 837 835
Saldo -5.162 -5.289 -5.344
2 Beheer openbare ruimte Lasten 3.966 3.881 3.846
Baten - - -
Saldo -3.966 -3.881 -3.846
3 Wonen Lasten 5.552 5.784 5.822
Baten 5.002 4.887 4.944
Saldo -550 -897 -878
Totaal Lasten 15.519 15.791 15.847
Baten 5.841 5.724 5.779
Saldo -9.678 -10.067 -10.068
"""


def test_names_that_come_back_bare_are_held_by_the_first_name_of_the_row_above_them():
    assert rows(SECOND_NAMES) == [
        f"{group} > {side}"
        for group in ("1 Dienstverlening", "2 Beheer openbare ruimte", "3 Wonen", "Totaal")
        for side in ("Lasten", "Baten", "Saldo")
    ]


def test_names_that_come_back_in_another_order_are_left_as_they_stand():
    text = SECOND_NAMES.replace(
        "Baten 5.002 4.887 4.944\nSaldo -550 -897 -878", "Saldo -550 -897 -878\nBaten 5.002 4.887 4.944"
    )
    assert "Wonen > Saldo" not in " ".join(rows(text))


def test_a_letter_on_a_line_of_its_own_stands_before_the_first_heading_too():
    text = "\n\n".join(
        """Nr.|Naam|Saldo 1-1-2025|Toevoegingen|Saldo 31-12-2025|A|Algemene reserves|A.1|Vrije reserve|100|10|110|A.2|Buffer
        |50|5|55|Totaal algemene reserves|150|15|165|B|Bestemmingsreserves|B.1|School|20|2|22|B.2|Sport|30|3|33
        |Totaal bestemmingsreserves|50|5|55""".replace("\n        ", "").split("|")
    )
    assert rows(text) == [
        "A Algemene reserves > A.1 Vrije reserve",
        "A Algemene reserves > A.2 Buffer",
        "A Algemene reserves > Totaal algemene reserves",
        "B Bestemmingsreserves > B.1 School",
        "B Bestemmingsreserves > B.2 Sport",
        "B Bestemmingsreserves > Totaal bestemmingsreserves",
    ]


def test_a_pipe_in_front_ends_a_blank_cell_where_other_rows_have_as_many_pipes():
    text = """Taakveld | Nr | Indicator | Gemeente | Nederland |
0. Bestuur | 1 | Formatie | 7,8 | 8,1 |
 | 2 | Bezetting | 7,4 | 7,9 |
 | 3 | Overhead | 10,4 | 11,9 |
1. Veiligheid | 6 | Halt | 9 | 8 |
 | 8 | Diefstal | 1,4 | 2,2 |
 | 9 | Geweld | 3,1 | 4,6 |
"""
    assert rows(text) == [
        "0. Bestuur > 1 Formatie",
        "0. Bestuur > 2 Bezetting",
        "0. Bestuur > 3 Overhead",
        "1. Veiligheid > 6 Halt",
        "1. Veiligheid > 8 Diefstal",
        "1. Veiligheid > 9 Geweld",
    ]


def test_a_pipe_in_front_of_most_rows_is_a_border_where_the_others_have_one_less():
    text = """| Programma | 2024 | 2025 |
| Zorg | 10 | 12 |
| Wegen | 20 | 21 |
Totaal | 30 | 33 |
"""
    assert rows(text) == ["Zorg", "Wegen", "Totaal"]


def test_a_text_over_all_columns_between_the_corner_and_the_years_is_not_left_out():
    text = "\n\n".join(
        """Lasten per thema (x € 1.000)|Thema|Meerjarenbeeld|2026|2027|2028|Zorg|122|116|112|Werk|91|98|94
        |Totaal|213|214|206""".replace("\n        ", "").split("|")
    )
    (table,) = understood(text).tables
    assert [c.path for c in table.columns] == [("Meerjarenbeeld", year) for year in ("2026", "2027", "2028")]


def test_a_heading_with_its_unit_and_source_right_below_the_header_holds_its_rows():
    text = page(
        ("Nr.", "Indicator", "Eenheid", "Bron", "2023", "2024", "Toelichting"),
        ("", "Veiligheid", "per 1.000 inwoners", "CBS", "", "", ""),
        ("I.1", "Diefstal", "", "", "2,4", "2,1", ""),
        ("I.2", "Geweld", "", "", "4,7", "4,9", "daalt verder"),
        ("", "Onderwijs", "%", "Ingrado", "", "", ""),
        ("II.1", "Verzuim", "", "", "2,2", "2,6", ""),
        ("II.2", "Uitval", "", "", "3,2", "3,6", "eigen telling"),
    )
    assert rows(text, "a.html") == [
        "Veiligheid > I.1 Diefstal",
        "Veiligheid > I.2 Geweld",
        "Onderwijs > II.1 Verzuim",
        "Onderwijs > II.2 Uitval",
    ]


def test_a_group_may_be_called_as_the_group_around_it():
    text = page(
        ("Programma", "Taakveldcode", "Taakveld", "Soort", "Begroot", "Werkelijk"),
        ("Bestuur", "0.1", "Bestuur", "Lasten", "324", "312"),
        ("Bestuur", "0.1", "Bestuur", "Baten", "88", "99"),
        ("Bestuur", "0.2", "Burgerzaken", "Lasten", "501", "556"),
        ("Bestuur", "0.2", "Burgerzaken", "Baten", "86", "90"),
    )
    assert rows(text, "a.html") == [
        f"Bestuur > {taakveld} > {soort}"
        for taakveld in ("0.1 Bestuur", "0.2 Burgerzaken")
        for soort in ("Lasten", "Baten")
    ]


def test_a_dash_in_a_column_of_v_and_n_leaves_it_a_column_of_marks():
    text = page(
        ("Programma", "Begroting", "Rekening", "Verschil", ""),
        ("Bestuur", "100", "90", "10", "V"),
        ("Zorg", "100", "100", "0", "-"),
        ("Groen", "100", "120", "20", "N"),
    )
    (table,) = understood(text, "a.html").tables
    assert [c.path for c in table.columns] == [("Begroting",), ("Rekening",), ("Verschil",)]
    assert [c.marker for c in table.cells if c.column == 3] == ["V", None, "N"]


def test_a_share_or_a_count_beside_amounts_says_what_it_counts():
    text = page(
        ("Programma", "Lasten 2024", "Groei", "Aandeel lasten 2024", "Formatie (fte)"),
        ("", "x € 1.000", "%", "%", "fte"),
        ("Bestuur", "100", "10", "33", "4,5"),
        ("Zorg", "200", "5", "67", "12,1"),
    )
    (table,) = understood(text, "a.html").tables
    assert [c.eenheid for c in table.cells if c.row == 1] == [None, "%", "%", "fte"]


def test_a_header_that_may_name_amounts_makes_no_share_of_them():
    text = page(
        ("Partij", "Bijdrage 2024", "Aandeel gemeente", "Gemiddelde bijdrage", "Bijdrage inwoners"),
        ("Omgevingsdienst", "412", "118", "98", "61"),
        ("Veiligheidsregio", "855", "204", "187", "73"),
    )
    (table,) = understood(text, "a.html").tables
    assert {c.eenheid for c in table.cells} == {None}


def test_a_group_without_a_code_may_be_called_as_the_group_around_it_too():
    text = page(
        ("Programma", "Taakveld", "Soort", "Begroot", "Werkelijk"),
        ("Bestuur", "Bestuur", "Lasten", "324", "312"),
        ("Bestuur", "Bestuur", "Baten", "88", "99"),
        ("Bestuur", "Burgerzaken", "Lasten", "501", "556"),
        ("Bestuur", "Burgerzaken", "Baten", "86", "90"),
    )
    assert rows(text, "a.html") == [
        f"Bestuur > {taakveld} > {soort}"
        for taakveld in ("Bestuur", "Burgerzaken")
        for soort in ("Lasten", "Baten")
    ]


def test_a_code_stands_before_its_label_also_where_its_column_stands_behind():
    text = page(
        ("Omschrijving", "Taakveld", "2024", "2025"),
        ("Organisatieontwikkeling", "0.4", "420", "177"),
        ("Verkiezingen", "0.2", "65", "46"),
        ("Jeugdzorg", "6.72", "510", "191"),
        ("Totaal", "", "995", "414"),
    )
    assert rows(text, "a.html") == [
        "0.4 Organisatieontwikkeling",
        "0.2 Verkiezingen",
        "6.72 Jeugdzorg",
        "Totaal",
    ]


def test_a_document_with_its_year_may_stand_over_years():
    text = (
        "<table><tr><th rowspan=2>Omschrijving<th colspan=3>Meicirculaire 2025<th colspan=3>Begroting 2025"
        "<tr><th>2025<th>2026<th>2027<th>2025<th>2026<th>2027"
        "<tr><td>Algemene uitkering<td>10<td>11<td>12<td>13<td>14<td>15"
        "<tr><td>Accres<td>20<td>21<td>22<td>23<td>24<td>25</table>"
    )
    (table,) = understood(text, "a.html").tables
    assert columns(text, "a.html")[1] == "Meicirculaire 2025 2026" and table.lezing != "gevraagd"


def test_a_layer_of_unknown_words_above_the_years_of_a_second_header_is_part_of_it():
    text = page(
        ("Heffing", "Riool", "Afval", "Leges"),
        ("Kosten", "10", "20", "30"),
        ("Opbrengsten", "8", "19", "25"),
        ("Woonlast", "Eenpersoons", "Meerpersoons", ""),
        ("", "2024", "2025", "2025"),
        ("Rioolheffing", "148", "152", "196"),
        ("Afvalheffing", "212", "218", "284"),
    )
    first, second = understood(text, "a.html").tables
    assert [r.path[-1] for r in first.rows] == ["Kosten", "Opbrengsten"]
    assert "Eenpersoons" in second.columns[0].path


def test_one_side_and_the_balance_below_the_other_side_are_no_parts_of_it():
    text = page(
        ("Reserves", "2024", "2025"),
        ("Toevoegingen reserves", "11", "10"),
        ("Onttrekking reserves", "16", "16"),
        ("Saldo mutaties reserves", "-5", "-6"),
        ("Resultaat", "90", "80"),
    )
    assert rows(text, "a.html") == [
        "Toevoegingen reserves",
        "Onttrekking reserves",
        "Saldo mutaties reserves",
        "Resultaat",
    ]


def test_a_norm_and_the_room_up_to_it_are_no_parts_of_what_is_measured():
    text = page(
        ("EMU", "2024", "2025", "2026"),
        ("Exploitatiesaldo", "-10", "-12", "-14"),
        ("Investeringen", "30", "40", "50"),
        ("<b>EMU-saldo</b>", "-40", "-52", "-64"),
        ("Referentiewaarde", "-45", "-50", "-60"),
        ("Ruimte ten opzichte van de referentiewaarde", "5", "-2", "-4"),
    )
    assert rows(text, "a.html")[3:] == ["Referentiewaarde", "Ruimte ten opzichte van de referentiewaarde"]


def test_bare_numbers_behind_labels_are_notes_where_those_notes_stand_below_in_order():
    table = page(
        ("Post", "2024", "2025"), ("Jeugdzorg 1", "510", "191"), ("Groen 2", "60", "39"), ("Fase 9", "7", "8")
    )
    text = table.replace("</body>", "<p>1 Raadsbesluit juni 2024.</p><p>2 Betreft een schatting.</p></body>")
    assert rows(table, "a.html") == ["Jeugdzorg 1", "Groen 2", "Fase 9"]
    assert rows(text.replace("Fase 9", "Fase"), "a.html") == ["Jeugdzorg", "Groen", "Fase"]
    assert rows(text, "a.html")[0] == "Jeugdzorg 1"  # a number that is no note: then none is known to be


def test_a_sentence_that_ends_in_an_amount_is_no_heading():
    text = page(
        ("Onderwerp", "2025", "2026"),
        ("Programma 2 Sociaal domein", "", ""),
        ("Hulp bij het huishouden", "240", "255"),
        ("Het volume stijgt met 3,5%; het tarief is € 38,40.", "", ""),
        ("Jeugd met verblijf", "415", "310"),
    )
    assert rows(text, "a.html") == [
        "Programma 2 Sociaal domein > Hulp bij het huishouden",
        "Programma 2 Sociaal domein > Jeugd met verblijf",
    ]


def test_rows_that_say_waarvan_belong_to_the_total_above_them():
    text = page(
        ("Team", "2024", "2025"),
        ("Publiekszaken", "24", "25"),
        ("Ruimte", "41", "42"),
        ("Totaal organisatie", "65", "67"),
        ("waarvan vacatures", "9", "11"),
        ("waarvan boventallig", "2", "1"),
        ("Griffie", "3", "4"),
    )
    assert rows(text, "a.html")[2:] == [
        "Totaal organisatie",
        "Totaal organisatie > waarvan vacatures",
        "Totaal organisatie > waarvan boventallig",
        "Griffie",
    ]


def test_rows_that_say_waarvan_belong_to_the_side_above_them_in_every_group():
    sides = (
        ("Lasten", "900", "910"),
        ("- waarvan incidenteel", "40", "50"),
        ("Baten", "300", "320"),
        ("- waarvan incidenteel", "10", "20"),
        ("Saldo", "-600", "-590"),
    )
    text = page(
        ("Programma", "2024", "2025"),
        ("Programma 1 Bestuur", "", ""),
        *sides,
        ("Programma 2 Jeugd", "", ""),
        *sides,
    )
    assert rows(text, "a.html") == [
        f"{programma} > {row}"
        for programma in ("Programma 1 Bestuur", "Programma 2 Jeugd")
        for row in (
            "Lasten",
            "Lasten > - waarvan incidenteel",
            "Baten",
            "Baten > - waarvan incidenteel",
            "Saldo",
        )
    ]


def test_a_row_does_not_hold_the_next_one_for_their_balance_adds_up():
    text = page(
        ("Onderdeel", "2024", "2025", "2026"),
        ("Saldo na bestemming", "75", "59", "236"),
        ("Incidentele baten en onttrekkingen", "2.480", "905", "215"),
        ("Incidentele lasten en toevoegingen", "2.110", "640", "390"),
        ("Saldo incidenteel", "370", "265", "-175"),
        ("Structureel begrotingssaldo", "-295", "-206", "411"),
    )
    assert "Incidentele lasten en toevoegingen" in rows(text, "a.html")


def test_sums_of_euros_are_rounded_as_their_own_column_is_beside_shares():
    text = page(
        ("Verordening", "Kosten", "Opbrengst", "Dekking"),
        ("Titel 1 Dienstverlening", "480", "152", "31,6%"),
        ("1.1 Burgerlijke stand", "96", "118", "122,9%"),
        ("1.2 Reisdocumenten", "383", "33", "8,6%"),
        ("Titel 2 Leefomgeving", "1.061", "1.550", "146,1%"),
        ("2.3 Vergunning", "940", "1.488", "158,3%"),
        ("2.7 Vooroverleg", "120", "61", "50,8%"),
    )
    assert rows(text, "a.html") == [
        "Titel 1 Dienstverlening",
        "Titel 1 Dienstverlening > 1.1 Burgerlijke stand",
        "Titel 1 Dienstverlening > 1.2 Reisdocumenten",
        "Titel 2 Leefomgeving",
        "Titel 2 Leefomgeving > 2.3 Vergunning",
        "Titel 2 Leefomgeving > 2.7 Vooroverleg",
    ]


def test_rows_of_a_group_that_is_not_set_in_stay_in_it():
    set_in = "<tr><td style='padding-left:10px'>{}</td><td>{}</td><td>{}</td></tr>"
    plain = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    text = (
        "<table><tr><th>Verschuiving</th><th>2025</th><th>2026</th></tr>"
        + "<tr><td colspan=3><b>1. Mantelzorg</b></td></tr>"
        + set_in.format("Programma 2 (lasten)", "86", "88")
        + set_in.format("Programma 5 (lasten)", "-80", "-88")
        + "<tr><td colspan=3><b>2. Toezicht</b></td></tr>"
        + set_in.format("Programma 1 (lasten)", "-112", "-115")
        + set_in.format("Programma 5 (lasten)", "112", "115")
        + "<tr><td colspan=3><b>Effect per programma</b></td></tr>"
        + plain.format("Programma 1", "-112", "-115")
        + plain.format("Programma 2", "86", "88")
        + plain.format("Programma 5", "32", "27")
        + "</table>"
    )
    assert rows(text, "a.html")[-3:] == [f"Effect per programma > Programma {n}" for n in (1, 2, 5)]


def test_a_row_of_answers_above_a_header_that_comes_back_is_a_row_of_the_table_above_it():
    body = (("Baten", "980", "968"), ("Lasten", "994", "971"), ("Structureel in evenwicht", "nee", "ja"))
    text = page(
        ("Vóór amendementen", "Begroting 2025", "Raming 2026"),
        *body,
        ("Na amendementen", "Begroting 2025", "Raming 2026"),
        *body,
    )
    assert [
        (table.caption, [row.path[-1] for row in table.rows]) for table in understood(text, "a.html").tables
    ] == [
        ("Vóór amendementen", ["Baten", "Lasten", "Structureel in evenwicht"]),
        ("Na amendementen", ["Baten", "Lasten", "Structureel in evenwicht"]),
    ]


def test_rows_named_by_years_may_have_one_of_all_years_together():
    group = "<tr><td rowspan=3>{}</td><td>2025</td><td>{}</td><td>{}</td></tr>"
    later = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    text = (
        "<table><tr><th>Kapitaalgoed</th><th>Jaar</th><th>Onderhoud</th><th>Vervanging</th></tr>"
        + "".join(
            group.format(name, *first)
            + later.format("2026", *second)
            + later.format("2025-2026", *(str(int(a) + int(b)) for a, b in zip(first, second, strict=True)))
            for name, first, second in (
                ("Wegen", ("972", "303"), ("152", "298")),
                ("Riolering", ("682", "157"), ("690", "160")),
            )
        )
    )
    assert rows(text + "</table>", "a.html") == [
        f"{name} > {year}" for name in ("Wegen", "Riolering") for year in ("2025", "2026", "2025-2026")
    ]


def test_what_is_said_of_a_table_below_its_title_is_not_its_title():
    blocks = [
        (("Reserve scholen",), ("Doel: afschrijving van de gymzalen",), ("Looptijd: t/m 2041",)),
        (("Reserve haven",), ("Doel: plankosten",), ("Looptijd: 2022 tot en met 2027",)),
    ]
    text = "".join(
        "".join(f"<p>{line[0]}</p>" for line in above)
        + page(("Jaar", "Stand 1 januari", "Toevoeging"), ("2026", "918", "40"), ("2027", "958", "11"))
        for above in blocks
    )
    found = understood(text, "a.html").tables
    assert [table.caption for table in found] == ["Reserve scholen", "Reserve haven"]


def test_a_balance_named_by_the_letter_of_a_group_is_its_total():
    text = page(
        ("Naam", "31-12-2023", "31-12-2024"),
        ("A. Algemene reserves", "", ""),
        ("Vrije reserve", "118", "111"),
        ("Weerstandsreserve", "52", "52"),
        ("Saldo A", "170", "163"),
        ("B. Bestemmingsreserves", "", ""),
        ("Scholen", "87", "83"),
        ("Wegen", "19", "20"),
        ("Saldo B", "106", "103"),
        ("Alle reserves", "276", "266"),
    )
    assert rows(text, "a.html") == [
        "A. Algemene reserves > Vrije reserve",
        "A. Algemene reserves > Weerstandsreserve",
        "A. Algemene reserves > Saldo A",
        "B. Bestemmingsreserves > Scholen",
        "B. Bestemmingsreserves > Wegen",
        "B. Bestemmingsreserves > Saldo B",
        "Alle reserves",
    ]


def test_a_letter_between_label_and_amounts_says_of_which_sort_a_row_is():
    text = """
Nieuw beleid
bedragen x € 1.000

Nr. Omschrijving S/I 2026 2027
1.1 Uitbreiding griffie S 48 49
1.2 Burgerberaad I 65 10
1.3 Laadpalen S 20 44
1.4 Onderhoud bomen I 75 150
Totaal 208 253
"""
    (table,) = understood(text).tables
    assert [row.path for row in table.rows][:2] == [("1.1 Uitbreiding griffie",), ("1.2 Burgerberaad",)]
    assert [column.path for column in table.columns] == [("2026",), ("2027",)]


def test_a_heading_below_a_blank_line_goes_on_with_a_table_whose_rows_stand_under_headings():
    text = """bedragen x € 1.000
Complex\t2023\t2024
Woningbouw
De Akkers\t10\t12
Kwelderpark\t20\t21
Subtotaal woningbouw\t30\t33

Bedrijventerreinen
De Kade\t5\t6
Agropark\t7\t8
Subtotaal bedrijventerreinen\t12\t14
Totaal\t42\t47
"""
    (table,) = understood(text).tables
    assert [" > ".join(row.path) for row in table.rows][3:5] == [
        "Bedrijventerreinen > De Kade",
        "Bedrijventerreinen > Agropark",
    ]


@pytest.mark.parametrize("layout", [" ", "\t", " | "])
def test_a_stock_that_nothing_was_added_to_holds_none_of_its_changes(layout):
    lines = [
        ("Reserve wegen", "2025", "2026", "2027"),
        ("Stand per 1 januari", "2.933", "2.895", "2.858"),
        ("Vermeerderingen", "0", "0", "0"),
        ("Verminderingen", "38", "37", "37"),
        ("Stand per 31 december", "2.895", "2.858", "2.821"),
    ]
    text = "bedragen x € 1.000\n\n" + "\n".join(layout.join(line) for line in lines) + "\n"
    assert rows(text) == [line[0] for line in lines[1:]]


def test_tables_with_the_same_header_and_rows_and_nothing_between_them_are_tables_of_their_own():
    course = ["Stand per 1 januari", "Vermeerderingen", "Verminderingen", "Stand per 31 december"]
    blocks = [((900, 890), (0, 0), (10, 12), (890, 878)), ((50, 55), (8, 1), (3, 6), (55, 50))]
    text = "bedragen x € 1.000 | 2025 | 2026 |\n---|---|---|\n"
    page = "".join(
        text + "".join(f"{label} | {a} | {b} |\n" for label, (a, b) in zip(course, block, strict=True))
        for block in blocks
    )
    tables = understood(page).tables
    assert [[row.path for row in table.rows] for table in tables] == [[(x,) for x in course]] * 2


def test_totals_that_stand_first_hold_groups_that_have_totals_that_stand_first():
    parts = {
        "Vaste activa": {
            "Immateriële activa": [("Agio", -24), ("Bijdragen aan derden", 307)],
            "Materiële activa": [("Economisch nut", 3_703), ("Maatschappelijk nut", 827)],
            "Financiële activa": [("Deelnemingen", 80), ("Leningen", 458), ("Uitzettingen", 250)],
        },
        "Vlottende activa": {
            "Voorraden": [("Bouwgrond", 220), ("Gereed product", 2_301)],
            "Vorderingen": [("Openbare lichamen", 791), ("Schatkist", 1_923), ("Overige", 61)],
        },
    }
    lines, paths = [], []
    for outer, groups in parts.items():
        whole = sum(n for items in groups.values() for _, n in items)
        lines.append((outer.upper(), whole))
        paths.append(outer.upper())
        for group, items in groups.items():
            lines.append((group, sum(n for _, n in items)))
            paths.append(f"{outer.upper()} > {group}")
            for label, n in items:
                lines.append((label, n))
                paths.append(f"{outer.upper()} > {group} > {label}")
    page = page_of([("", "2024", "2023"), *((label, str(n), str(2 * n)) for label, n in lines)])
    assert rows(page, "a.html") == paths


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_dash_in_the_column_of_codes_says_that_a_row_has_none(name):
    lines = [
        ("", "Programma", "Lasten 2023", "Lasten 2024", "Baten 2024"),
        ("1", "Groen", "146.781", "62.358", "29.822"),
        ("2", "Bereikbaar", "293.039", "20.703", "7.417"),
        ("3", "Bestuur", "62.954", "22.653", "3.159"),
        ("-", "Middelen", "1.569", "245", "599.715"),
        ("-", "Overhead", "84.949", "0", "4.998"),
        ("", "Totaal", "589.292", "105.959", "645.111"),
    ]
    if name == "a.html":
        text = page_of(lines)
    else:
        text = "bedragen x € 1.000\n\n" + "\n\n".join(t for line in lines for t in line if t) + "\n"
    assert rows(text, name) == [
        "1 Groen", "2 Bereikbaar", "3 Bestuur", "Middelen", "Overhead", "Totaal"
    ]  # fmt: skip


def test_headings_with_codes_hold_rows_with_dashes_up_to_the_total_that_names_their_group():
    lines = [
        ("", "Activa", "2024", "2023"),
        ("Vaste activa", "", "", ""),
        ("01", "Materiële vaste activa", "", ""),
        ("-", "Maatschappelijk nut", "373", "255"),
        ("-", "Economisch nut", "505", "488"),
        ("02", "Financiële vaste activa", "", ""),
        ("-", "Deelnemingen", "16", "19"),
        ("-", "Nog te ontvangen", "", ""),
        ("-", "Leningen", "33", "35"),
        ("Totaal", "Vaste activa", "927", "797"),
    ]
    found = rows(page_of(lines), "a.html")
    assert [path for path in found if "Nog te" not in path] == [
        "Vaste activa > 01 Materiële vaste activa > Maatschappelijk nut",
        "Vaste activa > 01 Materiële vaste activa > Economisch nut",
        "Vaste activa > 02 Financiële vaste activa > Deelnemingen",
        "Vaste activa > 02 Financiële vaste activa > Leningen",
        "Vaste activa > Totaal Vaste activa",
    ]


def test_cells_of_two_tables_beside_each_other_are_asked_about():
    cells = [
        *("Activa", "31-12-2024", "31-12-2023", "Passiva", "31-12-2024", "31-12-2023"),
        *("Immateriële activa", "417", "358", "Algemene reserve", "727", "557"),
        *("Materiële activa", "2.076", "1.986", "Bestemmingsreserves", "503", "742"),
        *("Financiële activa", "107", "123", "Resultaat", "94", "7"),
        *("Voorzieningen", "654", "677", "Vaste schulden", "1.280", "1.506"),
    ]
    found = understood("bedragen x € 1.000\n\n" + "\n\n".join(cells) + "\n")
    assert all(table.is_asked for table in found.tables)


def test_titles_above_what_is_told_of_a_table_are_not_its_header_and_its_header_is_no_label():
    text = "\n".join(
        [
            *("Bijlage taakvelden", "", "Inleiding", ""),
            *("De gemeente is verplicht om een bijlage met taakvelden op te nemen.", ""),
            *("Het overzicht omvat dezelfde bedragen als het verslag van de gemeente.", "", "Overzicht", ""),
            "Taakveld Omschrijving taakveld Lasten en baten Begroting na wijziging Rekening 2023",
            "0.1 Bestuur Lasten -752.900,00 -127.500,00",
            "Baten 736.900,00 697.100,00",
            "0.2 Burgerzaken Lasten -343.700,00 -955.900,00",
            "Baten 605.600,00 618.500,00",
            "0.3 Gebouwen en gronden Lasten -893.900,00 -673.000,00",
            "Baten 42.600,00 62.800,00",
        ]
    )
    assert columns(text) == ["Begroting na wijziging", "Rekening 2023"]
    assert rows(text)[:3] == ["0.1 Bestuur > Lasten", "0.1 Bestuur > Baten", "0.2 Burgerzaken > Lasten"]
    assert not understood(text).tables[0].is_asked


@pytest.mark.parametrize(
    "trio",
    [
        ("Budget", "Uitgaven", "Resteert"),
        ("Boekwaarde", "Aflossing", "Restschuld"),
        ("Toegestane formatie", "Bezetting", "Vacatureruimte"),
    ],
)
def test_a_row_less_the_next_holds_neither_that_nor_what_it_leaves(trio):
    lines = [
        ("", "2023", "2024", "2025"),
        ("Zorg", "10", "12", "15"),
        *zip(trio, ("100", "60", "40"), ("120", "75", "45"), ("140", "90", "50"), strict=True),
        ("Groen", "300", "310", "320"),
    ]
    found = rows(page_of(lines), "a.html")
    assert found == ["Zorg", *trio, "Groen"]


def test_a_total_that_says_the_side_of_a_heading_is_of_what_stands_below_it():
    text = page(
        ("Programma Wegen", "2024", "2025"),
        ("Lasten per taakveld", "", ""),
        ("2.1 Verkeer", "500", "510"),
        ("2.2 Parkeren", "200", "210"),
        ("Totaal lasten Wegen", "700", "720"),
        ("Waarvan:", "", ""),
        ("Kapitaallasten", "120", "130"),
        ("Salarissen", "90", "80"),
        ("Baten per taakveld", "", ""),
        ("2.1 Verkeer", "50", "60"),
        ("2.2 Parkeren", "300", "290"),
        ("Totaal baten Wegen", "350", "350"),
    )
    assert rows(text, "a.html")[2::5] == [
        "Lasten per taakveld > Totaal lasten Wegen",
        "Baten per taakveld > Totaal baten Wegen",
    ]


def test_a_total_of_changes_is_of_the_additions_and_withdrawals_above_it():
    text = page(
        ("Omschrijving", "2024", "2025"),
        ("Baten en lasten", "", ""),
        ("Wonen", "500", "510"),
        ("Sport", "200", "210"),
        ("Resultaat voor bestemming", "700", "720"),
        ("Toevoeging/onttrekking aan reserves", "", ""),
        ("Wonen", "40", "30"),
        ("Sport", "-90", "-80"),
        ("Totaal mutaties reserves", "-50", "-50"),
        ("Resultaat na bestemming", "650", "670"),
    )
    assert "Toevoeging/onttrekking aan reserves > Totaal mutaties reserves" in rows(text, "a.html")


def test_a_total_that_comes_back_below_every_heading_is_of_each_of_them():
    text = page(
        ("", "2024", "2025"),
        ("Uitsplitsing naar activiteit", "", ""),
        ("Scholen", "40", "30"),
        ("Wegen", "60", "50"),
        ("Totaal uit te voeren plan", "100", "80"),
        ("Uitsplitsing naar aard", "", ""),
        ("Eenmalig", "70", "60"),
        ("Blijvend", "30", "20"),
        ("Totaal uit te voeren plan", "100", "80"),
    )
    assert [path for path in rows(text, "a.html") if "Totaal" in path] == [
        "Uitsplitsing naar activiteit > Totaal uit te voeren plan",
        "Uitsplitsing naar aard > Totaal uit te voeren plan",
    ]


def test_a_balance_set_in_as_far_as_the_rows_above_it_is_one_of_them():
    def line(label: str, *amounts: str) -> tuple[str, ...]:
        return (label.strip(), "", *amounts) if label[0] != " " else ("", label.strip(), *amounts)

    text = page(
        ("Passiva", "", "2024", "2025"),
        line("Eigen vermogen", "", ""),
        line(" Algemene reserve", "500", "510"),
        line(" Resultaat", "20", "30"),
        line("Voorzieningen", "60", "50"),
        line("Vaste schulden", "70", "80"),
        line("Totaal passiva", "650", "670"),
    )
    assert rows(text, "a.html") == [
        "Eigen vermogen > Algemene reserve",
        "Eigen vermogen > Resultaat",
        "Voorzieningen",
        "Vaste schulden",
        "Totaal passiva",
    ]


def test_a_difference_of_two_years_over_lasten_and_baten_is_sure():
    over = "<td colspan='3'>Verschil Jaarrekening 2016 - Begroting 2018</td>"
    under = "".join(f"<td>{side}</td>" for side in ("Lasten", "Baten", "Saldo"))
    body = "".join(
        f"<tr><td>{name}</td>" + "".join(f"<td>{n}</td>" for n in (a, b, a - b)) + "</tr>"
        for name, a, b in (("Concern", 58, 8), ("Facilitair", 53, 65), ("Grond", 98, 17))
    )
    text = f"<table><tr><td rowspan='2'>Overhead</td>{over}</tr><tr>{under}</tr>{body}</table>"
    (table,) = understood(text, "a.html").tables
    assert table.lezing == "zeker"


def test_a_number_of_the_row_before_numbers_of_programmes_is_part_of_its_name():
    text = page(
        ("Nr.", "Progr.", "Taakveld", "Omschrijving maatregel", "2024", "2025"),
        ("1", "0", "0.2", "Invoering digitale agenda", "20", "-"),
        ("2", "0", "0.3", "Verkoop vastgoed", "-", "1.000"),
        ("3", "0", "0.4", "Besparing op trainees", "-", "120"),
        ("4", "2", "2.1", "Minder strooien", "15", "15"),
        ("5", "5", "5.2", "Verhogen tarief sporthallen", "10", "20"),
        ("", "", "", "Totaal", "45", "1.155"),
    )
    assert columns(text, "a.html") == ["2024", "2025"]
    assert rows(text, "a.html")[0] == "1 0 0.2 Invoering digitale agenda"


def test_a_column_of_lasten_and_baten_is_part_of_the_label_where_it_is_printed():
    text = page(
        ("Omschrijving", "Lasten/Baten", "Begroting", "Rekening"),
        ("Rente aan reserves", "", "333", "457"),
        ("Stortingen in reserves", "Lasten", "28.224", "66.683"),
        ("Puttingen uit reserves", "Baten", "30.615", "55.882"),
        ("Saldo", "", "2.058", "-11.258"),
    )
    assert rows(text, "a.html") == [
        "Rente aan reserves",
        "Stortingen in reserves > Lasten",
        "Puttingen uit reserves > Baten",
        "Saldo",
    ]


def test_a_column_of_plus_and_minus_in_front_of_amounts_holds_no_amounts():
    text = page(
        ("EMU-saldo", "", "2024", "2025"),
        ("Exploitatiesaldo", "+", "-3.622", "-38"),
        ("Mutatie materiële vaste activa", "-", "1.226", "1.669"),
        ("Mutatie voorzieningen", "+", "494", "-431"),
        ("Mutatie voorraden", "-", "-460", "-526"),
        ("Berekend EMU-saldo", "", "-3.894", "-1.612"),
    )
    assert columns(text, "a.html") == ["2024", "2025"]


def test_a_column_may_say_the_document_that_it_is_taken_from():
    text = page(
        ("", "2023", "2024", "2025"),
        (
            "Omschrijving",
            "Volgens realisatie tot en met september 2023, aangevuld met raming resterende periode",
            "Volgens begroting 2024",
            "Volgens meerjarenraming in begroting 2024",
        ),
        ("Exploitatiesaldo", "-1.240", "830", "410"),
        ("Mutatie voorzieningen", "310", "-122", "84"),
        ("Mutatie voorraden", "-1.905", "-1.210", "-640"),
    )
    (table,) = understood(text, "a.html").tables
    assert (table.lezing, [column.jaar for column in table.columns]) == ("zeker", [2023, 2024, 2025])


def test_a_heading_has_its_code_though_no_row_has_one():
    text = page(
        ("", "Omschrijving", "2024", "2025"),
        ("1.1", "Brandweer", "", ""),
        ("", "Lasten", "300", "310"),
        ("", "Baten", "40", "50"),
        ("1.2", "Openbare orde", "", ""),
        ("", "Lasten", "90", "80"),
        ("", "Baten", "10", "20"),
    )
    assert rows(text, "a.html") == [
        "1.1 Brandweer > Lasten",
        "1.1 Brandweer > Baten",
        "1.2 Openbare orde > Lasten",
        "1.2 Openbare orde > Baten",
    ]


def test_a_name_over_the_labels_and_their_codes_tells_one_block_from_the_next():
    def block(name: str, code: str, label: str, amount: int) -> str:
        head = f"<tr><td colspan='2'>{name}</td><td>Rekening 2022</td><td>Rekening 2023</td></tr>"
        body = f"<tr><td>{code}</td><td>{label}</td><td></td><td></td></tr>"
        for side, share in (("Lasten", 1), ("Baten", 2)):
            body += (
                f"<tr><td></td><td>{side}</td><td>{amount // share}</td><td>{amount // share + 7}</td></tr>"
            )
        return head + body

    text = f"<table>{block('1A VEILIG', '1.1', 'Brandweer', 320)}{block('1B BEREIKBAAR', '2.1', 'Verkeer', 640)}</table>"
    tables = understood(text, "a.html").tables
    assert [table.caption for table in tables] == ["1A VEILIG", "1B BEREIKBAAR"]


def test_plus_and_minus_below_a_year_are_columns():
    over = "<td rowspan='2'>Voorziening</td><td rowspan='2'>Stand 1-1-2024</td><td colspan='2'>2024</td>"
    head = f"<tr>{over}<td rowspan='2'>Stand 31-12-2024</td></tr><tr><td>+</td><td>-</td></tr>"
    body = "".join(
        f"<tr><td>{name}</td>" + "".join(f"<td>{n}</td>" for n in (a, b, c, a + b - c)) + "</tr>"
        for name, a, b, c in (("Pensioenen", 210, 14, 95), ("Riolering", 512, 61, 45), ("Afval", 31, 4, 8))
    )
    assert columns(f"<table>{head}{body}</table>", "a.html") == [
        "Stand 1-1-2024",
        "2024 +",
        "2024 -",
        "Stand 31-12-2024",
    ]


def test_a_raming_may_be_before_or_after_its_changes():
    over = (
        "<td rowspan='2'>Omschrijving</td><td rowspan='2'>Rekening 2020</td><td colspan='2'>Raming 2021</td>"
    )
    head = f"<tr>{over}</tr><tr><td>primitief</td><td>na wijziging</td></tr>"
    body = "".join(
        f"<tr><td>{name}</td><td>{n}</td><td>{n + 3}</td><td>{n + 9}</td></tr>"
        for name, n in (("Heffingen", 210), ("Dividend", 512), ("Uitkering", 3100))
    )
    (table,) = understood(f"<table>{head}{body}</table>", "a.html").tables
    assert table.lezing == "zeker"


def test_v_or_n_in_front_of_years_is_said_of_all_of_them():
    text = page(
        ("Programma", "V/N", "2024", "2025"),
        ("Verkiezingen", "N", "45", "0"),
        ("Leges", "V", "30", "30"),
        ("Jeugdhulp", "N", "410", "380"),
    )
    (table,) = understood(text, "a.html").tables
    assert [cell.marker for cell in table.cells if cell.row == 3] == ["N", "N"]


EMU = (
    "Omschrijving|2025|2026",
    "1|Exploitatiesaldo|-310|420",
    "2|Afschrijvingen|1.204|1.315",
    "3|Dotaties aan voorzieningen|633|640",
    "4|Investeringen|2.816|1.907",
    "5|Verkoop van effecten:",
)
RESULT = ("Berekend EMU-saldo|-1.289|468",)


def of_emu(*printed):
    return rows("Bedragen x € 1.000\n\n" + of_rows(*EMU, *printed, *RESULT))


def test_the_saldo_that_ends_a_table_of_numbered_rows_is_no_row_of_its_last_heading():
    assert of_emu("Verwachte boekwinst|0|0")[-2:] == [
        "5 Verkoop van effecten: > Verwachte boekwinst",
        "Berekend EMU-saldo",
    ]


def test_a_question_without_an_answer_below_a_heading_holds_no_rows():
    found = of_emu("a.|Gaat u effecten verkopen? (ja/nee)", "b.|Zo ja, met welke boekwinst?|0|0")
    assert found[-2:] == [
        "5 Verkoop van effecten: > b. Zo ja, met welke boekwinst?",
        "Berekend EMU-saldo",
    ]


def test_a_letter_before_a_label_is_no_rest_of_the_word_before_it():
    found = of_emu("a Gaat u effecten verkopen?|nee|nee", "b Zo ja, met welke boekwinst?|0|0")
    assert found[-3:] == [
        "5 Verkoop van effecten: > a Gaat u effecten verkopen?",
        "5 Verkoop van effecten: > b Zo ja, met welke boekwinst?",
        "Berekend EMU-saldo",
    ]


@pytest.mark.parametrize("bar", ["\t", " | "])
def test_a_tag_that_sets_no_text_is_printed_text_and_one_that_does_is_none(bar):
    lines = (
        ("Omschrijving", "2024", "2025"),
        ("<script>alert(1)</script>", "10", "20"),
        ("Wegen &amp; <b>water</b>", "5", "6"),
        ("Totaal", "15", "26"),
    )
    text = "Bedragen x € 1.000\n\n" + "".join(f"{bar.join(line)}\n" for line in lines)
    assert rows(text)[:2] == ["<script>alert(1)</script>", "Wegen &amp; water"]


def test_a_text_without_a_number_among_the_rows_of_a_group_with_its_own_total_holds_no_rows():
    text = (
        "Subsidies (bedragen in euro's)\n\n;2027\nSport;\nTennisclub;1052\nRuitervereniging;\nZwembad;248077\nTotaal sport;249129\n"
        "Zorg;\nBuurtbus;\nThuiszorg;12247\nHospice;27474\nTotaal zorg;39721\nTotaal subsidies;288850\n"
    )
    assert rows(text, "a.csv") == [
        "Sport > Tennisclub",
        "Sport > Zwembad",
        "Sport > Totaal sport",
        "Zorg > Thuiszorg",
        "Zorg > Hospice",
        "Zorg > Totaal zorg",
        "Totaal subsidies",
    ]


def test_labels_broken_alike_in_every_group_are_whole_though_their_ends_come_back():
    text = (
        "Lasten en baten (bedragen x 1.000 euro)\n\nOmschrijving Realisatie 2018 Begroting 2019 Begroting 2020\n\n"
        "Lasten\nBestuur 778 804 792\nTotaalaanpak\narmoede 8298 8680 8704\nMarkten 505 495 470\nMusea 118 120 118\n"
        "Zorg 623 649 614\nMonumenten 412 432 443\nSport 104 101 100\nTotaal lasten 10838 11281 11241\n"
        "Baten\nBestuur 381 382 384\nTotaalaanpak\narmoede 538 548 576\nMarkten 954 914 930\nMusea 130 128 126\n"
        "Zorg 829 897 868\nMonumenten 592 597 566\nSport 181 188 189\nTotaal baten 3605 3654 3639\n"
    )
    found = rows(text)
    assert found[1] == "Lasten > Totaalaanpak armoede" and found[9] == "Baten > Totaalaanpak armoede"


def test_a_day_below_the_number_that_begins_it_is_the_end_of_every_label_that_says_so():
    text = (
        "Verloop van reserves (x € 1.000)\n\nReserve Begroting 2019 Bijgesteld 2019 Prognose 2019\n\n"
        "Reserve riolering\nStand per 1\njanuari 2.164 2.095 2.025\nStortingen 28 22 28\nOnttrekkingen 1 13 11\n"
        "Stand per 31\ndecember 2.191 2.104 2.042\n"
        "Reserve wachtgelden\nStand per 1\njanuari 2.308 2.356 2.491\nStortingen 4 4 44\nOnttrekkingen 4 16 15\n"
        "Stand per 31\ndecember 2.308 2.344 2.520\n"
    )
    assert rows(text)[:4] == [
        "Reserve riolering > Stand per 1 januari",
        "Reserve riolering > Stortingen",
        "Reserve riolering > Onttrekkingen",
        "Reserve riolering > Stand per 31 december",
    ]


def test_a_number_alone_below_a_label_that_is_broken_over_lines_is_its_end_and_no_page():
    text = (
        "Verloop reserves (bedragen x € 1.000)\n\nOmschrijving Beginstand 2016 Stortingen Onttrekkingen Eindstand 2016\n\n"
        "Algemene reserve 3.344 10 315 3.039\n\nReserve\nStationsplein fase\n2\n\n4.975 429 0 5.404\n\n"
        "Reserve innovatie\nen samenwerking\n\n225 0 0 225\n\n38\n\nReserve sport 70 14 10 74\n\nTotaal reserves 8.614 453 325 8.742\n"
    )
    assert rows(text) == [
        "Algemene reserve",
        "Reserve Stationsplein fase 2",
        "Reserve innovatie en samenwerking",
        "Reserve sport",
        "Totaal reserves",
    ]


def test_a_number_at_the_end_of_a_label_is_no_mark_of_a_note_that_is_printed_raised():
    text = (
        "Verloop reserves (bedragen x € 1.000)\nReserve\tBegin 2023\tEind 2023\nReserve sport\t68\t70\n"
        "Reserve Stationsplein fase 2\t142\t119\nReserve groen\t69\t81²\nTotaal\t279\t270\n² Op basis van de circulaire.\n"
    )
    assert rows(text)[1] == "Reserve Stationsplein fase 2"


def test_a_header_of_which_the_first_cell_is_blank_belongs_to_the_rows_with_tabs_below_it():
    text = (
        "Subsidies (in hele euro's)\n\tSubsidie 2021\nHumanitas\t1.855\nZwembad\t206.639\nTotaal\t208.494\n"
    )
    assert columns(text) == ["Subsidie 2021"]


def test_lasten_and_baten_below_every_heading_are_whole_though_a_heading_is_broken_over_lines():
    groups = ("Bibliotheek", "Riolering", "Wmo", "Minimabeleid", "Totaal Bestuur en\ndienstverlening")
    text = (
        "Programma 1 Bestuur en dienstverlening\n\nBedragen x 1.000 euro Werkelijk 2023 Begroting 2024 Begroting 2025\n\n"
        + "".join(
            f"{group}\nLasten {k}13 {k}15 {k}22\nBaten -{k}4 -{k}5 -{k}4\nSaldo {k}09 {k}10 {k}18\n"
            for k, group in enumerate(groups, start=1)
        )
    )
    assert [row for row in rows(text) if row.endswith("Lasten")] == [
        "Bibliotheek > Lasten",
        "Riolering > Lasten",
        "Wmo > Lasten",
        "Minimabeleid > Lasten",
        "Totaal Bestuur en dienstverlening > Lasten",
    ]


def test_headings_above_the_very_same_rows_each_hold_all_of_them_also_those_below_a_total():
    parties = ("Veiligheidsregio", "Gezondheidsdienst", "Werkbedrijf")
    labels = ("Eigen vermogen", "Vreemd vermogen", "Totaal vermogen", "Bijdrage gemeente")
    body = "".join(
        f"<tr><td colspan=3>{party}"
        + "".join(
            f"<tr><td>{label}<td>{amount}<td>{amount + 7}" for label, amount in zip(labels, own, strict=True)
        )
        for party, own in zip(parties, ((10, 20, 30, 5), (11, 30, 41, 6), (12, 40, 52, 7)), strict=True)
    )
    text = f"<p>x € 1.000<table><tr><th>Partij<th>2024<th>2025{body}</table>"
    assert rows(text, "a.html") == [f"{party} > {label}" for party in parties for label in labels]
    assert not any(r.kind == "question" for r in understood(text, "a.html").rejects)


def test_a_part_of_a_compound_that_is_written_with_a_hyphen_keeps_it_at_the_end_of_a_line():
    text = "<p>x € 1.000<table><tr><th>Heffing<th>2024<th>2025<tr><td>OZB niet-<br>woningen<td>10<td>11<tr><td>Dwang-<br>som<td>20<td>21</table>"
    assert rows(text, "a.html") == ["OZB niet-woningen", "Dwangsom"]


def test_a_header_with_tabs_stays_one_above_a_heading_without_any():
    text = (
        "Sociaal domein (bedragen x € 1.000)\n\tBegroting 2021\tRekening 2021\nJeugd\nPleegzorg\t10\t12\nVervoer\t5\t6\n"
        "Totaal jeugd\t15\t18\n"
    )
    assert columns(text) == ["Begroting 2021", "Rekening 2021"]
    assert rows(text)[0] == "Jeugd > Pleegzorg"


def test_a_heading_right_above_rows_with_codes_is_no_beginning_of_the_first_of_them():
    text = (
        "Taakvelden per programma (in duizenden euro's)\nRekening 2023 Begroting 2024 Begroting 2025\n"
        "Programma 1 Geld, goed en belasting\n0.4 Overhead 832 824 840\n0.8 Overige baten 1.824 1.934 1.914\nGeld, goed en belasting 2.656 2.758 2.754\n"
        "Programma 2 Zorg\n3.1 Economische ontwikkeling 763 757 752\n5.2 Sportaccommodaties 31 32 32\nTotaal programma 2 794 789 784\n"
        "Totaal 3.450 3.547 3.538\n"
    )
    assert rows(text)[:2] == [
        "Programma 1 Geld, goed en belasting > 0.4 Overhead",
        "Programma 1 Geld, goed en belasting > 0.8 Overige baten",
    ]


def test_a_text_that_begins_as_a_row_does_and_is_too_wide_for_its_line_goes_on_in_the_next():
    text = (
        "Overzicht reserves x € 1.000\nStand 2024 Stand 2025 Stand 2026\nAlgemene reserve 93 71 85\nReserve aanpak\nBinnenstad 112 148 172\n"
        "Reserve onderhoud wegen 827 637 866\nTotaal reserves 1.032 856 1.123\n"
    )
    assert rows(text)[1:3] == ["Reserve aanpak Binnenstad", "Reserve onderhoud wegen"]


def test_a_heading_that_a_row_below_has_for_its_name_is_no_beginning_of_a_label():
    text = (
        "Sociaal domein x € 1.000\nOnderdeel 2024 2025 2026\nToegang\nRegionale backoffice 166 157 164\nWijkteams 1.359 1.399 1.437\n"
        "Toegang 1.525 1.556 1.601\nParticipatie\nRe-integratie 705 665 666\nLoonkostensubsidie 497 503 473\nParticipatie 1.202 1.168 1.139\n"
        "Totaal sociaal domein 2.727 2.724 2.740\n"
    )
    assert "Participatie > Re-integratie" in rows(text)


def test_the_last_word_of_a_name_that_means_together_makes_no_total_of_it():
    text = "<p>x € 1.000<table><tr><th>Ontvanger<th>2024<th>2025<tr><td>Buurthuis<td>10<td>11<tr><td>Stichting Wonen Samen<td>20<td>21<tr><td>Zwembad<td>5<td>6<tr><td>Alle ontvangers samen<td>35<td>38</table>"
    (table,) = understood(text, "a.html").tables
    assert [row.rol for row in table.rows] == ["item", "item", "item", "total"]


def test_subtotals_that_come_back_do_not_make_the_sort_beside_the_names_a_name():
    text = (
        "<p>x € 1.000<table><tr><th>Veld<th>Ontvanger<th>Soort<th>2024<th>2025"
        "<tr><td rowspan=3>Cultuur<td>Boekenberg<td>budget<td>412<td>428<tr><td>Koren<td>plafond<td>31<td>35<tr><td colspan=2>Subtotaal<td>443<td>463"
        "<tr><td rowspan=3>Sport<td>Sportpunt<td>budget<td>60<td>64<tr><td>Jeugdsport<td>plafond<td>27<td>30<tr><td colspan=2>Subtotaal<td>87<td>94"
        "<tr><td colspan=3>Totaal<td>530<td>557</table>"
    )
    assert rows(text, "a.html")[:3] == ["Cultuur > Boekenberg", "Cultuur > Koren", "Cultuur > Subtotaal"]
    assert not any(r.key.startswith("antwoorden.001.plaats") for r in understood(text, "a.html").rejects)


def test_a_heading_that_counts_does_not_go_on_in_the_label_above_or_below_it():
    text = (
        "Incidentele lasten en baten x € 1.000\nBegroting 2024 Raming 2025 Raming 2026 Raming 2027\nIncidentele lasten\n"
        "Programma 1 Sociaal domein\nRioolrenovatie 0 274 0 170\nWegen, straten en pleinen 622 0 0 0\n"
        "Programma 2 Veiligheid en\nhandhaving\nHuisvesting onderwijs 0 157 203 0\nMeldkamer 0 0 172 193\nTotaal incidentele lasten 622 431 375 363\n"
        "Incidentele baten\nProgramma 1 Sport, cultuur\nen recreatie\nEvenementen 256 0 289 0\nLeerlingenvervoer 0 104 0 93\n"
        "Programma 2 Verkeer,\nvervoer en openbare ruimte\nAfvalinzameling 99 121 113 87\nMinimabeleid 0 308 275 0\n"
        "Totaal incidentele baten 355 533 677 180\n"
    )
    assert [row.split(" > ")[1:] for row in rows(text) if "Programma" in row] == [
        ["Programma 1 Sociaal domein", "Rioolrenovatie"],
        ["Programma 1 Sociaal domein", "Wegen, straten en pleinen"],
        ["Programma 2 Veiligheid en handhaving", "Huisvesting onderwijs"],
        ["Programma 2 Veiligheid en handhaving", "Meldkamer"],
        ["Programma 1 Sport, cultuur en recreatie", "Evenementen"],
        ["Programma 1 Sport, cultuur en recreatie", "Leerlingenvervoer"],
        ["Programma 2 Verkeer, vervoer en openbare ruimte", "Afvalinzameling"],
        ["Programma 2 Verkeer, vervoer en openbare ruimte", "Minimabeleid"],
    ]


def test_a_label_that_begins_small_ends_the_text_above_it_though_parts_of_rows_begin_small():
    text = (
        "Kosten (bedragen x € 1 miljoen)\nRekening Begroting Raming\n2022 2023 2024\nLasten\nOnderhoud wegen, straten\n"
        "en pleinen 100,0 99,7 102,9\nBruggen en tunnels 60,1 63,4 63,2\nOpenbaar vervoer 43,1 45,6 48,3\nParkeren 84,2 82,3 89,2\n"
        "waarvan garages 26,1 25,5 27,7\nOverige lasten van het programma 32,2 32,8 32,4\nTotaal lasten 319,6 323,8 336,0\n"
    )
    assert rows(text)[:2] == ["Lasten > Onderhoud wegen, straten en pleinen", "Lasten > Bruggen en tunnels"]


def test_a_text_that_is_no_heading_as_the_others_are_begins_the_label_that_is_too_wide_for_its_line():
    text = (
        "Incidentele posten x € 1.000\nOmschrijving 2025 2026 2027\nProgramma 1 Bestuur\nVerkiezing 2026 - 145 -\nImplementatie Wet open\noverheid 60 60 30\n"
        "Programma 3 Leefomgeving\nOmgevingsplan 210 210 105\nSanering voormalige stortplaats\nEendenlaan 380 - -\nStartersleningen 75 75 -\n"
        "Programma 5 Sociaal domein\nTransformatie jeugdhulp 250 125 -\nTotaal incidentele posten 975 615 135\n"
    )
    assert rows(text)[:5] == [
        "Programma 1 Bestuur > Verkiezing 2026",
        "Programma 1 Bestuur > Implementatie Wet open overheid",
        "Programma 3 Leefomgeving > Omgevingsplan",
        "Programma 3 Leefomgeving > Sanering voormalige stortplaats Eendenlaan",
        "Programma 3 Leefomgeving > Startersleningen",
    ]


def test_the_foot_of_a_page_with_its_number_is_no_row():
    text = (
        "Overzicht x € 1.000\nOmschrijving 2025 2026\nBestuur 145 150\nZorg 60 61\nTotaal 205 211\n\n{foot}\n\n"
        "Overzicht x € 1.000\nOmschrijving 2025 2026\nSport 10 12\nGroen 5 4\nTotaal 15 16\n"
    )
    for foot in ("Gemeente Veldmeer Begroting 2025 141", "Jaarrekening 2022 Veldmeer pagina 112 van 168"):
        labels = [row.path[-1] for t in understood(text.format(foot=foot)).tables for row in t.rows]
        assert labels == ["Bestuur", "Zorg", "Totaal", "Sport", "Groen", "Totaal"]


def test_a_year_at_the_end_of_a_label_is_no_value_before_dashes_that_are_nil():
    text = (
        "Besparingen Wmo\n\nMaatregel (in euro's) 2018 2019 2020 Totaal\n\nSturing op resultaat - - 12.000 12.000\n"
        "Collectief vervoer 11.000 11.000 11.000 33.000\nTotaal besparingen 11.000 11.000 23.000 45.000\n\n"
        "Besparingen Participatie\n\nMaatregel (in euro's) 2018 2019 2020 Totaal\n\nHerziening tarieven 2025 - - 143.000 143.000\n"
        "Werkleerbedrijf 102.000 107.000 102.000 311.000\nTotaal besparingen 102.000 107.000 245.000 454.000\n"
    )
    tables = understood(text).tables
    labels = [row.path[-1] for table in tables for row in table.rows]
    assert "Herziening tarieven 2025" in labels
    assert {len(table.columns) for table in tables} == {4}


def test_a_label_goes_on_below_its_values_with_a_year_or_a_time_at_its_end():
    text = (
        "Voortgang bezuinigingen x € 1.000\n\nMaatregel 2024 2025 2026 2027 Status\nProgramma 1 Bestuur\n"
        "1.1 Verkoop van panden in 0 120 240 240 oranje\nhet centrum\n1.2 Minder inhuur 85 85 85 85 groen\nTotaal programma 1 85 205 325 325\n"
        "Programma 2 Sociaal domein\n2.1 Herijking subsidies 0 50 100 100 oranje\n2.2 Normen voor hulp bij het huishouden 110 180 180 180 rood\n"
        "op basis van 2019\n2.3 Inkoop jeugdhulp 200 350 475 475 rood\nTotaal programma 2 310 580 755 755\n"
        "Programma 3 Fysiek\n3.1 Straatlampen dimmen na 12 24 24 24 groen\n23.00 uur\n3.2 Parkeertarieven 90 95 95 95 groen\n"
        "Totaal programma 3 102 119 119 119\nTotaal 497 904 1.199 1.199\n"
    )
    assert [row.split(" > ")[-1] for row in rows(text)][4:9] == [
        "2.2 Normen voor hulp bij het huishouden op basis van 2019",
        "2.3 Inkoop jeugdhulp",
        "Totaal programma 2",
        "3.1 Straatlampen dimmen na 23.00 uur",
        "3.2 Parkeertarieven",
    ]
