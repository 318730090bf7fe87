"""Random companies: histories of contracts laid out around the days that decide."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from tests.oracle.facts.company import Company
from tests.oracle.facts.days import add_months
from tests.oracle.facts.facts import Contract, Customer, Settings, plain

T = TypeVar("T")
SETTINGS = Settings(rates={"USD": 7.0})
# In the last one the day of the import is past, so that contracts ahead are known (A6).
AS_OF_DAYS = (date(2024, 6, 30), date(2024, 2, 29), date(2024, 7, 15), date(2041, 6, 30))
GAPS = (0, 0, 0, 0, 1, 14, 14, 59, 60, 61, 200, -1, -30, -30, -89, -90, -91, -150)
ENDS = (-1100, -1000, -900, -800, -700, -500, -365, -200, -61, -60, -1, 0, 1, 30)
MONTHS = (12, 12, 3, 3, 1, 6, 24, 0)


def mostly(value: T, *others: T) -> st.SearchStrategy[T]:
    """Draw one value five times of six, else one of the others."""
    return st.sampled_from([value] * (5 * len(others)) + list(others))


@dataclass(frozen=True)
class Sketch:
    """What is drawn for one contract; days are offsets."""

    customer: int
    follows: str
    gap: int
    end: int
    months: int
    days: int
    is_day_after: bool
    missing: str
    signed: int | None
    ended: int | None
    link: str
    amount: float
    basis: str
    currency: str | None
    product: str | None
    contract_type: str | None
    status: str | None
    outcome: str | None
    renewed_amount: float | None
    kind: str


sketches = st.builds(
    Sketch,
    customer=st.sampled_from((1, 1, 1, 2, 2, 3)),
    follows=st.sampled_from(("last", "last", "last", "one before", "beside", "")),
    gap=st.sampled_from(GAPS),
    end=st.sampled_from(ENDS),
    months=st.sampled_from(MONTHS),
    days=st.sampled_from((0, 0, 0, 10, 45)),
    is_day_after=st.booleans(),
    missing=mostly("", "start", "end", "both"),
    signed=mostly(None, -120, -1, 0, 1, 30),
    ended=mostly(None, -100, -30, -1, 0, 20),
    link=st.sampled_from(
        ("",) * 10
        + ("previous", "previous", "before", "before", "two", "first", "itself", "nobody")
    ),
    amount=st.sampled_from((1200.0, 600.0, 990.5, 2400.0, 100.0, 0.0, -50.0)),
    basis=mostly("total", "annual", "quarterly", "monthly"),
    currency=mostly(None, "CNY", "USD", "EUR"),
    product=st.sampled_from((None, None, None, "Chat", "chat", "Ｃhat", "Desk", "unknown", "all")),
    contract_type=st.sampled_from(
        (
            *("Annual",) * 28,
            *("ANNUAL", "Monthly", "Ｍonthly", "Pilot", "ＰILOT", "培训", None),
            *("Add-on", "Add-on", "ＡＤＤ-ON", "Upsell", "增购", "补充协议"),
        )
    ),
    status=mostly(
        None, "terminated", "流失", "renewed", "draft", "Superseded", "Trial", "Ended", "Expired"
    ),
    outcome=mostly(None, "renewed", "lost", "undecided"),
    renewed_amount=mostly(None, 80.0, 1500.0),
    # a line of the contract before it (M3), a year from 29 February (M16), one that is overdue on
    # the first start's own anniversary (M20)
    kind=st.sampled_from(("",) * 7 + ("line", "line", "line", "leap", "overdue")),
)


def built(case: str, drawn: list[Sketch], as_of: date) -> list[Contract]:
    """Lay out one case's contracts; one that follows hangs on the case's contract before it."""
    contracts: list[Contract] = []
    laid: list[tuple[date, date]] = []
    for number, one in enumerate(drawn):
        start, after = days_of(one, laid, as_of)
        laid.append((start, after))
        contracts.append(contract_of(case, number, one, start, after, contracts))
    return contracts


def days_of(one: Sketch, laid: list[tuple[date, date]], as_of: date) -> tuple[date, date]:
    """Give the first day of a contract and the day after its last."""
    if one.kind == "leap":
        year = 2020 if one.is_day_after else 2024
        return date(year, 2, 29), date(year + 1, 3, 1)
    if one.kind == "overdue":
        after = as_of - timedelta(days=abs(one.gap) % 60)
        return add_months(after, -12), after
    if one.follows and laid:
        start = beside(one, laid)
    else:
        start = add_months(as_of + timedelta(days=one.end - one.days), -one.months)
    after = add_months(start, one.months) + timedelta(days=one.days)
    return start, after if after > start else after + timedelta(days=1)


def beside(one: Sketch, laid: list[tuple[date, date]]) -> date:
    """Start on the same day as the last contract, or some days from the end of an earlier one."""
    if one.follows == "beside":
        return laid[-1][0]
    before = laid[-2] if one.follows == "one before" and len(laid) > 1 else laid[-1]
    return before[1] + timedelta(days=one.gap)


def contract_of(
    case: str, number: int, one: Sketch, start: date, after: date, earlier: list[Contract]
) -> Contract:
    """Turn a sketch into a contract from `start` to the day before `after`."""
    name = f"{case}-K{number}"
    last = after - timedelta(days=1)
    # An end given as the day after is only understood as one on the start's day number (A1).
    end = after if one.is_day_after and after.day == start.day else last
    if end.day == start.day and end == last and end != start:
        end = after  # else the last day itself would be taken for the day after
    outcome = one.outcome or ("undecided" if one.missing == "both" else None)
    begun = None if one.missing in ("start", "both") else start
    customer_id = customer_of(case, one, earlier)
    line = line_of(one, begun, customer_id, earlier)
    link = link_of(one.link, name, earlier)
    if line and link is None:
        link = earlier[-1].previous_contract_id  # lines of one contract mostly renew the same
    return Contract(
        contract_id=line or name,
        customer_id=customer_id,
        start_date=begun,
        end_date=None if one.missing in ("end", "both") else end,
        amount=one.amount,
        amount_basis=one.basis,
        product=one.product,
        contract_type=one.contract_type,
        currency=one.currency,
        signed_date=shifted(start, one.signed),
        previous_contract_id=link,
        status=one.status,
        ended_on=shifted(after, one.ended),
        outcome=outcome,
        renewed_amount=one.renewed_amount,
        import_day=date.today(),
    )


def line_of(
    one: Sketch, start: date | None, customer_id: str, earlier: list[Contract]
) -> str | None:
    """Give the number of the contract before, of which this is another line; None: it is none."""
    if one.kind != "line" or not earlier or earlier[-1].customer_id != customer_id:
        return None
    number = earlier[-1].contract_id
    told = [(plain(c.product), c.start_date) for c in earlier if c.contract_id == number]
    return None if (plain(one.product), start) in told else number


def customer_of(case: str, one: Sketch, earlier: list[Contract]) -> str:
    """Let a contract that follows mostly stay with the customer before it."""
    if one.follows and earlier and one.customer < 3:
        return earlier[-1].customer_id
    return f"{case}-c{one.customer}"


def shifted(day: date, offset: int | None) -> date | None:
    """Step some days; None stays None."""
    return None if offset is None else day + timedelta(days=offset)


def link_of(kind: str, name: str, earlier: list[Contract]) -> str | None:
    """Write `previous_contract_id` in one of the ways files do."""
    ids = list(dict.fromkeys(contract.contract_id for contract in earlier))
    if kind in ("previous", "first", "two", "before") and not ids:
        return None
    return {
        "": None,
        "nobody": "nobody",
        "itself": name,
        "previous": ids[-1] if ids else None,
        # of another line of the same contract: the one that both of them renew
        "before": ids[-2:][0] if ids else None,
        "first": ids[0] if ids else None,
        "two": "; ".join(ids[-2:]),
    }[kind]


# One label in several spellings, words of our own, and none.
LABELS = (
    *("West", "west", "Ｗest", "WEST", "East", "ＥＡＳＴ", "large"),
    *("unknown", "Unknown", "未知", "all", "All", None),
)


def customer(draw: st.DrawFn, name: str, case: str, size: str | None) -> Customer:
    """Draw a customer whose labels are as files write them, and whose name others may have."""
    region, csm, zone = (draw(st.sampled_from(LABELS)) for _ in range(3))
    called = draw(mostly(f"Name {name}", "Acme"))
    extra = {} if zone is None else {"Zone": zone}
    return Customer(name, called, industry=case, size=size, region=region, csm=csm, extra=extra)


@st.composite
def companies(draw: st.DrawFn, cases: int) -> tuple[Company, date]:
    """Draw a company of many independent cases, told apart by their industry, and a day."""
    as_of = draw(st.sampled_from(AS_OF_DAYS))
    contracts: list[Contract] = []
    customers: list[Customer] = []
    for number in range(cases):
        case = f"{number:02d}"
        own = built(case, draw(st.lists(sketches, min_size=1, max_size=9)), as_of)
        contracts += own
        customers += [
            customer(draw, name, case, size)
            for name, size in zip(
                sorted({one.customer_id for one in own}), ("KA", "SMB", None, "中型"), strict=False
            )
        ]
    return Company(contracts, customers, SETTINGS), as_of
