"""A page in a real browser whose requests and errors are noted."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Position, expect

from tests.kit.server import Server

WAIT = 20_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Watched:
    """A page whose requests and errors are noted."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self._home = urlsplit(server.url).netloc
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.errors.append(said.text) if said.type == "error" else None,
        )

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._home:
            self.foreign.append(url)

    def check(self) -> None:
        """No request went to another host, and the console holds no error."""
        assert self.foreign == []
        assert self.errors == [], self.errors


def settled(page: Page) -> None:
    """Wait until the page is drawn to its end: what is drawn anew takes no click meanwhile."""
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_visible(timeout=3 * WAIT)


def pick(mark: Locator, position: Position | None = None) -> None:
    """Click a mark of a chart or a cell of a table, once the page stands still.

    Marks lie over each other and a table is one canvas: the click goes to where the mark is.
    """
    settled(mark.page)
    expect(mark).to_be_visible(timeout=WAIT)
    mark.click(position=position, force=True)
