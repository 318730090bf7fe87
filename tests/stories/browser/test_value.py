"""Customer value in a real browser: from a bar to its customers, and every topic drawn."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tend.language import text
from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.browsing import WAIT, Watched, pick, settled
from tests.kit.server import serve
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(240)


def test_from_a_bar_to_its_customers(made: Open, chromium: Browser) -> None:
    """A click on a bar lists who moved; letting go takes it away; topics draw their charts.

    A click on a customer in the scatter of effort opens the page of the customer.
    """
    folder = made("sample-en")
    with open_workspace(folder) as workspace:
        rows = asking.run(workspace, "value_effort", View(date(2026, 9, 30))).to_pylist()
    dearest = rows[0]["customer_name"]
    with serve(folder) as server:
        context = chromium.new_context(viewport={"width": 1440, "height": 1000})
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/value?lang=en&as_of=2026-09-30")
        page.wait_for_selector(".tend-card", timeout=3 * WAIT)
        chart = page.locator('[data-testid="stVegaLiteChart"]').first
        expect(chart.locator("canvas, svg").first).to_be_visible(timeout=WAIT)
        pick(chart, {"x": 200, "y": 110})
        let_go = page.get_by_role("button", name=text.say("value.let_go", "en"))
        expect(let_go).to_be_visible(timeout=WAIT)
        expect(page.get_by_text("New in 2024-Q2: 8 customers, 1.82M ARR")).to_be_visible()
        assert "drill=arr_periods&drill=period%3D2024-Q2&drill=move%3Dnew" in page.url
        let_go.click()
        expect(let_go).to_have_count(0, timeout=WAIT)
        for topic in ("cohorts", "goals", "effort"):
            page.get_by_role("tab", name=text.say(f"value.topics.{topic}", "en")).click()
            shown = page.get_by_role("tabpanel").filter(visible=True)
            expect(shown.locator(".tend-figure").last).to_be_visible(timeout=WAIT)
            settled(page)
        effort = page.locator("[class*=st-key-chart_value_effort] svg.marks")
        mark = effort.locator("g.mark-symbol").last.locator("path").first
        pick(mark)
        # the dearest to serve stands first
        expect(page.locator(".tend-lead")).to_contain_text(dearest, timeout=WAIT)
        expect(page).to_have_url(re.compile(r"/customer\?.*customer=C"), timeout=WAIT)
        watched.check()
        context.close()
