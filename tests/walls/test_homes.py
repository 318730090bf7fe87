"""One home per idea: a constant, a list of names or a colour that stands twice is a fault.

Numbers count by their name and value, as one number means many things; what says more than a
number (a list of three names, an expression of a chart, a share) counts by its value alone.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import pytest

from tend.figures.limits import FEW_CASES
from tend.figures.palette import DARK, LIGHT
from tests.walls.sources import ROOT, Source, app, python

HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
PAIR = re.compile(r"--([a-z-]+): light-dark\((#\w+), (#\w+)\)")
PALETTE = "tend/figures/palette.py"
STYLES = sorted(ROOT.glob("tend/**/*.css"))
# From so many letters on a text is no name of one thing, but says something.
SAYS = 8
NAMES_IN_A_LIST = 3


def constants(source: Source) -> Iterator[tuple[str, str]]:
    """Give what the constants of a module are, by what makes two of them one idea."""
    for node in source.tree.body:
        if isinstance(node, ast.Assign):
            yield from _named(node.targets[0], node.value)


def _named(name: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(name, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(name.elts, value.elts, strict=True):
            yield from _named(one, part)
    elif isinstance(name, ast.Name) and isinstance(value, ast.Constant):
        is_number = isinstance(value.value, int | float)
        if is_number or len(str(value.value)) > SAYS:
            called = f"{name.id.strip('_')} = " if is_number else ""
            yield f"{called}{value.value!r}", name.id


def lists(source: Source) -> Iterator[tuple[str, str]]:
    """Give the lists of names of a module, in whatever order."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            names = node.keys if isinstance(node, ast.Dict) else node.elts
            said = [n.value for n in names if isinstance(n, ast.Constant)]
            if len(said) == len(names) >= NAMES_IN_A_LIST and all(isinstance(s, str) for s in said):
                yield ", ".join(sorted(map(str, said))), f"line {node.lineno}"


def twice(sources: Iterable[Source]) -> list[str]:
    """Name what stands in two modules."""
    homes: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for idea, _ in (*constants(source), *lists(source)):
            homes[idea].add(source.path)
    return sorted(f"{idea}: {', '.join(sorted(at))}" for idea, at in homes.items() if len(at) > 1)


def colours(sources: Iterable[Source]) -> list[str]:
    """Name the colours that stand in Python outside the palette."""
    return [
        f"{source.path}: {colour}"
        for source in sources
        for colour in HEX.findall(source.text)
        if source.path != PALETTE
    ]


def foreign(style: str) -> list[str]:
    """Name the colours of a style that are none of the palette, or not what their name says."""
    light, dark = asdict(LIGHT), asdict(DARK)
    known = {one for palette in (light, dark) for one in palette.values() if isinstance(one, str)}
    named = {(name.replace("-", "_"), *pair) for name, *pair in PAIR.findall(style)}
    wrong = [name for name, *pair in named if [light.get(name), dark.get(name)] != pair]
    return sorted({*HEX.findall(style)} - known) + sorted(wrong)


def test_nothing_has_a_second_home() -> None:
    """Figures and pages read one constant, one list and one formula where they mean the same."""
    assert twice(python("tend/figures", "tend/ui", "tend/acts", "tend/settings")) == []


def test_colours_stand_in_the_palette() -> None:
    """Python has them from there; styles have no other."""
    assert colours(app()) == []
    assert STYLES
    assert [one for path in STYLES for one in foreign(path.read_text(encoding="utf-8"))] == []


def test_few_cases_are_as_few_as_in_the_queries() -> None:
    """Charts and the macro of the queries mean the same by few."""
    macros = (ROOT / "queries/model/macros.sql").read_text(encoding="utf-8")
    assert f"is_few(cases) as cases < {FEW_CASES};" in macros


@pytest.mark.parametrize(
    "line",
    ["_HEALTHY_RATIO = 3", "STATES = ('at_risk', 'average', 'healthy')", "_S = 'width > 430'",
     "_CRITICAL, _OTHER = 0.7, 1", "X = {'at_risk': 1, 'healthy': 2, 'average': 3}"],
)  # fmt: skip
def test_the_guard_bites(line: str) -> None:
    """A limit, a list of states in any order and an expression are found in their second home."""
    one = "HEALTHY_RATIO, CRITICAL = 3, 0.7\nSTATES = ('healthy', 'average', 'at_risk')\n"
    home = Source("tend/figures/limits.py", f"{one}ROOMY = 'width > 430'")
    assert twice([home]) == []
    assert twice([home, Source("tend/ui/bad.py", line)])


def test_the_guard_finds_a_colour() -> None:
    """In Python, in a style, and under a name that means another one."""
    assert colours([Source("tend/ui/bad.py", 'x = "#0f766e"')])
    assert foreign("a { color: #123456 }") == ["#123456"]
    assert foreign(f":root {{ --healthy: light-dark({LIGHT.at_risk}, {DARK.healthy}); }}")
    assert foreign(f":root {{ --healthy: light-dark({LIGHT.healthy}, {DARK.healthy}); }}") == []
