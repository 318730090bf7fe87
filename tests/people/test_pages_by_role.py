"""Every page as each role reads it: whose rows, what is offered, what a forged click changes."""

from html import unescape

from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.ui.frame.navigation import PAGES
from tend.ui.state import data
from tests.kit import people
from tests.kit.companies import UNTIL
from tests.kit.driver import html, opened_in_frame, texts
from tests.kit.people import reading
from tests.people.conftest import Everyone

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
    everyone: Everyone,
) -> None:
    """No form, no button, no tick on any page; the line that says why stands where one looks."""
    everybody, own, _ = everyone
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
    everyone: Everyone,
) -> None:
    """No page names a customer of others; each says whose rows it shows."""
    everybody, own, others = everyone
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


def test_who_enters_for_their_own_is_offered_no_more(
    everyone: Everyone,
) -> None:
    """A CSM who sees all: forms and ticks of their own customers, and a line at another's."""
    everybody, own, others = everyone
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
    everyone: Everyone,
) -> None:
    """No page fails; what is missing is said, and nobody is asked to bring files."""
    everybody, own, others = everyone
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
    everyone: Everyone,
) -> None:
    """All buttons of a page drawn for an admin, sent as somebody else: nobody's row changes."""
    everybody, _, _ = everyone
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
    everyone: Everyone,
) -> None:
    """All buttons of a page drawn for all, sent by a CSM: no fact of another's customer changes."""
    everybody, own, _ = everyone
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
