"""Workspaces for pages: sample company, empty, without a data set, hostile names."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, sync_playwright

from tend.ui.parts import sources
from tend.ui.state import clock, data
from tests.kit import browser
from tests.kit.browsing import ARGUMENTS
from tests.kit.companies import UNTIL, Companies

Rows = dict[str, list[tuple[object, ...]]]
Open = Callable[[str], Path]
LANGUAGES = ("en", "zh")
# Names as a spreadsheet may bring them: none may become markup, a formula or an icon.
HOSTILE = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "**bold** [link](http://evil.example/x) ![p](http://evil.example/p.png)",
    ":material/home: :red[red] $\\frac{1}{2}$",
    '=HYPERLINK("http://evil.example")',
    "a|b`c~~d~~ {x} %s",
)
# Names that read like addresses, and names as long as a page: they stay names (M26).
LINKED = (
    *(
        "www.acme.test",
        "info@bolt.test",
        "http://cedar.test/x",
        "HTTPS://dune.test",
        "WWW.elm.test",
    ),
    *("mailto:a.b+c@fir.test", "see www.gum.test, ok", "x" * 300, "很长的客户名称" * 40),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start a browser; one a file, as its loop may not stay while pages run in this process."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser.executable(), args=ARGUMENTS)
        yield found
        found.close()


def book(path: Path, sheets: Rows) -> Path:
    """Write a workbook, its rows as they are given: texts stay texts."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    workbook.save(path)
    return path


def hostile_rows(names: Sequence[str] = HOSTILE) -> Rows:
    """Give customers and contracts whose every text is hostile."""
    customers: list[tuple[object, ...]] = [
        ("Customer ID", "Customer", "Industry", "Region", "CSM", "**Odd** <b>header</b> $x$")
    ]
    contracts: list[tuple[object, ...]] = [
        ("Contract ID", "Customer ID", "Contract type", "Start date", "End date", "Amount")
    ]
    for number, name in enumerate(names):
        customers.append((f"C{number}", name, name, name, name, name))
        for year in (2024, 2025):
            days = (f"{year}-01-01", f"{year}-12-31")
            contracts.append((f"{year}-{number} {name}", f"C{number}", name, *days, 1000 + number))
    return {"Customers": customers, "Contracts": contracts}


def moving_rows(names: Sequence[str] = HOSTILE) -> Rows:
    """Give the hostile customers a year of use and answers: the first ones fall, others rise."""
    usage: list[tuple[object, ...]] = [
        ("Customer ID", "Month", "Active users", "Licensed users", "Key actions", "**Odd** measure")
    ]
    surveys: list[tuple[object, ...]] = [
        ("Customer ID", "Answered on", "NPS", "Sentiment", "Respondent")
    ]
    for number, name in enumerate(names):
        for month in range(1, 13):
            active = max(1, 10 - month if number < 3 else month - 2)
            usage.append((f"C{number}", f"2025-{month:02}", active, 10, 30 * active, number))
        for month, score in ((1, 9 - number), (11, 2 * number)):
            surveys.append((f"C{number}", f"2025-{month:02}-15", score, "Positive", name))
    return {**hostile_rows(names), "Usage": usage, "Surveys": surveys}


def small_rows(currency: str, customers: int) -> Rows:
    """Give a few customers with yearly contracts, use and answers; amounts in one currency."""
    people: list[tuple[object, ...]] = [("Customer ID", "Customer", "Industry", "CSM", "Seats")]
    contracts: list[tuple[object, ...]] = [
        ("Contract ID", "Customer ID", "Start date", "End date", "Amount", "Currency")
    ]
    usage: list[tuple[object, ...]] = [("Customer ID", "Month", "Active users", "Licensed users")]
    surveys: list[tuple[object, ...]] = [("Customer ID", "Answered on", "NPS", "Respondent")]
    for number in range(customers):
        one = f"C{number}"
        people.append((one, f"Customer {number}", ("Retail", "Energy")[number % 2], "Ada", 50))
        for year in range(2023, 2027 - number % 2):
            days = (f"{year}-01-01", f"{year}-12-31")
            contracts.append((f"{year}-{number}", one, *days, 12000 + 100 * number, currency))
        usage += [(one, f"2026-{month:02}", month, 10) for month in range(1, 10)]
        surveys.append((one, "2026-05-15", number + 2, "Bob"))
    return {"Customers": people, "Contracts": contracts, "Usage": usage, "Surveys": surveys}


# Labels that differ in case or width only, that read like our own words, and blanks.
RUDE = ("West", "west", "Ｗest", "West", "未知", "unknown", "all", "整体", "", "lost", "East")


