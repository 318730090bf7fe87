"""What of few customers' facts is anybody else's health as well: the ends of windows, and limits.

Asked where the facts and the values of these few are at hand: in `few` who they are, in
`days_again` the days of their facts that are others, in `read_again` who has another industry or
key contact, in `told_again` from which day on somebody's values may be others.
"""

from collections.abc import Mapping
from datetime import date

import duckdb

from tend.store.database.connection import CATALOGUE
from tend.store.derived import in_place, model

_OTHERS = f"select distinct {{}} from {CATALOGUE}.main.stg_{{}} anti join few using (customer_id)"
# A day on which nobody else has facts ends windows of everybody, unless others have some shortly
# before each day that it is the newest of.
_ENDS = """
    select 1
    from (select distinct day from days_again where name = 'stg_{dataset}') as again
    anti join ({others}) as same on again.day = same.{day}
    asof left join ({others}) as earlier on again.day > earlier.{day}
    asof left join ({others}) as later on again.day < later.{day}
    where
        again.day <= $today
        and coalesce(is_stale(earlier.{day}, coalesce(later.{day}, $today + 1) - 1), true)
    limit 1
"""
# A measure that for 90 days nobody else has had, who had it before: theirs is nought by it (M18).
_VANISHED = """
    select 1
    from (select distinct measure, day from days_again where name = 'stg_usage') as again
    asof inner join ({others}) as earlier
        on again.measure = earlier.measure and again.day >= earlier.period_end
    asof left join ({others}) as later
        on again.measure = later.measure and again.day < later.period_end
    where
        earlier.period_end < again.day
        and earlier.period_end + 90 < coalesce(later.period_end, $today + 1)
    limit 1
"""
# Without tickets by then nothing is open, and from the first one on all is counted (J3).
_TICKETS = f"""
    select 1 from days_again
    where name = 'stg_tickets' and day < coalesce(
        (
            select min(opened_on)
            from {CATALOGUE}.main.stg_tickets anti join few using (customer_id)
        ),
        'infinity'::date
    )
    limit 1
"""
_USED = _OTHERS.format("measure, period_end", "usage") + " where value is not null"
_READ = (
    _ENDS.format(dataset="usage", day="period_end", others=_OTHERS.format("period_end", "usage")),
    _ENDS.format(
        dataset="touches", day="touched_on", others=_OTHERS.format("touched_on", "touches")
    ),
    _VANISHED.format(others=_USED),
    _TICKETS,
)
# What tells of a customer from a day on; contracts and what is its own are held against each other.
_TOLD = ("stg_usage", "stg_surveys", "stg_touches", "stg_tickets", in_place.HEALTH)
# Values of these few that are others: read now, and kept before.
_VALUES = """
    create table values_again as
    (from health_known except all from kept.health_values)
    union all (from kept.health_values except all from health_known)
"""
_RENEWED = "select month, customer_id, day from"
_KEPT_RENEWED = f"{_RENEWED} kept.health_renewals where month >= $first_month"
_IN_FORCE = """
    select in_force.month, health_values.customer_id, health_values.indicator, health_values.value
    from (select distinct month, customer_id from {contracts}) as in_force
    inner join {values} as health_values
        on in_force.customer_id = health_values.customer_id and in_force.month = health_values.day
"""
# Months whose limits may be others: other renewed contracts, or other values or industries of them;
# and, where those in force stand in for them, other values of those.
_MONTHS = f"""
    with renewed as (
        ({_RENEWED} health_renewals except all {_KEPT_RENEWED})
        union all ({_KEPT_RENEWED} except all {_RENEWED} health_renewals)
    ),

    in_force_now as (
        {_IN_FORCE.format(contracts="health_contracts", values="health_known")}
    ),

    in_force_before as (
        {_IN_FORCE.format(contracts="kept.health_contracts", values="kept.health_values")}
        where in_force.month >= $first_month
    ),

    in_force_again as (
        (from in_force_now except all from in_force_before)
        union all (from in_force_before except all from in_force_now)
        union all (from in_force_now semi join read_again using (customer_id))
    )

    select month from renewed
    union all
    select health_renewals.month
    from health_renewals semi join values_again using (customer_id, day)
    union all
    select health_renewals.month from health_renewals semi join read_again using (customer_id)
    union all
    select in_force_again.month
    from in_force_again
    inner join health_indicators using (indicator)
    left join (
        from {CATALOGUE}.health_limits where is_learned and industry is null
    ) as limits using (month, indicator)
    left join (from {CATALOGUE}.health_levels where is_learned) as levels using (month, score)
    where limits.month is null or levels.month is null
"""


def look(cursor: duckdb.DuckDBPyConnection, after: int) -> None:
    """Look up what has changed after a version."""
    cursor.execute(
        "create table days_again as select distinct name, measure, day from"
        f" {CATALOGUE}.{in_place.ON_DAYS} where version > ?",
        [after],
    )
    cursor.execute(
        f"create table read_again as select distinct customer_id from {CATALOGUE}.{in_place.WHOSE}"
        " where version > ? and name = ?",
        [after, in_place.READ],
    )
    cursor.execute(
        "create table told_again as select customer_id, min(since) as since"
        f" from {CATALOGUE}.{in_place.WHOSE} where version > ? and list_contains(?, name)"
        " group by customer_id",
        [after, list(_TOLD)],
    )


def are_read_otherwise(cursor: duckdb.DuckDBPyConnection, given: Mapping[str, object]) -> bool:
    """Tell whether what is read of others may be something else by what few have told."""
    return any(model.run(cursor, asked, given).fetchone() is not None for asked in _READ)


def first_month(cursor: duckdb.DuckDBPyConnection, first: date) -> date | None:
    """Give the first month whose limits may be others, of those from the first that changed on."""
    cursor.execute(_VALUES)
    found = cursor.execute(f"select min(month) from ({_MONTHS})", {"first_month": first}).fetchone()
    assert found is not None
    month: date | None = found[0]
    return month


def may_be_learned(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether limits of a day may be others, of which no values are kept.

    They are learned from renewed contracts, looked at on a day before the change, unless those in
    force stand in for them.
    """
    found = cursor.execute(
        "select 1 from health_limits where not is_learned"
        " union all select 1 from health_levels where not is_learned"
        " union all select 1 from ("
        f"({_RENEWED} health_renewals except all {_RENEWED} renewals_before) union all"
        f" ({_RENEWED} renewals_before except all {_RENEWED} health_renewals))"
        " union all select 1 from health_renewals semi join read_again using (customer_id)"
        " union all select 1 from health_renewals inner join told_again using (customer_id)"
        " where day >= since limit 1"
    )
    return found.fetchone() is not None
