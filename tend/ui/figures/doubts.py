"""What of the numbers stands on little: a blank, a word, or two files that say the same."""

from tend.language import format
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.view import View


def renewals(view: View) -> list[str]:
    """Say what is lost only for a blank (M33), and renewed only by a word."""
    return [
        *_said("blank_outcomes", "contracts", view),
        *_said("given_renewals", "contracts", view),
    ]


def doubled(view: View) -> list[str]:
    """Say whose ARR counts twice, by months of a matrix and by contracts (M28)."""
    return _said("doubled_arr", "customers", view)


def _said(name: str, counted: str, view: View) -> list[str]:
    [row] = data.ask(name, view).to_pylist()
    if not row[counted]:
        return []
    language = address.choice().language
    written = {
        column: format.money(value, language) if column == "arr" else format.count(value)
        for column, value in row.items()
    }
    return [words.say(f"doubts.{name}", **written)]
