"""A renewal is moved in its contract's dialog: said there, and taken back or refused there."""

from datetime import date

from tend.language import format, text
from tend.queries import asking
from tend.store.facts import entries
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import opened_in_frame
from tests.ui.conftest import Open

TODAY = date.today()  # what is entered is of the real day


def test_a_move_is_kept_and_taken_back(changing: Open) -> None:
    """One click moves it to the next stage; the undo leaves it where it was."""
    changing("sample-today")
    view = View(TODAY)
    [row, *_] = [
        one
        for one in asking.run(data.workspace(), "renewals_due", view).to_pylist()
        if not one["stage"]
    ]
    contract = row["contract_id"]
    app = opened_in_frame("renewals", lang="en", as_of=f"{TODAY}", contract=contract)
    app.button(key="stage_do").click().run()
    assert not app.exception
    [word] = _words(contract)
    assert (word["stage"], word["origin"]) == ("start", "entry")
    said = text.say("process.moved", "en", contract=contract, stage=text.say("stages.start", "en"))
    assert format.plain(said) in [one.value for one in app.success]
    app.button(key="undo_0").click().run()
    assert _words(contract) == []


def test_who_is_overtaken_is_told(changing: Open) -> None:
    """Somebody said something newer since the dialog was drawn: nothing is written."""
    changing("sample-today")
    row = asking.run(data.workspace(), "renewals_due", View(TODAY)).to_pylist()[0]
    contract = row["contract_id"]
    app = opened_in_frame("renewals", lang="en", as_of=f"{TODAY}", contract=contract)
    fact = {"contract_id": contract, "customer_id": row["customer_id"], "stage": "quote"}
    entries.enter(data.workspace(), "stages", [{**fact, "entered_on": TODAY}])
    before = len(_words(contract))
    app.button(key="stage_do").click().run()
    assert len(_words(contract)) == before
    said = text.say("errors.moved_meanwhile", "en", contract=contract, stage="quote")
    assert [one.value for one in app.error] == [format.plain(said)]


def _words(contract: str) -> list[dict[str, object]]:
    asked = asking.run(data.workspace(), "contract_stages", View(TODAY), contract_id=contract)
    rows: list[dict[str, object]] = asked.to_pylist()
    return rows
