"""Settings and what differs between two of them, in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from tend.language import format
from tend.settings.changes import Difference
from tend.settings.customer_lists import LOOKS
from tend.settings.sections import SHARES
from tend.ui.parts import words
from tend.ui.state import address

# So many differences are told one by one.
_SHOWN = 6
# Where the words of the parts of a setting are.
_ROOMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "task_rules": ("tasks.causes", "company.columns"),
        "stage_limits": ("values", "stages"),
        "stage_chances": ("stages",),
        "stage_words": ("stages",),
        "loss_reason_words": ("reasons",),
        "size_words": ("values",),
        "solve_days": ("company.severities",),
        "targets": ("columns",),
        "scale_by": ("company.choices",),
        "language": ("company.choices",),
    }
)


def listed(found: Sequence[Difference]) -> str:
    """Tell what differs in one line; of many the first, and how many more there are."""
    said = [difference(one) for one in found[:_SHOWN]]
    if rest := len(found) - len(said):
        said.append(words.say("company.more_changes", rest=format.count(rest)))
    return words.say("settings.between").join(said)


def difference(one: Difference) -> str:
    """Tell one difference: its name, and from what to what."""
    path = [name(one.key), *(word(one.key, part) for part in one.path)]
    said = words.say("company.within").join(path)
    if isinstance(one.before, Mapping) or isinstance(one.after, Mapping):
        return words.say("company.changes.edited", name=said)
    pair = {"before": value(one.key, one.before), "after": value(one.key, one.after)}
    way = "added" if one.before is None else "removed" if one.after is None else "set"
    return words.say(f"company.changes.{way}", name=said, **pair)


def name(key: str) -> str:
    """Give the name of a setting; what only the command line sets goes by its own."""
    said = f"company.fields.{LOOKS[0] if key in LOOKS else key}"
    return words.say(said) if words.known(said) else key


def word(key: str, code: str) -> str:
    """Give the word for a part of a setting; words of files stand for themselves."""
    rooms = (f"{room}.{code}" for room in _ROOMS.get(key, ()))
    return next((words.say(one) for one in rooms if words.known(one)), format.clipped(code))


def value(key: str, given: object) -> str:
    """Write a value of a setting."""
    if given is None:
        return words.say("settings.none")
    if isinstance(given, bool):
        return words.say(f"company.flags.{'on' if given else 'off'}")
    if isinstance(given, int | float):
        is_share = key in SHARES
        return format.share(given, address.choice().language) if is_share else f"{given:,g}"
    if isinstance(given, Iterable) and not isinstance(given, str):
        return words.say("company.span").join(value(key, one) for one in given)
    return word(key, str(given)) or words.say("settings.none")


def simple(key: str, given: object, language: str) -> dict[str, str]:
    """Give a value as leads tell it; what has parts is not told there."""
    if isinstance(given, Mapping | tuple):
        return {}
    if key in SHARES and isinstance(given, float):
        return {key: format.share(given, language)}
    return {key: value(key, given)}
