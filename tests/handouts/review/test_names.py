"""Names in a review file: none where they are left out, and never markup."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, expect

from tend.handouts.review import writing
from tend.handouts.review.writing import Wish
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.handouts.review.conftest import VIEW, Opened, options, told
from tests.kit.companies import filled
from tests.ui.conftest import HOSTILE, book, chromium, moving_rows

__all__ = ["chromium"]


def names_in(workspace: Workspace) -> set[str]:
    """Give all that names somebody, or was written freely, in the facts of a workspace."""
    found: set[str] = set()
    columns = {
        "stg_customers": ("customer_id", "customer_name", "csm", "account_manager", "key_contact"),
        "stg_contracts": ("contract_id", "contract_no", "loss_reason"),
        "stg_surveys": ("respondent", "comment"),
        "stg_touches": ("csm",),
        "stg_decisions": ("decision", "owner"),
        "imports": ("file",),
    }
    with workspace.cursor() as cursor:
        for table, names in columns.items():
            for name in names:
                there = cursor.execute(f"select distinct {name} from {table}").fetchall()
                found |= {str(value) for (value,) in there if value}
    return found


def test_without_names_it_holds_none(company: Workspace, tmp_path: Path) -> None:
    """Searched for all of them: customers, contracts, people, what people wrote, and files."""
    csm = next(value for value in options(company, "csm") if value != "unknown")
    all_pages, his = Wish(VIEW, is_named=False, filtered_by=()), (("csm", (csm,)),)
    for wish in (all_pages, replace(all_pages, view=replace(VIEW, filters=his), pages=("week",))):
        path = tmp_path / "review.html"
        writing.write(company, path, wish)
        held = json.dumps(told(path), ensure_ascii=False)
        assert "Customer 1" in held
        assert "客户 1" in held
        assert "CSM 1" in held
        assert sorted(name for name in names_in(company) if name in held) == []


def test_hostile_names_are_names(chromium: Browser, tmp_path: Path) -> None:
    """They stand as they are written; nothing of them runs, and nothing is asked for."""
    names = (*HOSTILE, "</script><script>document.title='owned'</script>", "\u202eevil & <b>")
    filled(tmp_path / "workspace", [book(tmp_path / "hostile.xlsx", moving_rows(names))])
    path = tmp_path / "review.html"
    view = View(date(2025, 12, 15))
    with open_workspace(tmp_path / "workspace") as workspace:
        wish = Wish(view, pages=("customers", "movement"), filtered_by=("industry",))
        writing.write(workspace, path, wish)
        assert {names[0], names[6]} <= names_in(workspace)
    opened = Opened(chromium, path, locale="en-GB")
    page = opened.page
    for name in told(path)["pages"]:  # type: ignore[attr-defined]
        page.goto(f"{opened.home}#{name['name']}")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".chart:not([data-drawn])")).to_have_count(0)
    page.goto(f"{opened.home}#customers")
    text = page.locator("body").inner_text()
    assert all(text.count(name) >= 2 for name in names[:7])  # in the list, and as an industry
    assert page.locator("main img, main script, main a").count() == 0
    assert page.title() == "Tend: review"
    opened.close()
