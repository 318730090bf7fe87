"""What figures of renewals say in one line: picks rows and writes them, computes nothing."""

from typing import Any

import pyarrow as pa

from tend.figures.limits import FEWEST_NAMED
from tend.language import format, text

Row = dict[str, Any]
_MOST_NAMED = 2
_HALF = 0.5
# One that moved the rate by so many times the whole change was outweighed by others.
_OUTWEIGHED = 1.5
# So much further than the contract rate another rate has to move to be named beside it.
_CLEARLY = 0.02
# A period stands out when the next lowest lies so far above it.
_STANDS_OUT = 0.05


def trend(table: pa.Table, language: str) -> str | None:
    """Hold the newest finished period against the one before and the year before."""
    rows = [row for row in table.to_pylist() if row["segment_code"] != "unknown"]
    told = [row for row in rows if not row["open"] and not row["is_few_cases"]]
    if not told or len(rows) < 2:
        return None
    last = told[-1]
    said = text.say("findings.trend", language, **_period(last, language))
    a_year_before = f"{int(last['segment'][:4]) - 1}{last['segment'][4:]}"
    earlier = rows[: rows.index(last)]
    known = [
        row for row in reversed(earlier) if row["segment"] == a_year_before or row is earlier[-1]
    ]
    known = [row for row in known if row in told]
    if not known:
        return None
    pairs = [text.say("findings.trend_after", language, **_period(row, language)) for row in known]
    said += text.say(
        "findings.trend_before",
        language,
        periods=text.say("findings.trend_and", language).join(pairs),
    )
    low, *others = sorted(told, key=lambda row: row["contract_renewal_rate"])
    is_news = low is not last and low not in known and others
    if is_news and others[0]["contract_renewal_rate"] - low["contract_renewal_rate"] > _STANDS_OUT:
        said += text.say("findings.trend_lowest", language, **_period(low, language))
    return said


def _period(row: Row, language: str) -> dict[str, str]:
    return {"period": row["segment"], "rate": format.rate(row["contract_renewal_rate"], language)}


def reasons(table: pa.Table, language: str) -> str | None:
    """Name the reason of most contracts and the one of most ARR, and what has no reason."""
    rows = table.to_pylist()
    known = [row for row in rows if row["reason_group_code"] != "unknown"]
    if not known:
        return None
    often = max(known, key=lambda row: row["contracts"])
    dear = max(known, key=lambda row: row["arr"])
    is_tied = sum(row["contracts"] == often["contracts"] for row in known) > 1
    if max(often["contracts"], dear["contracts"]) < FEWEST_NAMED:
        return None
    key = "reasons_arr" if is_tied else "reasons" if dear is often else "reasons_by_arr"
    said = text.say(
        f"findings.{key}",
        language,
        dear=dear["reason_group"],
        dear_arr=format.money(dear["arr"], language),
        dear_contracts=format.count(dear["contracts"]),
        reason=often["reason_group"],
        contracts=format.count(often["contracts"]),
        arr=format.money(often["arr"], language),
    )
    blank = [row for row in rows if row["reason_group_code"] == "unknown"]
    if blank:
        arr, contracts = (
            format.money(blank[0]["arr"], language),
            format.count(blank[0]["contracts"]),
        )
        said += text.say("findings.without_reason", language, arr=arr, contracts=contracts)
    return said


def explainers(table: pa.Table) -> list[Row]:
    """Give the one or two segments that account for half of the change; none where none do."""
    if len(table) < 2:  # one segment is the whole
        return []
    ranked = [row for row in table.to_pylist() if row["place"] is not None]
    ranked = sorted(ranked, key=lambda row: row["place"])[:_MOST_NAMED]
    for place, row in enumerate(ranked, start=1):
        if row["explained_share"] >= _HALF:
            return ranked[:place]
    return []


def is_outweighed(last: Row) -> bool:
    """Tell whether the explainers, up to the last one, did more than came of it in all."""
    return bool(last["explained_share"] >= _OUTWEIGHED and format.is_visible(last["others_effect"]))


def segment_name(row: Row) -> str:
    """Name a segment, or the pair of two dimensions."""
    return str(row["segment"]) if row["split"] is None else f"{row['segment']} · {row['split']}"


def moved_most(rows: list[Row], column: str) -> Row | None:
    """Give the rate that moved clearly more than the first one, where one did."""
    known = [row for row in rows if row[column] is not None]
    if not known or known[0] is not rows[0]:
        return None
    most = max(known, key=lambda row: abs(row[column]))
    is_clear = abs(most[column]) >= abs(rows[0][column]) + _CLEARLY
    return most if is_clear and not most["is_few_cases"] else None


def change(table: pa.Table, language: str) -> str | None:
    """Name the segments that explain the change of the rate, and what the others did."""
    rows = explainers(table)
    if not rows or not format.is_visible(rows[-1]["change"]):
        return None
    last = rows[-1]
    key = "finding_alone" if is_outweighed(last) else "finding"
    return text.say(
        f"figures.renewals_change.{key}",
        language,
        names=format.listed([segment_name(row) for row in rows], language),
        points=format.points(last["explained_effect"], language),
        others=format.points(last["others_effect"], language),
        change=format.points(last["change"], language),
    )


def cohorts(table: pa.Table, language: str) -> str | None:
    """Hold the quarter of today against what is usual at this distance from its end."""
    return _quarter(table, "finding", language)


def quarter_so_far(table: pa.Table, language: str) -> str | None:
    """Say the same as a sentence, while the quarter has open contracts."""
    return _quarter(table, "sentence", language)


def _quarter(table: pa.Table, key: str, language: str) -> str | None:
    rows = [r for r in table.to_pylist() if r["is_current"] and r["is_latest"]]
    if not rows or rows[0]["usual_renewed_share"] is None:
        return None
    row = rows[0]
    when = (
        text.say("figures.to_go", language, months=format.count(abs(row["months_after"])))
        if row["months_after"]
        else text.say("figures.at_its_end", language)
    )
    return text.say(
        f"figures.renewal_cohorts.{key}",
        language,
        quarter=row["quarter"],
        day=format.day(row["month_end"], language),
        when=when,
        renewed=format.count(row["renewed"]),
        contracts=format.count(row["contracts"]),
        share=format.rate(row["renewed_share"], language),
        usual=format.rate(row["usual_renewed_share"], language),
    )


def segments(table: pa.Table, language: str) -> str | None:
    """Name the lowest and the highest segment among those with enough cases."""
    rows = [r for r in table.to_pylist() if not r["is_total"] and not r["is_few_cases"]]
    if len(rows) < 2:
        return None
    ranked = sorted(rows, key=lambda row: row["contract_renewal_rate"])
    low, high = ranked[0], ranked[-1]
    if low["contract_renewal_rate"] == high["contract_renewal_rate"]:
        return None
    return text.say(
        "findings.segments",
        language,
        low=low["segment"],
        rate_low=format.rate(low["contract_renewal_rate"], language),
        high=high["segment"],
        rate_high=format.rate(high["contract_renewal_rate"], language),
    )


def process(table: pa.Table, language: str) -> str | None:
    """Say how many renewals have stayed in their stage longer than they may, and their ARR."""
    first = table.to_pylist()[0]
    if not first["count_over_limit"]:
        return text.say("findings.process_in_time", language)
    return text.say(
        "findings.process",
        language,
        contracts=format.count(first["count_over_limit"]),
        arr=format.money(first["over_limit_arr"], language),
    )
