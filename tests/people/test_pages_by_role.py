"""Every page as each role reads it: whose rows, what is offered, what a forged click changes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tend.acts import customer_lists, notebooks
from tend.language import text
from tend.notebook.cells import Notebook
from tend.people.person import Person
from tend.settings.customer_lists import PLAIN
from tend.ui.frame.navigation import PAGES
from tend.ui.state import data
from tests.kit import people
from tests.kit.companies import UNTIL, Companies
from tests.kit.driver import html, opened_in_frame, texts
from tests.kit.people import reading

HOW = {"customers": 60, "years": 2}
# How the keys begin of what writes, or opens a form that does.
WRITES = (
    *("open_touch_", "open_answer_", "open_own_", "save_", "finish_", "put_off_", "reopen_"),
    *("take_proposal", "leave_proposal", "take_", "start_", "bulk", "tick_", "pick_", "hand_over"),
    *("form_write", "form_edit", "done_own", "dropped_", "open_own", "meeting_held", "edit_sop"),
    *("stage_", "call_C", "undo_", "merge_", "apart_", "unmerge_", "unapart_", "import", "upload_"),
    *("sample", "list_save", "list_name", "list_rename", "list_delete", "list_begin", "nb_keep"),
    *(
        "set_",
        "keep",
        "try",
        "on_",
        "weight_",
        "limits_",
        "read_settings",
        "own_measure",
        "margin_",
    ),
)
# What begins so, and only looks.
LOOKS = ("take_along", "start_date", "on_top", "set_view")


@pytest.fixture
def company(
    companies: Companies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[dict[str, Person], dict[str, str], dict[str, str]]]:
    """Give people, the customers of one CSM, and all others, in a sample company of its own."""
    monkeypatch.setenv("TEND_WORKSPACE", str(companies.sample(**HOW)))
    workspace = data.workspace()
    csm = people.largest_csm(workspace)
    own, others = people.customers(workspace, csm)
    # a name that stands within another is no witness
    others = {one: name for one, name in others.items() if not any(name in o for o in own.values())}
    yield people.everybody(csm), own, others
    data.close()


def walk(app: AppTest, page: str, **state: object) -> AppTest:
    """Go on to another page of the same session."""
    app.session_state["tend.wanted_page"] = page
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, (page, app.exception)
    assert not app.error, (page, [one.value for one in app.error])
    return app


def keys(app: AppTest) -> list[str]:
    """Give the keys of all that can be clicked, typed or chosen."""
    kinds = (
        *("button", "checkbox", "text_input", "text_area", "number_input", "selectbox"),
        *("date_input", "toggle", "button_group", "file_uploader"),
    )
    found = [str(one.key or "") for kind in kinds for one in app.get(kind)]
    popovers = [one.proto for one in app.get("expandable")] + [
        one.proto for one in app.get("popover")
    ]
    found += [str(getattr(one, "id", "")).split("-", 2)[-1] for one in popovers]
    return found


def writing(app: AppTest) -> list[str]:
    """Give what of it writes."""
    return [key for key in keys(app) if key.startswith(WRITES) and not key.startswith(LOOKS)]


def test_a_reader_is_offered_nothing_that_writes(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """No form, no button, no tick on any page; the line that says why stands where one looks."""
    everybody, own, _ = company
    said, language = "", "en"
    with reading(everybody["reviewer"]):
        app = opened_in_frame("week", lang=language, as_of=UNTIL.isoformat())
        for page in PAGES:
            app.query_params["customer"] = next(iter(own))
            walk(app, page, tray=True)
            assert writing(app) == [], page
            said += texts(app)
    for key in ("rights.reads", "rights.settings", "rights.imports"):
        assert text.say(key, language) in said
    # nobody is told to do what is not theirs
    for key in ("settings.lead_try", "customer.stage", "service.tray.open"):
        assert text.say(key, language) not in said
    assert text.say("customer.contract", language) in said
    with reading(everybody["csm"]):  # sees all, and begins with their own
        app = opened_in_frame("workbench", lang=language, as_of=UNTIL.isoformat())
        assert (app.selectbox(key="workbench_csm").value,) == everybody["csm"].csms
    with reading(everybody["admin"]):
        app = opened_in_frame("workbench", lang=language, as_of=UNTIL.isoformat())
        assert len(writing(app)) > 5  # the same look finds what writes, where it is


def test_who_sees_their_own_sees_nobody_else(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """No page names a customer of others; each says whose rows it shows."""
    everybody, own, others = company
    person = everybody["csm of own"]
    counted = {"mine": str(len(own)), "of": str(len(own) + len(others))}
    sees = text.say("rights.sees", "zh", csms=person.csms[0], **counted)
    with reading(person):
        app = opened_in_frame("week", lang="zh", as_of=UNTIL.isoformat())
        for page in PAGES:
            walk(app, page, tray=True)
            shown = texts(app) + "".join(str(table.value) for table in app.dataframe)
            foreign = [name for name in others.values() if name in shown]
            assert foreign == [], page
            if page == "workbench":
                assert text.say("ui.all_of_yours", "zh") in shown
                assert "workbench_csm" not in keys(app)  # there is nobody else to choose
            if page not in ("data", "settings"):
                assert sees in shown, page
        walk(app, "customers")
        ticks = {key.removeprefix("tick_") for key in keys(app) if key.startswith("tick_")}
        assert ticks <= {*own, "page"}
        assert len(ticks) > 1


def forged(admin: Person, csm: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give words of addresses that are another's, and such as nobody has.

    A list, a notebook and a contract of the other's are there, as is their CSM.
    """
    whole = data.workspace()
    other = replace(admin, name="Ned", key="p8", role="csm", csms=("Ned",))
    customer_lists.keep(whole.seen_by(other), "Ned's list", PLAIN)
    notebooks.keep(whole.seen_by(other), Notebook("nb-ned", "Ned's book"))
    with whole.whole_cursor() as cursor:
        [found] = cursor.execute(
            "select customer_id, contract_id, csm from stg_contracts"
            " inner join stg_customers using (customer_id) where csm <> ?"
            " order by end_date desc limit 1",
            [csm],
        ).fetchall()
    theirs = dict(zip(("customer", "contract", "csm"), map(str, found), strict=True))
    theirs |= {"saved": "Ned's list", "notebook": "nb-ned"}
    return theirs, {name: f"{name}-invented" for name in theirs}