def rude_rows() -> Rows:
    """Give customers of equal names, in rude regions, with contracts kept and lost for reasons,
    and with calls on them.
    """
    people: list[tuple[object, ...]] = [("Customer ID", "Customer", "Region", "Industry", "CSM")]
    contracts: list[tuple[object, ...]] = [
        ("Contract ID", "Customer ID", "Start date", "End date", "Amount", "Loss reason", "Product")
    ]
    calls: list[tuple[object, ...]] = [("Contract ID", "Renewal call", "Called on")]
    reasons = ("Price too high", "unknown", "", "Product gap")
    for number in range(4 * len(RUDE)):
        label, other = RUDE[number % len(RUDE)], RUDE[number * 3 % len(RUDE)]
        people.append((f"C{number}", f"Same {number % 3}", label, other, label))
        last = 2024 + number % 4
        for year in range(2023, last):
            days = (f"{year}-{1 + number % 12:02}-01", f"{year + 1}-{1 + number % 12:02}-01")
            reason = reasons[number % 4] if year == last - 1 else ""
            contracts.append(
                (f"{year}-{number}", f"C{number}", *days, 1000 + number, reason, other)
            )
            call = ("Commit", "At risk", "Lost")[(number + year) % 3]
            said = date(year + 1, 1 + number % 12, 1) - timedelta(days=40)
            calls.append((f"{year}-{number}", call, said.isoformat()))
    return {"Customers": people, "Contracts": contracts, "Renewal calls": calls}


def open_rows() -> Rows:
    """Make subscriptions without an end (M19), and one contract that has one."""
    head = ("Customer", "Contract ID", "Start Date", "End Date", "MRR", "Churned")
    rows: list[tuple[object, ...]] = [
        (f"Firm {n}", f"O{n}", "2024-01-01", "", 100, "No") for n in range(4)
    ]
    return {"Contracts": [head, *rows, ("Firm 9", "K9", "2024-01-01", "2025-05-31", 100, "Yes")]}


def without(path: Path, *sheets: str) -> Path:
    """Take sheets out of a workbook."""
    workbook = openpyxl.load_workbook(path)
    for name in sheets:
        workbook.remove(workbook[name])
    workbook.save(path)
    return path


# What a sample workbook lacks, by the kind of workspace made from it.
LACKING = {
    "no-usage": ("Usage", "Touches"),
    "no-surveys": ("Surveys", "Tickets"),
    "no-signals": ("Usage", "Surveys", "Touches", "Tickets"),
}


class Held:
    """The workspace that the app holds: it stays open while test after test asks for it."""

    folder: Path | None = None

    def hold(self, folder: Path) -> None:
        """Let go of any other."""
        if folder != self.folder:
            self.let_go()
            self.folder = folder

    def let_go(self) -> None:
        """Close it, so that servers and other openings find it free."""
        if self.folder is not None:
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("TEND_WORKSPACE", str(self.folder))
                data.close()
            self.folder = None


@pytest.fixture(scope="session")
def made(companies: Companies) -> Open:
    """Give a folder of each kind of workspace, one for all tests of this process that only read."""
    folders: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in folders:
            folders[kind] = copied(companies, kind)
        return folders[kind]

    return make


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the app in this process live on the day of the companies of tests."""
    monkeypatch.setattr(clock, "today", lambda: UNTIL)


@pytest.fixture(scope="session")
def holder() -> Iterator[Held]:
    """Keep in mind what the app holds."""
    found = Held()
    yield found
    found.let_go()


@pytest.fixture
def held(holder: Held) -> Held:
    """Go on with what the test before left open."""
    return holder


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the app in this process wait for the cells of rows: no browser asks for them again."""
    monkeypatch.setattr(sources, "PATIENCE", 60)


@pytest.fixture(autouse=True)
def _let_go(request: pytest.FixtureRequest, holder: Held) -> None:
    if "held" not in request.fixturenames:
        holder.let_go()


@pytest.fixture
def opened(made: Open, held: Held, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Let the app open a kind of workspace, which the test does not change."""

    def point(kind: str) -> Path:
        folder = made(kind)
        held.hold(folder)
        monkeypatch.setenv("TEND_WORKSPACE", str(folder))
        return folder

    return point


@pytest.fixture
def changing(made: Open, holder: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Let the app open a copy of a kind of workspace, which the test may change."""

    def point(kind: str) -> Path:
        folder = shutil.copytree(made(kind), tmp_path / "workspace")
        holder.hold(folder)
        monkeypatch.setenv("TEND_WORKSPACE", str(folder))
        return folder

    return point


def copied(companies: Companies, kind: str) -> Path:
    """Give a copy of a kind of workspace."""
    if kind == "sample-today":  # what is entered is of the real day
        return companies.sample(until=date.today())
    if kind.startswith("sample"):
        return companies.sample(language=kind[-2:])
    return companies.copy(kind, lambda folder: files(companies, folder, kind))[0]


def files(companies: Companies, folder: Path, kind: str) -> list[Path]:
    """Give the files of a kind: none, a sample without a data set, hostile names, a ledger."""
    rows: dict[str, Callable[[], Rows]] = {
        "moving": moving_rows,
        "open-ended": open_rows,
        "linked": lambda: moving_rows(LINKED),
        "hostile": hostile_rows,
        "rude": rude_rows,
        "no-contracts": lambda: {"Customers": hostile_rows()["Customers"]},
        "no-customers": lambda: {"Contracts": hostile_rows()["Contracts"]},
        "one-customer": lambda: small_rows("CNY", 1),
        "foreign": lambda: small_rows("EUR", 9),
    }
    kept = {"undated": "status-table.csv", "ledger": "续费台账.csv"}
    if kind in LACKING:
        [whole] = companies.books(customers=40)
        return [without(Path(shutil.copy(whole, folder)), *LACKING[kind])]
    if kind in rows:
        return [book(folder / f"{kind}.xlsx", rows[kind]())]
    return [Path("sample_data", kept[kind]).absolute()] if kind in kept else []
