"""Eight customers who use the product, each differently, and were asked and touched before."""

from datetime import date

from tests.kit.samples.health_stories import Story, survey, term, ticket, touch, usage
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.signals import Signals
from tests.oracle.health.queries import last_month_end

LAST = last_month_end(date.today())
MONTHS = [month_end(add_months(LAST.replace(day=1), -n)) for n in (3, 2, 1, 0)]
NAMES = [f"c{number}" for number in range(8)]


def used_in(month: date) -> Signals:
    """Give a month of usage of all, each different, each month different."""
    rows = [
        one
        for place, name in enumerate(NAMES)
        for one in usage(
            *(name, f"{month:%Y-%m}"),
            active_users=5.0 + place * month.month % 7,
            licensed_users=20.0,
            key_actions=30.0 * (1 + (place + month.month) % 5),
            features_used=1.0 + (3 * place + month.month) % 6,
        )
    ]
    return Signals(rows)


def company(months: list[date]) -> Story:
    """Give a company that was used in these months, and asked, touched and helped before."""
    first = MONTHS[0].replace(day=3)
    start, end = add_months(LAST, -14).replace(day=1), month_end(add_months(LAST, 9))
    story = Story(
        [term(name, f"{start}", f"{end}") for name in NAMES],
        signals=Signals(
            surveys=[survey(name, f"{first}", n + 2) for n, name in enumerate(NAMES[:6])],
            touches=[touch(name, f"{first}") for name in NAMES[::2]],
            tickets=[ticket(NAMES[1], f"{first}", None, "high")],
        ),
    )
    for month in months:
        story = story.with_signals(used_in(month))
    return story
