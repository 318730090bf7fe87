"""An amount beside the term it is for: 三年36万, 36,000 for 3 years."""

import re
from functools import cache

from tend.ingest.cells import terms
from tend.schema.words import pattern, vocabulary

_SUM = r"(?:合计|总共|总计|一共|共计|共|总额|in total|total)"
_WHAT = r"(?:合同|服务费|服务|费用|\s+(?:contract|subscription|deal))"
_BETWEEN = r"(?:\s+|[,(/]|(?<=[万千亿元圆])|\bfor\b|\bover\b)+"


def parted(cell: str) -> tuple[str, int] | None:
    """Part a folded cell into its amount and the months that it is for."""
    found = _before().match(cell) or _behind().search(cell)
    term = terms.parse(found["term"]) if found else None
    if found is None or term is None or term.days:
        return None
    rest = cell[found.end() :] if found.start() == 0 else cell[: found.start()]
    rest = rest.strip(" ,;:")
    return (rest, term.months) if rest else None


@cache
def _term() -> str:
    """Give the pattern of a term whose unit is no letter and no month of the year."""
    units = [w for w, unit in vocabulary("term_unit").items() if unit != "day" and w != "月"]
    words = pattern(w for w in units if len(w) > 1 or not w.isascii())
    counts = pattern(vocabulary("count"))
    return rf"(?P<term>(?<!\d)(?:\d{{1,2}}(?:\.5)?|{counts})\s?-?\s?(?:{words})半?)"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"^(?:为期)?{_term()}期?{_WHAT}?\s*{_SUM}?\s*[:,]?\s*")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN}\s*{_SUM}?\s*{_term()}\s*{_SUM}?\)?$")
