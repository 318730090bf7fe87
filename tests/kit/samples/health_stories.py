"""Small companies with signals, written down shortly, and asked about their health."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tend.queries import asking
from tend.settings.company import Settings
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row, contract, day
from tests.oracle.facts.company import Company
from tests.oracle.facts.days import month_end
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.facts.signals import Signals, Survey, Ticket, Touch, Usage
from tests.oracle.health import figures as health_figures
from tests.oracle.health import learned as health_learned
from tests.oracle.health import moves as health_moves
from tests.oracle.health import queries as health_queries
from tests.oracle.health import reasons as health_reasons
from tests.oracle.health.standings import INDICATORS, Definition, Health

MEASURES = ("active_users", "licensed_users", "key_actions", "features_used")
HEADERS = {
    "customers": ("Customer ID", "Customer name", "Industry", "Key contact"),
    "contracts": (
        *("Contract ID", "Customer ID", "Start date", "End date", "Amount", "Licensed users"),
        *("Signed date", "Status", "Ended on", "Product"),
    ),
    "usage": ("Customer ID", "Month", *(name.replace("_", " ") for name in MEASURES)),
    "surveys": ("Customer ID", "Answered on", "NPS", "Sentiment", "Respondent"),
    "touches": ("Customer ID", "Touched on", "Note"),
    "tickets": ("Ticket ID", "Customer ID", "Opened on", "Resolved on", "Severity", "CSAT"),
}
MOODS: dict[float | None, str] = {-1: "negative", 0: "neutral", 1: "positive"}
ASKED: dict[str, Callable[[Health, View], list[Row]]] = {
    "health": health_queries.health,
    "health_on_day": health_queries.health_on_day,
    "quadrant_movement": health_queries.quadrant_movement,
    "health_backtest": health_queries.health_backtest,
    "health_flows": health_figures.health_flows,
    "health_steadiness": health_figures.health_steadiness,
    "usage_states": health_figures.usage_states,
    "health_alerts": health_figures.health_alerts,
    "movement_summary": health_reasons.movement_summary,
    "movement_grid": health_moves.movement_grid,
    "movement_customers": health_reasons.movement_customers,
    "health_calibration": health_learned.health_calibration,
    "score_limits": health_learned.score_limits,
    "score_distribution": health_learned.score_distribution,
    "health_distribution": health_learned.health_distribution,
    "usage_measures": health_learned.usage_measures,
}
# What a query asks for beyond the view; nothing lets everything through.
ANYWHERE: dict[str, dict[str, object]] = {
    "movement_customers": {"direction": None, "from_quadrant": None, "to_quadrant": None},
    "sop_customers": {"scale": None, "satisfaction": None},
}
Answer = Callable[[str, View], list[Row]]


@dataclass(frozen=True)
class Story:
    """A company's facts and its definition of health."""

    contracts: Sequence[Contract]
    customers: Sequence[Customer] = ()
    signals: Signals = field(default_factory=Signals)
    definition: Definition = field(default_factory=Definition)

    def oracle(self) -> Health:
        """Give the health that the oracle finds."""
        return Health(Company(self.contracts, self.customers), self.signals, self.definition)

    def with_signals(self, more: Signals) -> "Story":
        """Give the story with further signals."""
        names = ("usage", "surveys", "touches", "tickets")
        both = {name: [*getattr(self.signals, name), *getattr(more, name)] for name in names}
        return replace(self, signals=Signals(**both))


def term(
    customer: str, start: str = "2025-07-01", end: str = "2026-12-31", **more: Any
) -> Contract:
    """Write a contract, signed on its first day unless told otherwise."""
    more.setdefault("signed_date", start)
    return contract(f"{customer}-{start}", start, end, 1200, customer, **more)


def usage(customer: str, month: str, **measures: float) -> list[Usage]:
    """Write a month of usage."""
    start = date.fromisoformat(f"{month}-01")
    return [
        Usage(customer, start, month_end(start), name, value) for name, value in measures.items()
    ]


def survey(customer: str, on: str, nps: float | None = None, **more: Any) -> Survey:
    """Write an answer."""
    return Survey(customer, date.fromisoformat(on), nps, **more)


def touch(customer: str, on: str, note: str | None = None) -> Touch:
    """Write a touch."""
    return Touch(customer, date.fromisoformat(on), note)


