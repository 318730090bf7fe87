"""The page on performance, written from what `python -m benchmarks` found; and its pictures."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.measures import aims
from docs import dots

HERE = Path(__file__).parent
FOUND, NAMES = HERE / "performance.json", HERE / "performance.toml"
Told = Mapping[str, Any]
UNITS = dict(zip(aims.UNITS, (" s", " MB", " times", ""), strict=True))
ROWS = ("customers", "contracts", "usage", "touches", "surveys", "tickets", "stages", "calls")
START = """# Performance

Written by `make docs` from what `python -m benchmarks --json docs/performance.json` found on
invented companies of several sizes. Each figure is a median after a warm-up, and beside it how many
times a floor it is that was measured in the same run: the least that has to be done. The last
column is the exponent with which a cost grows with the number of customers: 0 not at all, 1 as they
do.
A ratio is worth more than a time: floor and cost met the same machine in the same minutes."""
AIMED = """## What is aimed at

The same command prints this table when it ends, of what it measured.

| aim | | at | measured | at most | met |
|---|---|---:|---:|---:|---|"""
TESTED = """What is aimed at beside speed is shown by tests: that a small step leaves what a rebuild
would make, over 500 random sequences (`TEND_DELTA_SEQUENCES=500 pytest
tests/store/derived/test_deltas.py`); that both homes answer all named queries alike (`pytest
tests/store/home/test_moving.py`); that two servers which import and edit for ten minutes while
they are killed lose nothing confirmed and show the same (`TEND_HOME_SECONDS=600 pytest
tests/store/home/test_killed.py`)."""
ENOUGH = 5  # runs
SIZES = {250, 10_000, 100_000}  # that the page is to speak of


def pages() -> Mapping[str, str]:
    """Give the page and its pictures by their paths from the root; none before a first run."""
    if not FOUND.exists():
        return {}
    found = json.loads(FOUND.read_text(encoding="utf-8"))
    return {
        "docs/performance.md": page(found, words()),
        "docs/performance-ratios.svg": picture(found, words()) + "\n",
        "docs/performance-beside.svg": picture_beside(found, words()) + "\n",
    }


def words() -> Told:
    """Give the words of costs and floors, in the order of the page."""
    return tomllib.loads(NAMES.read_text(encoding="utf-8"))


def page(found: Told, names: Told) -> str:
    """Write the page."""
    sizes = found["sizes"]
    parts = [START, "![Each cost as times its floor](performance-ratios.svg)", *_where(sizes)]
    parts += ["\n".join([AIMED, *_aims(sizes, names)]), TESTED]
    for group in names["groups"]:
        table = list(_table(group, found, names["floors"]))
        if table:
            parts += [f"## {group['title']}", *([group["said"]] if "said" in group else [])]
            parts.append("\n".join([_head(sizes), *table]))
            parts += [f"![{group['title']}]({group['picture']})"] if "picture" in group else []
    return "\n\n".join([*parts, *_missed(found, names)]) + "\n"


def picture(found: Told, names: Told) -> str:
    """Draw each cost as a row: its ratio to the floor at each size, the larger the darker."""
    sizes = found["sizes"]
    rows = [
        dots.Row(
            said,
            [
                dots.Dot(cost["ratio"], f"{int(size):,}: {cost['ratio']:g}", 3 + n, n / len(sizes))
                for n, (size, cost) in enumerate(_costs(name, sizes), 1)
                if "count" not in cost
            ],
        )
        for group in names["groups"]
        for name, said in group["costs"].items()
    ]
    return dots.drawn(rows, "×")


def picture_beside(found: Told, names: Told) -> str:
    """Draw Tend's seconds and, grey, those of the plain page, step by step in each size."""
    rows = [
        dots.Row(
            f"{said}, {int(size):,} customers",
            [
                dots.Dot(cost["floor_s"], f"plain page: {cost['floor_s']:g} s", color=dots.QUIET),
                dots.Dot(cost["s"], f"Tend: {cost['s']:g} s"),
            ],
        )
        for group in names["groups"]
        for name, said in group["costs"].items()
        if name.startswith("beside_") and not name.endswith("_server")
        for size, cost in _costs(name, found["sizes"])
    ]
    return dots.drawn(rows, "s")


