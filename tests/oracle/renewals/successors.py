"""Who succeeds whom: links first, dates for the rest."""

from collections.abc import Sequence
from datetime import date, timedelta

from tests.oracle.facts.days import DAY
from tests.oracle.facts.facts import Settings, plain
from tests.oracle.renewals.deal import Deal, is_given_lost, start_of
from tests.oracle.renewals.known import first_known, same_product


def find_successors(deals: list[Deal], settings: Settings, as_of: date) -> None:
    """Fill in who succeeds whom: links first, dates for the rest."""
    by_customer: dict[str, list[Deal]] = {}
    for deal in deals:
        if not deal.is_credit and not deal.is_never_due:
            by_customer.setdefault(deal.fact.customer_id, []).append(deal)
    for family in by_customer.values():
        links = {id(new): linked(new, family) for new in family}
        # B5: a link binds to what it names; M8: an add-on follows nothing by dates
        bases = [new for new in family if not new.is_add_on]
        free = [new for new in bases if not links[id(new)]]
        for old in family:
            naming = [new for new in family if old in links[id(new)]]
            renewing = [new for new in free if renews_product(old, new, bases)]
            found = in_grace(old, naming, settings) if naming else by_dates(old, renewing, settings)
            # a given loss wins over any inference, from the day it counts
            old.successors = [] if is_given_lost(old, as_of) else found
        for old in family:
            for new in old.successors:
                new.predecessors.append(old)


def linked(new: Deal, family: list[Deal]) -> list[Deal]:
    """Give the contracts that `new` validly names: same customer, not itself, older (B3).

    Of a contract with lines it names the last one before it, of each product; its own product's
    where that is among them. Of the lines that name one the first follows it, likewise (M3).
    """
    meant = [old for old in family if names(new, old)]
    return [old for old in meant if is_last(old, new, meant) and is_first(new, old, family)]


def names(new: Deal, old: Deal) -> bool:
    """Tell whether a deal names another that is older."""
    start, before = new.fact.start_date, old.fact.start_date
    is_older = start is not None and (before is None or before < start)
    return old is not new and is_older and old.fact.is_named(new.fact.named())


def is_last(old: Deal, new: Deal, meant: list[Deal]) -> bool:
    """Tell whether a line is the last before `new` of its product, and none fits it better."""
    lines = [one for one in meant if one.fact.number == old.fact.number]
    day = start_of(new) - DAY  # one without a start may have begun the day before
    same = [one for one in lines if is_of(one, old)]
    if (old.fact.start_date or day) < max(one.fact.start_date or day for one in same):
        return False
    return fits(new, old) or not any(fits(new, one) for one in lines)


def is_first(new: Deal, old: Deal, family: list[Deal]) -> bool:
    """Tell whether a line is the first of its product to name `old`, and none fits it better."""
    lines = [one for one in family if one.fact.number == new.fact.number and names(one, old)]
    if start_of(new) > min(start_of(one) for one in lines if is_of(one, new)):
        return False
    return fits(new, old) or not any(fits(one, old) for one in lines)


def is_of(one: Deal, other: Deal) -> bool:
    """Tell whether two lines are of one product, or both of none."""
    return plain(one.fact.product) == plain(other.fact.product)


def fits(one: Deal, other: Deal) -> bool:
    """Tell whether two lines name the same product."""
    return bool(plain(one.fact.product)) and is_of(one, other)


def in_grace(old: Deal, naming: list[Deal], settings: Settings) -> list[Deal]:
    """Keep the linked ones in time: no limit on the early side, grace on the late one (B4)."""
    if old.after is None:
        return naming
    limit = old.after + timedelta(days=settings.grace_days)
    return [new for new in naming if start_of(new) <= limit]


def by_dates(old: Deal, free: list[Deal], settings: Settings) -> list[Deal]:
    """Give the contracts that follow by dates: nearest start, all of that day (A3, B1, B2, B11)."""
    after = old.after
    if after is None:
        return []
    first = after - timedelta(days=settings.early_days)
    limit = after + timedelta(days=settings.grace_days)
    fitting = [
        new
        for new in free
        if new.fact.start_date is not None
        and first <= new.fact.start_date <= limit
        and (old.fact.start_date is None or new.fact.start_date > old.fact.start_date)
        and (new.last is None or (old.last is not None and new.last > old.last))
        and new is not old
        and (start_of(new) >= after - timedelta(days=31) or brings_half(old, new))
    ]
    if not fitting:
        return []
    nearest = min((abs((start_of(new) - after).days), start_of(new)) for new in fitting)[1]
    return [new for new in fitting if new.fact.start_date == nearest]


def brings_half(old: Deal, new: Deal) -> bool:
    """Tell whether what starts early is large enough to be the renewal, where that can be told."""
    if old.arr is not None and new.arr is not None:
        return new.arr >= old.arr / 2
    return old.fact.currency != new.fact.currency or new.yearly >= old.yearly / 2


def renews_product(old: Deal, new: Deal, bases: Sequence[Deal]) -> bool:
    """Tell whether products fit; an add-on sold without a base of its own belongs to any (M8)."""
    sold = first_known(old.fact)
    is_loose = old.is_add_on and plain(old.fact.product) not in {
        plain(base.fact.product) for base in bases if first_known(base.fact) <= sold
    }
    return is_loose or same_product(old.fact, new.fact)
