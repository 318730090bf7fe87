"""After the import: it is recognised, taken back, and what was rejected comes again."""

import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tend import schema
from tend.acts import merges
from tend.handouts.workbook import one_table
from tend.language import text
from tend.store.facts import imports, twins
from tend.ui.intake import rejected
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, book
from tests.ui.intake.conftest import Cells, choose, ledger, number_of_imports, press, untidy, upload

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rejected_rows_go_out_and_come_back(workspace: Path, language: str) -> None:
    """The file has its own columns and the reason; corrected and uploaded, it goes in."""
    app = upload(untidy(workspace, amount_3="待确认"), language=language)
    press(app, "import")
    table, headers = rejected.rows(1, 1, language)
    assert list(headers.values())[:2] == ["客户名称", "合同编号"]
    raw = one_table.write(table, headers, "x")
    fixed = openpyxl.load_workbook(io.BytesIO(raw))
    fixed.active.cell(2, 5).value = "3.5"
    fixed.save(workspace / "fixed.xlsx")
    app = upload(workspace / "fixed.xlsx", language=language)
    assert app.session_state["tend.waiting"][0].accepted == 1
    press(app, "import")
    assert imports.history(data.workspace())[0]["rejected"] == 0


def test_headers_that_come_twice_can_be_downloaded(workspace: Path) -> None:
    """A file with two columns of one name gives its rejected rows as well."""
    rows: list[Cells] = [
        ("Customer", "End date", "Amount", "Note", "Note"),
        (None, 1, 2, "a", "b"),
        ("Ada", "2024-12-31", 2, "a", "b"),
    ]
    press(upload(book(workspace / "x.xlsx", {"Contracts": rows})), "discard")
    imports.import_file(data.workspace(), workspace / "x.xlsx")
    table, headers = rejected.rows(1, 1, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(one_table.write(table, headers, "x"))).active
    assert [cell.value for cell in sheet[1]][3:5] == ["Note", "Note"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_is_taken_back(workspace: Path, language: str) -> None:
    """After a word of confirmation it is gone, and history shows it struck, with the time."""
    app = press(upload(untidy(workspace), language=language), "import")
    [row] = imports.history(data.workspace())
    app.session_state[f"sheets_{row['import_id']}"] = True  # its numbers lead to sheets and rows
    app.run()
    assert not app.exception
    counts = [f"<td>{row[name]}</td>" for name in ("accepted", "rejected", "skipped", "warnings")]
    assert "".join(counts) in html(app)
    app.session_state["tend.who"] = "Mara"
    app = press(app, "undo_do_")
    [taken] = imports.history(data.workspace())
    assert taken["undone_at"] is not None
    assert taken["undone_by"] == "Mara"
    said = html(app)
    assert "<s><b>续费台账.xlsx</b></s>" in said
    assert text.say("data_page.taken_in", language, rows="12") not in said
    assert not [button for button in app.button if (button.key or "").startswith("undo_do_")]


def test_near_duplicates_are_merged_and_taken_apart(workspace: Path) -> None:
    """Side by side, one click to merge, kept with the reader's name, one to take it back."""
    customers: list[Cells] = [("客户名称", "行业"), ("杭州第0贸易有限公司", "零售")]
    app = upload(book(workspace / "x.xlsx", {"台账": ledger(1), "客户": customers}))
    app = press(app, "import")
    assert text.say("intake.twins.title", "en") in html(app)
    app.session_state["sheets_1"] = True
    app.run()
    noticed = text.say("intake.history.noticed", "en", sheet="台账")
    assert noticed in html(app).partition(text.say("data_page.history", "en"))[2]
    app.session_state["tend.who"] = "Mara"
    app = press(app, "merge_")
    [merge] = merges.standing(data.workspace())
    assert (merge.into_id, merge.merged_by) == ("杭州第0贸易有限公司", "Mara")
    app = press(app, "unmerge_")
    assert merges.standing(data.workspace()) == ()
    app = press(app, "apart_")  # they are two: nobody asks again, until that is taken back
    assert data.workspace().read(twins.found) == ()
    assert text.say("intake.twins.apart_title", "en") in html(app)
    assert not [button for button in app.button if (button.key or "").startswith("merge_")]
    app = press(app, "unapart_")
    assert merges.apart(data.workspace()) == ()
    assert text.say("intake.twins.title", "en") in html(app)


def test_several_files_know_each_other(workspace: Path) -> None:
    """A contract list dropped with a customer list knows the customers in it, in any order."""
    names: list[Cells] = [("客户名称", "行业"), *((f"杭州第{n}贸易", "零售") for n in range(12))]
    listed = book(workspace / "customers.xlsx", {"客户": names})
    app = upload(untidy(workspace), listed)
    first, second = app.session_state["tend.waiting"]
    assert first.name == "customers.xlsx"
    assert [s.warnings for s in second.result.sheets] == [0]
    press(app, "import")
    assert number_of_imports() == 2


def test_a_second_person_gets_in_afterwards(workspace: Path) -> None:
    """Two previews at once; the one who comes second is held against what the first brought."""
    mine = upload(untidy(workspace))
    theirs = upload(untidy(workspace, "theirs.xlsx", count=14))
    press(theirs, "import")
    app = press(mine, "import")
    assert number_of_imports() == 2
    assert text.say("data_page.taken_in", "en", rows="12") in html(app)


def summary(app: AppTest) -> str:
    """Give the sentence over the files that wait."""
    [said] = re.findall(r'<p class="tend-sum">(.*?)</p>', html(app))
    return unescape(str(said))


def test_templates_are_offered() -> None:
    """One for each data set, and one with all of them."""
    app = opened_in_frame("data", lang="zh")
    keys = [button.key for button in app.get("download_button")]
    offered = [key for key in keys if str(key).startswith("template_")]
    assert len(offered) == len(schema.DATASETS) + 1


def test_a_copy_that_is_gone_is_said(tmp_path: Path) -> None:
    """Where the copy of a waiting file went, importing says so and takes nothing in."""
    app = upload(untidy(tmp_path))
    app.session_state["tend.waiting"][0].folder.cleanup()
    press(app, "import")
    assert number_of_imports() == 0
    assert "The copy of this file is gone" in app.error[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_file_is_recognised(workspace: Path, language: str) -> None:
    """It is said before anything is done, no row of it would go in, importing changes nothing."""
    file = untidy(workspace)
    press(upload(file, language=language), "import")
    app = upload(file, language=language)
    assert text.say("intake.same", language) in [note.value for note in app.info]
    assert summary(app) == text.say("intake.all_in", language)
    app = press(app, "import")
    assert text.say("data_page.unchanged", language) in html(app)
    assert number_of_imports() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_files_only_rows_that_are_not_in_would_go_in(workspace: Path, language: str) -> None:
    """Beside a file that is in, the sentence counts the other's rows alone."""
    file, other = untidy(workspace), untidy(workspace, "b.xlsx", 3)
    press(upload(file, language=language), "import")
    app = upload(file, other, language=language)
    dataset = text.say("datasets.contracts", language)
    what = text.say("intake.rows_of", language, rows="3", dataset=dataset)
    assert text.say("intake.summary", language, what=what) in html(app)


def test_the_same_file_is_read_again_with_other_columns(workspace: Path) -> None:
    """Another mapping for a file that is in already: its import is read anew, in its place."""
    file = untidy(workspace)
    press(upload(file), "import")
    app = choose(upload(file), "means_", "微信群", "product")
    app = press(app, "import")
    assert number_of_imports() == 1
    with data.workspace().cursor() as cursor:
        found = cursor.execute("select count(distinct product) from stg_contracts").fetchone()
    assert found == (12,)


@pytest.mark.parametrize("key", ["import", "discard"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_this_session_are_not_said_to_be_lost(
    workspace: Path, language: str, key: str
) -> None:
    """Taken in or let go, by the reader's own word: the address speaks of them no more."""
    said = text.say("intake.outlived", language)
    app = press(upload(untidy(workspace), language=language), key)
    for _ in range(2):
        assert said not in [note.value for note in app.warning]
        app.run()
    assert "waiting" not in app.query_params


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_another_session_are_said_to_be_lost(language: str) -> None:
    """A new session whose address speaks of waiting files has none of them."""
    app = opened_in_frame("data", lang=language, waiting="1")
    assert text.say("intake.outlived", language) in [note.value for note in app.warning]
