"""From the drop to the word: nothing is written before it, and all can be chosen until then."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.store.facts import imports
from tend.store.facts.preview import Difference
from tend.ui.state import data
from tests.kit.driver import html
from tests.ui.conftest import HOSTILE, LANGUAGES, Rows, book
from tests.ui.intake.conftest import Cells, choose, ledger, number_of_imports, press, untidy, upload

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_written_before_the_word(workspace: Path, language: str) -> None:
    """The preview tells rows, problems and decisions; one click takes the file in."""
    app = upload(untidy(workspace, amount_3="待确认"), language=language)
    said = html(app)
    contracts = text.say("datasets.contracts", language)
    what = text.say("intake.rows_of", language, rows="11", dataset=contracts)
    assert text.say("intake.summary_rejected", language, what=what, rejected="1") in said
    assert text.say("intake.to_correct", language, count=1) in said
    assert text.say("intake.compared", language) in said
    assert "待确认" in said
    assert text.say("problems.decision_header_row", language, row="2") in said
    assert number_of_imports() == 0
    app = press(app, "import")
    assert number_of_imports() == 1
    assert text.say("data_page.taken_in", language, rows="11") in html(app)
    assert any(button.key == "to_renewals" for button in app.button)


@pytest.mark.parametrize("key", ["import", "discard"])
def test_the_bytes_are_let_go(workspace: Path, key: str) -> None:
    """The uploaded file lies in a folder until it is taken in or discarded, no longer."""
    app = upload(untidy(workspace))
    path: Path = app.session_state["tend.waiting"][0].path
    assert path.exists()
    app = press(app, key)
    assert not path.parent.exists()
    assert app.session_state["tend.waiting"] == []
    assert number_of_imports() == (key == "import")


def test_a_column_is_chosen_and_remembered(workspace: Path) -> None:
    """What a header means is chosen once; the next file with these headers needs no choice."""
    app = upload(untidy(workspace))
    app = choose(app, "means_", "微信群", "product")
    assert app.session_state["tend.waiting"][0].result.sheets[0].mapping["微信群"] == "product"
    press(app, "import")
    later = upload(untidy(workspace, "later.xlsx", amount_1="7"))
    sheet = later.session_state["tend.waiting"][0].result.sheets[0]
    assert sheet.mapping["微信群"] == "product"
    assert "mapping_remembered" in {decision.code for decision in sheet.decisions}


def test_a_column_moves_from_one_header_to_another(workspace: Path) -> None:
    """Two headers never mean the same column: the one chosen last has it."""
    app = upload(untidy(workspace))
    app = choose(app, "means_", "微信群", "product")
    app = choose(app, "means_", "合同编号", "product")
    sheet = app.session_state["tend.waiting"][0].result.sheets[0]
    assert sheet.mapping["合同编号"] == "product"
    assert "微信群" not in sheet.mapping


def test_the_editor_is_open_where_something_is_missing(workspace: Path) -> None:
    """A needed column that no header gives is named, and can be chosen at once."""
    rows: list[Cells] = [("客户名称", "合同编号", "到期日", "神秘数字")]
    rows += [(f"客户{n}", f"K{n}", "2025-06-30", 100 + n) for n in range(5)]
    app = upload(book(workspace / "x.xlsx", {"合同": rows}))
    label = text.say("intake.columns_missing", "en")
    assert next(box for box in app.expander if box.label == label).proto.expanded
    app = choose(app, "means_", "神秘数字", "amount")
    assert app.session_state["tend.waiting"][0].accepted == 5
    assert not [box for box in app.expander if box.label == label]


def test_a_sheet_can_be_left_out_and_become_something_else(workspace: Path) -> None:
    """The data set of a sheet is chosen; a sheet left out has all its rows skipped."""
    customers: list[Cells] = [("客户名称", "行业"), ("杭州第0贸易", "零售")]
    app = upload(book(workspace / "x.xlsx", {"台账": ledger(), "客户": customers}))
    app = choose(app, "dataset_", "客户", "")
    left_out = app.session_state["tend.waiting"][0].chosen.sheets[1]
    assert (left_out.dataset, left_out.rows, left_out.skipped) == (None, 1, 1)
    app = choose(app, "dataset_", "客户", "touches")
    assert app.session_state["tend.waiting"][0].chosen.sheets[1].dataset == "touches"
    app = choose(app, "dataset_", "客户", "customers")
    press(app, "import")
    told = imports.status(data.workspace())["datasets"]
    assert {row["dataset"]: row["rows"] for row in told}["customers"] == 1


def test_the_preview_tells_what_changes(workspace: Path) -> None:
    """New, changed with old and new value, unchanged, and gone where the file replaces all."""
    press(upload(untidy(workspace)), "import")
    app = upload(untidy(workspace, "later.xlsx", count=8, amount_2="9"))
    part = next(d for d in waiting_difference(app) if d.dataset == "contracts")
    assert (part.new, part.changed, part.unchanged, part.gone) == (0, 1, 11, 0)
    shown = re.findall(r'<td data-label="([^"]*)">([^<]*)</td>', html(app))
    old, would_be = (text.say(f"intake.heads.{name}", "en") for name in ("old", "would_be"))
    values = [(head, float(cell)) for head, cell in shown if head in (old, would_be)]
    assert values == [(old, 12_000), (would_be, 90_000)]
    app = choose(app, "mode_", "", "replace")
    part = next(d for d in waiting_difference(app) if d.dataset == "contracts")
    assert part.gone == 4


def waiting_difference(app: AppTest) -> tuple[Difference, ...]:
    """Give what the page found for the file that waits."""
    [found] = app.session_state["tend.rehearsed"][1].files
    return tuple(found.differences)


def test_thousands_of_problems_are_one_line(workspace: Path) -> None:
    """Problems stand by kind, with their number and a few examples."""
    bad = {f"amount_{number}": "待确认" for number in range(3000)}
    app = upload(untidy(workspace, count=3000, **bad))
    said = html(app)
    assert text.say("intake.times", "en", count="3,000") in said
    assert said.count("待确认") < 10
    assert len(said) < 60_000


def test_what_reads_differently_is_shown_again(workspace: Path) -> None:
    """Where another import makes rows be rejected, the reader sees that before they go in."""
    mine = upload(untidy(workspace))
    twice: list[Cells] = [("客户编号", "客户名称"), ("A", "杭州第0贸易"), ("B", "杭州第0贸易")]
    imports.import_file(data.workspace(), book(workspace / "twice.xlsx", {"客户": twice}))
    app = press(mine, "import")
    assert number_of_imports() == 1
    assert text.say("intake.moved", "en") in [note.value for note in app.warning]
    press(app, "import")
    assert number_of_imports() == 2


def test_a_file_that_cannot_be_read_says_why(workspace: Path) -> None:
    """It holds nothing up: the others go in."""
    bad = workspace / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    app = upload(bad, untidy(workspace))
    assert app.error
    app = press(app, "import")
    assert number_of_imports() == 1


def test_date_order_is_asked_where_nothing_tells(workspace: Path) -> None:
    """3/4/2024: day or month first is a choice, and the choice is kept to."""
    lines = ["Customer,Contract ID,End date,Amount"]
    lines += [f"Customer {n},K{n},{n + 1}/{n + 2}/2025,100" for n in range(6)]
    file = workspace / "contracts.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    app = choose(upload(file), "order_", "", "mdy")
    press(app, "import")
    with data.workspace().cursor() as cursor:
        found = cursor.execute("select min(end_date) from stg_contracts").fetchone()
    assert found == (date(2025, 1, 2),)


def test_hostile_names_stay_text(workspace: Path) -> None:
    """Markup in headers, cells and file names never becomes markup."""
    odd = HOSTILE[0]
    sheets: Rows = {
        "__bold__ $x$": [
            ("Customer", "End date", "Amount", odd, HOSTILE[2]),
            (odd, "2025-01-01", odd, odd, odd),
            (HOSTILE[1], "2025-01-01", 5, odd, odd),
        ]
    }
    app = upload(book(workspace / "a**b** [x](evil.example).xlsx", sheets))
    assert "<script" not in html(app)
    app = press(app, "import")
    assert "<script" not in html(app)
    assert "<img" not in html(app)
    labels = [one.label for one in (*app.button, *app.selectbox, *app.expander)]
    assert not [label for label in labels if "**b" in label or "](http" in label]


def test_more_sheets_than_can_be_drawn_are_taken_in(tmp_path: Path) -> None:
    """Of many sheets some are shown with their choices; the others are told, and go in as well."""
    names = [f"S{number}" for number in range(45)]
    sheets: Rows = {
        n: [("Customer name", "End date", "Amount"), (n, "2025-01-01", 5)] for n in names
    }
    app = upload(book(tmp_path / "many.xlsx", sheets))
    assert "5 more sheets are taken in as found" in html(app)
    press(app, "import")
    assert imports.history(data.workspace())[0]["accepted"] == 45


def test_more_columns_than_can_be_drawn_are_told(tmp_path: Path) -> None:
    """Of very many columns those that are used are shown first; the rest is counted."""
    head = ("Customer name", "End date", *(f"x{number}" for number in range(150)), "Amount")
    row = ("A", "2025-01-01", *range(150), 5)
    app = upload(book(tmp_path / "wide.xlsx", {"S": [head, row]}))
    assert "33 more columns, not used, are not shown" in html(app)
    assert any("Amount" in one.label for one in app.selectbox)


def warnings_listed(app: AppTest) -> int:
    """Count the warnings that the lists of problems speak of."""
    rows = re.findall(r"<tr>(.*?)</tr>", "".join(re.findall(r"tend-kinds.*?</table>", html(app))))
    cases = [int(number) for row in rows for number in re.findall(r"<td>(\d+)\D", row)[:1]]
    return sum(cases)


def warnings_counted(app: AppTest) -> int:
    """Sum up the last column of the table of sheets."""
    [table] = re.findall(r"tend-sheets.*?</table>", html(app), re.DOTALL)
    return sum(map(int, re.findall(r">(\d+)</td></tr>", table)))


SUCCEEDED: dict[str, list[Cells]] = {
    "en": [
        ("Contract no", "Customer", "Start date", "End date", "Amount", "Currency", "Outcome"),
        ("K1", "Ada", "2024-01-01", "2024-12-31", 100, "USD", "lost"),
        ("K2", "Ada", "2025-01-01", "2025-12-31", 100, "CNY", ""),
        ("K3", "Bo", "2024-01-01", "2024-12-31", -5, "CNY", ""),
    ],
    "zh": [
        ("合同编号", "客户名称", "开始日期", "到期日期", "合同金额", "币种", "续约结果"),
        ("K1", "甲公司", "2024-01-01", "2024-12-31", 100, "USD", "流失"),
        ("K2", "甲公司", "2025-01-01", "2025-12-31", 100, "CNY", ""),
        ("K3", "乙公司", "2024-01-01", "2024-12-31", -5, "CNY", ""),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_warnings_are_counted_as_are_listed(workspace: Path, language: str) -> None:
    """Of rows, of the whole sheet, and those only the whole workspace gives; after it, too."""
    file = book(workspace / "x.xlsx", {"A": SUCCEEDED[language]})
    app = upload(file, language=language)
    [found] = app.session_state["tend.rehearsed"][1].files
    [foreseen] = found.warnings.values()
    assert len(foreseen) > 0
    own = app.session_state["tend.waiting"][0].result.sheets[0].problems
    assert None in [one.row for one in own]
    assert warnings_counted(app) == warnings_listed(app) == len(own) + len(foreseen)
    app = press(app, "import")
    assert warnings_counted(app) == warnings_listed(app) == len(own) + len(foreseen)
