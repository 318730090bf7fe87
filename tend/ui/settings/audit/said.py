"""A line of the log in words: who, what, and what there is to say of it, made from its codes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tend.language import format, text
from tend.store.audit.lines import MACHINE, UNKNOWN, Line
from tend.ui.parts import words
from tend.ui.state import address

_NO_COUNTS = frozenset({"text", "aside_lines", "ms"})


def who(key: str, names: Mapping[str, str]) -> str:
    """Name who acted; somebody whose name is erased is told without one."""
    if key in (MACHINE, UNKNOWN):
        return words.say(f"audit.who.{'machine' if key == MACHINE else 'unknown'}")
    return names.get(key) or words.say("audit.who.removed", person=key)


def what(code: str) -> str:
    """Say what was done; one of a newer Tend is told by its code."""
    return _or_code(f"audit.what.{code}", code)


def about(line: Line, names: Mapping[str, str]) -> str:
    """Say what there is to say of a line, part by part."""
    told = [
        _PARTS[name](value) if name in _PARTS else f"{name} {value}"
        for name, value in line.about.items()
        if name not in (*_NO_COUNTS, "person")
    ]
    if "person" in line.about:
        told.insert(0, who(str(line.about["person"]), names))
    return " · ".join(filter(None, told))


def when(line: Line) -> str:
    """Write the moment, in the time of the world."""
    return line.at.removesuffix("Z").replace("T", " ")


def _counted(name: str) -> Callable[[object], str]:
    return lambda value: words.say(f"audit.about.{name}", count=_number(value))


def _number(value: object) -> str:
    return format.count(value if isinstance(value, int) else 0)


def _named(value: object) -> str:
    return words.say(f"audit.about.{'named' if value else 'unnamed'}")


def _dataset(value: object) -> str:
    return _or_code(f"datasets.{value}", value)


def _why(value: object) -> str:
    key = f"audit.why.{value}"
    return words.say(key) if text.has(key) else words.say("audit.about.refused", code=str(value))


def _keys(value: object) -> str:
    keys = value if isinstance(value, tuple) else (str(value),)
    told = [_or_code(f"company.fields.{key}", key) for key in keys]
    return format.listed(told, address.choice().language)


def _sees_all(value: object) -> str:
    return words.say(f"audit.about.{'sees_all' if value else 'sees_own'}")


def _or_code(key: str, code: object) -> str:
    return words.say(key) if text.has(key) else str(code)


_PARTS: Mapping[str, Callable[[object], str]] = MappingProxyType(
    {
        **{name: _counted(name) for name in ("number", "rows", "rejected", "count", "lines")},
        "named": _named,
        "dataset": _dataset,
        "why": _why,
        "refused": _why,
        "keys": _keys,
        "sees_all": _sees_all,
        "how": lambda value: _or_code(f"audit.how.{value}", value),
        "state": lambda value: _or_code(f"audit.state.{value}", value),
        "role": lambda value: _or_code(f"audit.role.{value}", value),
        "kind": str,
        "aside": lambda _: words.say("audit.about.aside"),
    }
)
