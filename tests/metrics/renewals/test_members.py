"""Members of the headline numbers: as many, and as much, as the tile says; the losses first."""

from datetime import date

import pandas as pd
import pytest

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.renewals.tiles import TILES
from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View, window
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.oracle.facts.company import arr_on, by_customer
from tests.oracle.facts.days import add_months
from tests.oracle.renewals.rates import up_for_renewal

YEAR = window("last_12_months", UNTIL)
VIEWS = (
    View(UNTIL),
    View(UNTIL, *YEAR),
    View(UNTIL, *YEAR, filters=(("size", ("mid", "large")), ("region", ("west",)))),
    View(date(2025, 8, 15), date(2025, 7, 1), date(2025, 9, 30)),
)
RENEWED = {"renewed_on_time", "renewed_late", "renewed_early"}


def members(workspace: Workspace, measure: str, view: View) -> list[Row]:
    """List what a click on a tile lists."""
    tile = TILES[measure]
    asked, own = drill.listed(tile, view, {})
    listed = FIGURES[tile.listed]
    rows: list[Row] = asking.run(workspace, listed.query, asked, **own).to_pylist()
    return rows


def counted(measure: str, rows: list[Row]) -> tuple[float, float]:
    """Count numerator and denominator of a measure over its members."""

    def summed(column: str) -> float:
        return sum(float(str(row[column] or 0)) for row in rows)

    match measure:
        case "contract_renewal_rate":
            return sum(row["outcome"] in RENEWED for row in rows), len(rows)
        case "on_time_rate":
            return sum(row["outcome"] in RENEWED - {"renewed_late"} for row in rows), len(rows)
        case "logo_renewal_rate":
            return sum(bool(row["is_renewed"]) for row in rows), len(rows)
        case "net_renewal_rate":
            return summed("renewed_arr"), summed("due_arr")
        case "gross_renewal_rate":
            return summed("kept_arr"), summed("due_arr")
        case "nrr":
            return summed("arr_now"), summed("opening_arr")
        case _:
            return summed("kept_arr"), summed("opening_arr")


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_members_make_the_number(english: Sample, view: View) -> None:
    """Numerator and denominator of each tile are those of its list, in every view."""
    workspace = english.workspace
    headline = {r["measure"]: r for r in english.rows("renewal_headline", view)}
    assert set(headline) == set(TILES) - {"nrr", "grr"} | {"gross_renewal_rate"}
    for name, row in headline.items():
        tile = "net_renewal_rate" if name == "gross_renewal_rate" else name
        rows = members(workspace, tile, view)
        assert rows
        assert counted(name, rows) == pytest.approx((row["numerator"], row["denominator"]))
        assert row["missed"] == pytest.approx(row["denominator"] - row["numerator"])
    [kept] = english.rows("retention_12m", View(view.as_of, filters=view.filters))
    for name, part in (("nrr", "arr_now"), ("grr", "kept_arr")):
        rows = members(workspace, name, view)
        assert counted(name, rows) == pytest.approx((kept[part], kept["opening_arr"]))
        assert len(rows) == kept["opening_customers"]
    shrunk = [r for r in rows if r["change_arr"] < 0]
    assert kept["shrunk_customers"] == len(shrunk)


def test_losses_stand_first(english: Sample) -> None:
    """Lost contracts, then late ones; customers who renewed nothing; those gone."""
    workspace, view = english.workspace, VIEWS[1]
    outcomes = [row["outcome"] for row in members(workspace, "contract_renewal_rate", view)]
    lost, late = outcomes.count("lost"), outcomes.count("renewed_late")
    assert min(lost, late) > 1
    assert set(outcomes[:lost]) == {"lost"}
    assert set(outcomes[lost : lost + late]) == {"renewed_late"}
    arrs = [row["arr"] for row in members(workspace, "on_time_rate", view)][:lost]
    assert arrs == sorted(arrs, reverse=True)
    flags = [row["is_renewed"] for row in members(workspace, "logo_renewal_rate", view)]
    assert flags == sorted(flags)
    gone = [row["arr_now"] > 0 for row in members(workspace, "nrr", view)]
    assert gone == sorted(gone)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_customers_by_hand(english: Sample, view: View) -> None:
    """Both lists of customers a second time, from the judged contracts of the spreadsheet."""
    company = english.health.company
    decided = [d for d in up_for_renewal(company, view) if d.outcome in {*RENEWED, "lost"}]
    frame = pd.DataFrame(
        {
            "customer_id": [deal.fact.customer_id for deal in decided],
            "due_arr": [deal.arr or 0 for deal in decided],
            "renewed_arr": [deal.successor_arr or 0 for deal in decided],
            "renewed": [deal.outcome in RENEWED for deal in decided],
        }
    )
    wanted = frame.groupby("customer_id").agg(
        decided=("renewed", "size"),
        renewed=("renewed", "sum"),
        due_arr=("due_arr", "sum"),
        renewed_arr=("renewed_arr", "sum"),
    )
    rows = english.rows("renewal_customers", view)
    assert {r["customer_id"] for r in rows} == set(wanted.index)
    for row in rows:
        own = wanted.loc[str(row["customer_id"])]
        for name in wanted.columns:
            assert row[name] == pytest.approx(own[name])
        assert row["change_arr"] == pytest.approx(own["renewed_arr"] - own["due_arr"])
        assert row["kept_arr"] == pytest.approx(max(0, min(own["renewed_arr"], own["due_arr"])))
    pairs = {
        name: (arr_on(deals, add_months(view.as_of, -12)), arr_on(deals, view.as_of))
        for name, deals in by_customer(company.chosen(view)).items()
    }
    opening = {name: pair for name, pair in pairs.items() if pair[0] > 0}
    kept = english.rows("retention_customers", View(view.as_of, filters=view.filters))
    told = {r["customer_id"]: (r["opening_arr"], r["arr_now"]) for r in kept}
    assert told.keys() == opening.keys()
    for name, pair in opening.items():
        assert told[name] == pytest.approx(pair)
