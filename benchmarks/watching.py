"""A tab that tells how long a click takes: until the server has said all, until the page stands.

Both are taken in the browser: its WebSocket notes when something is asked and when something comes,
an observer notes when the page changes. What lies between the last word of the server and the last
change is the browser's own work.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

_WAIT = 180_000  # milliseconds: a first visit of a large company takes long
# When the server is asked, and when it answers.
_HEARING = """
(() => {
  const heard = window.tendHeard = { asked: [], came: [], changed: 0 }, Own = window.WebSocket;
  new MutationObserver(() => { heard.changed = performance.now(); })
    .observe(document, { childList: true, subtree: true, characterData: true });
  window.WebSocket = class extends Own {
    constructor(...all) {
      super(...all);
      this.addEventListener('message', () => heard.came.push(performance.now()));
    }
    send(said) { heard.asked.push(performance.now()); return super.send(said); }
  };
})()
"""
# From the navigation to the last change, and to the last word of the server.
_OPENED = """
(quiet) => new Promise((done) => {
  const heard = window.tendHeard;
  const check = setInterval(() => {
    const came = heard.came.at(-1), end = Math.max(heard.changed, came ?? 0);
    const is_running = !document.querySelector('[data-test-script-state="notRunning"]');
    if (!came || is_running || performance.now() - end < quiet) return;
    clearInterval(check);
    done({ total: end, server: came - heard.asked[0] });
  }, 20);
})
"""
# From the click to the last change of what is seen, and to the last word of the server. Not seen:
# the mark of a running script, a filter's own list, and a table's copy for screen readers.
_WATCH = """
([quiet, patience]) => new Promise((done, fail) => {
  const heard = window.tendHeard, hidden = '[data-testid=stStatusWidget], [data-baseweb=popover]'
    + ' [role=listbox], [class*="st-key-filter."], [class*="st-key-filter-"], canvas, head';
  const begun = performance.now();
  let start = null, last = null;
  heard.asked = []; heard.came = [];
  const inside = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(hidden);
  const watcher = new MutationObserver((changes) => {
    if (start !== null && !changes.every((change) => inside(change.target))) {
      last = performance.now();
    }
  });
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  for (const kind of ['pointerdown', 'keydown']) {
    document.addEventListener(kind, () => { start ??= performance.now(); }, { capture: true });
  }
  const check = setInterval(() => {
    if (performance.now() - begun > patience) { clearInterval(check); fail('it takes too long'); }
    const came = heard.came.at(-1), end = Math.max(last ?? 0, came ?? 0);
    const is_running = !document.querySelector('[data-test-script-state="notRunning"]');
    if (start === null || !came || is_running || performance.now() - end < quiet) return;
    clearInterval(check); watcher.disconnect();
    done({ total: end - start, server: came - heard.asked[0] });
  }, 20);
})
"""
_QUIET = 400


@dataclass
class Times:
    """Milliseconds of one kind of step: in all, and until the server had said all."""

    total: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)


class Tab:
    """One tab, and what its steps took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.times: dict[str, Times] = {}
        page.set_default_timeout(_WAIT)
        page.add_init_script(_HEARING)

    def at(self, key: str) -> Locator:
        """Give what stands under a key; `*` at its end stands for the rest of it."""
        if key.endswith("*"):
            return self.page.locator(f'[class*="st-key-{key[:-1]}"]')
        return self.page.locator(f".st-key-{key}")

    def button(self, key: str) -> Locator:
        """Give the first button under a key."""
        return self.at(key).locator("button").first

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page stands."""
        self.page.goto(address)
        self.rest()

    def rest(self) -> None:
        """Wait until the page stands, whether or not anything was asked."""
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")
        self.page.wait_for_timeout(3 * _QUIET)

    def opened(self, name: str, address: str) -> None:
        """Go to an address in a tab of its own, and note what it took from nothing on."""
        self.page.goto("about:blank")
        self.page.goto(address, wait_until="commit")
        self._note(name, self.page.evaluate(_OPENED, _QUIET))

    def step(self, name: str | None, act: Callable[[], object]) -> None:
        """Do it, and wait until the page stands; note what it took under a name, if it has one."""
        # `void`: the promise is awaited after the click, not before it
        self.page.evaluate(f"void (window.tendTook = ({_WATCH})({[_QUIET, _WAIT]}))")
        act()
        took = self.page.evaluate("window.tendTook")
        if name is not None:
            self._note(name, took)

    def _note(self, name: str, took: dict[str, float]) -> None:
        times = self.times.setdefault(name, Times())
        times.total.append(took["total"])
        times.server.append(took["server"])
