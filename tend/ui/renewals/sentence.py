"""The sentence that says whether we are renewing, and what is still open."""

from typing import Any

from tend.figures.collection import FIGURES
from tend.figures.renewals import findings as renewal_findings
from tend.language import format, text
from tend.ui.figures import doubts
from tend.ui.parts import lead, words
from tend.ui.renewals import early, explained
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
# All rates have their tiles, also where nothing has ever ended.
_MEASURES = (
    *("contract_renewal_rate", "logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate"),
    "on_time_rate",
)


def sentence(view: View) -> None:
    """Say in one sentence what is the case, and in a second what is still open."""
    choice = address.choice()
    found = measures(view)
    rates = data.ask("renewal_rates", view).to_pylist()
    said = _first_sentence(found["contract_renewal_rate"], view)
    is_early = early.is_early(view)
    is_undecided = bool(rates) and not rates[0]["decided"] and not is_early
    rest = [words.say("renewals.nothing_decided")] if is_undecided else []
    rest.extend(_moved_sentence(list(found.values()), view))
    if rates and rates[0]["open"]:
        rest.append(_open_sentence(rates[0], choice.language))
    if rates and rates[0]["other_currencies"]:
        amounts = rates[0]["other_currencies"]
        rest.append(words.say("renewals.other_currencies", amounts=amounts))
    rest += [*doubts.renewals(view), *doubts.doubled(view)]
    lines = [format.sentences(rest, choice.language), *_quarter_sentence(view, choice.language)]
    if is_mostly_open(view):
        lead.say(_retention_sentence(view), _why_retention(view), said or "", *lines)
    elif is_early:
        lead.say(early.said(view), *lines)
    else:
        lead.say(said or words.say("renewals.nothing_ends"), *lines)


def is_mostly_open(view: View) -> bool:
    """Tell whether most contracts have no end: retention says more then (M19)."""
    return any(row["is_mostly_open"] for row in data.ask("open_ends", view).to_pylist())


def _retention_sentence(view: View) -> str:
    """Say how much of the ARR of 12 months ago is there, or that there was none."""
    language = address.choice().language
    rows = data.ask("retention_12m", view.between(None, None)).to_pylist()
    if not rows:
        return words.say("renewals.lead_open_young")
    rates = {name: format.rate(rows[0][name], language) for name in ("nrr", "grr")}
    kept, opening = (format.count(rows[0][f"{name}_customers"]) for name in ("kept", "opening"))
    return words.say("renewals.lead_open", **rates, kept=kept, opening=opening)


def _why_retention(view: View) -> str:
    """Say why the page begins with retention."""
    (row,) = data.ask("open_ends", view).to_pylist()
    open_, all_ = row["open_ended"], row["contracts"]
    counts = {"open": open_, "contracts": all_, "dated": all_ - open_}
    return words.say("renewals.why_open", **{k: format.count(v) for k, v in counts.items()})


def measures(view: View) -> dict[str, Row]:
    """Give the rates of the window by their names."""
    table = data.ask(FIGURES["renewals_headline"].query, view)
    nothing = dict.fromkeys(table.column_names)
    return {
        **{name: {**nothing, "measure": name} for name in _MEASURES},
        **{row["measure"]: row for row in table.to_pylist()},
    }


def _first_sentence(row: Row, view: View) -> str | None:
    language = address.choice().language
    if row["value"] is None:
        return None
    counts = {
        "renewed": format.count(row["numerator"]),
        "decided": format.count(row["denominator"]),
        "rate": format.rate(row["value"], language),
    }
    if view.start is None:
        return text.say("renewals.lead_undated", language, **counts)
    change, period = _main_change(row)
    if change is None:
        return text.say("renewals.lead", language, **counts)
    if not format.is_visible(change):
        return text.say("renewals.lead_same", language, **counts, period=period)
    key = "renewals.lead_more" if change > 0 else "renewals.lead_less"
    return text.say(
        key,
        language,
        **counts,
        points=format.size_of_change(change),
        period=period,
        explained=explained.explanation(view),
    )


def _main_change(row: Row) -> tuple[float | None, str]:
    chosen = address.choice().window
    if chosen in explained.ONCE_A_YEAR:
        return row["change_year_before"], words.say(f"renewals.than.{chosen}")
    return row["change_previous"], words.say(f"renewals.than.{chosen}")


def _moved_sentence(rows: list[Row], view: View) -> list[str]:
    """Name the rate that moved clearly more than the one of contracts: it is the news."""
    if view.start is None:
        return []
    is_yearly = address.choice().window in explained.ONCE_A_YEAR
    column = "change_year_before" if is_yearly else "change_previous"
    row = renewal_findings.moved_most(rows, column)
    if row is None:
        return []
    way = "more" if row[column] > 0 else "less"
    return [
        words.say(
            f"renewals.moved_{way}.{row['measure']}",
            rate=format.rate(row["value"], address.choice().language),
            points=format.size_of_change(row[column]),
            period=_main_change(row)[1],
        )
    ]


def _quarter_sentence(view: View, language: str) -> list[str]:
    """Say whether the quarter of today is ahead of the usual or behind, above the fold."""
    if view.start is None:
        return []
    table = data.answer(FIGURES["renewal_cohorts"], view)
    said = renewal_findings.quarter_so_far(table, language)
    return [said] if said else []


def _open_sentence(row: Row, language: str) -> str:
    key = "open" if row["overdue"] and row["due"] else "open_due" if row["due"] else "open_overdue"
    return text.say(
        f"renewals.{key}",
        language,
        open=format.count(row["open"]),
        overdue=format.count(row["overdue"]),
        due=format.count(row["due"]),
        best=format.rate(row["rate_at_best"], language),
        worst=format.rate(row["rate_at_worst"], language),
    )
