"""Usage of raw event logs, line by line in plain Python: what deploy/rollup must give."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

_COUNTS = {10: 1, 13: 1_000, 16: 1_000_000}
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?:(Z)| ?([+-])(\d\d):?(\d\d))?"
)


@dataclass(frozen=True)
class Asked:
    """What a roll-up is told: whose months, on which clocks, whom to write, what counts."""

    months: tuple[str, ...]
    zone: str
    accounts: Mapping[str, date | None]
    log_zone: str = "UTC"
    key_events: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """A line of a log with its cells in one form; None where a cell is empty or cannot be read."""

    account: str | None
    user: str | None
    event: str | None
    feature: str | None
    event_id: str | None
    seats: Decimal | None
    at: datetime | None

    @property
    def identity(self) -> tuple[object, ...]:
        """Give what copies of one event have in common."""
        if self.event_id is not None:
            return (self.account, self.event_id)
        return (self.account, self.user, self.event, self.feature, self.at)


@dataclass
class Month:
    """What a customer did in a month."""

    users: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    key_actions: int = 0
    seats: tuple[datetime, Decimal] | None = None

    def add(self, line: Line, is_key: bool) -> None:
        """Count one event."""
        self.users |= {line.user} - {None}  # type: ignore[arg-type]
        self.features |= {line.feature or line.event} - {None}  # type: ignore[arg-type]
        self.key_actions += is_key
        if line.seats is not None and line.at is not None:
            said = (line.at, line.seats)
            self.seats = said if self.seats is None else max(self.seats, said)

    @property
    def measures(self) -> tuple[int, Decimal | None, int, int]:
        """Give active users, licensed users, key actions, features used."""
        seats = None if self.seats is None else self.seats[1]
        return len(self.users), seats, self.key_actions, len(self.features)


Measures = tuple[int, Decimal | None, int, int]


def usage(
    lines: Iterable[Line], asked: Asked
) -> tuple[dict[tuple[str, str], Measures], Counter[str]]:
    """Give the measures of each customer and month, and how many lines had which fate."""
    found: dict[tuple[str, str], Month] = {}
    for customer, since in asked.accounts.items():
        for month in asked.months:
            if since is None or f"{since:%Y-%m}" <= month:
                found[customer, month] = Month()
    fates: Counter[str] = Counter()
    seen: set[tuple[object, ...]] = set()
    for line in sorted(lines, key=_place):
        fate = _fate(line, asked, seen)
        fates[fate] += 1
        if fate == "counted":
            is_key = not asked.key_events or line.event in asked.key_events
            at = (str(line.account), _month(line, asked))
            found.setdefault(at, Month()).add(line, is_key)
    return {at: month.measures for at, month in found.items()}, fates


def _place(line: Line) -> tuple[object, ...]:
    """Give where a line stands: by time, then by its cells, empty ones last; more seats first."""
    cells = ((cell is None, cell or "") for cell in (line.user, line.event, line.feature))
    at = line.at or datetime.max.replace(tzinfo=UTC)
    return (at, *cells, line.seats is None, -(line.seats or 0))


def _fate(line: Line, asked: Asked, seen: set[tuple[object, ...]]) -> str:
    if line.at is None:
        return "unreadable"
    if line.account is None:
        return "no_account"
    if line.identity in seen:
        return "repeated"
    seen.add(line.identity)
    if _month(line, asked) not in asked.months:
        return "other_month"
    if line.event in asked.ignored:
        return "ignored"
    return "counted" if line.account in asked.accounts else "unknown_account"


def _month(line: Line, asked: Asked) -> str:
    assert line.at is not None
    return f"{line.at.astimezone(ZoneInfo(asked.zone)):%Y-%m}"


def read(cells: Mapping[str, str | None], log_zone: str) -> Line:
    """Read the cells of a line, as a log has them."""
    texts = {name: (cell or "").strip(" ") or None for name, cell in cells.items()}
    account, user, event = texts.get("account"), texts.get("user"), texts.get("event")
    seats = _seats(texts.get("seats"))
    at = moment(cells.get("time"), log_zone)
    return Line(account, user, event, texts.get("feature"), texts.get("event_id"), seats, at)


def _seats(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def moment(text: str | None, log_zone: str) -> datetime | None:
    """Read a time: ISO 8601, or how many seconds or parts of them have passed since 1970."""
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) in _COUNTS:
        parts = int(text) * (1_000_000 // _COUNTS[len(text)])
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=parts)
    if (found := _ISO.fullmatch(text)) is None:
        return None
    day, clock, parts_of_second, zulu, sign, hours, minutes = found.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        return None
    at += timedelta(microseconds=int((parts_of_second or "0").ljust(9, "0")[:6]))
    if zulu:
        return at.replace(tzinfo=UTC)
    if sign:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return at.replace(tzinfo=UTC) - (offset if sign == "+" else -offset)
    return at.replace(tzinfo=ZoneInfo(log_zone)).astimezone(UTC)
