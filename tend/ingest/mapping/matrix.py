"""Which matrix of months a sheet is: recurring revenue, or a measure of usage (M28)."""

from collections.abc import Sequence
from dataclasses import replace

from tend.ingest.laying_out.body import Body
from tend.ingest.laying_out.header_lines import Header
from tend.ingest.laying_out.months import Months
from tend.ingest.mapping.choice import Choice, choose
from tend.ingest.results import Remembered
from tend.schema import CUSTOMER, DATASETS
from tend.schema import headers as names
from tend.schema.words import folded, listed, normal

KINDS = MONTHLY, YEARLY, USAGE = ("monthly", "yearly", "usage")
_DATED = {"start_date", "end_date"}


def is_one(headers: Sequence[str], months: Months, forced: str | None) -> bool:
    """Tell whether the months are the values: the rest names a customer and is no contract list."""
    if not months or forced not in (None, "contracts", "usage"):
        return False
    rest = without(headers, months)
    own = names.assign(rest, "contracts")
    is_list = "amount" in own and bool(_DATED & own.keys())
    return not is_list and any(name in own for name in CUSTOMER)


def without(headers: Sequence[str], months: Months) -> list[str]:
    """Give the headers with those of the months as blanks."""
    return ["" if place in months else header for place, header in enumerate(headers)]


def said(texts: Sequence[str], headers: Sequence[str]) -> str | None:
    """Tell what name, titles and headers say of the values; None where they say nothing."""
    if "measure" in names.assign(headers, "usage"):
        return USAGE
    words = folded(" ".join(texts))
    if any(word in words for word in listed("yearly_recurring")):
        return YEARLY
    if any(word in words for word in listed("recurring")):
        return MONTHLY
    return USAGE if measure(texts) or any(w in words for w in _usage_words()) else None


def _usage_words() -> list[str]:
    usage = DATASETS["usage"]
    named = [
        text for m in usage.measures for both in usage.columns[m].headers.values() for text in both
    ]
    return [
        word
        for text in (*named, *usage.sheets)
        if len(word := folded(text)) > 3 or not word.isascii()
    ]


def measure(texts: Sequence[str]) -> str | None:
    """Name the measure that a title or the name of a sheet is called by, where we know it."""
    usage = DATASETS["usage"]
    keys = [normal(text) for text in texts if text]
    return next(
        (m for m in usage.measures for key in keys if key in usage.columns[m].synonyms), None
    )


def chosen(
    body: Body,
    called: Sequence[str],
    header: Header,
    forced: str | None,
    confirmed: Remembered | None,
) -> Choice:
    """Give what the months hold and the columns beside them; what adds them up is none of them."""
    answer = confirmed.answers.get("matrix") if confirmed else None
    kind = answer or said(header.above, header.names) or MONTHLY
    if not answer and forced and (forced == "usage") != (kind == USAGE):
        kind = USAGE if forced == "usage" else MONTHLY
    dataset = "usage" if kind == USAGE else "contracts"
    mapping = Remembered(dataset, confirmed.columns if confirmed else {})
    found = choose(without(body.headers, header.months), called, body.cells, confirmed=mapping)
    assert found is not None
    beside = (*CUSTOMER, *DATASETS[dataset].beside_months)
    kept = {name: place for name, place in found.columns.items() if name in beside}
    own = measure(header.above) or called[0]
    found = replace(found, columns=kept, measures={}, told=())
    return replace(found, months=header.months, kind=kind, measure=own)
