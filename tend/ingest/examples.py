"""The first accepted rows of a sheet: each cell as it stands, and what it has become."""

import numpy as np
import pyarrow as pa

from tend.ingest.across import MONTH
from tend.ingest.sheet import Sheet

_EXAMPLES, _LONGEST = 5, 60
_OURS_ALONE = ("interval",)  # kinds whose values are numbers of our own


def of(sheet: Sheet) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Give cells of the first accepted rows beside what each has become."""
    rows = np.flatnonzero(sheet.accepted())[:_EXAMPLES].tolist()
    known = sheet.dataset.columns
    typed = {
        p: sheet.typed[c]
        for c, p in sheet.choice.columns.items()
        if c in sheet.typed and known[c].kind.name not in _OURS_ALONE
    }
    typed |= {p: sheet.typed[MONTH.format(m)] for p, m in sheet.choice.months.items()}
    per = sheet.column("amount_basis", pa.string())
    amount_at = sheet.choice.columns.get("amount")
    return {
        sheet.body.headers[place]: tuple(
            (
                str(sheet.body.raw[place][row].as_py() or "")[:_LONGEST],
                _written(values[row].as_py()),
                str(per[row].as_py() or "") if place == amount_at else "",
            )
            for row in rows
        )
        for place, values in sorted(typed.items())
    }


def _written(value: object) -> str:
    """Write a value as a reader would: days in ISO, numbers with thousands apart."""
    if value is None:
        return ""
    return f"{value:,.10g}" if isinstance(value, float) else str(value)[:_LONGEST]
