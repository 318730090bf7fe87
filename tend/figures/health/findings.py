"""What figures of health say in one line: picks rows and writes them down, computes nothing."""

import pyarrow as pa

from tend.figures import moves
from tend.figures.limits import FEWEST_NAMED
from tend.language import format, text

Row = dict[str, object]


def movement(table: pa.Table, language: str) -> str | None:
    """Name the way down that most customers went."""
    ways = [r for r in table.to_pylist() if r["direction"] == "fall" and r["place"] == 1]
    if not ways or ways[0]["customers"] < FEWEST_NAMED:
        return None
    way = ways[0]
    return text.say(
        "findings.movement",
        language,
        customers=format.count(way["customers"]),
        way=moves.way(way["from_quadrant"], way["to_quadrant"], way["sides"], language),
    )


def flows(table: pa.Table, language: str) -> str | None:
    """Hold falls and rises of the newest month against each other."""
    last = table.to_pylist()[-1]
    counts = {name: format.count(last[name]) for name in ("fallen", "risen", "customers")}
    month = format.month(last["month"], language)
    return text.say("findings.flows", language, month=month, **counts)


def usage(table: pa.Table, language: str) -> str | None:
    """Say what share of customers uses the product well, badly, not at all, in the newest month."""
    last = table.to_pylist()[-1]
    if last["unknown"] == last["customers"]:
        return None
    counts = ("customers", "well", "badly", "not_at_all", "single_feature")
    return text.say(
        "findings.usage",
        language,
        rate=format.rate(last["well_rate"], language),
        arr_rate=format.rate(last["well_arr_rate"], language),
        active=format.rate(last["active_share"], language),
        **{name: format.count(last[name]) for name in counts},
    )


def backtest(table: pa.Table, language: str) -> str | None:
    """Say how well the scores ranked what came, or that the data cannot tell."""
    rows = table.to_pylist()
    told = rows[0]
    counts = {name: format.count(told[name]) for name in ("count_renewed", "count_lost")}
    if not told["is_telling"]:
        return text.say("findings.backtest_open", language, **counts)
    pairs = {name: format.percent(told[name]) for name in ("auc", "auc_low", "auc_high")}
    said = text.say("findings.backtest", language, **pairs)
    known = [row for row in rows if row["quadrant"] is not None]
    ends = [_renewed(row, language) for row in (known[0], known[-1])]
    return format.sentences([said, *ends], language)


def calibration(table: pa.Table, language: str) -> str | None:
    """Hold the lowest fifth of the scores against the highest."""
    rows = table.to_pylist()
    if len(rows) < 2:
        return None
    said = {
        f"{name}_{end}": written
        for end, row in (("low", rows[0]), ("high", rows[-1]))
        for name, written in _counted(row, language).items()
    }
    return text.say("findings.calibration", language, **said)


def _renewed(row: Row, language: str) -> str:
    number = row["quadrant"]
    assert isinstance(number, int)
    place = moves.place(number, 3, language)
    return text.say("findings.renewed", language, place=place, **_counted(row, language))


def _counted(row: Row, language: str) -> dict[str, str]:
    rate, renewed, contracts = row["rate"], row["renewed"], row["contracts"]
    assert isinstance(rate, float)
    assert isinstance(renewed, int)
    assert isinstance(contracts, int)
    return {
        "rate": format.rate(rate, language),
        "renewed": format.count(renewed),
        "contracts": format.count(contracts),
    }
