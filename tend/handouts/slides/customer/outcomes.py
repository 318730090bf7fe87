"""What the customer got: the table of all measures, and the two charts behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tend.handouts.slides.customer import facts
from tend.handouts.slides.customer.facts import Facts
from tend.handouts.slides.kit import values
from tend.handouts.slides.kit.values import Cell, Chart, Number, Series, Slide, Table
from tend.language import format

Row = Mapping[str, Any]
# What the title speaks of: of each row the first that is known, of the first two rows with one.
_FIRST = (("active_users", "key_actions"), ("nps", "csat", "ticket_csat"), ("tickets_solved",))
_FOUND = 2
# A mean of so few is written with one decimal: 1.3 and 1 user a month are not the same.
_FEW = 10
# What stands above the months of tickets.
_SUPPORT = ("tickets_solved", "days_to_solve", "ticket_csat", "csat", "nps")
# Which measures tell of what; without any of them it was not measured.
_KINDS = {
    "usage": ("active_users", "key_actions", "features_used"),
    "tickets": ("tickets_opened", "tickets_solved"),
    "satisfaction": ("csat", "nps", "ticket_csat"),
}


def results(found: Facts) -> Sequence[Row]:
    """Give what is measured, now and before."""
    return found.own("customer_results")


def slides(found: Facts, rows: Sequence[Row]) -> tuple[Slide, ...]:
    """Give the outcomes in numbers, and month by month what there is."""
    return tuple(
        one for one in (_outcomes(found, rows), _use(found, rows), _support(found, rows)) if one
    )


def written(row: Row, value: float | None, language: str) -> str:
    """Write a value of a measure by its unit."""
    if value is None:
        return format.MISSING
    if row["unit"] == "rate":
        return format.rate(value, language)
    if row["unit"] == "count" and abs(value) >= _FEW:
        return format.count(value)
    return format.number(value, ",.1f").removesuffix(".0")


def is_same(row: Row, language: str) -> bool:
    """Tell whether a reader sees no difference between both periods."""
    return written(row, row["value"], language) == written(row, row["before"], language)


def _changed(found: Facts, row: Row) -> str:
    """Write by how much a measure changed."""
    change, language = row["change"], found.reading.language
    if change is None:
        return format.MISSING
    if is_same(row, language):
        return found.say("same")
    if row["unit"] == "rate":
        return format.points(change, language)
    if row["unit"] == "count":
        few = abs(change) < _FEW
        return format.number(change, "+,.1f").removesuffix(".0") if few else format.signed(change)
    return format.change(change)


def _outcomes(found: Facts, rows: Sequence[Row]) -> Slide:
    language, days = found.reading.language, found.told_days
    lacking = [
        found.say(kind)
        for kind, names in _KINDS.items()
        if not any(row["measure"] in names for row in rows)
    ]
    if not rows:
        title, body = found.say("no_outcomes"), (found.say("measure_first"),)
        return Slide(title, found.say("window", **days), body=body, notes=notes(found, []))
    told = found.say("not_measured", names=found.reading.listed(lacking)) if lacking else ""
    heads = tuple(found.say(name) for name in ("measure", "now", "before", "change"))
    lines = tuple(
        (
            Cell(found.reading.say(f"results.{row['measure']}")),
            Cell(written(row, row["value"], language)),
            Cell(written(row, row["before"], language), "muted"),
            Cell(_changed(found, row)),
        )
        for row in rows
    )
    table = Table(heads, lines, (False, True, True, True))
    subtitle = " · ".join(one for one in (found.say("window", **days), told) if one)
    return Slide(_title(found, rows), subtitle, table=table, notes=notes(found, rows))


def _title(found: Facts, rows: Sequence[Row]) -> str:
    """Say what the first two measures are, against those before."""
    known = {row["measure"]: row for row in rows if row["value"] is not None}
    first = [next((known[name] for name in some if name in known), None) for some in _FIRST]
    said = [finding(found, row) for row in first if row][:_FOUND]
    return found.say("and").join(said) if said else found.say("outcomes")


def finding(found: Facts, row: Row) -> str:
    """Say what a measure is, against the one before."""
    language = found.reading.language
    now, before = (written(row, row[name], language) for name in ("value", "before"))
    key = "found"
    if row["before"] is not None:
        same = is_same(row, language)
        key = "found_same" if same else "found_up" if row["change"] > 0 else "found_down"
    name = found.reading.say(f"results.{row['measure']}")
    return found.say(key, measure=name, value=now, before=before)


def _months(found: Facts) -> tuple[Sequence[Row], tuple[str, ...]]:
    """Give the twelve months that end with those told, and their names."""
    rows = found.own("customer_months", facts.year_to(found.view))
    return rows, tuple(f"{row['month']:%Y-%m}" for row in rows)


def _use(found: Facts, rows: Sequence[Row]) -> Slide | None:
    """Draw active users and licences month by month; nothing where none is known."""
    months, names = _months(found)
    active, licences = (_column(months, name) for name in ("active_users", "licensed_users"))
    if not any(value is not None for value in active):
        return None
    series = [Series(found.say("active"), active)]
    if any(value is not None for value in licences):
        series.append(Series(found.say("licences"), licences, "context"))
    chart = Chart(values.LINE, names, tuple(series))
    known = {row["measure"]: row["value"] for row in rows}
    title = found.say("use")
    if known.get("active_users") is not None and known.get("licensed_users") is not None:
        counts = (format.count(known[name]) for name in ("active_users", "licensed_users"))
        title = found.say("use_of", **dict(zip(("active", "licences"), counts, strict=True)))
    shown = [row for row in rows if row["measure"] in ("active_users", "licensed_users")]
    return Slide(title, found.say("use"), chart=chart, notes=notes(found, shown, "customer_months"))


def _support(found: Facts, rows: Sequence[Row]) -> Slide | None:
    """Draw tickets month by month beside what they tell; nothing where there were none."""
    months, names = _months(found)
    opened, solved = (_column(months, name) for name in ("tickets_opened", "tickets_solved"))
    if not any((*opened, *solved)):
        return None
    series = (
        Series(found.say("opened_series"), opened, "kin_1"),
        Series(found.say("solved_series"), solved),
    )
    known = {row["measure"]: row for row in rows if row["value"] is not None}
    shown = [known[name] for name in _SUPPORT if name in known]
    numbers = tuple(_number(found, row) for row in shown)
    title = _support_title(found, known)
    chart = Chart(values.COLUMN, names, series)
    return Slide(
        title,
        found.say("support"),
        numbers=numbers,
        chart=chart,
        notes=notes(found, shown, "customer_months"),
    )


def _support_title(found: Facts, known: Mapping[str, Row]) -> str:
    language = found.reading.language
    if "tickets_solved" not in known:
        return found.say("support")
    tickets = written(known["tickets_solved"], known["tickets_solved"]["value"], language)
    if "days_to_solve" not in known:
        return found.say("solved", tickets=tickets)
    days = written(known["days_to_solve"], known["days_to_solve"]["value"], language)
    return found.say("solved_in", tickets=tickets, days=days)


def _number(found: Facts, row: Row) -> Number:
    language = found.reading.language
    label = found.reading.say(f"results.{row['measure']}")
    before = f"{found.say('before')}: {written(row, row['before'], language)}"
    return Number(written(row, row["value"], language), label, before)


def _column(rows: Sequence[Row], name: str) -> tuple[float | None, ...]:
    return tuple(row[name] for row in rows)


def notes(found: Facts, rows: Sequence[Row], *more: str) -> tuple[str, ...]:
    """Say how the measures of a slide are made, of which days, and what to ask for them again."""
    days = found.told_days
    said = [
        found.say(
            "notes.definition",
            measure=found.reading.say(f"results.{row['measure']}"),
            definition=found.reading.say(f"deck.definitions.{row['measure']}"),
        )
        for row in rows
    ]
    return (*said, found.say("notes.window", **days), *sources(found, "customer_results", *more))


def sources(found: Facts, *queries: str) -> tuple[str, ...]:
    """Say the day, and how to ask for the same again."""
    day = found.reading.day(found.view.as_of)
    told = found.told_days
    windowed = f" --from {told['first']} --to {told['last']}"
    options = {"customer_results": windowed, "customer_months": windowed}
    return (
        found.say("notes.day", day=day),
        *(
            found.say(
                "notes.source",
                query=query,
                customer=found.customer_id,
                options=f" --as-of {day}{options.get(query, '')}",
            )
            for query in queries
        ),
    )
