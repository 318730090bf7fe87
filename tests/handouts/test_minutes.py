"""Minutes and the digest tell the numbers of This week: each by a second calculation or by hand."""

from collections.abc import Iterator
from datetime import date
from math import fsum
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from tend.handouts import letter as letters
from tend.handouts import told, weeks
from tend.handouts.digest.told import digest
from tend.handouts.letter import Letter, Line, Part
from tend.handouts.links import Links, base
from tend.handouts.minutes import minutes
from tend.language import format, text
from tend.language.errors import TendError
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.ui.state import address
from tend.view import Filters, View
from tests.kit.companies import Companies
from tests.kit.samples.health import FILTERS, Sample
from tests.oracle.service.service import Team
from tests.oracle.week import week

LANGUAGES = ("en", "zh")
BASE = "http://tend.example:8501"
DAY = date(2026, 9, 24)
SMALL_DAY = date(2025, 12, 20)
SOON = ("overdue", "d30", "d60", "d90")


def written(
    workspace: Workspace, day: date, language: str, filters: Filters = ()
) -> tuple[Letter, View]:
    """Give the minutes of a day, and the view they tell."""
    reading = told.reading(workspace, language)
    view = weeks.view(reading, day, day, filters=filters)
    return minutes(reading, view, Links(BASE, view, language)), view


def part(letter: Letter, key: str, language: str = "en") -> Part:
    """Give a part by the text that names it."""
    [found] = [one for one in letter.parts if one.name == text.say(key, language)]
    return found


def whole(line: Line) -> str:
    """Give all a line says."""
    return " · ".join(one for one in (line.said, line.about) if one)


def all_links(letter: Letter) -> Iterator[str]:
    """Give every link of a letter."""
    yield letter.link
    for one in letter.parts:
        yield from (line.link for line in (one.head, *one.lines) if line.link)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filters", ["none", "size_and_csm"])
def test_minutes_tell_the_numbers_of_a_second_calculation(
    english: Sample, filters: str, language: str
) -> None:
    """Renewed, lost, due, fallen and untouched of the company judged anew on both days."""
    letter, view = written(english.workspace, DAY, language, FILTERS[filters])
    team = Team(english.health.company, english.health.signals)
    decided = week.decided(team, view)
    waiting = week.waiting(team, view, DAY)
    falls = len(week.falls(english.health, view))
    untouched = len(week.untouched(team, view, DAY))
    for what in ("renewed", "lost"):
        gone = decided[f"{what}_arr"]
        assert isinstance(gone, float)
        arr = format.money(gone, language)
        said = text.say(f"week.{what}", language, **{what: decided[what]}, arr=arr)
        assert (said in letter.sentence) == bool(decided[what])
    due = part(letter, "week.blocks.due", language)
    count = sum(waiting.get(name, (0, 0))[0] for name in SOON)
    at_stake = fsum(waiting.get(name, (0, 0.0))[1] for name in SOON)
    assert due.head.said == text.say("week.due.contracts", language, contracts=count)
    assert due.head.about.split(" · ")[0] == format.money(at_stake, language)
    by_time = [whole(line) for line in due.lines if not line.link]
    assert by_time == [
        f"{waiting[name][0]} · {text.say(f'week.horizons.{name}', language)}"
        f" · {format.money(waiting[name][1], language)}"
        for name in SOON
        if name in waiting
    ]
    fell = part(letter, "week.blocks.fell", language)
    wanted = text.say("week.fall.customers", language, customers=falls)
    assert fell.head.said == (wanted if falls else text.say("week.good.fell", language))
    left = part(letter, "week.blocks.uncovered", language)
    assert left.head.said == text.say("week.covered.customers", language, customers=untouched)
    assert format.count(untouched) in letter.sentence


def test_decisions_stand_with_owner_day_and_state(english: Sample, companies: Companies) -> None:
    """As the spreadsheet has them; notes stand apart."""
    letter, _ = written(english.workspace, date(2026, 9, 30), "en")
    [path] = companies.books(language="en")
    names, *rows = openpyxl.load_workbook(path)["Decisions"].values
    found = [dict(zip(names, row, strict=True)) for row in rows]
    decided = {line.said: line.about for line in part(letter, "week.decisions.title").lines}
    notes = {line.said for line in part(letter, "minutes.notes").lines}
    assert notes == {row["Decision"] for row in found if row["Kind of entry"] == "Note"}
    facts = [line.about for line in part(letter, "minutes.notes").lines]
    assert all("note of 2026-" in one and "decision" not in one.lower() for one in facts)
    mine = [row for row in found if row["Kind of entry"] == "Decision"]
    assert decided.keys() == {row["Decision"] for row in mine}
    for row in mine:
        said, due = decided[row["Decision"]], row["Due day"].date()
        is_late = row["State of the decision"] == "Open" and due < date(2026, 9, 30)
        state = "late" if is_late else str(row["State of the decision"]).lower()
        assert said.startswith(f"{state} · {row['Owner'] or ''}")
        assert f"by {due}" in said


