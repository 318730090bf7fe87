"""The list of all customers: equal to the other pages' numbers, and its groups counted apart."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from math import fsum

import pytest

from tend.view import Filters, View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.metrics.customers.test_customer import book as book  # the sample with its hours
from tests.oracle.customers.portrait import portraits
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.value.value import Book

SOME: Filters = (("size", ("large", "mid")),)
VIEWS = (View(UNTIL), View(date(2025, 6, 15)), View(UNTIL, filters=SOME))
_PORTRAYED = (
    *("customer_name", "arr", "days_left", "end_date", "contract_id", "last_touch"),
    *("days_since_touch", "csm", "industry", "months", "life_stage", "arr_share", "scale"),
)


def by_customer(rows: list[Row]) -> dict[object, Row]:
    """Give rows by their customer, each of which has one."""
    found = {row["customer_id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("view", VIEWS[:2], ids=lambda view: str(view.as_of))
def test_every_customer_as_the_workbook_has_it(english: Sample, book: Book, view: View) -> None:
    """Everybody is listed, in force or not, with what a calculation from the workbook gives."""
    listed = by_customer(english.rows("customers", view))
    wanted = by_customer(portraits(book, view))
    assert listed.keys() == wanted.keys()
    for name, row in listed.items():
        told = wanted[name]
        assert {k: row[k] for k in _PORTRAYED} == pytest.approx({k: told[k] for k in _PORTRAYED})
        standing = "in_force" if told["is_in_force"] else "former" if told["last_day"] else "none"
        assert row["standing"] == standing
        if told["is_in_force"]:
            states = ("outcome_state", "experience_state", "satisfaction")
            assert [row[k] for k in states] == [told[k] for k in states]
        else:
            assert row["outcome_state"] is None


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_list_agrees_with_the_other_pages(english: Sample, view: View) -> None:
    """ARR, value, health, due day, touch and tasks are those of value, health and the workbench."""
    listed = by_customer(english.rows("customers", view))
    pages = {
        "customer_values": ("arr", "tier", "months", "contracted_to_date", "overdue_arr"),
        "health": ("arr", "outcome_state", "experience_state", "quadrant", "outcome_score"),
        "priorities": ("arr", "end_date", "days_left", "last_touch", "open_tasks", "contract_id"),
        "sop_customers": ("scale", "satisfaction", "nps_mean", "account_manager"),
    }
    for query, names in pages.items():
        rows = english.rows(query, view)
        assert rows
        for row in rows:
            told = listed[row["customer_id"]]
            assert {n: told[n] for n in names} == pytest.approx({n: row[n] for n in names}), query


def test_a_path_is_the_mean_of_the_scores_known(english: Sample) -> None:
    """Month by month, the last twelve of them, as the workbook's scores have it."""
    for row in english.rows("customers", View(UNTIL))[::5]:
        name = str(row["customer_id"])
        scores = [
            [score for score in standing.scores.values() if score is not None]
            for standing in (
                english.health.standing(name, month_end(add_months(UNTIL, -n)))
                for n in range(11, -1, -1)
            )
            if standing is not None
        ]
        wanted = [fsum(known) / len(known) for known in scores if known]
        assert (row["path"] or []) == pytest.approx(wanted)


def is_long_ago(days: int | None) -> bool:
    """Tell whether a touch is over 60 days ago, or there was none."""
    return days is None or days > 60


@pytest.mark.parametrize("by", ["quadrant", "cell", "tier", "csm"])
def test_groups_count_their_customers(english: Sample, by: str) -> None:
    """Each group says how many it holds and their ARR; places are its order, without gaps."""
    rows = english.rows("customers", View(UNTIL), list_by=by, standing="in_force")
    codes: dict[str, Callable[[Row], object]] = {
        "quadrant": lambda row: row["quadrant"],
        "cell": lambda row: f"{row['scale']}/{row['satisfaction']}",
        "tier": lambda row: row["tier"],
        "csm": lambda row: row["csm"],
    }
    arr: dict[object, list[float]] = defaultdict(list)
    for row in rows:
        arr[row["in_group"]].append(row["arr"])
        assert row["in_group"] == str(codes[by](row) or "unknown")
    places = Counter(row["group_place"] for row in rows)
    assert sorted(places) == list(range(1, len(arr) + 1))
    for row in rows:
        own = arr[row["in_group"]]
        assert row["group_customers"] == len(own) == places[row["group_place"]]
        assert row["group_arr"] == pytest.approx(fsum(own))
    if by == "quadrant":
        assert rows[0]["quadrant"] == min(row["quadrant"] for row in rows if row["quadrant"])


def test_letters_find_customers(english: Sample) -> None:
    """By a part of the name, the id or the CSM, in any case; nobody else is listed."""
    everybody = english.rows("customers", View(UNTIL))
    for sought in (str(everybody[7]["customer_name"]).upper()[2:9], "c00", "lindholt"):
        found = {
            row["customer_id"] for row in english.rows("customers", View(UNTIL), search=sought)
        }
        wanted = {
            row["customer_id"]
            for row in everybody
            if sought.lower()
            in " ".join(
                str(row[name] or "")
                for name in ("customer_name", "customer_id", "csm", "account_manager")
            ).lower()
        }
        assert found == wanted
        assert found


def test_who_was_found_elsewhere_is_listed(english: Sample) -> None:
    """By pinyin or a contract's number: beside those that the letters find, once each."""
    rows = english.rows("customers", View(UNTIL), search="lindholt", found=["C0001", "C0002"])
    by_letters = english.rows("customers", View(UNTIL), search="lindholt")
    names = [row["customer_id"] for row in rows]
    assert len(names) == len(set(names))
    assert set(names) == {"C0001", "C0002"} | {row["customer_id"] for row in by_letters}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_sentence_counts_the_list(english: Sample, view: View) -> None:
    """Each count of the summary is the number of such rows of the list, with their ARR."""
    rows = english.rows("customers", view)
    [told] = english.rows("customers_summary", view)
    here = [row for row in rows if row["standing"] == "in_force"]
    found = {
        "": here,
        "at_risk": [r for r in here if "at_risk" in (r["outcome_state"], r["experience_state"])],
        "due": [r for r in rows if r["days_left"] is not None and r["days_left"] <= 90],
        "untouched": [
            r for r in here if r["days_since_touch"] is None or r["days_since_touch"] > 60
        ],
    }
    for name, some in found.items():
        assert told[name or "customers"] == len(some)
        assert told[f"{name}_arr".strip("_")] == pytest.approx(fsum(r["arr"] for r in some))
    assert told["without_csm"] == sum(row["csm"] is None for row in here)
    assert told["former"] == sum(row["standing"] == "former" for row in rows)
    assert told["without_contract"] == sum(row["standing"] == "none" for row in rows)
    assert told["everybody"] == len(rows)
