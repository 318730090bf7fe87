"""Pages as values: their numbers are the queries' own, their tables are in words, and signed."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from tend.figures.figure import code_of
from tend.figures.pages import PAGES
from tend.figures.week.blocks import blocks
from tend.handouts import told
from tend.handouts.told import Page, Shown
from tend.language import format, text
from tend.people.person import Person
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import View, window
from tests.kit.companies import UNTIL, Companies

WHOLE = View(UNTIL)
OWN = Person("Otto", "csm", "p4", csms=("Ines Okar",), sees_all=False)
YEAR = View(UNTIL, *window("last_12_months", UNTIL))
SINCE = View(UNTIL, date(2026, 6, 30))
MOVED = View(UNTIL, date(2026, 6, 30), UNTIL)
MEETING = "last_meeting"
# Where the number of each name comes from: its page, its query, the column, and which row.
FROM = {
    "week": (
        "week_due",
        "horizon",
        {f"arr_due_{n}": (f"d{n}", "arr_within") for n in (30, 60, 90)},
    ),
    "renewals": (
        "renewal_headline",
        "measure",
        {
            name: (name, "value")
            for name in (
                *("contract_renewal_rate", "logo_renewal_rate", "net_renewal_rate"),
                *("gross_renewal_rate", "on_time_rate"),
            )
        },
    ),
}
ONE_ROW = (
    ("week", "week_fell", {"customers_fell": "fell"}),
    ("renewals", "retention_12m", {"nrr": "nrr", "grr": "grr"}),
    ("value", "concentration", {"arr": "arr"}),
    ("value", "lifetime_value", {"lifetime": "lifetime_years", "ltv_cac": "ltv_cac"}),
    ("value", "service_effort", {"effort": "effort_share"}),
    ("movement", "movement_summary", {"fallen": "fallen", "risen": "risen", "at_risk": "at_risk"}),
    ("sop", "sop_summary", {"critical": "critical", "less_satisfied": "fallen", "nps": "nps"}),
    ("workbench", "workbench_summary", {"touch_rate": "touch_rate", "renewals": "renewals"}),
)


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company."""
    return companies.read()


@pytest.fixture(scope="module")
def pages(company: Workspace) -> dict[str, Page]:
    """Give every page in English, as it begins."""
    reading = told.reading(company, "en")
    return {name: told.page(reading, name, WHOLE) for name in PAGES}


def shown(pages: dict[str, Page]) -> list[Shown]:
    """Give all figures of all pages."""
    return [one for page in pages.values() for part in page.views for one in part.figures]


def view_of(name: str, company: Workspace) -> View:
    """Give the view of a page by another way: its days written out."""
    [last] = asking.run(company, MEETING, WHOLE).to_pylist()
    since = {"week": View(UNTIL, last["meeting"]), "renewals": YEAR, "movement": MOVED}
    return {**since, "sop": SINCE}.get(name, WHOLE)


def test_numbers_are_those_of_the_queries(company: Workspace, pages: dict[str, Page]) -> None:
    """Each is the plain value of its column, unrounded, for the days that its page looks at."""
    numbers = {name: {one.name: one for one in page.numbers} for name, page in pages.items()}
    for name, (query, key, columns) in FROM.items():
        found = asking.run(company, query, view_of(name, company)).to_pylist()
        rows = {row[key]: row for row in found}
        for number, (row, column) in columns.items():
            assert numbers[name][number].value == rows[row][column] is not None
    for name, query, named in ONE_ROW:
        [row] = asking.run(company, query, view_of(name, company)).to_pylist()
        assert {one: numbers[name][one].value for one in named} == {
            one: row[column] for one, column in named.items()
        }


def test_numbers_are_written_by_their_kind(pages: dict[str, Page]) -> None:
    """A rate is no amount, and what is not known is a dash."""
    told_of = [one for page in pages.values() for part in page.views for one in part.numbers]
    assert {one.kind for one in told_of} == {"rate", "money", "count", "nps", "number"}
    for one in told_of:
        if one.value is None:
            assert one.written == format.MISSING
            continue
        assert isinstance(one.value, int | float)
        if one.kind == "rate":
            assert one.written == format.rate(one.value, "en")
        elif one.kind == "money":
            assert one.written == format.money(one.value, "en")
        elif one.kind == "nps":
            assert one.written == format.signed(one.value)
        else:
            assert format.count(int(one.value)) in one.written or one.kind == "number"


