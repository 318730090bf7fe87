"""The renewal process: where each contract stands, since when, and for how long it may."""

from datetime import date
from pathlib import Path

import pytest

from tend.people.person import Person
from tend.queries import asking
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.samples.health import Sample
from tests.kit.samples.spreadsheets import sheets
from tests.oracle.renewals import process
from tests.oracle.renewals.contracts import shows_mark
from tests.oracle.renewals.process import CODES, Word

DAYS = (UNTIL, date(2026, 6, 15), date(2026, 2, 28))
HEADER = "contract id,customer id,stage,entered on,probability"


@pytest.fixture(scope="module")
def words(english: Sample) -> list[Word]:
    """Give the renewal process of the sample workbook, read by pandas alone."""
    [path] = english.workspace.uploads.iterdir()
    sheet = sheets(path)["Renewal stages"]
    return [
        Word(row["Contract ID"], CODES[row["Stage"]], row["Entered on"].date())
        for row in sheet.to_dict("records")
    ]


def tiers(english: Sample) -> dict[str, str]:
    """Give each customer's tier, in lower case."""
    return {
        customer.customer_id: (customer.tier or "").lower()
        for customer in english.health.company.customers
        if customer.customer_id
    }


def by(rows: list[Row], key: str) -> dict[object, Row]:
    """Give rows by a column that tells them apart."""
    found = {row[key]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_board_of_the_sample_company(english: Sample, words: list[Word], day: date) -> None:
    """Stage, since, days and limit of every contract on the board."""
    deals = english.health.company.deals(day)
    wanted = by(process.board(deals, words, tiers(english), day), "contract_id")
    found = by(english.rows("renewal_process", View(day)), "contract_id")
    assert found.keys() == wanted.keys()
    assert {r["stage"] for r in wanted.values()} > {"not_started", "start", "renewed"}
    for contract_id, row in wanted.items():
        assert {name: found[contract_id][name] for name in row} == row
    over = [row for row in found.values() if row["is_over_limit"]]
    arr = sum(row["arr"] for row in over)
    assert next(iter(found.values()))["count_over_limit"] == len(over)
    assert next(iter(found.values()))["over_limit_arr"] == pytest.approx(arr)
    marked = {
        deal.fact.contract_id for deal in deals if shows_mark(deal, english.health.company.settings)
    }
    assert {key for key, row in found.items() if row["is_marked_lost"]} == marked & found.keys()
    for row in found.values():
        same = [other for other in found.values() if other["stage"] == row["stage"]]
        assert row["stage_contracts"] == len(same)
        assert row["stage_arr"] == pytest.approx(sum(other["arr"] for other in same))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_time_per_stage_of_the_sample_company(
    english: Sample, words: list[Word], day: date
) -> None:
    """Contracts that reached a stage, wait there, and the median of its ended stays."""
    deals = english.health.company.deals(day)
    wanted = by(process.funnel(deals, words, tiers(english), day), "stage")
    found = by(english.rows("process_funnel", View(day)), "stage")
    assert found.keys() == wanted.keys()
    for stage, row in wanted.items():
        assert {name: found[stage][name] for name in row} == row


def put(workspace: Workspace, folder: Path, *lines: str, header: str = HEADER) -> None:
    """Import a CSV."""
    path = folder / f"file-{len(list(folder.glob('*.csv')))}.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    report = imports.import_file(workspace, path)
    assert report.error is None
    assert all(sheet.dataset and not sheet.rejected for sheet in report.sheets)


def contracts(workspace: Workspace, folder: Path, *lines: str) -> None:
    """Import contracts of the year 2025."""
    header = "contract no,customer id,start date,end date,amount,previous contract id"
    put(workspace, folder, *lines, header=header)


def stands(workspace: Workspace, day: str = "2025-11-30") -> dict[object, Row]:
    """Give the board by contract."""
    rows = asking.run(workspace, "renewal_process", View(date.fromisoformat(day))).to_pylist()
    return by(rows, "contract_id")


def test_the_newest_word_counts_and_both_stay_in_the_log(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A move in the app, then a file with an older and one with a newer word."""
    contracts(workspace, tmp_path, "K1,C1,2025-01-01,2025-12-31,1200,")
    put(workspace, tmp_path, "K1,C1,Start talking,2025-10-01,")
    fact = {"contract_id": "K1", "customer_id": "C1", "entered_on": date(2025, 11, 10)}
    entries.enter(workspace.seen_by(Person("Li Na")), "stages", [fact | {"stage": "quote"}])
    assert stands(workspace)["K1"]["stage"] == "quote"
    put(workspace, tmp_path, "K1,C1,方案,2025-11-01,")
    assert stands(workspace)["K1"]["stage"] == "quote"
    put(workspace, tmp_path, "K1,C1,商務談判,2025-11-20,0.9")
    row = stands(workspace)["K1"]
    assert (row["stage"], row["since"], row["probability"]) == (
        "commercial",
        date(2025, 11, 20),
        0.9,
    )
    told = asking.run(
        workspace, "contract_stages", View(date(2025, 11, 30)), contract_id="K1"
    ).to_pylist()
    assert [(r["stage"], r["who"], r["origin"]) for r in told] == [
        ("commercial", "", "file"),
        ("quote", "Li Na", "entry"),
        ("plan", "", "file"),
        ("start", "", "file"),
    ]


def test_repeated_words_are_one_stay(workspace: Workspace, tmp_path: Path) -> None:
    """A weekly export repeats the stage: the days count from its first word.

    The only customer is the strategic fifth (D8), which may stay 30 days in a plan.
    """
    contracts(workspace, tmp_path, "K1,C1,2025-01-01,2025-12-31,1200,")
    put(
        workspace,
        tmp_path,
        *(f"K1,C1,{stage},2025-10-{day:02}," for stage, day in
          (("start", 1), ("start", 8), ("plan", 15), ("plan", 22), ("plan", 29))),
    )  # fmt: skip
    row = stands(workspace)["K1"]
    assert (row["stage"], row["since"], row["days_in_stage"]) == ("plan", date(2025, 10, 15), 46)
    assert (row["limit_days"], row["days_over"], row["is_over_limit"]) == (30, 16, True)
    [start, plan] = asking.run(workspace, "process_funnel", View(date(2025, 11, 30))).to_pylist()
    assert (start["median_days"], start["stays"], start["waiting"]) == (14, 1, 0)
    assert (plan["median_days"], plan["stays"], plan["waiting"]) == (None, 0, 1)


def test_of_one_day_the_newer_import_counts(workspace: Workspace, tmp_path: Path) -> None:
    """Moved on and moved back on one day: it stands where it was moved last."""
    contracts(workspace, tmp_path, "K1,C1,2025-01-01,2025-12-31,1200,")
    fact = {"contract_id": "K1", "customer_id": "C1", "entered_on": date(2025, 11, 10)}
    for stage in ("plan", "quote", "plan"):
        entries.enter(workspace, "stages", [fact | {"stage": stage}])
        assert stands(workspace)["K1"]["stage"] == stage


def test_a_word_on_a_customer_is_of_its_next_end(workspace: Workspace, tmp_path: Path) -> None:
    """Last year's word is not this year's; unknown words stand in a stage of their own."""
    contracts(
        workspace,
        tmp_path,
        "K1,C1,2024-01-01,2024-12-31,1200,",
        "K2,C1,2025-01-01,2025-12-31,1200,",
        "K3,C2,2025-01-01,2025-12-31,1200,",
    )
    header = "customer id,stage,entered on"
    put(
        workspace,
        tmp_path,
        "C1,renewed,2024-12-20",
        "C2,Tea with the boss,2025-11-01",
        header=header,
    )
    found = stands(workspace)
    assert found["K2"]["stage"] == "not_started"
    assert (found["K3"]["stage"], found["K3"]["stage_text"]) == ("other", "Tea with the boss")
    assert found["K3"]["limit_days"] is None


def test_a_stage_that_decides_says_its_own_chance(workspace: Workspace, tmp_path: Path) -> None:
    """Lost without a probability is nought, whatever was said before; a chance can be set."""
    contracts(
        workspace,
        tmp_path,
        *(f"K{n},C{n},2025-01-01,2025-12-31,1200," for n in (1, 2, 3)),
    )
    put(
        workspace,
        tmp_path,
        "K1,C1,quote,2025-10-01,0.8",
        "K1,C1,lost,2025-11-01,",
        "K2,C2,quote,2025-10-01,0.8",
        "K2,C2,commercial,2025-11-01,",
        "K3,C3,renewed,2025-11-01,",
    )
    view = View(date(2025, 11, 30))
    rows = by(asking.run(workspace, "renewal_forecast", view).to_pylist(), "contract_id")
    told = {k: (row["probability"], row["basis"]) for k, row in rows.items()}
    assert told == {"K1": (0, "stage"), "K2": (0.8, "probability"), "K3": (1, "stage")}
    workspace.set("stage_chances", {"renewed": 1, "lost": 0, "commercial": 0.9})
    rows = by(asking.run(workspace, "renewal_forecast", view).to_pylist(), "contract_id")
    assert (rows["K2"]["probability"], rows["K2"]["basis"]) == (0.9, "stage")


def test_a_chain_holds_all_before_and_after(english: Sample) -> None:
    """The chain of a contract is what successor by successor leads to and from it."""
    view = View(UNTIL)
    rows = english.rows("renewals", view)
    after = {r["contract_id"]: set((r["successor_id"] or "").split(", ")) - {""} for r in rows}
    before: dict[str, set[str]] = {}
    for old, new_ones in after.items():
        for new in new_ones:
            before.setdefault(new, set()).add(old)

    def reached(start: str, steps: dict[str, set[str]]) -> dict[str, int]:
        found: dict[str, int] = {}
        edge, distance = {start}, 0
        while edge := {other for one in edge for other in steps.get(one, ())} - found.keys():
            distance += 1
            found |= dict.fromkeys(edge, distance)
        return found

    for contract_id in [r["contract_id"] for r in rows][::97]:
        chain = english.rows("contract_chain", view, contract_id=contract_id)
        wanted = {(contract_id, "itself", 0)}
        wanted |= {(c, "predecessor", n) for c, n in reached(contract_id, before).items()}
        wanted |= {(c, "successor", n) for c, n in reached(contract_id, after).items()}
        assert {(r["contract_id"], r["place"], r["steps"]) for r in chain} == wanted
        [row] = english.rows("contract", view, contract_id=contract_id)
        listed = next(r for r in rows if r["contract_id"] == contract_id)
        assert {n: row[n] for n in ("outcome", "arr", "end_date", "days_left", "successor_id")} == {
            n: listed[n] for n in ("outcome", "arr", "end_date", "days_left", "successor_id")
        }


def test_contracts_of_a_customer(english: Sample) -> None:
    """Every contract known at the day, with the outcome that the list of renewals gives."""
    view = View(date(2026, 2, 28))
    outcomes = {r["contract_id"]: r["outcome"] for r in english.rows("renewals", view)}
    deals = english.health.company.deals(view.as_of)
    for customer_id in sorted({deal.fact.customer_id for deal in deals})[::20]:
        rows = english.rows("customer_contracts", view, customer_id=customer_id)
        wanted = {d.fact.contract_id for d in deals if d.fact.customer_id == customer_id}
        assert {r["contract_id"] for r in rows} == wanted
        for row in rows:
            assert row["outcome"] == outcomes.get(row["contract_id"])
        starts = [r["start_date"] for r in rows]
        assert starts == sorted(starts, reverse=True)


def test_an_unknown_contract_has_no_row(workspace: Workspace) -> None:
    """Nothing is made up."""
    view = View(date(2025, 11, 30))
    for name in ("contract", "contract_chain", "contract_stages"):
        assert asking.run(workspace, name, view, contract_id="none").num_rows == 0


def test_lost_contracts_of_one_reason(english: Sample) -> None:
    """The list behind a reason holds the contracts that the reason counts."""
    view = View(UNTIL, date(2025, 1, 1), UNTIL)
    for row in english.rows("loss_reasons", view):
        listed = english.rows("renewals", view, reason_group=row["reason_group"])
        assert len(listed) == row["contracts"]
        assert {r["outcome"] for r in listed} == {"lost"}
