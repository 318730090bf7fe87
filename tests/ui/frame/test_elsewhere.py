"""Pages of a server that only reads: all of them, both languages, and the way to the writer."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tend.figures.pages import PAGES as FIGURED
from tend.language import text
from tend.people.person import Person
from tend.queries import asking
from tend.store.copies import reading
from tend.store.facts import entries
from tend.store.workspace import Workspace, open_workspace
from tend.ui.frame.navigation import PAGES
from tend.ui.server import opened, setup, writer
from tend.ui.server.reading import Reading
from tend.ui.state import data
from tend.view import View
from tests.kit import people
from tests.kit.companies import UNTIL, Companies
from tests.kit.driver import html, opened_in_frame, texts
from tests.kit.tools.elsewhere import WRITER, publish, reads_only

LANGUAGES = ("en", "zh")
AS_OF = UNTIL.isoformat()


@dataclass(frozen=True)
class There:
    """The workspace as it is held, somebody and something in it, and what a reviewer is offered."""

    held: Workspace
    customer: str
    contract: str
    buttons: Mapping[str, frozenset[str]]


@pytest.fixture(scope="module")
def there(companies: Companies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    """Let the app of this process be a server that only reads the sample company."""
    folder = companies.sample(customers=60, years=2)
    with ExitStack() as at_end:
        environment = at_end.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("TEND_WORKSPACE", str(folder))
        [row, *_] = asking.run(data.workspace(), "renewals", View(UNTIL)).to_pylist()
        customer, contract = row["customer_id"], row["contract_id"]
        reviewer = people.everybody("")["reviewer"]
        with people.reading(reviewer):
            offered = {name: buttons(page_of(name, customer, contract)) for name in PAGES}
        data.close()
        held = at_end.enter_context(open_workspace(folder))
        publish(held)
        at_end.enter_context(reads_only(tmp_path_factory.mktemp("state")))
        at_end.callback(data.close)
        data.workspace()
        yield There(held, customer, contract, offered)


def buttons(app: AppTest) -> frozenset[str]:
    """Give the names of all buttons of a page."""
    assert not app.exception
    return frozenset(str(one.key) for one in app.button)


def page_of(name: str, customer: str, contract: str = "", **more: str) -> AppTest:
    """Open a page as of the day of the company; a contract on top of the renewals."""
    own = {"customer": customer} if name == "customer" else {}
    if name == "renewals" and contract:
        own = {"contract": contract}
    return opened_in_frame(name, as_of=AS_OF, **own, **more)


def links(app: AppTest) -> set[str]:
    """Give where the links to the writer lead."""
    return {one.proto.url for one in app.get("link_button")}


def told_of(standing: Reading, monkeypatch: pytest.MonkeyPatch, *, is_away: bool) -> None:
    """Let whoever looks find the writer away, or there; it is looked again and again meanwhile."""
    monkeypatch.setattr(writer, "answers", lambda _: not is_away)
    monkeypatch.setattr(standing, "is_away", is_away)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there(there: There, name: str, language: str) -> None:
    """With its figures and the line that says as of when; offered is what changes nothing.

    That is what a reviewer is offered at the writer, who may ask and take files out.
    """
    app = page_of(name, there.customer, there.contract, lang=language)
    assert buttons(app) - there.buttons[name] == frozenset()
    assert not [one.value for one in app.error]
    when = text.say("reading.away", language, when="\0").partition("\0")[0]
    assert when in html(app)
    assert not app.get("file_uploader")
    if name in FIGURED:
        assert len(html(app)) > 2_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_leads_to_the_same_page(
    there: There, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """With the language, the day and the filters, where the writer answers; else it is told."""
    view = {"lang": language, "size": "large", "window": "this_quarter"}
    standing = opened.reading()
    assert standing is not None
    assert standing.is_away  # nobody answers there
    away = text.say("reading.away", language, when="\0").rpartition("\0")[2]
    assert away in html(page_of("week", there.customer, **view))
    told_of(standing, monkeypatch, is_away=False)
    app = page_of("renewals", there.customer, **view)
    assert away not in html(app)
    [leads] = links(app)
    parts = urlsplit(leads)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{WRITER}/renewals"
    asked = {name: value for name, [value] in parse_qs(parts.query).items()}
    assert asked == {**view, "as_of": AS_OF}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_looks_for_where_to_enter_is_told(
    there: There, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Where one would look, with the way there while the writer answers; none to who only reads."""
    standing = opened.reading()
    assert standing is not None
    somebody = people.everybody(people.largest_csm(there.held))
    for is_away, key in ((True, "goes_later"), (False, "goes")):
        told_of(standing, monkeypatch, is_away=is_away)
        for page in ("customer", "data", "week"):
            with people.reading(somebody["admin"]):
                app = page_of(page, there.customer, lang=language)
            assert text.say(f"reading.{key}", language) in html(app), page
            ways = {urlsplit(one).path for one in links(app)}
            assert ways == (set() if is_away else {f"/{page}"}), page
            with people.reading(somebody["reviewer"]):
                app = page_of(page, there.customer, lang=language)
            assert text.say(f"reading.{key}", language) not in html(app), page
            assert links(app) == set()


def test_what_is_saved_comes_with_the_next_copy(there: There) -> None:
    """A touch at the writer: not seen at first, told as more that was saved, then there."""
    said = "told on the telephone"
    standing = opened.reading()
    assert standing is not None
    touch = {"customer_id": there.customer, "touched_on": UNTIL, "kind": "call", "note": said}
    entries.enter(there.held.seen_by(Person("Ann")), "touches", [touch])
    assert standing.is_behind
    assert said not in html(page_of("customer", there.customer, lang="en"))
    publish(there.held)
    standing.look()
    assert (after := opened.reading()) is not None
    assert not after.is_behind
    assert said in html(page_of("customer", there.customer, lang="en"))


def test_who_sees_some_customers_sees_no_other(there: There) -> None:
    """As at the writer, and how many of how many stands over the page."""
    csm = people.largest_csm(there.held)
    own, others = people.customers(there.held, csm)
    counted = {"mine": str(len(own)), "of": str(len(own) + len(others))}
    with people.reading(people.everybody(csm)["csm of own"]):
        for name in ("customers", "renewals", "workbench", "data"):
            app = page_of(name, next(iter(own)), lang="en")
            said = unescape(texts(app)) + "".join(str(table.value) for table in app.dataframe)
            if name != "data":  # counts, and no name
                assert text.say("rights.sees", "en", csms=csm, **counted) in said, name
                assert any(one in said for one in own.values()), name
            assert not [one for one in others.values() if one in said], name


def test_a_server_knows_whether_the_writer_lives() -> None:
    """One that is not there does not."""
    assert not writer.answers(WRITER)


def test_no_server_starts_with_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which."""
    monkeypatch.setenv(reading.WRITER, "somewhere")
    with pytest.raises(SystemExit, match="TEND_WRITER is somewhere"):
        setup.started()
