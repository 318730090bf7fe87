"""What the sheet's name and the lines above its header say of all its amounts."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import numbers
from tend.ingest.sheet import Sheet

_NUMBER = re.compile(r"\d[\d.,]*\s*[^\W\d_]+")  # customers over 1 million: no unit


def scale(sheet: Sheet) -> float:
    """Give the unit that a title names: MRR (k USD), 单位：万元; 1 where none does."""
    named = (numbers.header_unit(_NUMBER.sub("", title))[0] for title in sheet.titles)
    return next((one for one in named if one > 1), 1.0)


def with_currency(sheet: Sheet, found: pa.Array) -> pa.Array:
    """Give the currency of a title, and tell it, where nothing else names one."""
    said = {code: title for title in sheet.titles if (code := numbers.of_title(title))}
    if len(said) != 1 or found.null_count < len(found):
        return found
    [(code, title)] = said.items()
    sheet.decide("currency_of_title", currency=code, title=title[:80])
    return pc.fill_null(found, code)
