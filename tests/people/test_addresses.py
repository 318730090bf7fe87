"""Addresses of what is another's, and a page of who sees no personal details."""

import re
from dataclasses import replace
from html import unescape

from tend.acts import customer_lists, notebooks
from tend.language import text
from tend.notebook.cells import Notebook
from tend.people.person import Person
from tend.settings.customer_lists import PLAIN
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame
from tests.kit.people import reading
from tests.people.conftest import Everyone


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
    everyone: Everyone,
) -> None:
    """The same page for what is another's and for what nobody has: customers, lists, notebooks."""
    everybody, _, others = everyone
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
    everyone: Everyone,
) -> None:
    """A customer's page has neither persons nor what was noted, and says what is left out."""
    everybody, own, _ = everyone
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
