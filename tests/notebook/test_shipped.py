"""The notebooks that Tend ships: each number held against pandas over the files and the lists."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tend.language import text as texts
from tend.notebook import charts, running, shipped, text
from tend.notebook.cells import Notebook
from tend.queries import asking
from tend.queries.door import asking as door
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

START = date(2025, 10, 1)
VIEW = View(UNTIL, START, UNTIL)
HORIZON = 90
# Tables of pandas, whose stubs know few of the ways to look into them.
Table = Any
Frames = Mapping[str, Table]
Ask = Callable[[str], Frames]


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company, for all that only read."""
    return companies.read(customers=90)


@pytest.fixture(scope="module")
def sheets(companies: Companies) -> Frames:
    """Give the sheets of the company as its file has them."""
    [book] = companies.books(customers=90)
    return pd.read_excel(book, sheet_name=None, engine="openpyxl")


@pytest.fixture(scope="module")
def ask(company: Workspace) -> Ask:
    """Run all cells of a shipped notebook by the door."""

    @cache
    def answers(name: str) -> Frames:
        notebook = _shipped(name)
        read = door.reads_all(notebook.sql())
        found = {}
        for cell in notebook.sql():
            asked = running.question(notebook, cell, VIEW, {}, read)
            found[cell] = running.ask(company, asked).table.to_pandas()
        return found

    return answers


def _shipped(name: str) -> Notebook:
    return next(one for one in shipped.all_of("en") if one.id == f"shipped-{name}")


def listed(company: Workspace, view: View = VIEW) -> Table:
    """Give the contracts that can be renewed, as the list behind every rate has them."""
    nothing = dict.fromkeys(("reason_group", "known_on", "open_on", "is_decided", "losses_first"))
    return asking.run(company, "renewals", view, **nothing).to_pandas()


def in_force(company: Workspace) -> Table:
    """Give the customers in force, with their ARR."""
    nothing = dict.fromkeys(("search", "found", "standing", "list_by"))
    found = asking.run(company, "customers", View(UNTIL), **nothing).to_pandas()
    return found[found["standing"] == "in_force"]


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Give the 95 % interval of a rate, from the textbook's formula."""
    z, rate = 1.96, hits / cases
    middle = (rate + z * z / (2 * cases)) / (1 + z * z / cases)
    width = z / (1 + z * z / cases) * sqrt(rate * (1 - rate) / cases + z * z / (4 * cases * cases))
    return middle - width, middle + width


def rates(contracts: Table, by: str) -> dict[str, dict[str, float]]:
    """Count renewed and lost by a column; growth at one customer hides no loss at another."""
    found = {}
    for segment, some in contracts.assign(**{by: contracts[by].fillna("unknown")}).groupby(by):
        decided = some[some["outcome"].str.startswith("renewed") | (some["outcome"] == "lost")]
        renewed = decided[decided["outcome"] != "lost"]
        due = decided.groupby("customer_id")["arr"].sum()
        after = renewed.groupby("customer_id")["successor_arr"].sum().reindex(due.index).fillna(0)
        kept = np.minimum(due, after).clip(lower=0).sum()
        low, high = wilson(len(renewed), len(decided)) if len(decided) else (0.0, 0.0)
        found[str(segment)] = {
            "renewed": len(renewed),
            "lost": len(decided) - len(renewed),
            "decided": len(decided),
            "low": low,
            "high": high,
            "due_arr": decided["arr"].sum(),
            "gross": kept / due.sum() if due.sum() else np.nan,
        }
    return found


