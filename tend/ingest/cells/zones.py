"""Moments with a zone -> the day they are in the team's zone (M11)."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)",
    re.IGNORECASE,
)
# Zones whose midnight moves with the season; those that stand still need no name.
_MOVING = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "America/New_York", "America/Chicago"),
    *("America/Denver", "America/Los_Angeles", "Australia/Sydney", "Pacific/Auckland"),
)
_FARTHEST_EAST = 14 * 60
_HALVES = (210, 270, 330, 345, 390, 570)  # minutes of the zones that are no whole hours ahead


@dataclass(frozen=True)
class Localised:
    """Texts in the time of one zone; the zone, where all moments are midnight there."""

    texts: list[str]
    zone: str = ""


def localised(texts: list[str], zone: str) -> Localised:
    """Bring moments to the time of the zone; without one, of the zone in which all are midnight."""
    moments = {text: found for text in texts if (found := _moment(text))}
    if not moments:
        return Localised(texts)
    where = _zone(zone) if zone else _midnight_zone(list(moments.values()))
    if where is None:
        return Localised(texts)
    days = {text: f"{one.astimezone(where):%Y-%m-%d %H:%M:%S}" for text, one in moments.items()}
    is_found = not zone and str(where) != "UTC"
    return Localised([days.get(t, t) for t in texts], str(where) if is_found else "")


def _moment(text: str) -> dt.datetime | None:
    found = _MOMENT.fullmatch(text.strip()) if len(text) < 60 else None
    if found is None:
        return None
    offset = found[4] if found[4][0] in "+-" else "+00:00"
    try:
        return dt.datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ':00'}{offset}")
    except ValueError:
        return None


def _zone(name: str) -> dt.tzinfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def _midnight_zone(moments: Sequence[dt.datetime]) -> dt.tzinfo | None:
    """Find the zone in which all of these are midnight: one that stands still comes first."""
    ahead = {(-_minute_of_day(one, dt.UTC)) % 1440 for one in moments}
    if len(ahead) == 1:
        [minutes] = ahead
        minutes -= 1440 if minutes > _FARTHEST_EAST else 0
        if minutes % 60 and minutes not in _HALVES:
            return None
        return dt.timezone(dt.timedelta(minutes=minutes))
    zones = (zone for name in _MOVING if (zone := _zone(name)))
    return next((z for z in zones if not any(_minute_of_day(m, z) for m in moments)), None)


def _minute_of_day(moment: dt.datetime, zone: dt.tzinfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
