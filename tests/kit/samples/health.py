"""The sample company, imported, and its health calculated from the spreadsheet alone."""

from dataclasses import dataclass

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import Filters, View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies
from tests.kit.comparing import differences
from tests.kit.samples import signal_sheets, spreadsheets
from tests.kit.samples.health_stories import ANYWHERE, ASKED
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.health.standings import Health

MONTH_ENDS = [month_end(add_months(UNTIL, -n)) for n in range(36)]
FILTERS: dict[str, Filters] = {
    "product_and_size": (("product", ("Base",)), ("size", ("large",))),
    "none": (),
    "industry": (("industry", ("Software", "Retail")),),
    "size_and_csm": (
        ("size", ("large", "mid")),
        ("csm", ("Mara Lindholt", "Ines Okar", "unknown")),
    ),
}


@dataclass(frozen=True)
class Sample:
    """The imported sample company, and its health calculated from the spreadsheet alone."""

    workspace: Workspace
    health: Health

    def rows(self, name: str, view: View, **extra: object) -> list[Row]:
        """Give the product's rows."""
        chosen = {**ANYWHERE.get(name, {}), **extra}
        rows: list[Row] = asking.run(self.workspace, name, view, **chosen).to_pylist()
        return rows

    def differences(self, name: str, view: View) -> list[str]:
        """Compare every cell of a query, which must have some."""
        rows = self.rows(name, view)
        assert rows, f"nothing to compare in {view}"
        return differences(name, rows, ASKED[name](self.health, view))


def imported(companies: Companies, language: str) -> Sample:
    """Give the imported sample company, and its spreadsheet read apart."""
    [path] = companies.books(language=language, until=UNTIL)
    company = spreadsheets.company(path, language)
    health = Health(company, signal_sheets.signals(path, language))
    return Sample(companies.read(language=language, until=UNTIL), health)
