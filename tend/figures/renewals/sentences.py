"""The sentences of Renewals: whether we are renewing, why not, and what comes next."""

from tend.figures import doubts, looks
from tend.figures.reading import Lead, Reading, Row
from tend.figures.renewals import early, explained, findings
from tend.language import format
from tend.view import View

# All rates have their numbers, also where nothing has ever ended.
_MEASURES = (
    *("contract_renewal_rate", "logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate"),
    "on_time_rate",
)


def now(reading: Reading, view: View) -> Lead:
    """Say in one sentence what is the case, and in a second what is still open.

    What explains the change is looked for by the groupings of the view, where it has any.
    """
    whole = view.grouped(None).split(None)
    lines = [reading.sentences(*_second(reading, whole)), *_quarter(reading, whole)]
    said = _first(reading, view)
    if is_mostly_open(reading, whole):
        lines = [_why_retention(reading, whole), said, *lines]
        return Lead(_retention(reading, whole), tuple(lines))
    if early.is_early(reading, whole):
        return Lead(early.said(reading, whole), tuple(lines))
    return Lead(said or reading.say("renewals.nothing_ends"), tuple(lines))


def why(reading: Reading, view: View) -> Lead:
    """Say what was lost and for which reason most, and who came back; figures say the rest."""
    rows = reading.rows("loss_reasons", view.grouped(None))
    said = reading.sentences(*_without_reason(reading, rows), *_won_back(reading, view))
    return Lead(_lost(reading, rows) or reading.say("renewals.why.nothing"), (said,))


def ahead(reading: Reading, view: View) -> Lead:
    """Say how much is open, what of it is overdue, and how far the CSMs have made their calls."""
    row = forecast(reading, view)
    if row is None:
        return Lead(reading.say("renewals.next.nothing"))
    names = ("contracts", "overdue", "called", "at_odds")
    counts = {name: format.count(row[name]) for name in names}
    money = {name: reading.money(row[name]) for name in ("arr", "overdue_arr")}
    key = "lead_overdue" if row["overdue"] else "lead"
    calls = "uncalled_all" if not row["called"] else "called" if row["at_odds"] else "called_alike"
    return Lead(
        reading.say(f"renewals.next.{key}", **counts, **money),
        (reading.say(f"renewals.next.{calls}", **counts),),
    )


def forecast(reading: Reading, view: View) -> Row | None:
    """Give what is to come in a year as a whole, where anything is."""
    return reading.first("renewal_forecast_total", looks.year_ahead(view))


def has_dates(reading: Reading, view: View) -> bool:
    """Tell whether any contract has an end date: without one there is no trend and nothing due."""
    everything = reading.ask("renewal_rates", View(view.as_of, group_by="quarter"))
    return set(everything["segment"].to_pylist()) != {"unknown"}


def is_mostly_open(reading: Reading, view: View) -> bool:
    """Tell whether most contracts have no end: retention says more then (M19)."""
    return any(row["is_mostly_open"] for row in reading.rows("open_ends", view))


def measures(reading: Reading, view: View) -> dict[str, Row]:
    """Give the rates of the window by their names."""
    table = reading.ask("renewal_headline", view)
    nothing = dict.fromkeys(table.column_names)
    return {
        **{name: {**nothing, "measure": name} for name in _MEASURES},
        **{row["measure"]: row for row in table.to_pylist()},
    }


def _second(reading: Reading, view: View) -> list[str]:
    """Say what else there is to know: what moved more, what is open, what stands on little."""
    rates = reading.first("renewal_rates", view)
    is_undecided = rates and not rates["decided"] and not early.is_early(reading, view)
    rest = [reading.say("renewals.nothing_decided")] if is_undecided else []
    rest += _moved(reading, list(measures(reading, view).values()), view)
    if rates and rates["open"]:
        rest.append(_open(reading, rates))
    if rates and rates["other_currencies"]:
        amounts = rates["other_currencies"]
        rest.append(reading.say("renewals.other_currencies", amounts=amounts))
    return [*rest, *doubts.renewals(reading, view), *doubts.doubled(reading, view)]


def _retention(reading: Reading, view: View) -> str:
    """Say how much of the ARR of 12 months ago is there, or that there was none."""
    row = reading.first("retention_12m", view.between(None, None))
    if row is None:
        return reading.say("renewals.lead_open_young")
    rates = {name: reading.rate(row[name]) for name in ("nrr", "grr")}
    kept, opening = (format.count(row[f"{name}_customers"]) for name in ("kept", "opening"))
    return reading.say("renewals.lead_open", **rates, kept=kept, opening=opening)


