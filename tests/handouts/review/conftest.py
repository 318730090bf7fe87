"""A review file as a reader opens it, in a browser without a network."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

VIEW = View(UNTIL)


class Opened:
    """A file as a reader opens it from a disk; what it asks for and what goes wrong are noted."""

    def __init__(self, browser: Browser, file: Path, **how: object) -> None:
        self.context = browser.new_context(offline=True, **how)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.tried: list[str] = []
        self.wrong: list[str] = []
        self.context.route("**/*", self._pass)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type == "error" else None
        )
        self.home = file.as_uri()
        self.page.goto(self.home)

    def _pass(self, route: Route) -> None:
        if route.request.url.split("#")[0] != self.home:
            self.tried.append(route.request.url)
        route.continue_()

    def close(self) -> None:
        """Nothing was asked for, and nothing went wrong."""
        self.context.close()
        assert (self.tried, self.wrong) == ([], [])


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give a company to read."""
    return companies.read(customers=90)


def told(file: Path) -> dict[str, object]:
    """Give what a file holds."""
    [written] = re.findall(r'id="told">(.*?)</script>', file.read_text("utf-8"), re.DOTALL)
    found: dict[str, object] = json.loads(written)
    return found


def options(company: Workspace, name: str) -> list[str]:
    """Give the values of a dimension."""
    rows = asking.run(company, "filter_options", VIEW, dimensions=[name]).to_pylist()
    return [row["value"] for row in rows]
