"""What data there are, how new each set is, what a stale one means, and the next step."""

from typing import Any

from tend.language import format
from tend.ui.frame import page
from tend.ui.intake import sheets
from tend.ui.parts import html, words
from tend.ui.state import address, clock, data, rights
from tend.view import View

Row = dict[str, Any]
_HEADS = ("dataset", "rows", "customers", "latest", "state")
_LISTS = ("customers", "contracts")


def freshness() -> None:
    """Show how new each data set is today, and what is to be dropped next."""
    rows = data.ask("data_sets", View(clock.today())).to_pylist()
    # nobody waits for a file of what rules and people make here: nothing is said of its absence
    rows = [row for row in rows if row["rows"] or words.known(_absent(row))]
    there = [row for row in rows if row["rows"]]
    html.show(html.h2(words.say("data_page.freshness")))
    if there:
        html.show(html.p(_lead(there)))
    heads = sheets.heads("data_page", _HEADS)
    if not any(map(_state, rows)):  # no head over a column that says nothing
        heads[-1] = ""
    html.show(sheets.table(heads, map(_line, rows), "tend-fresh"))
    if not there and rights.may("import"):  # invented companies never mix with a team's own
        page.sample_button("sample", kind="secondary")


def _lead(there: list[Row]) -> str:
    """Say which data sets are stale, or that none is."""
    language = address.choice().language
    stale = [row for row in there if row["is_stale"]]
    if not stale:
        return words.say("data_page.fresh")
    named = [
        words.say("data_page.stale_set", dataset=_name(row), days=format.count(row["age_days"]))
        for row in stale
    ]
    return words.say("data_page.stale", count=len(stale), sets=format.listed(named, language))


def _line(row: Row) -> html.Html:
    return html.tr(
        html.td(_name(row)),
        html.td(format.count(row["rows"])),
        html.td(format.count(row["customers"])),
        html.td(*_newest(row)),
        html.td(_state(row)),
        css="tend-there" if row["rows"] else "tend-absent",
    )


def _newest(row: Row) -> tuple[object, ...]:
    """Write the newest day with its age; of lists it is the day they came."""
    if row["latest"] is None:
        return (format.MISSING,)
    day, age = format.day(row["latest"], address.choice().language), row["age_days"]
    said = words.say("data_page.came_on", day=day) if row["dataset"] in _LISTS else day
    ago = words.say("data_page.days_ago", days=age) if age else words.say("data_page.is_today")
    return said, html.small(" ", ago)


def _state(row: Row) -> html.Html:
    """Say what a data set's age, or its absence, means, and what to drop."""
    name, language = row["dataset"], address.choice().language
    if row["rows"] and not row["is_stale"]:
        return html.NOTHING
    step = words.say(f"data_page.step.{name}")
    if not row["rows"]:
        return html.text(format.sentences([words.say(_absent(row)), step], language))
    day = format.day(row["latest"], language)
    said = format.sentences([words.say(f"data_page.means.{name}", day=day), step], language)
    return html.join(" ", (html.em(words.say("data_page.is_stale")), said))


def _absent(row: Row) -> str:
    return f"data_page.absent.{row['dataset']}"


def _name(row: Row) -> str:
    return words.say(f"datasets.{row['dataset']}")
