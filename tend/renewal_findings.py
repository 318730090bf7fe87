"""What figures of renewals say in one line: picks rows and writes them, computes nothing."""

import pyarrow as pa

from tend import format, text

Row = dict[str, object]
_MOST_NAMED = 2
_HALF = 0.5
_LEAD = 3
_FEWEST = 10


def explainers(table: pa.Table) -> list[dict[str, float | str]]:
    """Give the one or two segments that account for half of the change; none where none do."""
    ranked = [row for row in table.to_pylist() if row["place"] is not None]
    ranked = sorted(ranked, key=lambda row: row["place"])[:_MOST_NAMED]
    for place, row in enumerate(ranked, start=1):
        if row["explained_share"] >= _HALF:
            return ranked[:place]
    return []


def segment_name(row: dict[str, float | str]) -> str:
    """Name a segment, or the pair of two dimensions."""
    return str(row["segment"]) if row["split"] is None else f"{row['segment']} · {row['split']}"


def change(table: pa.Table, language: str) -> str | None:
    """Name the segments that explain the change of the rate."""
    rows = explainers(table)
    if not rows or not format.is_visible(float(rows[0]["change"])):
        return None
    return text.say(
        "renewal_figures.renewals_change.finding",
        language,
        names=format.listed([segment_name(row) for row in rows], language),
        points=format.listed(
            [format.points(float(row["effect"]), language) for row in rows], language
        ),
        change=format.points(float(rows[0]["change"]), language),
    )


def cohorts(table: pa.Table, language: str) -> str | None:
    """Hold the quarter of today against what is usual at this distance from its end."""
    rows = [r for r in table.to_pylist() if r["is_current"] and r["is_latest"]]
    if not rows or rows[0]["usual_renewed_share"] is None:
        return None
    row = rows[0]
    when = (
        text.say("renewal_figures.to_go", language, months=format.count(abs(row["age"])))
        if row["age"]
        else text.say("renewal_figures.at_its_end", language)
    )
    return text.say(
        "renewal_figures.renewal_cohorts.finding",
        language,
        quarter=row["quarter"],
        when=when,
        renewed=format.count(row["renewed"]),
        contracts=format.count(row["contracts"]),
        share=format.rate(row["renewed_share"], language),
        usual=format.rate(row["usual_renewed_share"], language),
    )


def forecast(table: pa.Table, language: str) -> str | None:
    """Say what is to be expected of all open contracts shown, and how sure that is."""
    rows = table.to_pylist()
    [total] = [row for row in rows if row["is_total"]]
    if total["expected_arr"] is None:
        return None
    months = [row["segment"] for row in rows if not row["is_total"]]
    amounts = {"arr": "arr", "expected": "expected_arr", "low": "low", "high": "high"}
    amounts |= {"marked": "marked_expected_arr"}
    key = "finding_marked" if total["marked_contracts"] else "finding"
    return text.say(
        f"renewal_figures.forecast_months.{key}",
        language,
        month=max(months),
        contracts=format.count(total["marked_contracts"]),
        **{name: format.money(total[column], language) for name, column in amounts.items()},
    )


def check(table: pa.Table, language: str) -> str | None:
    """Say in how many months of the past what came lay in the interval."""
    rows = [row for row in table.to_pylist() if row["lead"] == _LEAD]
    if not rows or not rows[0]["months_checked"]:
        return None
    rates = {"coverage": "coverage", "low": "coverage_low", "high": "coverage_high"}
    return text.say(
        "renewal_figures.forecast_check.finding",
        language,
        inside=format.count(rows[0]["months_inside"]),
        checked=format.count(rows[0]["months_checked"]),
        **{name: format.rate(rows[0][column], language) for name, column in rates.items()},
    )


def calibration(table: pa.Table, language: str) -> str | None:
    """Say how the largest group of like chances renewed."""
    row = max(table.to_pylist(), key=lambda one: one["contracts"])
    if row["contracts"] < _FEWEST:
        return None
    rates = {"rate": "rate", "expected": "expected_rate"}
    rates |= {"from_chance": "chance_from", "to_chance": "chance_to"}
    return text.say(
        "renewal_figures.forecast_calibration.finding",
        language,
        renewed=format.count(row["renewed"]),
        contracts=format.count(row["contracts"]),
        **{name: format.rate(row[column], language) for name, column in rates.items()},
    )
