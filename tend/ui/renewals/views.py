"""How the views of Renewals begin that say why, and what comes next."""

from typing import Any

from tend.figures.collection import FIGURES
from tend.language import format
from tend.ui.figures import foot, leading
from tend.ui.parts import lead, pieces, tiles, words
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]


def why_sentence(view: View) -> None:
    """Say what was lost and for which reason most, and who came back; figures say the rest."""
    rows = data.ask("loss_reasons", view.grouped(None)).to_pylist()
    said = format.sentences([*_without_reason(rows), *_won_back(view)], address.choice().language)
    lead.say(_lost(rows) or words.say("renewals.why.nothing"), said)


def next_sentence(view: View) -> None:
    """Say how much is open, what of it is overdue, and how far the CSMs have made their calls."""
    row = _forecast(view)
    if row is None:
        lead.say(words.say("renewals.next.nothing"))
        return
    counts = {
        name: format.count(row[name]) for name in ("contracts", "overdue", "called", "at_odds")
    }
    arr, overdue = _money(row, "arr", "overdue_arr")
    key = "lead_overdue" if row["overdue"] else "lead"
    calls = "uncalled_all" if not row["called"] else "called" if row["at_odds"] else "called_alike"
    lead.say(
        words.say(f"renewals.next.{key}", **counts, arr=arr, overdue_arr=overdue),
        words.say(f"renewals.next.{calls}", **counts),
    )


def next_headline(view: View) -> None:
    """Show what is due, what the model expects of it, and what the CSMs say; each leads on."""
    row, language = _forecast(view), address.choice().language
    if row is None:
        return
    arr, expected, low, high = _money(row, "arr", "expected_arr", "low", "high")
    commit, at_risk, lost, uncalled = _money(
        row, "committed_arr", "doubted_arr", "given_up_arr", "uncalled_arr"
    )
    rest = words.say("renewals.next.rest", at_risk=at_risk, lost=lost)
    without = words.say("renewals.next.uncalled", arr=uncalled)
    contracts = words.say("renewals.next.contracts", contracts=format.count(row["contracts"]))
    rate = words.say("renewals.next.share", rate=format.rate(row["expected_rate"], language))
    between = words.say("renewals.next.between", low=low, high=high)
    of = {
        "due": pieces.card(words.say("renewals.next.due"), arr, contracts),
        "expected": pieces.card(words.say("renewals.next.expected"), expected, rate, between),
        "called": pieces.card(words.say("renewals.next.committed"), commit, rest, without),
    }
    links = {} if row["called"] else {"called": ""}
    shown = [leading.tile(f"tile_forecast_{n}", card, links.get(n)) for n, card in of.items()]
    tiles.show(shown)
    cell = FIGURES["forecast_total"]
    foot.show(cell, view, data.answer(cell, view))
    leading.lists(shown, view)


def _forecast(view: View) -> Row | None:
    rows = data.answer(FIGURES["forecast_total"], view).to_pylist()
    return rows[0] if rows else None


def _money(row: Row, *columns: str) -> list[str]:
    return [format.money(row[column], address.choice().language) for column in columns]


def _lost(rows: list[Row]) -> str:
    """Say how much was lost, and for which reason most."""
    if not rows:
        return ""
    [arr] = _money(rows[0], "segment_arr")
    counts = {"arr": arr, "contracts": format.count(rows[0]["segment_contracts"])}
    known = [row for row in rows if row["reason_group"] != "unknown"]
    if not known:
        return words.say("renewals.why.lost", **counts)
    most = max(known, key=lambda row: row["arr"])
    reason, [most_arr] = words.say(f"reasons.{most['reason_group']}"), _money(most, "arr")
    return words.say("renewals.why.lost_for", **counts, reason=reason, reason_arr=most_arr)


def _without_reason(rows: list[Row]) -> list[str]:
    """Say how much of it has no reason, where there are reasons at all."""
    blank = [row for row in rows if row["reason_group"] == "unknown" and len(rows) > 1]
    return [
        words.say("renewals.why.blank", arr=arr, contracts=format.count(row["contracts"]))
        for row in blank
        for arr in _money(row, "arr")
    ]


def _won_back(view: View) -> list[str]:
    count = len(data.ask("win_backs", view))
    return [words.say("renewals.why.won_back", customers=format.count(count))] if count else []
