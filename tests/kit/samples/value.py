"""The sample company, imported, and what value is made of, read by pandas alone."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose
from pathlib import Path

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import Filters, View
from tests.kit.asking import Row
from tests.kit.comparing import differences
from tests.kit.samples.spreadsheets import cells, sheets
from tests.oracle.value import cohorts, effort, goals, growth, value
from tests.oracle.value.lives import month_ends
from tests.oracle.value.value import Book, Effort

TOUCHES = {
    "customer_id": ("Customer ID", "客户编号"),
    "day": ("Touch date", "跟进时间"),
    "hours": ("Hours", "工时"),
}
SHEETS = ("Touches", "跟进")
FILTERS: dict[str, Filters] = {
    "none": (),
    "industry": (("industry", ("Software", "Retail")),),
    "size_and_type": (("size", ("large", "mid")), ("contract_type", ("annual",))),
    "product_and_tier": (("product", ("Base",)), ("tier", ("Basic", "unknown"))),
}
CALCULATED: dict[str, Callable[[Book, View], list[Row]]] = {
    "customer_values": value.customer_values,
    "concentration": value.concentration,
    "lifetime_value": value.lifetime_value,
    "four_goals": goals.four_goals,
    "lifecycle": goals.lifecycle,
    "lifecycle_moves": goals.lifecycle_moves,
    "effort_by_tier": effort.effort_by_tier,
    "value_effort": effort.value_effort,
    "rfm": effort.rfm,
    "value_base": lambda book, view: effort.value_base(book, view, list(month_ends(view))),
    "cohort_retention": lambda book, view: cohorts.cohort_retention(book.company, view),
    "retention_curve": lambda book, view: cohorts.retention_curve(book.company, view),
    "contract_lifetimes": lambda book, view: cohorts.contract_lifetimes(book.company, view),
    "arr_periods": lambda book, view: growth.arr_periods(book.company, view),
    "arr_bridge": lambda book, view: growth.arr_bridge(book.company, view),
    "arr_movers": lambda book, view: growth.arr_movers(book.company, view),
    "retention_trend": lambda book, view: growth.retention_trend(book.company, view),
}
# What a query asks for beyond the view; nothing lets everything through.
NOTHING: dict[str, dict[str, object]] = {
    "customer_values": {"search": None},
    "arr_movers": {"move": None},
}


@dataclass(frozen=True)
class Valued:
    """An imported company and its book."""

    workspace: Workspace
    book: Book

    def rows(self, name: str, view: View, **own: object) -> list[Row]:
        """Give the product's rows."""
        given = {**NOTHING.get(name, {}), **own}
        rows: list[Row] = asking.run(self.workspace, name, view, **given).to_pylist()
        return rows

    def differences(self, name: str, view: View) -> list[str]:
        """Compare every cell of a query, which must have some."""
        rows = self.rows(name, view)
        assert rows, f"nothing to compare in {view}"
        wanted = CALCULATED[name](self.book, view)
        return curve_differences(rows, wanted) if name == CURVE else differences(name, rows, wanted)


CURVE = "retention_curve"


def curve_differences(product: list[Row], oracle: list[Row]) -> list[str]:
    """Compare fits: as likely, the same years; alpha and beta where the data tell them apart."""
    mine = {row["cohort"]: row for row in oracle}
    found = [] if len(mine) == len(product) else ["cohorts differ"]
    for row in product:
        other = mine[row["cohort"]]
        near = {"log_likelihood": 1e-4, "expected_years": 2e-3, "discounted_years": 2e-3}
        if row["alpha"] is not None and _are_told_apart(row["alpha"], row["beta"]):
            near |= {"alpha": 1e-3, "beta": 1e-3}
        for column, far in near.items():
            one, two = row[column], other[column]
            is_near = one == two or (
                one is not None and two is not None and isclose(one, two, rel_tol=far, abs_tol=far)
            )
            if not is_near:
                found.append(f"{row['cohort']} {column}: product {one}, oracle {two}")
    return found


def _are_told_apart(alpha: float, beta: float) -> bool:
    """Tell whether the data fix both: not where all leave at once, or all are alike."""
    return 0.05 < alpha + beta < 1e3 and 1e-5 < alpha / (alpha + beta) < 1 - 1e-5


def efforts(path: Path, language: str) -> list[Effort]:
    """Read the hours of a sample workbook; the same contact written twice is one."""
    number = ("en", "zh").index(language)
    unique = sheets(path)[SHEETS[number]].drop_duplicates()
    return [Effort(**cells(row, TOUCHES, number)) for row in unique.to_dict("records")]
