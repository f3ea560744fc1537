"""The layout shows the architecture: these tests keep its walls where they are drawn."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from dagster_project.reading import field_words, vocabulary
from dagster_project.reading.description import Description
from dagster_project.reading.meaning import MONEY_UNITS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dagster_project"
# Whom each room may import; what is not named here, it does not know. Claims and proof know nothing of each other.
GROUND = {"settings", "judgement", "number_text", "language"}
MAY_IMPORT = {
    "language": set(),
    "settings": {"language"},
    "judgement": set(),
    "number_text": set(),
    "reading": {"settings"},
    "claims": {"judgement", "number_text", "reading"},
    "proof": {"judgement", "number_text"},
    "warehouse": GROUND | {"reading", "claims", "proof"},
    "fetch": GROUND | {"reading", "warehouse"},
    "reports": GROUND | {"reading", "claims", "warehouse", "fetch"},
    "assets": GROUND | {"reading", "warehouse", "fetch", "reports"},
    "definitions": {"settings", "assets"},
    "cli": GROUND
    | {"reading", "claims", "proof", "warehouse", "fetch", "reports", "assets", "definitions", "bench"},
    "bench": GROUND | {"reading", "claims", "proof", "warehouse", "fetch", "reports", "assets"},
}
# What other rooms may import of claims: all sums of a document come through one door.
DOORS_OF_CLAIMS = {
    "derivation": "the sums of a document",
    "witnesses": "two publications of one table",
    "cross_source": "a document and the Iv3 of its gemeente",
    "text_claims": "running text and figures",
    "indeling": "what a row is about",
    "signs": "the direction in which a number is printed",
}
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"dagster", "dbt", "great_expectations", "scipy", "pandas", "pdfplumber", "openpyxl"}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "dagster_project" and len(parts) > 1 else None


def imported(tree: ast.AST, package: list[str]):
    """(module, is at the top level) of each import below ``tree``; relative ones made absolute."""
    top = set(map(id, getattr(tree, "body", [])))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            stem = ".".join(part for part in (base, node.module or "") if part)
            yield from ((f"{stem}.{alias.name}", id(node) in top) for alias in node.names)


def test_every_room_has_its_walls():
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in MODULES} - {"__init__"}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    relative = path.relative_to(ROOT).with_suffix("")
    own = room_of(".".join(relative.parts))
    if own == "__init__":
        return
    wrong = [
        name
        for name, _ in imported(ast.parse(path.read_text(encoding="utf-8")), list(relative.parts[:-1]))
        if (room := room_of(name)) is not None and room not in MAY_IMPORT[own] | {own}
    ]
    assert not wrong, f"{path.name} stands in {own} and reaches into {wrong}"


def test_claims_are_entered_by_their_doors():
    entered = set()
    for path in MODULES:
        inside = path.relative_to(ROOT).with_suffix("").parts
        if inside[1] != "claims":
            names = imported(ast.parse(path.read_text(encoding="utf-8")), list(inside[:-1]))
            entered |= {name.split(".")[2] for name, _ in names if room_of(name) == "claims"}
    assert entered == set(DOORS_OF_CLAIMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_examples_in_its_docstrings_hold(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(path):
    if path.name != "__init__.py":
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"


def test_the_command_line_loads_no_heavy_library_before_a_command_needs_it():
    for name in ("cli.py", "settings.py"):
        tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
        top = {module.split(".")[0] for module, is_top in imported(tree, ["dagster_project"]) if is_top}
        assert not top & HEAVY


def test_the_dbt_folder_is_no_python_package():
    assert not list((ROOT / "dbt").rglob("__init__.py")), "it would shadow the installed dbt"


def test_the_types_of_every_module_are_checked():
    """Only libraries without types are let be; none of ours is, in whole or in part."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert rules["files"] == ["dagster_project", "expectations"] and "exclude" not in rules
    for override in rules["overrides"]:
        assert set(override) == {"module", "ignore_missing_imports"}
        assert not [m for m in override["module"] if m.startswith(("dagster_project", "expectations"))]
    files = [*MODULES, *(ROOT / "expectations").rglob("*.py")]
    assert not [p.name for p in files if "# mypy:" in p.read_text(encoding="utf-8")]


def test_no_type_is_ignored_without_a_reason_in_the_same_line():
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        bare = [line.strip() for line in lines if re.search(r"# type: ignore(?:\[[\w-]+\])?\s*$", line)]
        assert not bare, f"{path.name}: {bare}"


def test_a_name_of_a_module_stands_once_in_the_house():
    """Also not as the name of a room: what ``claims`` is need not be asked."""
    names = Counter(p.stem for p in MODULES if p.name != "__init__.py")
    names.update(p.parent.name for p in MODULES if p.name == "__init__.py")
    assert [name for name, times in names.items() if times > 1] == []


