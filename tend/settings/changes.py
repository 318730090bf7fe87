"""What differs between two settings, part by part: what was kept, or is about to be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tend.settings.company import Settings
from tend.settings.sections import SPANS


@dataclass(frozen=True)
class Difference:
    """One part of a setting that differs; none: it is not there. A word stands for itself."""

    key: str
    path: tuple[str, ...]
    before: object
    after: object


def differences(before: Settings, after: Settings, keys: Iterable[str]) -> list[Difference]:
    """Tell the parts of some settings that differ, in their order."""
    was, now = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [one for key in keys for one in _between(key, (), was[key], now[key])]


def changed(before: Settings, after: Settings) -> tuple[str, ...]:
    """Name the settings that differ."""
    was, now = before.model_dump(), after.model_dump()
    return tuple(key for key in now if was[key] != now[key])


def _between(
    key: str, path: tuple[str, ...], before: object, after: object
) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping | None) and isinstance(after, Mapping | None):
        was, now = dict(before or {}), dict(after or {})
        for name in {**was, **now}:
            yield from _between(key, (*path, str(name)), was.get(name), now.get(name))
    elif isinstance(before, list) and isinstance(after, list) and key not in SPANS:
        yield from (Difference(key, path, one, None) for one in before if one not in after)
        yield from (Difference(key, path, None, one) for one in after if one not in before)
    else:
        yield Difference(key, path, before, after)
