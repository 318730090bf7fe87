"""Raw event logs at random: copies, late lines, months' edges, clocks that change, untidy cells."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

Cells = dict[str, str | None]

ACCOUNTS = ("C1", "007", "客户甲", "Élan & Söhne", 'say "hi", Ltd', "c1", "ＡＢ１", "-x", "🙂")
STRANGERS = ("trial-1", "试用", "C9")
USERS = ("u1", "U1", "ünï", "用户一", "a,b", None)
EVENTS = ("login", "report.made", "导出", "heartbeat", "api_call", None)
FEATURES = ("reports", "报表", "", None)
SEATS = ("5", "12", "12.5", "many", "", None)
UNREADABLE = (
    "",
    None,
    "yesterday",
    "2026-02-30T10:00:00Z",
    "2026/03/01 10:00:00",
    "17727",
    "2026-03-01",
)


def lines(
    rng: Random, months: Sequence[str], zone: str, log_zone: str, count: int
) -> Iterator[Cells]:
    """Give lines of these months and their neighbours in no order, each fifth one several times."""
    edges = [_edge(month, zone) for month in months] + _changes(zone, months)
    for number in range(count):
        at = rng.choice(edges) + rng.choice((_near, _far))(rng)
        made: Cells = {
            "account": rng.choice(ACCOUNTS if rng.random() < 0.9 else (*STRANGERS, "", " ", None)),
            "user": rng.choice(USERS),
            "event": rng.choice(EVENTS),
            "feature": rng.choice(FEATURES),
            "event_id": rng.choice((None, f"e{number}", f"e{rng.randrange(count)}")),
            "seats": rng.choice(SEATS),
            "time": written(rng, at, log_zone),
        }
        for _ in range(rng.choice((1, 1, 1, 1, 3))):
            yield made if rng.random() < 0.8 else made | _told_again(rng, at, log_zone)


def written(rng: Random, at: datetime, log_zone: str) -> str | None:
    """Write a moment in one of the ways logs do."""
    seconds = int(at.timestamp())
    elsewhere = at.astimezone(ZoneInfo(rng.choice(("Asia/Kolkata", "America/St_Johns", "UTC"))))
    plain = at.astimezone(ZoneInfo(log_zone))
    ways = (
        lambda: f"{at:%Y-%m-%dT%H:%M:%SZ}",
        lambda: elsewhere.isoformat(timespec=rng.choice(("seconds", "milliseconds"))),
        lambda: elsewhere.strftime("%Y-%m-%d %H:%M:%S %z"),
        lambda: plain.strftime("%Y-%m-%d %H:%M:%S,%f"),
        lambda: str(seconds),
        lambda: f"{seconds}{at.microsecond // 1000:03}",
        lambda: f"{seconds}{at.microsecond:06}",
    )
    return rng.choice(ways)() if rng.random() < 0.95 else rng.choice(UNREADABLE)


def _told_again(rng: Random, at: datetime, log_zone: str) -> Cells:
    """Give what differs where an event is delivered once more, later and with other cells."""
    later = at + timedelta(seconds=rng.choice((0, 1, 90_000)))
    return {"time": written(rng, later, log_zone), "seats": rng.choice(SEATS)}


def _near(rng: Random) -> timedelta:
    return timedelta(microseconds=rng.choice((-1_000_000, -1000, -1, 0, 0, 1, 1_000_000)))


def _far(rng: Random) -> timedelta:
    return timedelta(seconds=rng.randint(-40 * 86_400, 40 * 86_400))


def _edge(month: str, zone: str) -> datetime:
    year, number = map(int, month.split("-"))
    return datetime(year, number, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _changes(zone: str, months: Sequence[str]) -> list[datetime]:
    """Give the moments at which the clocks of a zone change around these months."""
    clock, found = ZoneInfo(zone), []
    for month in months:
        hours = [_edge(month, zone) + timedelta(hours=step) for step in range(-24, 32 * 24)]
        for before, after in pairwise(hours):
            if before.astimezone(clock).utcoffset() != after.astimezone(clock).utcoffset():
                found.append(after)
    return found