def test_a_public_class_of_one_room_has_its_name_to_itself():
    rooms: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                rooms.setdefault(node.name, set()).add(path.relative_to(PACKAGE).parts[0])
    assert {name for name, found in rooms.items() if len(found) > 1} == set()


def searched_for(path: Path) -> str:
    """All that the regular expressions of a module search for."""
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    patterns = (call.args[0] for call in calls if ast.unparse(call.func).startswith("re.") and call.args)
    parts = (part.value for p in patterns for part in ast.walk(p) if isinstance(part, ast.Constant))
    return " ".join(part for part in parts if isinstance(part, str))


FIELD = re.compile(
    r"begroting|begrot|lasten|baten|sald[oi]|reserve|voorziening|rekening|programma|beleid|taakveld|tota+l"
    r"|raming|prognose|mutatie|resultaat|investering|waarvan|doel|indicator|streef|exploit|activa|kadernota"
    r"|onttrek|toevoeg|bezuinig|portefeuille|jaarverslag|jaarstuk|wijzig|kostensoort|incident|structure",
    re.IGNORECASE,
)


@pytest.mark.parametrize("room", ["reading", "claims", "proof", "warehouse"])
def test_words_of_the_field_stand_in_one_table(room):
    """Whatever is searched for words of budgets is a line of ``field_words``, and compiled there.

    How numbers, units, dates, pages and footnotes are written is no word of the field, and abbreviations that end in a
    full stop are none.
    """
    searched = {path.stem: FIELD.findall(searched_for(path)) for path in (PACKAGE / room).rglob("*.py")}
    assert {name: words for name, words in searched.items() if words} == {}


def looked_up_in(tree: ast.Module) -> list[str]:
    """All strings of sets, of what ``in`` searches, and of constants that are sequences of strings."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Set):
            found.append(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("frozenset", "set")):
            found += node.args
        elif isinstance(node, ast.Compare):
            found += [
                of
                for of, how in zip(node.comparators, node.ops, strict=True)
                if isinstance(how, ast.In | ast.NotIn)
            ]
    found += [node.value for node in tree.body if isinstance(node, ast.Assign)]
    found = [node for node in found if isinstance(node, ast.Set | ast.List | ast.Tuple)]
    of_sets = (part for node in found for part in node.elts if isinstance(part, ast.Constant))
    return [part.value for part in of_sets if isinstance(part.value, str)]


def printed_words_of_the_field(words: list[str]) -> list[str]:
    """Those of the words that a document prints; names that the code gives to quantities, states, kinds and roles are none."""
    lists = [value for name, value in vars(vocabulary).items() if name.isupper()]
    names = {name for some in lists for name in some} | {one.meaning for one in field_words.WORDS}
    names |= {"total", "subtotal", *get_args(Description.model_fields["soort"].annotation)}
    return [word for word in words if FIELD.search(word) and word not in names and "_" not in word]


@pytest.mark.parametrize("room", ["reading", "claims"])
def test_sets_of_words_of_the_field_stand_in_the_same_table(room):
    """What a word is looked up in is a line of ``field_words`` too."""
    found = {
        path.stem: printed_words_of_the_field(looked_up_in(ast.parse(path.read_text(encoding="utf-8"))))
        for path in (PACKAGE / room).rglob("*.py")
        if path.stem not in ("field_words", "vocabulary")
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "text",
    [
        "CORNERS = frozenset(['naam', 'taakvelden'])",
        "LAST = ('totaal generaal', 'saldo')",
        "def f(w):\n    return w in {'beleidsveld', 'post'}",
        "def f(w):\n    return w not in ['gewijzigde', 'oude']",
    ],
)
def test_a_set_of_words_of_the_field_is_seen_wherever_it_stands(text):
    assert printed_words_of_the_field(looked_up_in(ast.parse(text)))


def test_no_set_of_words_says_what_another_says_in_the_same_place():
    sets = field_words.WORD_SETS
    assert len({(one.meaning, one.place) for one in sets}) == len(sets)
    for one in sets:
        words = one.words.split(", ")
        assert len(set(words)) == len(words) and all(words), one.meaning


def test_no_drawer_for_odds_and_ends():
    names = {p.stem for p in MODULES} | {p.name for p in PACKAGE.rglob("*") if p.is_dir()}
    assert not names & {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.xdist_group("one process")
def test_tests_that_share_a_costly_set_up_run_in_one_process(request):
    """Else each process makes it again. The plugin marks the group in the name of the test, unless it lost its hold on it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("all tests run in one process")
    assert request.node.nodeid.endswith("@one process")


def test_the_words_for_money_are_the_same_in_the_reader_and_in_dbt():
    macro = (ROOT / "dbt" / "macros" / "amounts.sql").read_text(encoding="utf-8")
    body = re.search(r"macro money_units\(\) -%}(.*?){%- endmacro", macro, re.DOTALL)
    assert body is not None and set(re.findall(r"'([^']+)'", body[1])) == MONEY_UNITS
