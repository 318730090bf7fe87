"""Tables as the tools people use write them, with the facts they were written from; seeded."""

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

Fact = dict[str, Any]

DAYS: Mapping[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "time": lambda day: f"{day} 10:22",
    "stamp": lambda day: f"{day} 08:05:09",
    "utc": lambda day: f"{day}T09:30:00Z",
    "us": lambda day: f"{day:%m/%d/%Y}",
    "mon": lambda day: f"{day:%b %d, %Y}",
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "han": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "month": lambda day: f"{day:%Y-%m}",
}
MONEY: Mapping[str, Callable[[float], str]] = {
    "plain": lambda value: f"{value:.2f}",
    "comma": lambda value: f"{value:,.2f}",
    "dollar": lambda value: f"${value:,.2f}",
    "yen": lambda value: f"¥{value:,.2f}",
    "yuan": lambda value: f"{value:.0f}元",
    "wan": lambda value: f"{value / 10_000:.4f}",
    "formal": lambda value: f"人民币{formal(round(value))}元整",
    "times": lambda value: f"{value / 4:,.2f} x 4",
    "term": lambda value: f"{value:,.0f} for 12 months",
}
_DIGITS, _PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟", "万", "拾万")
_PEOPLE = ("Mia Wong", "Ben Ochoa", "王敏", "李强", "Ann Lee")
_BASES = {"month": "monthly", "year": "annual"}


@dataclass(frozen=True)
class Table:
    """One export: how it is called, what stands in it, and the facts it was written from."""

    tool: str
    dataset: str
    file: str
    text: str
    facts: tuple[Fact, ...]


def formal(value: int) -> str:
    """Write a whole number below a million as contracts do: 30500 is 叁万零伍佰."""
    written = ""
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            is_group = place == 5 and value // 10**4 % 10
            written += _DIGITS[digit] + ("拾" if is_group else _PLACES[place])
        elif value % 10**place and not written.endswith("零"):
            written += "零"
    return written


@cache
def tools() -> Mapping[str, Mapping[str, Any]]:
    """Give how each tool writes."""
    return tomllib.loads(Path(__file__).with_name("tools.toml").read_text(encoding="utf-8"))


def tables(name: str, count: int, seed: int) -> Iterator[Table]:
    """Write the tables of one tool: its share of so many, made by all tools in turn."""
    known = tools()
    for number in range(list(known).index(name), count, len(known)):
        yield _table(name, known[name], Random(f"{seed}-{number}"))


def _table(name: str, tool: Mapping[str, Any], rng: Random) -> Table:
    columns = list(tool["columns"].items())
    rng.shuffle(columns)
    facts = [_fact(tool, rng, number) for number in range(rng.randint(6, 14))]
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([header for header, _ in columns])
    for fact in facts:
        lines.writerow([_cell(column, fact, tool, rng) for _, column in columns])
    return Table(name, tool["dataset"], tool["file"], written.getvalue(), tuple(facts))


def _fact(tool: Mapping[str, Any], rng: Random, number: int) -> Fact:
    """Make up a row; the first has days that can only be days, so that their order is told."""
    start = date(2023, 1, 1) + timedelta(rng.randrange(700))
    start = start.replace(day=17) if number == 0 else start
    fact: Fact = {}
    for column in tool["columns"].values():
        if not column.startswith("~"):
            fact[column] = _value(column, tool, rng, number, start)
    if "amount" in fact:
        fact["amount_basis"] = _BASES.get(fact.pop("interval", ""), tool.get("basis", "total"))
    return fact


def _value(column: str, tool: Mapping[str, Any], rng: Random, number: int, start: date) -> Any:
    if words := tool.get("words", {}).get(column):
        return words[number % len(words)]
    kinds: Mapping[str, Callable[[], Any]] = {
        "contract_id": lambda: f"C{1000 + number}-{rng.randrange(100)}",
        "ticket_id": lambda: str(52_000 + number),
        "customer_id": lambda: f"A{number:03}x{rng.randrange(10)}",
        "customer_name": lambda: rng.choice(("Alder Works {}", "华信科技{}有限公司")).format(
            number
        ),
        "start_date": lambda: start,
        "end_date": lambda: start + timedelta(364),
        "signed_date": lambda: start - timedelta(4),
        "ended_on": lambda: start + timedelta(200) if number % 3 == 2 else None,
        "period": lambda: start if tool["day"] != "month" else start.replace(day=1),
        "answered_on": lambda: start,
        "opened_on": lambda: start,
        "time_of_day": lambda: f"{8 + number % 10:02}:{rng.randrange(60):02}:00",
        "resolved_on": lambda: start + timedelta(3),
        "touched_on": lambda: start,
        "amount": lambda: float(rng.randrange(12, 900) * 100),
        "renewed_amount": lambda: float(rng.randrange(12, 900) * 100),
        "currency": lambda: "CNY",
        "nps": lambda: float((10, 3, 7)[number % 3]),
        "csat": lambda: float((5, 4, 2)[number % 3]),
        "hours": lambda: (0.5, 1.5, 2.0)[number % 3],
        "size": lambda: str(rng.randrange(10, 4000)),
    }
    if column in ("active_users", "licensed_users", "key_actions", "features_used"):
        return float(rng.randrange(1, 500))
    return kinds[column]() if column in kinds else _label(column, rng)


def _label(column: str, rng: Random) -> str:
    labels = {
        "industry": ("Retail", "Banking", "制造业"),
        "region": ("West", "华东"),
        "tier": ("A", "B", "Hot"),
        "csm": _PEOPLE,
        "respondent": ("ann@x.test", "王敏", "Ben Ochoa"),
        "product": ("Core", "Desk Pro"),
        "loss_reason": ("price", "功能不足"),
    }
    return rng.choice(labels.get(column, ("Quarterly talk", "说明一下", "Needs help")))


def _cell(column: str, fact: Fact, tool: Mapping[str, Any], rng: Random) -> str:
    if column.startswith("~"):
        return _filler(column, tool, rng)
    if column == "interval":
        return next(word for word, basis in _BASES.items() if basis == fact["amount_basis"])
    value = fact[column]
    if value is None:
        return ""
    if isinstance(value, date):
        return DAYS[tool.get("day", "iso")](value)
    if column in ("amount", "renewed_amount"):
        return MONEY[tool.get("money", "plain")](value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _filler(column: str, tool: Mapping[str, Any], rng: Random) -> str:
    day = date(2023, 5, 20) + timedelta(rng.randrange(300))
    return {
        "~text": rng.choice(("New one", "Inbound", "老客户推荐")),
        "~person": rng.choice(_PEOPLE),
        "~email": f"p{rng.randrange(99)}@x.test",
        "~number": str(rng.randrange(10_000, 99_999)),
        "~day": DAYS[tool.get("day", "iso")](day),
        "~blank": "",
    }[column]
