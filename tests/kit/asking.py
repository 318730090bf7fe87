"""Ask one question of the oracle or of the product, in the same words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from tend.view import View
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer, Settings
from tests.oracle.renewals import rates as metrics

Row = dict[str, Any]
Answer = Callable[[Company, str, View], list[Row]]


def day(text: str | None) -> date | None:
    """Read an ISO date; None stays None."""
    return date.fromisoformat(text) if text else None


def contract(
    contract_id: str,
    start: str | None,
    end: str | None,
    amount: float = 1200,
    customer: str = "c1",
    **more: Any,
) -> Contract:
    """Write a contract shortly; days are ISO texts."""
    for name in ("signed_date", "ended_on"):
        if isinstance(more.get(name), str):
            more[name] = day(more[name])
    more.setdefault("import_day", date.today())
    return Contract(contract_id, customer, day(start), day(end), amount, **more)


def oracle(company: Company, name: str, view: View) -> list[Row]:
    """Answer a query by the oracle."""
    calculations: dict[str, Callable[[Company, View], list[metrics.Row]]] = {
        "renewals": metrics.renewals,
        "renewal_rates": metrics.renewal_rates,
        "retention_12m": metrics.retention_12m,
        "arr_movements": metrics.arr_movements,
    }
    return calculations[name](company, view)


class Ask:
    """One company and one as-of date per question; the answer comes from `answer`."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def rows(
        self,
        name: str,
        contracts: Sequence[Contract],
        as_of: str,
        *,
        window: tuple[str | None, str | None] = (None, None),
        group_by: str | None = None,
        filters: Iterable[tuple[str, tuple[str, ...]]] = (),
        customers: Sequence[Customer] = (),
        settings: Settings | None = None,
    ) -> list[Row]:
        """Give a query's rows."""
        view = View(
            date.fromisoformat(as_of), day(window[0]), day(window[1]), group_by, tuple(filters)
        )
        return self.answer(Company(contracts, customers, settings or Settings()), name, view)

    def renewals(self, contracts: Sequence[Contract], as_of: str, **more: Any) -> dict[str, Row]:
        """Give the renewals by contract id."""
        rows = self.rows("renewals", contracts, as_of, **more)
        return {row["contract_id"]: row for row in rows}

    def outcome(self, contracts: Sequence[Contract], as_of: str, of: str = "K") -> str | None:
        """Give the outcome of one contract; None where it is not listed."""
        row = self.renewals(contracts, as_of).get(of)
        return row["outcome"] if row else None

    def rates(self, contracts: Sequence[Contract], as_of: str, **more: Any) -> dict[str, Row]:
        """Give the renewal rates by segment."""
        rows = self.rows("renewal_rates", contracts, as_of, **more)
        return {row["segment"]: row for row in rows}

    def retention(self, contracts: Sequence[Contract], as_of: str, **more: Any) -> dict[str, Row]:
        """Give the 12 months' retention by segment."""
        rows = self.rows("retention_12m", contracts, as_of, **more)
        return {row["segment"]: row for row in rows}

    def moves(
        self, contracts: Sequence[Contract], as_of: str, **more: Any
    ) -> dict[tuple[str, str], dict[str, float]]:
        """Give what moved: (month, segment) -> the movements that are not 0."""
        names = ("new", "reactivation", "expansion", "contraction", "churn")
        found = {}
        for row in self.rows("arr_movements", contracts, as_of, **more):
            moved = {name: float(row[name]) for name in names if row[name]}
            if moved:
                found[f"{row['month']:%Y-%m}", row["segment"]] = moved
        return found
