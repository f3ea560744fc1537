"""Charts to SVG, by pygal: one file per chart and language, in the colours of the pages, light and dark.

A file needs nothing but itself and runs nothing; a page shows it as a picture, so that nothing in it can reach the
page. What does not belong here: what is drawn (``pictures``).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from lxml import etree
from markupsafe import Markup

from dagster_project.reports.pictures import Chart, Picture
from dagster_project.reports.plain import plain
from dagster_project.reports.wording import Words, figures

LANGUAGES = ("nl", "en")
WIDTH = 960
_ROW, _AROUND = 15, 160  # pixels: of a bar, and of all that stands above and below the bars
_LINES_HIGH = 460
_LONGEST = 64  # characters of a title, a label or a name; the table has them in full
_OF_LINES = ("accent", "break", "proved", "rounding", "suspect", "none", "ink", "soft")
_DASHES = ("", "7,3", "2,3", "9,3,2,3")  # lines differ in more than colour


def drawn(picture: Picture) -> dict[str, str]:
    """Per language the SVG of a picture; nothing where it has no chart."""
    if picture.chart is None:
        return {}
    root, english = _drawn(picture.title, picture.chart)
    dutch = etree.tostring(root, encoding="unicode")
    _say(root, english)
    return {"nl": dutch, "en": etree.tostring(root, encoding="unicode")}


def as_source(svg: str) -> Markup:
    """What the ``src`` of an image says to show this very file."""
    return Markup("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode())


def _drawn(title: Words, chart: Chart) -> tuple[etree._Element, dict[str, str]]:
    """A chart in Dutch, and in English what it says in Dutch: drawing costs a hundredth of a second, saying nothing."""
    english: dict[str, str] = {}

    def said(text: Words) -> str:
        nl, en = (_short(plain(one)) for one in text)
        english[nl] = en
        return nl

    def number(value: float | None) -> str:
        return "" if value is None else said(figures(_rounded(value)))

    is_lines = chart.kind == "lines"
    colours = [colour or _OF_LINES[at % len(_OF_LINES)] for at, (_, colour, _) in enumerate(chart.series)]
    columns = 1 if any(len(said(name)) > _LONGEST // 2 for name, _, _ in chart.series) else 2
    bars = len(chart.labels) * (len(chart.series) if chart.kind == "bars" else 1)
    made = _kinds()[chart.kind](
        style=_style(tuple(colours)),
        css=("file://style.css", "file://graph.css", f"inline:{_in_the_dark(colours)}"),
        title="\n".join(
            (said(title), said(chart.axis))
        ),  # a title along an axis may keep the library from ever ending
        width=WIDTH,
        height=_LINES_HIGH if is_lines else _AROUND + _ROW * max(bars, 2) + 6 * len(chart.labels),
        margin=12,
        spacing=6,
        value_formatter=number,
        truncate_label=_LONGEST,
        truncate_legend=_LONGEST,
        legend_at_bottom=True,
        legend_at_bottom_columns=columns,
        margin_bottom=12 + 20 * -(-len(chart.series) // columns),
        legend_box_size=10,
        x_label_rotation=20 if is_lines and len(chart.labels) > 6 else 0,
        show_x_guides=False,
        show_y_guides=True,
        dots_size=4,
        no_prefix=True,
        explicit_size=True,
        js=(),
    )
    order = (
        slice(None) if is_lines else slice(None, None, -1)
    )  # the library draws the first bar at the bottom
    made.x_labels = [_short(plain(label)) for label in chart.labels[order]]
    if chart.at:
        made.y_labels = list(chart.at)
    for at, (name, _, values) in enumerate(chart.series):
        dashes = _DASHES[at % len(_DASHES)] if is_lines else ""
        made.add(
            said(name),
            [None if value is None else float(value) for value in values[order]],
            stroke_style={"width": 2.5, "dasharray": dashes} if is_lines else None,
        )
    root = _without_scripts(made.render_tree())
    root.find("{*}title").text = "\n".join((said(title), said(chart.axis)))
    labels = set(made.x_labels)  # are printed, and stay as they are
    return root, {nl: en for nl, en in english.items() if nl != en and nl not in labels}


@cache
def _kinds() -> Mapping[str, type]:
    """The charts of the library, by kind.

    While it draws, the library looks every name up in a state first, and looks up that state through itself, thousands
    of times per chart. Here it is looked up at once: the same chart in two thirds of the time.
    """
    import pygal  # costs a tenth of a second, which a night without a changed picture does not spend

    class AtOnce:
        def __getattribute__(self, name: str) -> object:
            if name != "state" and not name.startswith("__"):
                state = object.__getattribute__(self, "__dict__").get("state")
                if state is not None and name in state.__dict__:
                    return state.__dict__[name]
            return object.__getattribute__(self, name)

    charts = {"bars": pygal.HorizontalBar, "stacked": pygal.HorizontalStackedBar, "lines": pygal.Line}
    return {kind: type(chart.__name__, (AtOnce, chart), {}) for kind, chart in charts.items()}


def _say(root: etree._Element, words: Mapping[str, str]) -> None:
    """Put for every line of text that is among ``words`` what they say instead."""
    for element in root.iter():
        if element.text:
            element.text = "\n".join(words.get(line, line) for line in element.text.split("\n"))


def _short(text: str) -> str:
    """The library leaves room for labels in full, and for nothing else where they are long."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _rounded(value: float) -> Decimal:
    """As many digits as an axis needs, without the noise of binary fractions."""
    return Decimal(f"{value:.3f}").normalize() + 0


def _without_scripts(root):
    """No script, and no remark that names the day: the same chart is the same file."""
    for element in [*root.iter()]:
        if not isinstance(element.tag, str) or element.tag.endswith("script"):
            element.getparent().remove(element)
    return root


@cache
def _style(colours: tuple[str, ...]):
    from pygal.style import Style

    light, _ = _palettes()
    return Style(
        background="transparent",
        plot_background="transparent",
        foreground=light["ink"],
        foreground_strong=light["ink"],
        foreground_subtle=light["soft"],
        guide_stroke_color=light["rule"],
        major_guide_stroke_color=light["soft"],
        guide_stroke_dasharray="",
        major_guide_stroke_dasharray="",
        font_family='system-ui, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif',
        label_font_size=12,
        major_label_font_size=12,
        legend_font_size=12,
        title_font_size=15,
        opacity="1",
        opacity_hover="1",
        transition="0s",
        colors=tuple(light[colour] for colour in colours),
    )


def _in_the_dark(colours: Sequence[str]) -> str:
    """The style sheet by which a chart follows a reader whose pages are dark."""
    _, dark = _palettes()
    told = [
        f".title,.axis text,.axis text.major,.legends .legend text,.legends .legend:hover text{{fill:{dark['ink']}}}",
        f".axis .line{{stroke:{dark['soft']}}}.axis .guide.line{{stroke:{dark['rule']}}}",
        f".axis .major.guide.line{{stroke:{dark['soft']}}}",
    ]
    told += [f".color-{at}{{stroke:{dark[colour]};fill:{dark[colour]}}}" for at, colour in enumerate(colours)]
    told.append(".nofill{fill:none}")
    return "@media (prefers-color-scheme: dark){" + "".join(told) + "}"


@cache
def _palettes() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The colours of the pages, light and dark, by name."""
    sheet = files("dagster_project.reports").joinpath("templates", "page.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+):(#[0-9a-f]+)", block))
        for block in re.findall(r":root\{(.*?)\}", sheet, re.S)[:2]
    )
    return light, dark