def ticket(
    customer: str,
    opened: str,
    resolved: str | None = None,
    severity: str | None = None,
    csat: float | None = None,
) -> Ticket:
    """Write a ticket, rated from 1 to 5 where it is."""
    scale = None if csat is None else 5.0
    return Ticket(customer, date.fromisoformat(opened), day(resolved), severity, csat, scale)


def only(**highs: float) -> Definition:
    """Switch on these indicators alone, with 0 points at 0 and 100 at the given value."""
    found = (
        replace(one, is_on=one.name in highs, low=0.0, high=highs.get(one.name))
        for one in INDICATORS
    )
    return Definition(tuple(found))


class Told:
    """A story that answers questions, by the oracle or by the product."""

    def __init__(self, answer: Answer) -> None:
        self.rows = answer

    def health(self, as_of: str) -> dict[str, Row]:
        """Give the health rows of a day by customer."""
        rows = self.rows("health", View(date.fromisoformat(as_of)))
        return {row["customer_id"]: row for row in rows}

    def column(self, name: str, as_of: str) -> dict[str, Any]:
        """Give one column of the health rows by customer."""
        return {customer: row[name] for customer, row in self.health(as_of).items()}


def by_oracle(story: Story) -> Told:
    """Let the oracle answer."""
    found = story.oracle()
    return Told(lambda name, view: ASKED[name](found, view))


def by_product(workspace: Workspace) -> Told:
    """Let the product answer."""
    return Told(
        lambda name, view: asking.run(workspace, name, view, **ANYWHERE.get(name, {})).to_pylist()
    )


# --- the product, from files


def workspace_of(folder: Path, story: Story) -> Workspace:
    """Give a workspace with a story's settings, and its facts imported from a workbook."""
    workspace = open_workspace(folder / "workspace")
    for key, value in settings_of(story.definition).items():
        if value != Settings().model_dump()[key]:
            workspace.set(key, value)
    report = imports.import_file(workspace, write(folder, story))
    assert report.error is None
    assert all(sheet.dataset == sheet.sheet for sheet in report.sheets)
    assert not any(sheet.rejected or sheet.skipped for sheet in report.sheets)
    return workspace


def settings_of(definition: Definition) -> dict[str, object]:
    """Give a definition under the product's names."""
    indicators = {
        one.name: {
            "score": one.score,
            "is_on": one.is_on,
            "weight": one.weight,
            "is_more_better": one.more_is_better,
            "low": one.low,
            "high": one.high,
        }
        for one in definition.indicators
    }
    return {
        "health_indicators": indicators,
        "health_margin": definition.margin,
        "health_fewest_renewed": definition.min_renewed,
        "health_fewest_peers": definition.min_peers,
    }


def write(folder: Path, story: Story) -> Path:
    """Write a workbook with a sheet per data set that has rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables(story).items():
        if rows:
            sheet = book.create_sheet(name)
            for row in (HEADERS[name], *rows):
                sheet.append(row)
    path = folder / "company.xlsx"
    book.save(path)
    return path


def tables(story: Story) -> dict[str, list[tuple[object, ...]]]:
    """Give the rows of each data set, in the order of its headers."""
    signals = story.signals
    return {
        # with a name: a line of one cell would be a note (K9)
        "customers": [
            (c.customer_id, f"Customer {c.customer_id}", c.industry, c.key_contact)
            for c in story.customers
        ],
        "contracts": [
            (
                *(c.contract_id, c.customer_id, c.start_date, c.end_date, c.amount),
                *(c.licensed_users, c.signed_date, c.status, c.ended_on, c.product),
            )
            for c in story.contracts
        ],
        "usage": usage_rows(signals.usage),
        "surveys": [
            (s.customer_id, s.answered_on, s.nps, MOODS.get(s.sentiment), s.respondent)
            for s in signals.surveys
        ],
        "touches": [(t.customer_id, t.touched_on, t.note) for t in signals.touches],
        "tickets": [
            (f"T{n}", t.customer_id, t.opened_on, t.resolved_on, t.severity, t.csat)
            for n, t in enumerate(signals.tickets)
        ],
    }


def usage_rows(values: Iterable[Usage]) -> list[tuple[object, ...]]:
    """Put the measures of a month beside each other."""
    months: dict[tuple[str, date], dict[str, float | None]] = {}
    for one in values:
        months.setdefault((one.customer_id, one.period_start), {})[one.measure] = one.value
    return [
        (customer, f"{start:%Y-%m}", *(found.get(name) for name in MEASURES))
        for (customer, start), found in months.items()
    ]
