"""Which contracts count, from when they are known, and what follows a superseded one."""

from collections.abc import Sequence
from datetime import date

from tests.oracle.facts.facts import Contract, Settings, letters, plain


def counts(contract: Contract, settings: Settings) -> bool:
    """Tell whether a contract is recurring (B12, M12) and signed."""
    one_off = plain(contract.contract_type) in {plain(word) for word in settings.one_off}
    is_trial = letters(contract.status) in settings.trial
    return not one_off and not is_trial and is_signed(contract, settings)


def is_signed(contract: Contract, settings: Settings) -> bool:
    """Tell whether somebody signed it: no draft (B9), of deals one that was won (M24)."""
    if letters(contract.status) in settings.void:
        return False
    return contract.deal_status is None or letters(contract.deal_status) in settings.won


def is_known(contract: Contract, as_of: date) -> bool:
    """Tell whether the contract is known: from signing, else from start or its import (A6)."""
    return first_known(contract) <= as_of


def first_known(contract: Contract) -> date:
    """Give the day from which the contract is known."""
    if contract.signed_date:
        return contract.signed_date
    if contract.start_date is None:
        return date.min
    return min(contract.start_date, contract.import_day or date.max)


def followed_from(
    old: Contract, last: date | None, others: Sequence[Contract], settings: Settings
) -> date | None:
    """Give the day on which the follower of a superseded contract starts; None without one."""
    start = old.start_date
    if letters(old.status) not in settings.superseded or start is None:
        return None
    starts = [
        new.start_date
        for new in others
        if new.customer_id == old.customer_id
        and new.start_date
        and new.amount >= 0
        and same_product(old, new)
    ]
    return min((day for day in starts if start < day <= (last or date.max)), default=None)


def same_product(one: Contract, other: Contract) -> bool:
    """Tell whether products are equal or one of them blank (B11)."""
    a, b = plain(one.product), plain(other.product)
    return not a or not b or a == b