def _costs(name: str, sizes: Told) -> Iterator[tuple[str, Told]]:
    for size, told in sizes.items():
        if name in told["costs"]:
            yield size, told["costs"][name]


def _where(sizes: Told) -> Iterator[str]:
    rows = []
    for size, told in sizes.items():
        where, counts = told["where"], told["rows"]
        listed = " | ".join(f"{counts[name]:,}" for name in ROWS if name in counts)
        rows.append(f"| {int(size):,} | {where['on']} | {listed} |")
    where = next(iter(sizes.values()))["where"]
    heads = " | ".join(name for name in ROWS if name != "customers")
    yield (
        f"Measured on {where['processors']} processors ({where['processor']}),"
        f" {where['memory_gb']} GB, {where['system']}, Python {where['python']}, browser and server"
        " on the same machine. A row of usage holds up to four values. The settings that limit"
        " files are raised for these (`benchmarks/companies/kept.py`); all else is as shipped."
    )
    head = f"| Size | Measured on | customers | {heads} |"
    yield "\n".join([head, "|---" * (len(ROWS) + 2) + "|", *rows])


def _aims(sizes: Told, names: Told) -> Iterator[str]:
    costs = {name: said for group in names["groups"] for name, said in group["costs"].items()}
    for one in aims.held(sizes):
        measured = "not measured" if one.found is None else f"{one.found:g}"
        met = {None: "", True: "yes", False: "**no**"}[one.is_met]
        cells = (one.said, costs[one.cost], f"{one.size:,}", measured, f"{one.most:g}", met)
        yield f"| {' | '.join(cells)} |"


def _head(sizes: Told) -> str:
    heads = " | ".join(f"{int(size):,} customers | to floor" for size in sizes)
    return f"| | {heads} | floor | grows |\n|---|{'---:|---:|' * len(sizes)}---|---:|"


def _table(group: Told, found: Told, floors: Told) -> Iterator[str]:
    for name, said in group["costs"].items():
        costs = {size: told["costs"].get(name) for size, told in found["sizes"].items()}
        there = [cost for cost in costs.values() if cost]
        if there:
            cells = " | ".join(_cells(cost) for cost in costs.values())
            exponent = found["growth"].get(name)
            grows = "" if exponent is None else f"{exponent:.2f}"
            yield f"| {said} | {cells} | {floors[there[0]['floor']]} | {grows} |"


def _cells(cost: Told | None) -> str:
    if cost is None:
        return "not measured | "
    [unit] = [unit for unit in UNITS if unit in cost]
    often = "once" if cost["runs"] == 1 else f"{cost['runs']} runs"
    few = f" ({often})" if cost["runs"] < ENOUGH and unit == "s" else ""
    ratio = "" if unit in ("times", "count") else f"{cost['ratio']:g}"
    return f"{cost[unit]:g}{UNITS[unit]}{few} | {ratio}"


def _missed(found: Told, names: Told) -> Iterator[str]:
    """Say what is not known, and why."""
    known = {name for group in names["groups"] for name in group["costs"]}
    sizes = sorted(SIZES - set(map(int, found["sizes"])))
    lines = [f"- {size:,} customers: nothing yet." for size in sizes]
    for size, told in found["sizes"].items():
        absent = sorted(known - told["costs"].keys())
        lines += [
            f"- {int(size):,} customers, {part}: {why}" for part, why in told["missed"].items()
        ]
        if absent:
            lines.append(f"- {int(size):,} customers, not measured: {', '.join(absent)}.")
    if lines:
        yield "## What was not measured"
        yield "\n".join(lines)
    loads = sorted(
        {cost["load"] for told in found["sizes"].values() for cost in told["costs"].values()}
    )
    if loads:
        yield (
            f"While it was measured, the machine's load lay between {loads[0]:g} and {loads[-1]:g}:"
            " over the number of its processors, a figure waited for other work, and its floor did."
        )
