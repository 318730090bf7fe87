"""All customers: who they are, how they stand, and what is done for several of them at once."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tend.figures.collection import FIGURES
from tend.figures.customers import sentences
from tend.settings.customer_lists import CustomerList
from tend.ui.customers import bulk, list_bar, list_rows, saved_lists
from tend.ui.figures import foot, paging
from tend.ui.parts import html, lead, pieces, words
from tend.ui.search import box
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_PAGE = 25
STYLE = Path(__file__).with_name("customers.css")


def customers_sentence(view: View) -> None:
    """Say how many customers have how much ARR, and beneath it what waits for somebody."""
    html.style(STYLE)
    saved_lists.arrive()
    lead.show(sentences.customers(words.reading(), view))


def customers_list(view: View) -> None:
    """List the customers as the reader looks at them; several can be selected and acted on."""
    view = view.between(None, None)
    figure, listing = FIGURES["customers"], address.choice().listing
    sought = list_bar.show(sentences.summary(words.reading(), view))
    standing = None if listing.standing == "all" else listing.standing
    found = box.customers(sought, view)
    given = {"search": sought, "found": found, "standing": standing, "list_by": listing.by}
    codes = data.ask("customers", view, **given)
    codes = _in_order(codes, listing)
    if not len(codes):
        pieces.note(words.say("customers.nobody"))
        return
    bulk.show(codes)
    at = paging.page("customers", (view, listing, sought), len(codes), _PAGE)
    list_rows.show(codes, at, listing)
    paging.pager("customers", len(codes), at)
    foot.show(figure, view, codes, given=given)


def _in_order(codes: pa.Table, listing: CustomerList) -> pa.Table:
    """Order within the groups as asked for; what is not known comes last."""
    order = "ascending" if listing.is_rising else "descending"
    sort = (listing.sort, order, "at_end")
    keys = [("group_place", "ascending"), sort, ("customer_id", "ascending")]
    return codes.take(pc.sort_indices(codes, sort_keys=keys))
