"""Lengths of contracts that only their place makes one: annual in a term, 3年 as an end."""

import re

from tend.ingest.cells import amounts, terms
from tend.ingest.cells.terms import Term
from tend.schema.words import folded, listed


def of_word(text: str) -> Term | None:
    """Read annual, 年付, 按季: a term of one such interval; of a month no end follows."""
    word = terms.without_renewal(text).removesuffix("合同").removesuffix("contract").strip()
    months = None if re.search(r"\d", text) else amounts.interval(word)
    return Term(int(months)) if months and months > 1 else None


def is_rolling(text: str) -> bool:
    """Tell whether a word says that a contract goes on from month to month: monthly, 按月."""
    return amounts.interval(terms.without_renewal(text)) == 1 and terms.parse(text) is None


def says_one(text: str) -> bool:
    """Tell whether a word in a column of terms says how long: annual, monthly, auto-renew."""
    is_word = of_word(text) is not None or is_rolling(text)
    is_word |= folded(text) in listed("open_ended")
    return is_word or (terms.renews_itself(text) and not terms.without_renewal(text))


def instead_of_an_end(text: str) -> Term | None:
    """Read a term that stands where an end date should; 12月 there is a month of no year."""
    if re.search(r"\d\s*月", text):
        return None
    return terms.parse(text) or of_word(text)
