"""What the plain page computes in pandas: each contract's outcome, and tables of five charts."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

EARLY, GRACE = pd.Timedelta(days=90), pd.Timedelta(days=60)
YEAR = pd.DateOffset(years=1)
ONE_OFF = ("Implementation", "Training")
LABELS = ["industry", "size", "region", "department", "tier", "csm"]
BANDS = ([0, 100, 1000, np.inf], ["small", "mid", "large"])


@dataclass(frozen=True)
class Figures:
    """What the page shows."""

    headline: dict[str, float]
    by_period: pd.DataFrame
    by_segment: pd.DataFrame
    due: pd.DataFrame
    cohorts: pd.DataFrame
    retention: pd.DataFrame
    due_by_month: pd.DataFrame


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the customers and the contracts."""
    customers = _read(folder / "customers.csv")
    customers["size"] = pd.cut(
        pd.to_numeric(customers["size"]), BANDS[0], labels=BANDS[1], right=False
    )
    dates = ["Start date", "End date", "Signed date", "Ended on"]
    return customers[["customer_id", *LABELS]], _read(folder / "contracts.csv", dates)


def outcomes(customers: pd.DataFrame, contracts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Follow each contract that can be renewed to its successor; one row each, with labels."""
    book = contracts[~contracts["contract_type"].isin(ONE_OFF)].copy()
    after = book["end_date"] + pd.Timedelta(days=1)
    months = 12 * (after.dt.year - book["start_date"].dt.year)
    months += after.dt.month - book["start_date"].dt.month
    book["arr"] = book["amount"] * 12 / months.fillna(12).clip(lower=1)
    book["known_from"] = book["signed_date"].fillna(book["start_date"])
    book = book[book["known_from"] <= as_of]
    book = _followed(book, as_of)
    book["quarter"] = book["end_date"].dt.to_period("Q").astype(str)
    return book.merge(customers, on="customer_id", how="left")


def figures(book: pd.DataFrame, as_of: pd.Timestamp) -> Figures:
    """Make the tables of the charts, of the year up to a day."""
    window = book[(book["end_date"] > as_of - YEAR) & (book["end_date"] <= as_of)]
    three = book[(book["end_date"] > as_of - 3 * YEAR) & (book["end_date"] <= as_of)]
    soon = book[(book["end_date"] >= as_of - GRACE) & (book["end_date"] <= as_of + EARLY)]
    due = soon[soon["outcome"].isin(["due", "overdue"])].sort_values("arr", ascending=False)
    periods = _rates(three, "quarter").melt("segment", ["contracts", "amount"], "measure", "rate")
    months = soon.assign(month=soon["end_date"].dt.to_period("M").astype(str))
    return Figures(
        headline=_headline(window),
        by_period=periods.rename(columns={"segment": "quarter"}),
        by_segment=_intervals(_rates(window, "size")),
        due=due[["customer_name", "end_date", "outcome", "arr", "csm", "tier"]].head(1000),
        cohorts=_cohorts(three, as_of),
        retention=_retention(book, as_of),
        due_by_month=months.groupby(["month", "outcome"], as_index=False)[["arr"]].sum(),
    )


def _read(path: Path, dates: list[str] | None = None) -> pd.DataFrame:
    found = pd.read_csv(path, parse_dates=dates, engine="pyarrow")
    found.columns = [name.lower().replace(" ", "_") for name in found.columns]
    return found


def _followed(book: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Find the successor: who names it, else the same product's next within the days allowed."""
    named = book.dropna(subset="previous_contract_id").drop_duplicates("previous_contract_id")
    named = named.set_index("previous_contract_id")
    nexts = book.sort_values(["customer_id", "product", "start_date"])
    after = nexts.groupby(["customer_id", "product"], sort=False)[
        ["contract_id", "start_date", "known_from", "arr"]
    ].shift(-1)
    gap = after["start_date"] - nexts["end_date"]
    after = after.where((gap >= -EARLY) & (gap <= GRACE)).reindex(book.index)
    for column in ("start_date", "known_from", "arr"):
        by_name = book["contract_id"].map(named[column])
        book[f"next_{column}"] = by_name.fillna(after[column])
    end, day_after = book["end_date"], book["end_date"] + pd.Timedelta(days=1)
    is_lost = book["status"].isin(["Lost", "Terminated"])
    is_renewed = book["next_known_from"].notna() & ~is_lost
    book["lost_from"] = book["ended_on"].fillna(day_after).where(is_lost, end + GRACE)
    book["outcome"] = np.select(
        [
            is_renewed & (book["next_known_from"] <= day_after) & (end >= as_of),
            is_renewed & (book["next_known_from"] <= day_after),
            is_renewed,
            is_lost | (end + GRACE < as_of),
            end < as_of,
        ],
        ["renewed early", "renewed on time", "renewed late", "lost", "overdue"],
        "due",
    )
    book["is_renewed"], book["is_lost"] = is_renewed, book["outcome"] == "lost"
    # to the day before its successor starts: a gap is bridged, an overlap is cut
    followed = (book["next_start_date"] - pd.Timedelta(days=1)).where(is_renewed, end)
    followed = followed.mask(book["outcome"] == "overdue", as_of)
    book["last_day"] = book["ended_on"].fillna(followed)
    return book


def _rates(book: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the renewal rates of decided contracts, in count and in money."""
    decided = book[book["is_renewed"] | book["is_lost"]]
    kept = decided["next_arr"].where(decided["is_renewed"], 0)
    found = (
        decided.assign(kept=kept)
        .groupby(by, observed=True)
        .agg(
            renewed=("is_renewed", "sum"),
            decided=("is_renewed", "size"),
            due_arr=("arr", "sum"),
            kept_arr=("kept", "sum"),
        )
        .reset_index(names="segment")
    )
    found["contracts"] = found["renewed"] / found["decided"]
    found["amount"] = found["kept_arr"] / found["due_arr"]
    return found


def _intervals(rates: pd.DataFrame) -> pd.DataFrame:
    """Add Wilson's 95 % interval."""
    n, p, z = rates["decided"], rates["contracts"], 1.96
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return rates.assign(rate=p, low=middle - half, high=middle + half)


def _headline(book: pd.DataFrame) -> dict[str, float]:
    decided = book[book["is_renewed"] | book["is_lost"]]
    by_customer = decided.groupby("customer_id")["is_renewed"].any()
    kept = decided["next_arr"].where(decided["is_renewed"], 0)
    sums = pd.DataFrame({"due": decided["arr"], "kept": kept}).groupby(decided["customer_id"]).sum()
    due = sums["due"].sum()
    return {
        "Contracts renewed": decided["is_renewed"].mean(),
        "Customers renewed": by_customer.mean(),
        "Amount renewed": sums["kept"].sum() / due,
        "Amount kept": sums.min(axis=1).sum() / due,
        "On time": decided["outcome"].isin(["renewed on time", "renewed early"]).mean(),
    }


def _cohorts(book: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Give the share renewed by month ends around the end of each quarter."""
    ends = book["end_date"].dt.to_period("Q").dt.end_time.dt.normalize()
    parts: list[pd.DataFrame] = []
    for months_after in range(-6, 4):
        day = ends + pd.offsets.MonthEnd(months_after)
        is_known = day <= as_of
        is_renewed = book["is_renewed"] & (book["next_known_from"] <= day)
        share = is_renewed[is_known].groupby(book["quarter"][is_known]).mean()
        parts.append(share.rename("renewed_share").reset_index().assign(months_after=months_after))
    return pd.concat(parts, axis=0)


def _retention(book: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Give NRR and GRR of twelve months, month by month."""
    day = as_of + pd.offsets.MonthEnd(0)
    ends = [day - pd.offsets.MonthEnd(n) for n in range(0 if day == as_of else 1, 13)]
    rows = []
    for end in sorted(ends):
        opening, closing = (_arr_on(book, day) for day in (end - YEAR, end))
        now = closing.reindex(opening.index, fill_value=0)
        kept = np.minimum(now, opening).sum()
        rows += [
            {"month": f"{end:%Y-%m}", "measure": "NRR", "rate": now.sum() / opening.sum()},
            {"month": f"{end:%Y-%m}", "measure": "GRR", "rate": kept / opening.sum()},
        ]
    return pd.DataFrame(rows)


def _arr_on(book: pd.DataFrame, day: pd.Timestamp) -> "pd.Series[float]":
    in_force = book[(book["start_date"] <= day) & ~(book["last_day"] < day)]  # or has no end
    return in_force.groupby("customer_id")["arr"].sum()