def test_links_show_the_same_view(english: Sample) -> None:
    """The app reads day, meeting, filters, list and customer from each; names need no escape."""
    filters = (*FILTERS["size_and_csm"], ("Odd) [column]", ("a)b",)))
    view = View(DAY, date(2026, 9, 18), filters=filters)
    links = Links(base(f"{BASE}/sub/"), view, "zh")
    for link in (links.week("week_due"), links.of({"customer_id": "C (1)]"}), links.workbench()):
        assert not set("()[] <>") & set(link)
        choice = address.read(parse_qs(urlsplit(link).query), "en")
        assert (choice.language, choice.as_of) == ("zh", DAY)
        assert sorted(choice.filters) == sorted(filters)
        page = urlsplit(link).path
        assert page.startswith("/sub/")
        assert choice.drill == (("week_due",) if page == "/sub/week" else ())
        assert choice.meeting == (view.start if page == "/sub/week" else None)
        assert choice.customer == ("C (1)]" if page == "/sub/customer" else None)
    letter, view = written(english.workspace, DAY, "en", FILTERS["industry"])
    found = list(all_links(letter))
    assert len(found) > 10
    assert {urlsplit(link).path for link in found} == {"/week", "/customer"}
    customers = {
        row["customer_id"]
        for name in ("week_due_list", "week_fell_list", "week_uncovered_list")
        for row in english.rows(name, view)
    }
    named = {parse_qs(urlsplit(link).query).get("customer", [""])[0] for link in found} - {""}
    assert len(named & customers) >= 3


def test_without_an_address_of_the_app_there_are_no_links(english: Sample) -> None:
    """Neither in a document nor in plain text."""
    reading = told.reading(english.workspace, "en")
    view = weeks.view(reading, DAY, DAY)
    letter = minutes(reading, view, Links("", view, "en"))
    assert "](" not in letters.markdown(letter)
    assert "http" not in letters.plain(letter)


@pytest.mark.parametrize(
    "given", ["tend.example", "ftp://a.b", "http://", "http://a.b/x?y=1", "http://a.b/<x>", "x y"]
)
def test_what_is_no_address_of_the_app_is_refused(given: str) -> None:
    """Before anything is written."""
    with pytest.raises(TendError, match="no address of the app"):
        base(given)


def test_a_csm_gets_their_own(opened: Workspace) -> None:
    """Contracts that are due, who is not covered, today's tasks and own decisions, by hand."""
    letter = digest(told.reading(opened, "en"), SMALL_DAY, SMALL_DAY, BASE, "ANN")
    assert letter.title == "Tend · The week of Ann · 2025-12-20"
    assert "nobody touched 1 customer with 12.0K" in letter.sentence
    due = part(letter, "week.blocks.due")
    assert whole(due.head).startswith("2 contracts in 90 days · 36.0K")
    assert [line.said for line in due.lines] == ["Birch", "[Alder](http://evil.example) @all"]
    today = part(letter, "digest.today")
    assert today.head.said == "2 tasks due today or late"
    assert [(line.said, line.about) for line in today.lines] == [
        ("[Alder](http://evil.example) @all", "Send the <b>offer</b> · Overdue · due 2025-12-10"),
        ("Birch", "Ask for use · Due today · due 2025-12-20"),
    ]
    [decision] = part(letter, "week.decisions.title").lines
    assert decision.said == "Call [them](http://evil.example)"
    assert decision.about.startswith("late · Ann, by 2025-12-19")
    assert {tuple(parse_qs(urlsplit(one).query)["csm"]) for one in all_links(letter)} == {("Ann",)}
    everybody = digest(told.reading(opened, "en"), SMALL_DAY, SMALL_DAY, BASE, None)
    assert [line.said for line in part(everybody, "week.decisions.title").lines] == [
        "Call [them](http://evil.example)",
        "Offer two years",
    ]
    assert all(one.name != text.say("digest.today", "en") for one in everybody.parts)


def test_a_digest_says_how_old_its_data_are(opened: Workspace) -> None:
    """It looks from the newest day, as the app does, and says so; a day asked for counts."""
    reading = told.reading(opened, "zh")
    [row, *_] = asking.run(opened, "activity", View(date(2026, 3, 1))).to_pylist()
    letter = digest(reading, None, date(2026, 3, 1), "", None)
    assert row["opens_on"] == date(2025, 12, 18)
    assert letter.title.endswith("2025-12-18")
    assert letter.sentence.endswith("以下均截至 2025-12-18：最新数据已是 73 天前的。")
    asked = digest(reading, SMALL_DAY, date(2026, 3, 1), "", None)
    assert "最新数据" not in asked.sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_said(companies: Companies, workspace: Workspace, language: str) -> None:
    """Without contracts nothing is told; without touches and states of health it says so."""
    with pytest.raises(TendError, match="no contracts yet"):
        weeks.view(told.reading(workspace, language), DAY)
    folder, _ = companies.copy("handed round, contracts", _contracts)
    with open_workspace(folder) as bare:
        letter, _ = written(bare, SMALL_DAY, language)
        heads = [one.head.said for one in letter.parts]
        assert text.say("week.no_touches", language) in heads
        assert text.say("week.no_health", language) in heads
        assert text.say("week.good.decisions", language) in heads
        for said in (letters.plain(letter), letters.markdown(letter)):
            assert not {"None", "nan"} & set(said.replace("\n", " ").split(" "))
        none_left, _ = written(bare, SMALL_DAY, language, (("csm", ("Nobody",)),))
        assert none_left.sentence == text.say("week.nobody", language, day=SMALL_DAY)
        assert len(none_left.parts) == 1


def _contracts(folder: Path) -> list[Path]:
    path = folder / "contracts.csv"
    path.write_text(
        "Contract ID,Customer,Start date,End date,Amount\n"
        "K1,Alder,2025-01-11,2026-01-10,12000\nK2,Birch,2024-12-16,2025-12-15,24000\n"
    )
    return [path]
