"""Headers tell the truth of answers: keys tell rows apart, kinds hold, codes have their words."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pyarrow as pa
import pytest

from tend.language import text
from tend.queries import asking, library
from tend.queries.kinds import Kind, read
from tend.queries.library import Query
from tend.store.workspace import Workspace
from tend.view import PERIODS, YEAR, View
from tests.kit.companies import UNTIL, Companies

DAY = UNTIL
WINDOW = View(DAY, date(2025, 10, 1), DAY)
GROUPS = ("size", "csm", "product", *PERIODS, YEAR, "2x2", "potential")
# Nobody has made a task, taken up the renewal that is asked about, or let a folder be watched.
NOT_SEEN = {"contract_stages", "tasks", "watched_files"}


def views(query: Query) -> Iterator[View]:
    """Give the ways to ask, each that is another one to the query."""
    has_window = query.scored or any(name.endswith("_day") for name in query.parameters)
    has_filters = "filters" in query.parameters
    distinct: dict[object, View] = {}
    for view in _all_views(query):
        days = (view.as_of, *((view.start, view.end) if has_window else ()))
        told = (days, view.group_by, view.split_by, view.filters if has_filters else ())
        distinct.setdefault(told, view)
    yield from distinct.values()


def _all_views(query: Query) -> Iterator[View]:
    """Give ways: now, in a window, long ago, of some, and by everything it groups by."""
    filters = (("size", ("large", "mid")),)
    yield from (View(DAY), WINDOW, View(date(2025, 2, 28)), View(DAY, filters=filters))
    yield from (WINDOW.grouped(group) for group in GROUPS if query.is_grouped_by(group))
    if "split_by" in query.parameters:
        yield from (WINDOW.grouped("size").split(split) for split in ("industry", "quarter"))


@cache
def middle(workspace: Workspace) -> dict[str, object]:
    """Give the parameters of one: a contract and a customer in the middle."""
    contracts = asking.run(workspace, "renewals", View(DAY)).to_pylist()
    row = contracts[len(contracts) // 2] if contracts else {}
    return {
        "dimensions": list(asking.dimensions(workspace)),
        "dataset": "contracts",
        "key": row.get("contract_id", "K"),
        "customer_id": row.get("customer_id", "C"),
        "contract_id": row.get("contract_id", "K"),
    }


def answers(workspace: Workspace, query: Query) -> Iterator[pa.Table]:
    """Ask a query in all those ways."""
    given = middle(workspace)
    own = {name: value for name, value in given.items() if name in query.parameters}
    for view in views(query):
        yield asking.run(workspace, query.name, view, **own)


def alike(query: Query, table: pa.Table) -> list[str]:
    """Name keys that stand twice, and parts of them that are null and may not be."""
    if query.has_no_key:
        return []
    rows = table.select(list(query.key)).to_pylist()
    twice = [key for key, n in Counter(tuple(row.values()) for row in rows).items() if n > 1]
    empty = [name for name, may_be in query.key.items() if not may_be and table[name].null_count]
    return [f"{query.name}: {fault}" for fault in (*map(str, twice), *empty)]


def misheld(query: Query, table: pa.Table) -> list[str]:
    """Name columns that are others than the header's, or hold what no value of their kind can."""
    found = {field.name: field.type for field in table.schema}
    if list(found) != list(query.kinds):
        return [f"{query.name}: {list(found)}"]
    return [
        f"{query.name}.{name}: {kind} as {found[name]}"
        for name, kind in query.kinds.items()
        if not is_held(kind, found[name])
    ]


def is_held(kind: Kind, held: pa.DataType) -> bool:
    """Tell whether a type holds values of a kind."""
    if kind.is_list != pa.types.is_list(held):
        return False
    return str(held.value_type if kind.is_list else held) in kind.types


def unsaid(query: Query, table: pa.Table) -> set[str]:
    """Name the codes that have no words; labels may be what a file says."""
    coded = {name: kind.room for name, kind in query.kinds.items() if kind.name == "code"}
    return {
        f"{query.name}.{name}: {room}.{code}"
        for name, room in coded.items()
        for said in (table[name].to_pylist() if room else [])
        for code in (said if isinstance(said, list) else [said])
        if code is not None
        and not all(f"{room}.{code}" in text.catalogue(one) for one in text.LANGUAGES)
    }


@pytest.fixture(scope="module", params=[{}, {"language": "zh", "messy": True}], ids=["en", "zh"])
def company(request: pytest.FixtureRequest, companies: Companies) -> Workspace:
    """Open a tidy and an untidy company, to be read only."""
    return companies.read(**request.param)


@pytest.mark.parametrize("name", sorted(library.queries()))
def test_answers_are_as_the_header_says(company: Workspace, name: str) -> None:
    """Keys are unique and not null, kinds are those of the columns, each code has its words."""
    query = library.find(name)
    found = list(answers(company, query))
    assert any(len(table) for table in found) or name in NOT_SEEN
    faults = [one for table in found for one in (*alike(query, table), *misheld(query, table))]
    assert faults == []
    assert sorted(set().union(*(unsaid(query, table) for table in found))) == []


def test_kinds_hold_without_data(workspace: Workspace) -> None:
    """In an empty workspace, too, columns are the header's and have the types of their kinds."""
    found = [
        misheld(query, next(answers(workspace, query))) for query in library.queries().values()
    ]
    assert [fault for faults in found for fault in faults] == []


def test_the_checks_bite() -> None:
    """A second row of a key, a null in it, another type and a code without words are found."""
    query = library.find("arr_growth")
    late = {"overdue": [1], "overdue_arr": [2.0]}
    good = {"won": [1.0], "lost": [0.0], "quick_ratio": pa.array([None], pa.float64()), **late}
    assert misheld(query, pa.table(good)) == alike(query, pa.table(good)) == []
    assert len(misheld(query, pa.table(good | {"won": ["1"]}))) == 1
    assert len(misheld(query, pa.table({"won": [1.0], "lost": [0.0]}))) == 1
    assert len(alike(query, pa.table({"won": [1.0, 1.0]}))) == 1
    query = library.find("renewals")
    assert len(alike(query, pa.table({"contract_id": ["K1", "K1"]}))) == 1
    assert len(alike(query, pa.table({"contract_id": ["K1", None]}))) == 1
    assert not is_held(read("list of text"), pa.string())
    coded = library.find("lifecycle_moves")
    table = pa.table({"from_stage": ["serving", None], "to_stage": ["lost", "nowhere"]})
    assert unsaid(coded, table) == {"lifecycle_moves.to_stage: stages.nowhere"}
