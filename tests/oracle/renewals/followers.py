"""What follows a superseded contract: the first of its customer and product in its time (M12)."""

from collections.abc import Sequence
from datetime import date

from tests.oracle.facts.facts import Contract, Settings, letters, plain


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
        if new.customer_id == old.customer_id and new.start_date and same_product(old, new)
    ]
    return min((day for day in starts if start < day <= (last or date.max)), default=None)


def same_product(one: Contract, other: Contract) -> bool:
    """Tell whether products are equal or one of them blank (B11)."""
    a, b = plain(one.product), plain(other.product)
    return not a or not b or a == b
