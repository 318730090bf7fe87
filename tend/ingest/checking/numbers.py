"""Numbers of contracts: one that several customers have, and lines of one (M2, M3)."""

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.checking import keys
from tend.ingest.checking.keys import Codes, Rows
from tend.ingest.sheet import WARNING

_NAMED = 3


def tell(rows: Rows, codes: Codes) -> None:
    """Warn of numbers of several customers; say which were read as contracts of several lines."""
    name = rows.dataset.id
    if not rows.dataset.lines or name is None:
        return
    number = rows.column(name)
    shared = (number > 0) & (keys.distinct(number, rows.customer) > 1)
    for sheet, mask in rows.by_sheet(shared):
        sheet.find(mask, "number_of_several", WARNING, name)
    lined = (number > 0) & (keys.distinct(keys.combined(number, rows.customer), codes) > 1)
    for sheet, mask in rows.by_sheet(lined):
        if mask.any():
            found = sorted(pc.unique(sheet.typed[name].filter(pa.array(mask))).to_pylist())
            examples = ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
            at = sheet.choice.columns[name]
            sheet.decide("contract_lines", at, count=str(len(found)), examples=examples)
