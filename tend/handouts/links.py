"""Addresses of the app's pages that show whoever gets them the same view."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.reading import Row
from tend.language.errors import TendError
from tend.view import View, written_filters

# What would end a link where it stands in a text.
_ENDS_A_LINK = frozenset("<>()[]|\"'`\\ \t\r\n")


@dataclass(frozen=True)
class Links:
    """Where the app is reached, as its readers write it, and the view; without that no links."""

    base: str
    view: View
    language: str

    def week(self, figure: str = "") -> str:
        """Give This week, told since the same day; with the list of a figure open."""
        chosen = list(drill.written(FIGURES[figure], {})) if figure else []
        since = self.view.start
        meeting = [since.isoformat()] if since else []
        return self._page("week", meeting=meeting, drill=chosen)

    def workbench(self) -> str:
        """Give the workbench of the same customers."""
        return self._page("workbench")

    def of(self, row: Row) -> str:
        """Give the page of a row's customer; of what is about none, This week."""
        found = row["customer_id"]
        return self._page("customer", customer=[found]) if found else self.week()

    def _page(self, name: str, **more: list[str]) -> str:
        if not self.base:
            return ""
        said = {"lang": [self.language], "as_of": [self.view.as_of.isoformat()], **more}
        said |= written_filters(self.view.filters)
        return f"{self.base}/{name}?{urlencode(said, doseq=True)}"


def base(given: str | None) -> str:
    """Understand where the app is reached. Raises TendError for what is no address of a server."""
    said = (given or "").strip().rstrip("/")
    if not said:
        return ""
    parts = urlsplit(said)
    is_plain = not (parts.query or parts.fragment or parts.username or _ENDS_A_LINK & set(said))
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise TendError("bad_link", value=said)
    return said
