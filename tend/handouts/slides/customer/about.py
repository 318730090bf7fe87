"""Who the customer is: the cover, and what is agreed, with whom, and what for."""

from tend.handouts.slides.customer import outcomes, sieve
from tend.handouts.slides.customer.facts import Facts, Row
from tend.handouts.slides.kit.values import Cell, Slide, Table
from tend.language import format

_GOALS = 3
_CONTRACTS = ("product", "licences", "start_date", "end_date")


def cover(found: Facts) -> Slide:
    """Name the customer, and the months that are told."""
    day = found.say("of_day", day=found.reading.day(found.view.as_of))
    lines = (found.say("subject"), f"{found.say('window', **found.told_days)} · {day}")
    notes = outcomes.sources(found, "customer")
    return Slide(found.name, "\n".join(lines), is_cover=True, notes=notes)


def context(found: Facts) -> Slide:
    """Say since when it is a customer, what runs, what it wants to reach, and who works on it."""
    contracts = [row for row in found.own("customer_contracts") if row["is_open"]]
    body = (*_goals(found), *_people(found))
    notes = outcomes.sources(found, "customer_contracts", "customer_extras", "customer")
    notes = (found.say("notes.made"), *notes)
    title, subtitle = _title(found), found.say("context")
    if not contracts:
        return Slide(title, subtitle, body=(found.say("no_contract"), *body), notes=notes)
    heads = tuple(found.reading.say(f"deck.contracts.{name}") for name in _CONTRACTS)
    lines = tuple(_contract(found, row) for row in contracts)
    table = Table(heads, lines, (False, True, False, False))
    return Slide(title, subtitle, body=body, table=table, notes=notes)


def _title(found: Facts) -> str:
    row = found.row
    if row["months"] is None:
        return found.say("not_yet")
    live = row["go_live_date"]
    key = "together_live" if live and live <= found.view.as_of else "together"
    return found.say(key, months=format.count(row["months"]), day=found.reading.day(live))


def _contract(found: Facts, row: Row) -> tuple[Cell, ...]:
    name = found.text(row["product"]) or found.text(row["contract_id"]) or format.MISSING
    return (
        Cell(name),
        Cell(format.count(row["licensed_users"])),
        Cell(found.reading.day(row["start_date"])),
        Cell(found.reading.day(row["end_date"])),
    )


def _goals(found: Facts) -> list[str]:
    """Say what the customer list has in a column of goals; else ask for it."""
    said = [row["said"] for row in found.own("customer_extras") if sieve.is_goal(row["header"])]
    goals = [text for text in map(found.text, said) if text][:_GOALS]
    return [found.say("goals", goal=goal) for goal in goals] or [found.say("no_goals")]


def _people(found: Facts) -> list[str]:
    """Name who works on it on both sides."""
    row = found.row
    contact, role = found.text(row["key_contact"]), found.text(row["key_contact_role"])
    names = [name for name in map(found.text, (row["csm"], row["account_manager"])) if name]
    told = []
    if contact:
        told.append(found.say("yours_role" if role else "yours", name=contact, role=role))
    if names:
        told.append(found.say("ours", names=found.reading.listed(list(dict.fromkeys(names)))))
    return told
