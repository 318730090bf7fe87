"""What a table says in one line: picks rows and writes them down, computes nothing."""

import pyarrow as pa

from tend import format, text

Row = dict[str, object]
_FEWEST_OF_A_REASON = 3


def trend(table: pa.Table, language: str) -> str | None:
    """Say how the rate of the last finished period with enough cases compares with the first."""
    rows = [r for r in table.to_pylist() if not r["is_few_cases"] and r["segment"] != "unknown"]
    finished = [row for row in rows if not row["open"]]
    if len(finished) < 2:
        return None
    first, last = finished[0], finished[-1]
    return text.say(
        "findings.trend",
        language,
        first=first["segment"],
        rate_first=format.rate(first["contract_renewal_rate"], language),
        last=last["segment"],
        rate_last=format.rate(last["contract_renewal_rate"], language),
    )


def segments(table: pa.Table, language: str) -> str | None:
    """Name the lowest and the highest segment among those with enough cases."""
    rows = [r for r in table.to_pylist() if not r["is_total"] and not r["is_few_cases"]]
    if len(rows) < 2:
        return None
    ranked = sorted(rows, key=lambda row: row["contract_renewal_rate"])
    low, high = ranked[0], ranked[-1]
    if low["contract_renewal_rate"] == high["contract_renewal_rate"]:
        return None
    return text.say(
        "findings.segments",
        language,
        low=low["segment"],
        rate_low=format.rate(low["contract_renewal_rate"], language),
        high=high["segment"],
        rate_high=format.rate(high["contract_renewal_rate"], language),
    )


def reasons(table: pa.Table, language: str) -> str | None:
    """Name the most frequent reason, where it is known, stands alone and has some weight."""
    rows = table.to_pylist()
    top, next_ones = rows[0], rows[1:2]
    is_tied = any(row["contracts"] == top["contracts"] for row in next_ones)
    if top["is_unknown"] or is_tied or top["contracts"] < _FEWEST_OF_A_REASON:
        return None
    return text.say(
        "findings.reasons",
        language,
        reason=top["reason_group"],
        contracts=format.count(top["contracts"]),
        share=format.rate(top["share"], language),
    )
