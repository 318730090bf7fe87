"""A review file as a reader opens it: from a disk, in a browser without a network."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, Route


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


def told(file: Path) -> dict[str, object]:
    """Give what a file holds."""
    [written] = re.findall(r'id="told">(.*?)</script>', file.read_text("utf-8"), re.DOTALL)
    found: dict[str, object] = json.loads(written)
    return found
