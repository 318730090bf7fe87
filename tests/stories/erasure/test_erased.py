"""Who is erased is gone from all that is kept; what is told of others, and the past, stays."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tend.acts import erasing
from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.store import maintenance
from tend.store.erasure.subject import Wanted
from tend.store.facts import imports, row_cells
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, window
from tests.kit.companies import Companies
from tests.kit.erasing import byte_search
from tests.kit.erasing import company as erasable
from tests.kit.erasing.company import (
    ARR,
    AS_OF,
    CHINESE,
    LONGER,
    PERSON,
    PLAIN,
    QUOTED,
    SIGNS,
    WORD,
)
from tests.kit.kills.full_disk import Disk

LOOKED = View(AS_OF, *window("last_12_months", AS_OF))
ARR_NOW = "select round(sum(amount)) from stg_contracts"


@pytest.fixture
def company(companies: Companies, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the company whose names are hard to erase."""
    made, _ = companies.once("erasable", erasable.made)
    shutil.copytree(made / "workspace", tmp_path / "w")
    with open_workspace(tmp_path / "w") as workspace:
        yield workspace


def erase(workspace: Workspace, name: str, **how: object) -> None:
    """Erase somebody, the name typed once more."""
    wanted = Wanted(**{"kind": "customer", "given": name, **how})  # type: ignore[arg-type]
    _, proof = erasing.erase(workspace, wanted, name, "en")
    assert proof.found == ()
    assert proof.texts > 100


def test_no_byte_of_a_name_is_left(company: Workspace) -> None:
    """Of customers and a person, whichever way; longer names, and words, of others stay."""
    path = company.path
    assert byte_search.found(path, [QUOTED])  # the search finds what is there
    erase(company, QUOTED, way="rows")
    assert byte_search.found(path, [QUOTED]) == []
    erase(company, SIGNS)
    assert byte_search.found(path, [SIGNS]) == []
    erase(company, PLAIN, way="rows")
    left = byte_search.found(path, [f"{PLAIN} pays", f"of {PLAIN.upper()}", f"to {PLAIN}"])
    assert left == []
    assert byte_search.found(path, [LONGER])
    erase(company, PERSON, kind="person")
    assert byte_search.found(path, [PERSON]) == []
    erase(company, WORD, way="rows")
    assert maintenance.verify(company) == []
    asked = "select list(customer_name order by customer_name), any_value(industry)"
    [(names, industry)] = erasable.rate(company, f"{asked} from stg_customers")
    assert names == [LONGER, "Erased customer 2", CHINESE]
    assert industry == WORD


def test_the_past_stays_true_where_a_number_stands_for_the_name(company: Workspace) -> None:
    """No number changes; with the rows goes exactly their ARR, and nothing else."""
    named = erasing.preview(company, Wanted("customer", CHINESE), LOOKED, "en")
    assert named.changes == ()
    assert named.found.rows == {"customers": 1, "contracts": 1, "touches": 2, "surveys": 2}
    gone = erasing.preview(company, Wanted("customer", CHINESE, "rows"), LOOKED, "en")
    changed = {one.number.column: one.number for one in gone.changes if not one.is_a_year_before}
    assert changed["arr"].before == pytest.approx(sum(ARR.values()))
    assert changed["arr"].after == pytest.approx(sum(ARR.values()) - ARR[CHINESE])
    # it was a rehearsal
    assert erasable.rate(company, "select count(*) from stg_customers") == [(len(ARR),)]
    erase(company, CHINESE)
    assert erasable.rate(company, ARR_NOW) == [(round(sum(ARR.values())),)]
    assert erasable.rate(company, "select count(*) from stg_surveys") == [(2,)]


