"""A file is dropped on the Data page: an untidy ledger, and what a reader does with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.store.facts import imports
from tend.ui.state import data
from tests.kit.driver import opened_in_frame
from tests.ui.conftest import book

Cells = tuple[object, ...]


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty workspace of its own."""
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))
    yield tmp_path
    data.close()


def ledger(count: int = 12, **changed: object) -> list[Cells]:
    """Give an untidy Chinese ledger: title, an amount that is no number, an odd column, a total."""
    rows: list[Cells] = [
        ("某某科技 客户成功部 续费台账",),
        ("客户名称", "合同编号", "生效日期", "到期日", "合同金额（万元）", "微信群"),
    ]
    for number in range(count):
        month = number % 12 + 1
        amount: object = changed.get(f"amount_{number}", f"{1 + number / 10:.1f}")
        days = (f"2024年{month}月1日", f"2025.{month}.28")
        rows.append((f"杭州第{number}贸易", f"HT-{number:03}", *days, amount, f"群{number}"))
    rows.append(("合计", None, None, None, "99", None))
    return rows


def upload(*files: Path, language: str = "en", app: AppTest | None = None) -> AppTest:
    """Drop files on the Data page."""
    app = app or opened_in_frame("data", lang=language, as_of="2025-07-01")
    dropped = [(file.name, file.read_bytes(), "application/octet-stream") for file in files]
    app.file_uploader[0].set_value(dropped).run()
    assert not app.exception
    return app


def untidy(folder: Path, name: str = "续费台账.xlsx", count: int = 12, **changed: object) -> Path:
    """Write the ledger as a workbook."""
    return book(folder / name, {"台账": ledger(count, **changed)})


def press(app: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so."""
    next(one for one in app.button if (one.key or "").startswith(key)).click().run()
    assert not app.exception
    return app


def choose(app: AppTest, key: str, label: str, value: object) -> AppTest:
    """Choose in the box whose key begins so and whose label holds the text."""
    boxes = [one for one in app.selectbox if (one.key or "").startswith(key)]
    next(one for one in boxes if label in one.label).set_value(value).run()
    assert not app.exception
    return app


def number_of_imports() -> int:
    """Count what the workspace holds."""
    return len(imports.history(data.workspace()))