def test_tables_are_in_words(pages: dict[str, Page]) -> None:
    """Columns have heads and kinds, codes are said; charts get the codes that marks tell."""
    for one in shown(pages):
        assert one.title
        assert one.definition
        assert set(one.table.column_names) <= one.heads.keys() & one.kinds.keys()
        assert len(one.table) == len(one.codes) or not one.table.column_names
        assert (one.spec is None) == (one.figure.chart is None) or one.figure.name in DRAWN
        if one.figure.columns:
            assert one.table.num_columns <= 7
        for name, kind in library.find(one.figure.query).kinds.items():
            if kind.room and kind.name == "code" and name in one.table.column_names:
                codes = {code for code in column(one.codes, name) if code is not None}
                said = {text.say(f"{kind.room}.{code}", "en") for code in codes}
                assert {word for word in column(one.table, name) if word} <= said | MARKED
        for name in one.figure.tells:
            if name in one.codes.column_names:
                assert code_of(name) in one.drawn.column_names


# The two charts that their pages draw by hand, and an outcome with its mark (B8).
DRAWN = ("movement_grid", "sop_matrix")
MARKED = {text.say("outcomes.due_marked", "en")}


def column(table: pa.Table, name: str) -> list[str | None]:
    """Give a column's values."""
    return list(table[name].to_pylist())


def test_nothing_speaks_of_clicks(pages: dict[str, Page]) -> None:
    """What only a page can do is said on the page alone, and there it is said."""
    assert [one.unit for one in shown(pages) if "click" in one.unit] == []
    clicks = [one for one in shown(pages) if text.has(one.figure.key("click"))]
    assert len(clicks) > 10


def test_pages_take_days_of_their_kind(company: Workspace) -> None:
    """A window is of Renewals and Movement, a day since when of This week and the SOP matrix."""
    reading = told.reading(company, "zh")
    quarter = View(UNTIL, date(2026, 4, 1), date(2026, 6, 30))
    since = View(UNTIL, date(2026, 8, 3))
    for name in PAGES:
        own = told.opened(reading, name, WHOLE)
        assert own == view_of(name, company)
        is_window = name in ("renewals", "movement")
        assert told.opened(reading, name, quarter) == (quarter if is_window else own)
        is_since = name in ("week", "sop", "renewals", "movement")
        assert told.opened(reading, name, since) == (since if is_since else own)


def test_groupings_are_those_of_the_page(company: Workspace) -> None:
    """Movement has its grids, Renewals its dimensions; others would be answered with nothing."""
    reading = told.reading(company, "en")
    odd = replace(WHOLE, group_by="industry", split_by="region")
    moved = told.page(reading, "movement", odd)
    assert {one.view.group_by for one in moved.figures} == {None}
    coarse = told.page(reading, "movement", WHOLE.grouped("2x2"))
    [grid] = [one for one in coarse.figures if one.figure.name == "movement_grid"]
    assert set(grid.codes["sides"].to_pylist()) == {2}


def test_no_number_of_the_week_is_said_twice(company: Workspace, pages: dict[str, Page]) -> None:
    """What a block counts is its number's label; it does not stand beneath the number again."""
    week = pages["week"]
    counted = {one.said for one in blocks(told.reading(company, "en"), week.view) if not one.good}
    assert counted
    for number in week.numbers:
        assert not counted & {line.said for line in number.lines}, number.name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_nothing_says_so(workspace: Workspace, name: str) -> None:
    """An empty workspace has no numbers and no rows, and still a sentence; nothing breaks."""
    page = told.page(told.reading(workspace, "zh"), name, WHOLE)
    for part in page.views:
        assert part.lead.sentence
        assert not any(len(one.codes) and one.figure.columns for one in part.figures)
        assert all(one.title and one.unit for one in part.figures)


def test_a_hand_out_is_signed(company: Workspace) -> None:
    """It says as of which day, for which window and customers, of which data, and when."""
    view = replace(YEAR, filters=(("size", ("large", "mid")), ("csm", ("unknown",))))
    for language in text.LANGUAGES:
        signature = told.signed(company, view, language)
        size = [text.say(f"values.{one}", language) for one in ("large", "mid")]
        assert format.listed(size, language) in signature.filters
        assert text.say("columns.csm", language) in signature.filters
        assert signature.day == UNTIL.isoformat()
        assert signature.days == format.span(YEAR.start, YEAR.end, language)
        assert signature.version == str(company.version)
        everybody = told.signed(company, WHOLE, language)
        assert everybody.filters == text.say("ui.all_customers", language)
        assert everybody.days == ""
        part = told.signed(company.seen_by(OWN), WHOLE, language)  # nobody takes it for the whole
        assert part.filters == text.say("ui.customers_of", language, csms=OWN.csms[0])


def test_a_window_goes_by_the_name_it_was_chosen_by() -> None:
    """On 31 March two names have the same days; other days are the reader's own."""
    day = date(2026, 3, 31)
    view = View(day, date(2026, 1, 1), day)
    assert view.window == "this_quarter"
    chosen = replace(view, named="year_to_date")
    assert chosen.window == "year_to_date"
    assert chosen == view
    assert hash(chosen) == hash(view)
    assert chosen.between(date(2026, 2, 1), day).window == "own"
    assert WHOLE.window == "own"