def test_source_channels(ask: Ask, company: Workspace, sheets: Frames) -> None:
    """Rates, intervals, what others renew, losses, cost and the list to call are as by hand."""
    answers = ask("source_channels")
    contracts = listed(company)
    known = rates(contracts, "source_channel")
    enough = {name: one for name, one in known.items() if one["decided"] >= 10}
    by_channel = answers["by_channel"].set_index("source_channel")
    assert set(by_channel.index) == set(enough)
    assert len(enough) >= 2
    renewed, decided = (sum(one[part] for one in known.values()) for part in ("renewed", "decided"))
    clear = {}
    against = answers["against_all"].set_index("source_channel")
    for name, one in enough.items():
        row = by_channel.loc[name]
        assert (row["renewed"], row["lost"]) == (one["renewed"], one["lost"])
        assert row["renewal_rate"] == pytest.approx(one["renewed"] / one["decided"])
        assert (row["rate_low"], row["rate_high"]) == pytest.approx(
            (one["low"], one["high"]), rel=1e-4
        )
        assert row["due_arr"] == pytest.approx(one["due_arr"])
        assert row["gross_renewal_rate"] == pytest.approx(one["gross"])
        others = (renewed - one["renewed"]) / (decided - one["decided"])
        assert against.loc[name, "others_renewal_rate"] == pytest.approx(others)
        clear[name] = one["low"] > others or one["high"] < others
        assert against.loc[name, "is_clear"] == clear[name]
    lost = contracts[contracts["outcome"] == "lost"]
    by_reason = lost.groupby(["source_channel", "loss_reason_group"])["arr"].agg(["count", "sum"])
    why = answers["why_lost"].set_index(["source_channel", "loss_reason_group"])
    assert len(why) == len(by_reason) > 3
    for place, (count, arr) in by_reason.iterrows():
        assert (why.loc[place, "contracts"], why.loc[place, "lost_arr"]) == pytest.approx(
            (count, arr)
        )
    cost = sheets["Customers"].set_index("Customer ID")["Acquisition cost"]
    worth = answers["cost_and_worth"].set_index("source_channel")
    customers = in_force(company).assign(cost=lambda some: some["customer_id"].map(cost))
    for name, some in customers.groupby(customers["source_channel"].fillna("unknown")):
        row, costed = worth.loc[name], some[some["cost"].notna()]
        assert (row["customers"], row["arr"]) == pytest.approx((len(some), some["arr"].sum()))
        assert row["cost_per_customer"] == pytest.approx(costed["cost"].mean())
        assert row["arr_per_cost"] == pytest.approx(costed["arr"].sum() / costed["cost"].sum())
    worse = {n for n in enough if clear[n] and against.loc[n, "difference"] < 0}
    due = listed(company, View(UNTIL))
    is_soon = due["outcome"].isin(["due", "overdue"]) & (due["days_left"] <= HORIZON)
    expected = due[is_soon & due["source_channel"].isin(worse)]["contract_id"]
    assert set(answers["due_next"]["contract_id"]) == set(expected)


def used(contracts: Table, usage: Table, days: pd.Series) -> Table:
    """Give, by contract and measure, the mean of 3 months before a day and of 12 before these."""
    found = []
    for contract, day in zip(contracts.itertuples(), days, strict=True):
        own = usage[usage["customer_id"] == contract.customer_id]
        first, middle = (day - pd.DateOffset(months=months) for months in (15, 3))
        last = own[(own["day"] > middle) & (own["day"] <= day)]
        before = own[(own["day"] > first) & (own["day"] <= middle)]
        for measure in ("active_users", "licensed_users", "key_actions", "features_used"):
            now, then = last[measure].mean(), before[measure].mean()
            if not np.isnan(now) and then > 0:
                found.append((contract.contract_id, measure, now / then - 1))
    return pd.DataFrame(found, columns=["contract_id", "measure", "change"])


def test_before_leaving(ask: Ask, company: Workspace, sheets: Frames) -> None:
    """What was used before the end, how often a fall was followed by a loss, and who falls now."""
    answers = ask("before_leaving")
    usage = sheets["Usage"].rename(columns=lambda name: name.lower().replace(" ", "_"))
    usage["day"] = pd.to_datetime(usage["month"]) + pd.offsets.MonthEnd(0)
    contracts = listed(company)
    is_decided = contracts["outcome"].str.startswith("renewed") | (contracts["outcome"] == "lost")
    ends = pd.to_datetime(contracts["end_date"])
    ended = contracts[is_decided & (ends <= pd.Timestamp(UNTIL))]
    assert set(answers["ended"]["contract_id"]) == set(ended["contract_id"])
    expected = used(ended, usage, pd.to_datetime(ended["end_date"]))
    expected = expected.merge(ended[["contract_id", "outcome"]])
    expected["is_lost"] = expected["outcome"] == "lost"
    told = answers["used"].set_index(["contract_id", "measure"])["change_rate"].sort_index()
    known = expected.set_index(["contract_id", "measure"])["change"].sort_index()
    pd.testing.assert_series_equal(told, known, check_names=False)
    medians = expected.groupby(["measure", "is_lost"])["change"].median()
    for row in answers["by_measure"].itertuples():
        key = (row.measure, row.outcome == "lost")
        assert row.median_change_rate == pytest.approx(medians[key])
    telling = []
    for row in answers["falls"].itertuples():
        some = expected[expected["measure"] == row.measure]
        fell, held = some[some["change"] <= -0.2], some[some["change"] > -0.2]
        assert (row.fell, row.held) == (len(fell), len(held))
        assert row.fell_and_lost == fell["is_lost"].sum()
        assert row.held_and_lost == held["is_lost"].sum()
        if len(fell) >= 10 <= len(held) and fell["is_lost"].mean() > held["is_lost"].mean():
            telling.append(row.measure)
    due = listed(company, View(UNTIL))
    soon = due[due["outcome"].isin(["due", "overdue"]) & (due["days_left"] <= 180)]
    now = used(soon, usage, pd.Series(pd.Timestamp(UNTIL), index=soon.index))
    falling = now[(now["change"] <= -0.2) & now["measure"].isin(telling)]
    listed_now = answers["falling_now"].set_index("contract_id")
    assert set(listed_now.index) == set(falling["contract_id"])
    assert telling
    deepest = falling.groupby("contract_id")["change"].min()
    for contract, change in deepest.items():
        assert listed_now.loc[contract, "deepest_change_rate"] == pytest.approx(change)