def test_what_a_file_says_of_others_stays_readable(company: Workspace, tmp_path: Path) -> None:
    """Rows of others have their cells; the file is recognised, and no longer read otherwise."""
    book = erasable.book(tmp_path)
    erase(company, QUOTED, way="rows")
    given = {"dataset": "customers", "key": LONGER, "of_row": None}
    rows = asking.run(company, "sources", View(AS_OF), **given).to_pylist()
    read = partial(row_cells.of_file, company)
    told = row_cells.told(company, "customers", rows, "en", read)
    cells = dict(told[row_cells.place(rows[0])])
    assert (cells["Customer name"], cells["Industry"]) == (LONGER, WORD)
    assert list(row_cells.erased(company, rows)) == [rows[0]["file"]]
    imports.undo(company, 1)
    assert erasable.rate(company, "select count(*) from stg_contracts") == [(0,)]
    again = imports.import_file(company, book)
    assert again.error is None
    codes = [one.code for sheet in again.sheets for one in sheet.problems]
    assert codes.count("erased_customer") == 2
    assert erasable.rate(company, "select count(*) from stg_contracts") == [(len(ARR) - 1,)]
    assert maintenance.verify(company) == []
    assert byte_search.found(company.path, [QUOTED]) == []
    erasing.allow(company, 1)
    imports.undo(company, again.import_id or 0)
    assert imports.import_file(company, book).error is None
    assert erasable.rate(company, "select count(*) from stg_contracts") == [(len(ARR),)]


def test_a_file_never_seen_brings_nobody_back(company: Workspace, tmp_path: Path) -> None:
    """Its rows on the customer are left out and told; of the file itself only the rest is kept."""
    erase(company, PLAIN, way="rows")
    erase(company, PERSON, kind="person")
    file = tmp_path / "more.csv"
    head = "Customer name,Date,CSM,Type,Note"
    line = f"{LONGER},2026-05-09,{PERSON.upper()},call,more"
    file.write_text(f"{head}\n{PLAIN.upper()},2026-05-08,Bo,call,hidden\n{line}\n", "utf-8")
    report = imports.import_file(company, file)
    assert (report.accepted, report.rejected) == (1, 1)
    asked = "select csm from stg_touches where note = 'more'"
    assert erasable.rate(company, asked) == [("Someone erased 2",)]
    assert byte_search.found(company.path, [PERSON, "hidden"]) == []
    assert maintenance.verify(company) == []


def test_nothing_is_erased_by_mistake(company: Workspace) -> None:
    """Another name typed, nobody of that name, and who may not: all stays, with a sentence."""
    before = company.version
    for wanted, typed, code in (
        (Wanted("customer", PLAIN), "Acme?", "erase_not_confirmed"),
        (Wanted("customer", "Nobody"), "Nobody", "erase_unknown_customer"),
        (Wanted("person", "Nobody"), "Nobody", "erase_unknown_person"),
    ):
        with pytest.raises(TendError) as refused:
            erasing.erase(company, wanted, typed, "en")
        assert refused.value.code == code
    leader = company.seen_by(Person("Li", "leader", "p1"))
    with pytest.raises(TendError) as refused:
        erasing.erase(leader, Wanted("customer", PLAIN), PLAIN, "en")
    assert refused.value.code == "not_allowed_audit"
    assert company.version == before


def test_readers_go_on(company: Workspace) -> None:
    """Who reads meanwhile gets answers before or after it, and none is an error."""
    seen: list[object] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            try:
                answer = asking.run(company, "concentration", LOOKED)
                seen.append(round(answer["arr"][0].as_py()))
            except Exception as error:  # noqa: BLE001 - told to the test
                seen.append(error)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for one in readers:
        one.start()
    erase(company, CHINESE, way="rows")
    ended.set()
    for one in readers:
        one.join()
    whole = round(sum(ARR.values()))
    assert {*seen} <= {whole, whole - round(ARR[CHINESE])}
    assert seen


def test_a_full_disk_leaves_all_as_it_was(company: Workspace, tmp_path: Path) -> None:
    """It is refused with a sentence; with room again it is done."""
    with Disk(tmp_path, "limit").filled(100_000), pytest.raises(TendError):
        erase(company, CHINESE)
    assert maintenance.verify(company) == []
    assert byte_search.found(company.path / "uploads", [CHINESE])
    erase(company, CHINESE)
    assert byte_search.found(company.path, [CHINESE]) == []
