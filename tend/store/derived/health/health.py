"""Health as it was at each month end, kept beside the facts it follows from.

Every month is scored as of its last day, from what was known then: the model tells from when on
each fact was known, `queries/kept` does the rest for all months at once. Only months from the
first change on are made anew. The work is done in a database in memory; readers and writers go on
meanwhile.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import duckdb
import pyarrow as pa

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.transactions import Transactions
from tend.store.derived import in_place, model, sqlfiles
from tend.store.derived.health import definition

Progress = Callable[[str, float], None]
_LAYER = "kept"
# What follows from contracts: those of months before the first change are taken over.
_TAKEN_OVER = ("health_contracts", "health_renewals")
_FROM_CONTRACTS = (
    "health_moments",
    "health_renewed",
    "health_asked",
    "health_stands",
    *_TAKEN_OVER,
)
_INPUTS = "health_inputs"
_LIMITS = "health_limits"
# What is read of facts; where none changed, all values stand.
_SCORED = (
    *("health_customers", "health_learned", "health_pool", _LIMITS, "health_scales"),
    *("health_scores", "health_levels", "health_path", "health_months"),
)
_VALUES = {"health_known": "health_values", **{table: table for table in _TAKEN_OVER}}
# Whose health is another where all is made anew.
EVERYBODY = "select null as customer_id, null::date as since"
_MARKING = next(file for file in sqlfiles.files(_LAYER) if file.name == _INPUTS)
# What is kept in the workspace, and from when on it is replaced: the first month whose facts
# changed, or the first that is learned from, or scored, anew.
KEPT = {
    "health_contracts": "month >= $first_month",
    "health_renewals": "month >= $first_month",
    _LIMITS: "month >= $first_learned",
    "health_levels": "month >= $first_scored",
    "health_path": "month >= $first_scored",
    "health_months": "month >= $first_scored",
    "health_indicators": "true",
}


numbers = count()  # no two databases in memory of one name


@dataclass(frozen=True)
class Plan:
    """What has to be made anew."""

    version: int
    months: tuple[date, ...]  # all month ends there are facts for
    marks: Mapping[date, int]  # their fingerprints
    first_month: date  # the first whose facts changed
    first_learned: date  # the first whose limits are others: all, where others are learned
    first_scored: date  # the first that is scored anew: all, after a change of definition
    definition: str
    is_anew: bool = True  # nothing stands that was made by this definition
    between: date | None = None  # a day that is no month end, scored by itself

    @property
    def are_facts_others(self) -> bool:
        """Tell whether the facts of any month changed, or only what becomes of them."""
        return self.first_month < date.max


def update(opened: Transactions, progress: Progress | None = None) -> None:
    """Bring health up to date with facts and definition."""
    is_current = False
    while not is_current:  # what is written in the meantime is followed up, too
        with made_beside(opened, opened.settings, progress) as (made, wanted):
            if wanted is None:
                return
            with opened.deriving() as cursor:
                is_current = opened.version == wanted.version
                if is_current:
                    put(cursor, made, wanted)


@contextlib.contextmanager
def drafted(opened: Transactions, draft: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a cursor that sees health as another definition would have it; nothing is kept."""
    with (
        made_beside(opened, draft, None) as (made, wanted),
        opened.rehearsing() as cursor,
    ):
        if wanted is not None:
            put(cursor, made, wanted)
        yield cursor


@contextlib.contextmanager
def made_beside(
    opened: Transactions, settings: Settings, progress: Progress | None, *, is_whole: bool = False
) -> Iterator[tuple[str, Plan | None]]:
    """Make health in a database of its own; give its name, and no plan where nothing is to do."""
    name = f"health_{next(numbers)}"
    tell = progress or (lambda _step, _share: None)
    with opened.whole_cursor() as cursor:
        wanted = plan(cursor, opened.version, settings, is_whole=is_whole)
        cursor.execute(f"attach ':memory:' as {name}")
        with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
            if wanted is not None:
                cursor.execute(f"use {name}")
                score(cursor, settings, wanted, tell)
            yield name, wanted


def score(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, plan: Plan, tell: Progress
) -> None:
    """Make the tables of health where the cursor works."""
    given = begin(cursor, settings, plan)
    steps = [*steps_from_contracts(plan), *steps_from_signals()]
    taken = {_LIMITS: plan.first_learned}
    if plan.are_facts_others:
        taken |= dict.fromkeys(_TAKEN_OVER, plan.first_month)
    else:
        steps = [file for file in steps if file.name in _SCORED]
        for table, kept in _VALUES.items():
            cursor.execute(f"create view {table} as from tend.{kept}")
    for table, until in taken.items():
        cursor.execute(
            f"create table {table} as from tend.{table} where month >= $since and month < $until",
            {"since": plan.first_scored, "until": until},
        )
    for number, file in enumerate(steps):
        tell("health", number / len(steps))
        if file.name in taken:
            model.run(cursor, f"insert into {file.name} {file.sql}", given)
        else:
            model.make(cursor, [file], given)


