"""The tiles of Renewals: rate, of how many, against target and before; each opens its members."""

from typing import Any

from tend.figures.collection import FIGURES
from tend.figures.renewals.tiles import TILES
from tend.language import format
from tend.ui.figures import foot, leading
from tend.ui.parts import html, pieces, tiles, words
from tend.ui.parts.tiles import Tile
from tend.ui.renewals import early, explained
from tend.ui.renewals.sentence import measures
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_BANDED, _AMOUNT, _GROSS = "contract_renewal_rate", "net_renewal_rate", "gross_renewal_rate"
_BY_MONEY = (_AMOUNT, _GROSS)


def headline(view: View) -> None:
    """Show the rates as tiles; before anything has ended, what is in force."""
    of_window = early.in_force(view) if early.is_early(view) else _renewal_tiles(view)
    shown = [*of_window, *_retention_tiles(view)]
    tiles.show(shown)
    cell = FIGURES["renewals_headline"]
    foot.show(cell, view, data.answer(cell, view))
    leading.lists(shown, view)


def _renewal_tiles(view: View) -> list[Tile]:
    language = address.choice().language
    found = measures(view)
    rates = data.ask("renewal_rates", view).to_pylist()
    band = _band(rates[0], language) if rates and rates[0]["open"] else ""
    shown = [name for name in TILES if name in found]
    if view.start is None:
        shown.remove("on_time_rate")  # without dates nothing is on time or late
    more = {_BANDED: band, _AMOUNT: _gross(found[_GROSS], language)}
    return [_tile(found[name], language, more.get(name, "")) for name in shown]


def _tile(row: Row, language: str, more: html.Html | str) -> Tile:
    name = row["measure"]
    is_told = row["value"] is not None
    few = html.em(words.say("charts.few")) if row["is_few_cases"] and is_told else ""
    card = pieces.card(
        words.say(f"columns.{name}"),
        format.rate(row["value"], language),
        html.p(_of(row, language), " ", few),
        more,
        against_target(row["from_target"], row["target"], language),
        _changes(row, language),
        title=words.say(f"definitions.{name}"),
    )
    missed = format.count(row["missed"]) if is_told else ""
    link = words.say(f"renewals.members.{name}", missed=missed) if is_told else ""
    return leading.tile(TILES[name].name, card, link)


def _retention_tiles(view: View) -> list[Tile]:
    """NRR and GRR of the last 12 months; none while there is no ARR of then."""
    language = address.choice().language
    rows = data.ask("retention_12m", view.between(None, None).grouped(None)).to_pylist()
    return [_retention_tile(name, rows[0], language) for name in ("nrr", "grr") if rows]


def _retention_tile(name: str, row: Row, language: str) -> Tile:
    kept = {"nrr": "arr_now", "grr": "kept_arr"}[name]
    part, whole = (format.money(row[column], language) for column in (kept, "opening_arr"))
    card = pieces.card(
        words.say(f"columns.{name}"),
        format.rate(row[name], language),
        words.say(f"renewals.of.{name}", part=part, whole=whole),
        against_target(row[f"{name}_from_target"], row[f"{name}_target"], language),
        title=words.say("definitions.value_nrr"),
    )
    missed = format.count(row["shrunk_customers"])
    link = words.say(f"renewals.members.{name}", missed=missed)
    return leading.tile(TILES[name].name, card, link)


def against_target(by: float | None, target: float | None, language: str) -> html.Html | str:
    """Say how far a rate lies from its target; nothing where there is none."""
    if by is None:
        return ""
    key = "at" if not format.is_visible(by) else "over" if by > 0 else "under"
    points, rate = format.size_of_change(by), format.share(target or 0, language)
    return html.p(words.say(f"renewals.target.{key}", points=points, target=rate), css="tend-aim")


def _band(row: Row, language: str) -> html.Html:
    """Say between which rates the open contracts can still bring it."""
    best, worst = (format.rate(row[f"rate_at_{name}"], language) for name in ("best", "worst"))
    return html.p(words.say("figures.between", best=best, worst=worst))


def _gross(row: Row, language: str) -> html.Html | str:
    """Say beneath the amount what it is without growth."""
    if row["value"] is None:
        return ""
    said = html.p(
        words.say("renewals.without_growth", rate=format.rate(row["value"], language)),
        title=words.say(f"definitions.{_GROSS}"),
    )
    aim = against_target(row["from_target"], row["target"], language)
    return html.join("", (said, aim)) if aim else said


def _of(row: Row, language: str) -> str:
    if row["value"] is None:
        return words.say("renewals.nothing_decided")
    written = (
        (lambda value: format.money(value, language))
        if row["measure"] in _BY_MONEY
        else format.count
    )
    part, whole = written(row["numerator"]), written(row["denominator"])
    return words.say(f"renewals.of.{row['measure']}", part=part, whole=whole)


def _changes(row: Row, language: str) -> html.Html:
    chosen = address.choice().window
    pairs = [("year_before", f"renewals.versus_year.{chosen}")]
    if chosen not in explained.ONCE_A_YEAR:
        pairs.insert(0, ("previous", f"renewals.versus.{chosen}"))
    return html.join(
        "",
        (
            html.p(
                html.b(format.points(row[f"change_{column}"], language)),
                " ",
                words.say(key),
                _few_before(row, column),
                css="tend-change",
            )
            for column, key in pairs
            if row[column] is not None
        ),
    )


def _few_before(row: Row, column: str) -> html.Html:
    """Mark a comparison with a period in which hardly anything was decided."""
    if not row[f"is_few_{column}"]:
        return html.NOTHING
    return html.join("", (" ", html.em(words.say("charts.few"))))
