"""Currencies of a file's contracts: the first is the workspace's, others need a rate (M22)."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.results import Currencies
from tend.ingest.sheet import Sheet


def check(sheets: Sequence[Sheet], known: Currencies) -> None:
    """Tell which currency the workspace takes, or which amounts are in no sum without a rate."""
    found = {currency for sheet in sheets for currency in _amounts(sheet)}
    taken = next(iter(found)) if known.is_open and len(found) == 1 else known.own
    for sheet in sheets:
        position = sheet.choice.columns.get("currency", sheet.choice.columns.get("amount"))
        if taken != known.own and _amounts(sheet):
            sheet.currency = taken
            sheet.decide("currency_taken", position, currency=taken)
        for currency, (count, amount) in _amounts(sheet).items():
            if currency not in {taken, *known.rated}:
                sheet.find_in_sheet(
                    "currency_without_rate",
                    currency=currency,
                    count=str(count),
                    amount=f"{amount:,.0f}",
                    own=taken,
                )


def _amounts(sheet: Sheet) -> dict[str, tuple[int, float]]:
    """Give each currency that is named, with how many contracts and how much."""
    if "currency" not in sheet.typed or "amount" not in sheet.typed:
        return {}
    kept = pa.array(sheet.accepted() & ~sheet.dropped)
    table = pa.table({name: sheet.typed[name] for name in ("currency", "amount")}).filter(kept)
    summed = table.group_by("currency").aggregate([("amount", "count"), ("amount", "sum")])
    rows = summed.filter(pc.is_valid(summed["currency"])).to_pylist()
    return {r["currency"]: (r["amount_count"], r["amount_sum"] or 0.0) for r in rows}