def begin(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, plan: Plan
) -> Mapping[str, object]:
    """Make what the files of health share where the cursor works; give what they may ask for."""
    model.macros(cursor, "model", _LAYER)
    _indicators(cursor, settings if plan.months else Settings(health_indicators={}))
    return {
        **model.parameters(settings, date.today()),
        "first_month": plan.first_scored,
        "first_learned": plan.first_learned,
        "first_day": plan.first_month.replace(day=1),
        "today": plan.between or date.today(),
        "between": plan.between,
    }


def steps_from_contracts(plan: Plan) -> Iterable[sqlfiles.SqlFile]:
    """Give the files that follow from contracts alone, where any month is made anew."""
    if not any(month >= plan.first_month for month in plan.months):
        return []
    files = [file for file in sqlfiles.files(_LAYER) if file.name in _FROM_CONTRACTS]
    return [*sqlfiles.behind("model", files), *files]


def steps_from_signals() -> Iterable[sqlfiles.SqlFile]:
    """Give the files behind those that follow from contracts alone."""
    others = (*_FROM_CONTRACTS, _INPUTS)
    return [file for file in sqlfiles.files(_LAYER) if file.name not in others]


def plan(
    cursor: duckdb.DuckDBPyConnection,
    version: int,
    settings: Settings,
    *,
    is_whole: bool = False,
) -> Plan | None:
    """Hold the months' fingerprints against those that health was made from."""
    now = _marks(cursor, settings)
    kept = cursor.execute(f"select month, mark from {_INPUTS}").fetchall()
    before: dict[date, int] = {} if is_whole else dict(kept)
    [made_by] = cursor.execute("select made_by from health_definition").fetchone() or ("",)
    learning = definition.learning(settings)
    made_now = f"{learning} {definition.scoring(settings)}"
    changed = [month for month in now.keys() | before.keys() if now.get(month) != before.get(month)]
    is_same = made_by == made_now
    if not changed and (is_same or not now):
        return None
    first_month = min(changed, default=date.max)
    first_of_all = min((*now, first_month))
    return Plan(
        version,
        months=tuple(sorted(now)),
        marks=now,
        first_month=first_month,
        first_learned=first_month if made_by.split(" ")[0] == learning else first_of_all,
        first_scored=first_month if is_same else first_of_all,
        definition=made_now,
        is_anew=not is_same or not kept,
    )


def reads() -> frozenset[str]:
    """Give the words of the facts that health follows from."""
    return sqlfiles.words(_MARKING.sql)


def noted(tables: Collection[str] | None) -> frozenset[str] | None:
    """Name what is noted of changes in these tables of facts, as health reads them."""
    own = {"stg_customers": in_place.READ}
    return None if tables is None else frozenset(own.get(table, table) for table in tables)


def are_known(days: Iterable[date], today: date) -> bool:
    """Tell whether a month end up to today knows facts of these days."""
    running = (today + timedelta(days=1)).replace(day=1)
    return any(day < running for day in days)


def _marks(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> dict[date, int]:
    """Give the fingerprint of each month end that there are facts for."""
    given = {"today": date.today(), "reading": definition.reading(settings)}
    return dict(model.run(cursor, _MARKING.sql, given).fetchall())


def put(cursor: duckdb.DuckDBPyConnection, made: str, plan: Plan) -> None:
    """Put what was made in the place of what was there, in a writer's transaction."""
    given = {
        "first_month": plan.first_month,
        "first_learned": plan.first_learned,
        "first_scored": plan.first_scored,
    }
    for table, condition in KEPT.items():
        model.run(cursor, f"delete from {table} where {condition}", given)
        fresh = f"insert into {table} by name from {made}.{table} where {condition}"
        model.run(cursor, fresh, given)
    if plan.are_facts_others:
        cursor.execute(
            f"delete from health_values where not exists (from {made}.health_seen as seen"
            " where seen.customer_id = health_values.customer_id and seen.day = health_values.day)"
        )
        cursor.execute(f"insert into health_values by name from {made}.health_read")
    in_place.note_health(cursor, EVERYBODY)
    note(cursor, plan)


def note(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Note of which facts and by which definition health is made now."""
    cursor.execute(f"delete from {_INPUTS}")
    if plan.marks:
        marks = [list(plan.marks), list(plan.marks.values())]
        cursor.execute(f"insert into {_INPUTS} select unnest(?), unnest(?)", marks)
    cursor.execute("delete from health_definition")
    cursor.execute("insert into health_definition values (?)", [plan.definition])


def _indicators(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Put the indicators that are switched on where SQL can read them."""
    on = [(name, one) for name, one in settings.health_indicators.items() if one.is_on]
    table = pa.table(
        {
            "indicator": pa.array([name for name, _ in on], pa.string()),
            "score": pa.array([one.score for _, one in on], pa.string()),
            "weight": pa.array([one.weight for _, one in on], pa.float64()),
            "is_more_better": pa.array([one.is_more_better for _, one in on], pa.bool_()),
            "low": pa.array([one.low for _, one in on], pa.float64()),
            "high": pa.array([one.high for _, one in on], pa.float64()),
        }
    )
    cursor.register("given_indicators", table)
    cursor.execute("create table health_indicators as from given_indicators")
    cursor.unregister("given_indicators")
