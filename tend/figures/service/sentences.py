"""The sentences of the SOP matrix and the workbench: who is critical, whom to serve first."""

from tend.figures import wording
from tend.figures.reading import Lead, Reading, Row
from tend.figures.service import reasons
from tend.language import format
from tend.view import View


def sop(reading: Reading, view: View) -> Lead:
    """Say how many are critical and what is at stake, and beneath it what is not known."""
    row = reading.one("sop_summary", view)
    counts = {
        name: format.count(row[name])
        for name in ("customers", "critical", "large_critical", "not_asked", "unknown_scale")
    }
    key = "nobody" if not row["customers"] else "lead" if row["critical"] else "lead_none"
    said = reading.say(f"service.sop.{key}", **counts, arr=reading.money(row["critical_arr"]))
    rest = []
    if row["not_asked"]:
        arr = reading.money(row["not_asked_arr"])
        rest.append(reading.say("service.sop.not_asked", **counts, arr=arr))
    if row["unknown_scale"]:
        rest.append(reading.say("service.sop.unknown_scale", **counts))
    return Lead(said, (reading.sentences(*rest),))


def workbench(reading: Reading, view: View) -> Lead:
    """Say whom to serve first and what is late."""
    first = next(iter(reading.rows("priorities", view)), None)
    said = reading.say("service.work.nobody")
    if first is not None and not first["reasons"]:
        said = reading.say("service.work.calm")
    elif first is not None:
        why = reasons.said(reading, first, most=2)
        said = reading.say("service.work.lead", customer=wording.customer(first), why=why)
    waiting = _waiting(reading, reading.one("workbench_summary", view))
    return Lead(said, (reading.sentences(*waiting),))


def _waiting(reading: Reading, row: Row) -> list[str]:
    """Say what waits: tasks late and due, renewals, stages; of nothing there is nothing to say."""
    names = ("customers", "overdue", "due", "renewals", "stuck")
    counts = {name: format.count(row[name]) for name in names}
    said = []
    if row["overdue"] or row["due"]:
        said.append(reading.say("service.work.late", **counts))
    if row["renewals"]:
        key = "renewals_stuck" if row["stuck"] else "renewals"
        arr = reading.money(row["renewals_arr"])
        said.append(reading.say(f"service.work.{key}", **counts, arr=arr))
    return said