def test_csm_load(ask: Ask, company: Workspace, sheets: Frames) -> None:
    """Customers, ARR and hours of each CSM, what its contracts renewed, and what goes together."""
    answers = ask("csm_load")
    customers = in_force(company).assign(csm=lambda some: some["csm"].fillna("unknown"))
    touches = sheets["Touches"]
    touched = pd.to_datetime(touches["Touch date"])
    is_in_year = (touched > pd.Timestamp(UNTIL) - pd.DateOffset(years=1)) & (
        touched <= pd.Timestamp(UNTIL)
    )
    hours = touches[is_in_year].groupby("Customer ID")["Hours"].sum()
    customers["hours"] = customers["customer_id"].map(hours).fillna(0)
    known = rates(listed(company), "csm")
    due = listed(company, View(UNTIL))
    due = due[due["outcome"].isin(["due", "overdue"]) & (due["days_left"] <= HORIZON)]
    ends = due.groupby(due["csm"].fillna("unknown"))["arr"].sum()
    both = answers["load_and_renewals"].set_index("csm")
    loads = answers["load"].set_index("csm")
    assert set(both.index) == set(customers["csm"]) == set(loads.index)
    for name, some in customers.groupby("csm"):
        row, renewed = both.loc[name], known.get(str(name))
        assert (row["customers"], row["arr"]) == pytest.approx((len(some), some["arr"].sum()))
        assert loads.loc[name, "hours"] == pytest.approx(some["hours"].sum())
        assert row["hours_per_customer"] == pytest.approx(some["hours"].mean())
        assert row["ends_within_90_days"] == pytest.approx(ends.get(name, 0))
        if renewed and renewed["decided"]:
            assert row["decided"] == renewed["decided"]
            assert row["renewal_rate"] == pytest.approx(renewed["renewed"] / renewed["decided"])
            assert row["gross_renewal_rate"] == pytest.approx(renewed["gross"])
    named = both[both["renewal_rate"].notna() & (both.index != "unknown")]
    together = answers["together"].iloc[0]
    expected = np.corrcoef(named["customers"], named["renewal_rate"])[0, 1]
    assert together["csms"] == len(named)
    assert together["customers_and_renewals"] == pytest.approx(expected)
    nobodys = set(customers[customers["csm"] == "unknown"]["customer_id"])
    assert set(answers["to_hand_over"]["customer_id"]) == nobodys  # nobody has more than 50


def test_who_has_too_many_hands_over_the_smallest(company: Workspace) -> None:
    """Above the limit, the smallest customers whose end is far are named, as many as needed."""
    notebook = _shipped("csm_load")
    read = door.reads_all(notebook.sql())
    most = 8
    asked = running.question(notebook, "to_hand_over", VIEW, {"most_customers": str(most)}, read)
    found = running.ask(company, asked).table.to_pandas()
    customers = in_force(company)
    for csm, some in customers.groupby("csm"):
        soon = some["days_left"].fillna(10**6) <= 120
        ordered = some.assign(soon=soon).sort_values(["soon", "arr", "customer_id"])
        expected = list(ordered["customer_id"])[: max(len(some) - most, 0)]
        assert set(found[found["csm"] == csm]["customer_id"]) == set(expected), csm


@pytest.mark.quick
@pytest.mark.parametrize("one", shipped.all_of("en"), ids=lambda one: str(one.id))
def test_they_are_whole_in_both_languages(one: Notebook) -> None:
    """Each has Markdown for readers of both languages, in the form in which files are written."""
    stem = one.id.removeprefix("shipped-")
    written = Path(shipped.__file__).with_name(f"{stem}.sql").read_text(encoding="utf-8")
    assert text.write(text.read(written)) == written
    assert {name for name, sql in one.sql().items() if "order by" not in sql} <= {"together"}
    markdown = [cell for cell in one.cells if cell.kind == "markdown"]
    spoken = [cell.get("language") for cell in markdown]
    assert spoken.count("en") == spoken.count("zh") >= 2
    names = {language: texts.say(f"shipped.{stem}.name", language) for language in ("en", "zh")}
    assert names["en"] != names["zh"]


def test_their_charts_draw_columns_that_are_there(ask: Ask) -> None:
    """Each chart names columns of the answer that it draws."""
    for one in shipped.all_of("en"):
        answers = ask(one.id.removeprefix("shipped-"))
        drawn = 0
        for cell in one.cells:
            if chart := charts.of(cell):
                frame = answers[cell.get("of") or cell.name]
                assert set(chart.names) <= set(frame.columns), (one.id, cell.name)
                drawn += 1
        assert drawn >= 1
