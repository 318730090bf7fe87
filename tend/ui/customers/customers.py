"""All customers: who they are, and how they stand."""

from tend.language import format
from tend.ui.parts import lead, words
from tend.ui.state import address, data
from tend.view import View


def customers_sentence(view: View) -> None:
    """Say how many customers have how much ARR."""
    language = address.choice().language
    found = data.ask("concentration", View(view.as_of, filters=view.filters)).to_pylist()
    if not found:
        lead.say(words.say("customers.lead_none", day=format.day(view.as_of, language)))
        return
    said = {
        "customers": format.count(found[0]["customers"]),
        "arr": format.money(found[0]["arr"], language),
        "day": format.day(view.as_of, language),
    }
    lead.say(words.say("customers.lead", **said))
