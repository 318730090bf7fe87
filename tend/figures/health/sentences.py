"""The sentence of Health movement: who moved, and what the numbers stand on."""

from datetime import date

from tend.figures.reading import Lead, Reading, Row
from tend.language import format
from tend.view import View


def movement(reading: Reading, view: View) -> Lead:
    """Say in one sentence who moved, and beneath it what the numbers stand on."""
    row = summary(reading, view)
    days = {"first": reading.day(row["from_month"]), "last": reading.day(row["to_month"])}
    if row["compared"]:
        said = reading.sentences(_moved(reading, row, days), *_ending(reading, row))
    else:
        said = reading.say("movement.nothing_compared", **days)
    return Lead(said, (reading.sentences(*_grounds(reading, row)),))


def summary(reading: Reading, view: View) -> Row:
    """Give the one row that sentence and numbers speak of."""
    return reading.one("movement_summary", view)


def has_quadrants(reading: Reading, view: View) -> bool:
    """Tell whether anybody stands in a quadrant at either date: else there is no grid to show."""
    row = summary(reading, view)
    return bool(row["compared"] or row["customers"] > row["unknown"])


def _moved(reading: Reading, row: Row, days: dict[str, str]) -> str:
    said = {name: format.count(row[name]) for name in ("fallen", "risen")} | days
    if not row["fallen"]:
        return reading.say("movement.lead_none", **said)
    said["arr"] = reading.money(row["fallen_arr"])
    if not row["fallen_by_limits"]:
        return reading.say("movement.lead", **said)
    limits = format.count(row["fallen_by_limits"])
    return reading.say("movement.lead_limits", **said, limits=limits)


def _ending(reading: Reading, row: Row) -> list[str]:
    """Say which falls matter first: those of customers whose contract ends soon."""
    if not row["ending"]:
        return []
    counts = {name: format.count(row[name]) for name in ("ending", "fallen")}
    return [reading.say("movement.ending", **counts, arr=reading.money(row["ending_arr"]))]


def _grounds(reading: Reading, row: Row) -> list[str]:
    """Say what the sentence stands on: who could be compared, on which data, by which limits."""
    said = []
    if row["compared"]:
        counts = {name: format.count(row[name]) for name in ("compared", "customers", "mixed")}
        covered = reading.rate(row["coverage"])
        said.append(reading.say("movement.grounds", **counts, coverage=covered))
    else:
        missing = [axis for axis in ("outcome", "experience") if row[f"without_{axis}"]]
        said += [reading.say(f"movement.without_{axis}") for axis in missing]
    newest = _newest_signal(reading)
    if newest and newest < row["to_month"].replace(day=1):
        said.append(reading.say("movement.files_end", day=reading.day(newest)))
    if row["is_learned"] is False:
        said.append(reading.say("movement.not_learned"))
    return said


def _newest_signal(reading: Reading) -> date | None:
    """Give the newest day of usage or touches, which outcome goes by."""
    rows = reading.rows("freshness", View(date.min))
    signals = (row for row in rows if row["dataset"] in ("usage", "touches") and row["rows"])
    return max((row["latest"] for row in signals if row["latest"]), default=None)
