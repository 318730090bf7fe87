"""Texts in the reader's language, and how answers are read to whoever looks at the page."""

from collections.abc import Callable, Mapping
from typing import Any

from tend.figures import palette, wording
from tend.figures.reading import Reading
from tend.language import format, text
from tend.language.errors import TendError
from tend.ui.state import address, data

# What says a sentence when it is drawn: kept in a session, it follows the reader's language.
Said = Callable[[], str]


def reading() -> Reading:
    """Give how answers are told to the reader: answers are kept, and shared by all readers."""
    whose = data.workspace().person.sees.csms
    return Reading(data.ask, address.choice().language, currency(), data.dimensions(), whose)


def say(key: str, **params: object) -> str:
    """Give a text in the reader's language."""
    return text.say(key, address.choice().language, **params)


def refusal(error: TendError) -> Said:
    """Keep why something was refused, to be said in the language of then."""
    return lambda: error.message(address.choice().language)


def whole_name(row: Mapping[str, Any]) -> str | None:
    """Give the tooltip of a customer whose name is cut: the whole of it."""
    name = str(row["customer_name"] or row["customer_id"])
    return None if wording.customer(row) == name else format.plain(name)


def currency() -> str:
    """Name the currency in which all amounts are that have none of their own."""
    return format.currency(data.workspace().settings.currency, address.choice().language)


def ink(room: str, code: str | None) -> str:
    """Give the class of a state's colour; a word of another room has the colour of the text."""
    state = palette.state(room, code)
    return f"tend-{state.replace('_', '-')}" if state else ""


def known(key: str) -> bool:
    """Tell whether there is such a text."""
    return text.has(key)