def _why_retention(reading: Reading, view: View) -> str:
    """Say why the page begins with retention."""
    row = reading.one("open_ends", view)
    open_, all_ = row["open_ended"], row["contracts"]
    counts = {"open": open_, "contracts": all_, "dated": all_ - open_}
    return reading.say("renewals.why_open", **{k: format.count(v) for k, v in counts.items()})


def _first(reading: Reading, view: View) -> str:
    """Say how many renewed, how that changed and what explains it; nothing before any ended."""
    row = measures(reading, view.grouped(None).split(None))["contract_renewal_rate"]
    if row["value"] is None:
        return ""
    counts = {
        "renewed": format.count(row["numerator"]),
        "decided": format.count(row["denominator"]),
        "rate": reading.rate(row["value"]),
    }
    if view.start is None:
        return reading.say("renewals.lead_undated", **counts)
    change, period = row[_compared(view)], _period(reading, view)
    if change is None:
        return reading.say("renewals.lead", **counts)
    if not format.is_visible(change):
        return reading.say("renewals.lead_same", **counts, period=period)
    return reading.say(
        f"renewals.lead_{'more' if change > 0 else 'less'}",
        **counts,
        points=format.size_of_change(change),
        period=period,
        explained=explained.explanation(reading, view),
    )


def _compared(view: View) -> str:
    """Name the column of the change that is told: a window of a year goes by the year before."""
    is_yearly = view.window in explained.ONCE_A_YEAR
    return "change_year_before" if is_yearly else "change_previous"


def _period(reading: Reading, view: View) -> str:
    return reading.say(f"renewals.than.{view.window}")


def _moved(reading: Reading, rows: list[Row], view: View) -> list[str]:
    """Name the rate that moved clearly more than the one of contracts: it is the news."""
    column = _compared(view)
    row = None if view.start is None else findings.moved_most(rows, column)
    if row is None:
        return []
    return [
        reading.say(
            f"renewals.moved_{'more' if row[column] > 0 else 'less'}.{row['measure']}",
            rate=reading.rate(row["value"]),
            points=format.size_of_change(row[column]),
            period=_period(reading, view),
        )
    ]


def _quarter(reading: Reading, view: View) -> list[str]:
    """Say whether the quarter of today is ahead of the usual or behind, above the fold."""
    if view.start is None:
        return []
    table = reading.ask("renewal_cohorts", looks.quarters_around(view))
    said = findings.quarter_so_far(table, reading.language)
    return [said] if said else []


def _open(reading: Reading, row: Row) -> str:
    key = "open" if row["overdue"] and row["due"] else "open_due" if row["due"] else "open_overdue"
    return reading.say(
        f"renewals.{key}",
        **{name: format.count(row[name]) for name in ("open", "overdue", "due")},
        **{name: reading.rate(row[f"rate_at_{name}"]) for name in ("best", "worst")},
    )


def _lost(reading: Reading, rows: list[Row]) -> str:
    """Say how much was lost, and for which reason most."""
    if not rows:
        return ""
    arr = reading.money(rows[0]["segment_arr"])
    counts = {"arr": arr, "contracts": format.count(rows[0]["segment_contracts"])}
    known = [row for row in rows if row["reason_group"] != "unknown"]
    if not known:
        return reading.say("renewals.why.lost", **counts)
    most = max(known, key=lambda row: row["arr"])
    reason = reading.say(f"reasons.{most['reason_group']}")
    most_arr = reading.money(most["arr"])
    return reading.say("renewals.why.lost_for", **counts, reason=reason, reason_arr=most_arr)


def _without_reason(reading: Reading, rows: list[Row]) -> list[str]:
    """Say how much of it has no reason, where there are reasons at all."""
    blank = [row for row in rows if row["reason_group"] == "unknown" and len(rows) > 1]
    return [
        reading.say(
            "renewals.why.blank",
            arr=reading.money(row["arr"]),
            contracts=format.count(row["contracts"]),
        )
        for row in blank
    ]


def _won_back(reading: Reading, view: View) -> list[str]:
    count = len(reading.ask("win_backs", view))
    return [reading.say("renewals.why.won_back", customers=format.count(count))] if count else []