# Pages with what an address may ask of them; {} is another's, or what nobody has.
ADDRESSES: tuple[tuple[str, dict[str, str | list[str]]], ...] = (
    ("customer", {"customer": "{customer}"}),
    ("customer", {"customer": "{customer}", "contract": "{contract}"}),
    ("renewals", {"contract": "{contract}"}),
    ("week", {"contract": "{contract}", "csm": "{csm}"}),
    ("customers", {"saved": "{saved}"}),
    ("customers", {"csm": "{csm}", "standing": "all"}),
    ("workbench", {"drill": ["csm_coverage", "segment={csm}"]}),
    ("renewals", {"drill": ["renewals_by_segment", "segment={csm}"], "split": "csm"}),
    ("movement", {"customer": "{customer}"}),
    ("notebook", {"notebook": "{notebook}"}),
    ("notebook", {"figure": "customer_log", "given": "customer_id={customer}"}),
)


def test_anothers_address_is_told_as_one_that_is_not_there(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """The same page for what is another's and for what nobody has: customers, lists, notebooks."""
    everybody, _, others = company
    person = everybody["csm of own"]
    both = forged(everybody["admin"], person.csms[0])
    same = 0
    with reading(person):
        for page, asked in ADDRESSES:
            told = []
            for words in both:
                app = opened_in_frame(page, lang="en", **filled(asked, words))
                assert not app.exception, (page, asked)
                shown = html(app) + "".join(str(table.value) for table in app.dataframe)
                assert [name for name in others.values() if name in shown] == [], (page, asked)
                for name, word in words.items():
                    shown = shown.replace(word, f"<{name}>")
                told.append(re.sub("[0-9a-f]{32}", "", shown))
            same += told[0] == told[1]
            assert told[0] == told[1], (page, asked)
            if page == "customer" and "contract" not in asked:
                assert "not known here" in told[0]
    assert same == len(ADDRESSES)


def filled(asked: dict[str, str | list[str]], words: dict[str, str]) -> dict[str, str | list[str]]:
    """Give an address with the words in their places."""
    return {
        name: said.format(**words) if isinstance(said, str) else [o.format(**words) for o in said]
        for name, said in asked.items()
    }


def test_who_sees_no_personal_details_is_told_so(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """A customer's page has neither persons nor what was noted, and says what is left out."""
    everybody, own, _ = company
    with data.workspace().whole_cursor() as cursor:
        texts_of = cursor.execute(
            "select key_contact as said from stg_customers where customer_id = $1"
            " union select unnest([respondent, comment]) from stg_surveys where customer_id = $1"
            " union select note from stg_touches where customer_id = $1",
            [next(iter(own))],
        ).fetchall()
    private = {text for (text,) in texts_of if text}
    for is_masked in (True, False):
        with reading(replace(everybody["reviewer"], is_masked=is_masked)):
            app = opened_in_frame("customer", lang="en", customer=next(iter(own)))
        shown = unescape(html(app)) + "".join(str(table.value) for table in app.dataframe)
        assert not app.exception
        assert bool([one for one in private if one in shown]) is not is_masked
        assert (text.say("rights.masked", "en") in shown) is is_masked


def test_who_enters_for_their_own_is_offered_no_more(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """A CSM who sees all: forms and ticks of their own customers, and a line at another's."""
    everybody, own, others = company
    with reading(everybody["csm"]):
        app = opened_in_frame("customers", lang="en", as_of=UNTIL.isoformat())
        ticks = {key.removeprefix("tick_") for key in keys(app) if key.startswith("tick_")}
        assert ticks <= {*own, "page"}
        app = opened_in_frame("customer", lang="en", customer=next(iter(others)))
        assert not app.exception
        assert writing(app) == []
        assert text.say("rights.not_theirs", "en") in unescape(html(app))
        app = opened_in_frame("customer", lang="en", customer=next(iter(own)))
        assert writing(app) != []


def test_who_sees_nobody_is_told_so(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """No page fails; what is missing is said, and nobody is asked to bring files."""
    everybody, own, others = company
    with reading(everybody["nobody"]):
        app = opened_in_frame("week", lang="en")
        assert text.say("rights.nobody_theirs", "en") in html(app)
        for page in PAGES:
            walk(app, page)
            shown = texts(app)
            assert writing(app) == [], page
            assert not [one for one in (*own.values(), *others.values()) if one in shown], page


# What is opened on a page, so that its forms are drawn and can be sent.
OPENED = {
    "workbench": ("tray",),
    "customers": ("saved_lists",),
    "data": (),
    "settings": (),
    "week": (),
    "sop": (),
}


def press_all(app: AppTest) -> None:
    """Send a click on every button of the page at once, and every box ticked."""
    for button in app.button:
        is_open = not button.proto.disabled
        if is_open and not str(button.key or "").startswith(("language", "print")):
            button.set_value(True)
    for box in app.checkbox:
        box.set_value(True)
    app.run()


def test_clicks_of_what_was_offered_before_change_nothing(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """All buttons of a page drawn for an admin, sent as somebody else: nobody's row changes."""
    everybody, _, _ = company
    sent = 0
    for page, opened in OPENED.items():
        for who in ("reviewer", "nobody"):
            with reading(everybody["admin"]):
                app = opened_in_frame(page, lang="en", as_of=UNTIL.isoformat())
                for key in opened:
                    app.session_state[key] = True
                app.run()
                sent += len(app.button)
            before = people.checksums(data.workspace())
            with reading(everybody[who]):
                press_all(app)
            assert not app.exception, (page, who)
            assert people.checksums(data.workspace()) == before, (page, who)
    assert sent > 200
    with reading(everybody["admin"]):
        app = opened_in_frame("sop", lang="en", as_of=UNTIL.isoformat())
        before = people.checksums(data.workspace())
        press_all(app)
        assert people.checksums(data.workspace()) != before  # the same clicks of who may


def test_clicks_change_ones_own_customers_alone(
    company: tuple[dict[str, Person], dict[str, str], dict[str, str]],
) -> None:
    """All buttons of a page drawn for all, sent by a CSM: no fact of another's customer changes."""
    everybody, own, _ = company
    for page, who in (("workbench", "csm"), ("sop", "csm of own"), ("customers", "csm")):
        with reading(everybody["admin"]):
            app = opened_in_frame(page, lang="en", as_of=UNTIL.isoformat())
            app.session_state["tray"] = True
            app.run()
        before = _foreign(own)
        with reading(everybody[who]):
            press_all(app)
        assert not app.exception
        assert _foreign(own) == before, page


def _foreign(own: dict[str, str]) -> list[tuple[object, ...]]:
    """Give all that was said of other customers, whichever data set it is of."""
    tables = ("tasks", "touches", "surveys", "stages", "calls", "decisions", "customers")
    with data.workspace().whole_cursor() as cursor:
        return [
            (table, *row)
            for table in tables
            for row in cursor.execute(
                f"select * from stg_{table} where not list_contains(?, customer_id) order by all",
                [list(own)],
            ).fetchall()
        ]
