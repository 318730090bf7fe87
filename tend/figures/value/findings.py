"""What the figures of Customer value say in one line: picks rows, computes nothing."""

from typing import Any

import pyarrow as pa

from tend.language import format, text

Row = dict[str, Any]


def _say(key: str, language: str, **params: object) -> str:
    return text.say(f"value.found.{key}", language, **params)


def periods(table: pa.Table, language: str) -> str | None:
    """Say what the last finished period won and lost."""
    rows = [row for row in table.to_pylist() if not row["is_open"]]
    if not rows:
        return None
    last = rows[-1]
    said = {name: format.money(abs(last[name]), language) for name in MOVES}
    key = "periods_up" if last["net_new"] >= 0 else "periods_down"
    net = format.money(abs(last["net_new"]), language)
    ratio = last["quick_ratio"]
    more = "" if ratio is None else _say("quick", language, ratio=format.times(ratio))
    return (
        _say(key, language, period=last["period"], net=net, **said) + more + so_far(last, language)
    )


def so_far(row: Row, language: str) -> str:
    """Say how much of what was not lost is in grace: nothing where all is decided."""
    if not row["overdue"]:
        return ""
    counts = {"overdue": format.count(row["overdue"])}
    return _say("so_far", language, **counts, arr=format.money(row["overdue_arr"], language))


MOVES = ("new", "reactivation", "expansion", "contraction", "churn")


def bridge(table: pa.Table, language: str) -> str | None:
    """Say from which ARR to which."""
    ends = {row["place"]: row for row in table.to_pylist()}
    if 1 not in ends or 7 not in ends:
        return None
    first, last = (format.money(ends[place]["amount"], language) for place in (1, 7))
    return _say("bridge", language, first=first, last=last)


def retention(table: pa.Table, language: str) -> str | None:
    """Say NRR and GRR of the newest month, and NRR of the first."""
    rows = table.to_pylist()
    first, last = rows[0], rows[-1]
    return _say(
        "retention",
        language,
        nrr=format.rate(last["nrr"], language),
        grr=format.rate(last["grr"], language),
        month=format.month(last["month"], language),
        before=format.rate(first["nrr"], language),
        month_before=format.month(first["month"], language),
        open=_at_worst(last, language),
    )


def _at_worst(row: Row, language: str) -> str:
    if not row["overdue_arr"]:
        return ""
    rates = {name: format.rate(row[f"{name}_at_worst"], language) for name in ("nrr", "grr")}
    return _say("at_worst", language, **rates, arr=format.money(row["overdue_arr"], language))


def concentration(table: pa.Table, language: str) -> str | None:
    """Say how many customers make the 80 %."""
    rows = table.to_pylist()
    needed = [row for row in rows if row["is_needed_for_80"]]
    if not needed:
        return None
    return _say(
        "concentration",
        language,
        customers=format.count(needed[-1]["place"]),
        whole=format.count(rows[-1]["place"]),
        share=format.rate(needed[-1]["cumulative_share"], language),
    )


def concentrated(table: pa.Table, language: str) -> str | None:
    """Name the segment that hangs most on its largest customer."""
    rows = [row for row in table.to_pylist() if row["customers"] > 1]
    if len(rows) < 2:
        return None
    top = max(rows, key=lambda row: row["largest_share"])
    return _say(
        "concentrated",
        language,
        segment=top["segment"],
        customer=format.clipped(str(top["largest_customer_name"])),
        share=format.rate(top["largest_share"], language),
    )


def lifetime(table: pa.Table, language: str) -> str | None:
    """Say what one point of the renewal rate is worth, over all."""
    total = next((row for row in table.to_pylist() if row["is_total"]), None)
    if total is None or total["point_value"] is None:
        return None
    return _say(
        "lifetime",
        language,
        value=format.money(total["point_value"], language),
        years=format.times(total["lifetime_years"]),
        rate=format.rate(total["logo_renewal_rate"], language),
    )


def base(table: pa.Table, language: str) -> str | None:
    """Say the newest base and what it is made of, and the first; under 0 what that means."""
    rows = [row for row in table.to_pylist() if row["base"] is not None]
    if not rows:
        return None
    first, last = rows[0], rows[-1]
    said = _say(
        "base_shrinks" if last["base"] < 0 else "base",
        language,
        month=format.month(last["month"], language),
        customers=format.count(last["customers"]),
        ltv=format.money(last["ltv"], language),
        nps=format.change(last["nps"]),
        base=format.times(last["base"]),
    )
    if len(rows) == 1:
        return said
    before = format.times(first["base"])
    return said + _say(
        "base_before", language, base=before, month=format.month(first["month"], language)
    )


def curves(table: pa.Table, language: str) -> str | None:
    """Say what a steady curve expects of the largest cohort that has one, else what was seen."""
    rows = [row for row in table.to_pylist() if row["is_steady"] and row["share"] is not None]
    if not rows:
        return _seen(table, language)
    largest = max(rows, key=lambda row: (row["customers"], row["age"]))
    return _say(
        "curves",
        language,
        cohort=largest["cohort"],
        customers=format.count(largest["customers"]),
        age=format.count(largest["age"]),
        share=format.rate(largest["share"], language),
        low=format.rate(largest["share_low"], language),
        high=format.rate(largest["share_high"], language),
    )


def _seen(table: pa.Table, language: str) -> str | None:
    rows = [row for row in table.to_pylist() if row["seen_share"] is not None and row["age"] > 0]
    if not rows:
        return None
    oldest = max(rows, key=lambda row: (row["age"], row["customers"]))
    return _say(
        "curves_seen",
        language,
        cohort=oldest["cohort"],
        kept=format.count(oldest["kept_customers"]),
        customers=format.count(oldest["customers"]),
        age=format.count(oldest["age"]),
    )


def fits(table: pa.Table, language: str) -> str | None:
    """Say how long customers of the largest cohort with a steady curve will stay, if any."""
    rows = [row for row in table.to_pylist() if row["is_steady"]]
    if not rows:
        return _say("fits_none", language)
    largest = max(rows, key=lambda row: row["customers"])
    return _say(
        "fits",
        language,
        cohort=largest["cohort"],
        years=format.times(largest["foretold_years"]),
    )


def effort(table: pa.Table, language: str) -> str | None:
    """Name the customers that cost most for what they pay."""
    rows = [row for row in table.to_pylist() if row["is_outlier"]]
    if not rows:
        return None
    names = [format.clipped(str(row["customer_name"])) for row in rows[:3]]
    return _say(
        "effort",
        language,
        customers=format.count(len(rows)),
        names=format.listed(names, language),
    )
