"""What explains the change of the renewal rate: by which dimensions, and in words."""

from tend.figures import wording
from tend.figures.reading import Reading
from tend.figures.renewals import findings
from tend.language import format
from tend.view import View

# The change is looked at by one dimension alone.
ALONE = "none"
# A window of a year is held against the year before, as the sentence does.
ONCE_A_YEAR = ("year_to_date", "last_12_months")
QUERY = "renewal_change"


def asked(reading: Reading, view: View) -> View:
    """Give the view by the two dimensions it names, else by the first two that have values."""
    offered = telling(reading, view)
    first = view.group_by if view.group_by in offered else offered[0]
    others = [name for name in offered if name != first]
    second = view.split_by if view.split_by in others else next(iter(others), None)
    both = view.grouped(first).split(None if view.split_by == ALONE else second)
    return both.yearly(is_yearly=view.window in ONCE_A_YEAR)


def telling(reading: Reading, view: View) -> list[str]:
    """Give the dimensions that can explain: one that the filters hold to one value cannot."""
    held = {name for name, values in view.filters if len(values) == 1}
    offered = reading.splits(view)
    return [name for name in offered if name not in held] or offered


def explanation(reading: Reading, view: View) -> str:
    """Name the segments that explain the change, to end a sentence; nothing where none do."""
    both = asked(reading, view)
    rows = _explainers(reading, both) or _explainers(reading, both.split(None))
    if not rows:
        return ""
    last, names = rows[-1], [findings.segment_name(row) for row in rows]
    listed = reading.say("figures.and").join(names)
    if findings.is_outweighed(last):
        way = "up" if last["change"] > 0 else "down"
        return reading.say(
            f"figures.explained_alone.{way}",
            names=listed,
            points=format.size_of_change(last["explained_effect"]),
            others=format.size_of_change(last["others_effect"]),
        )
    key = "explained" if len(names) == 1 else "explained_both"
    return reading.say(f"figures.{key}", names=listed)


def _explainers(reading: Reading, view: View) -> list[findings.Row]:
    table = wording.worded(QUERY, reading.ask(QUERY, view), reading.language)
    return findings.explainers(table)
