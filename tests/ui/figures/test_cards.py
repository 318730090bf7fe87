"""On a phone the rows of a table are cards: the same rows, in pages, that lead where rows lead."""

import html as markup
from datetime import date

from streamlit.testing.v1 import AppTest

from tend.figures.collection import FIGURES
from tend.language import format
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import Open

AS_OF = date(2026, 9, 30)
PAGE = 10
NAME = "rowname_table_customer_values_"


def names(app: AppTest) -> list[str]:
    """Name the cards that lead on, in their order."""
    return [button.label for button in app.button if str(button.key).startswith(NAME)]


def test_rows_are_cards_where_there_is_little_room(opened: Open) -> None:
    """No table scrolls; ten cards hold the first rows with all their facts, the next page others,
    a click opens the customer with those beside it.
    """
    opened("sample-en")
    app = opened_in_frame("value", lang="en", as_of=f"{AS_OF}")
    assert app.dataframe
    app.session_state["tend.is_narrow"] = True
    app.run()
    assert not app.exception
    assert not app.dataframe
    figure = FIGURES["customer_values"]
    view = figure.ask(View(AS_OF))
    rows = data.ask("customer_values", view, search=None).to_pylist()
    assert names(app) == [format.plain(row["customer_name"]) for row in rows[:PAGE]]
    said = markup.unescape(html(app))
    assert said.count('data-label="ARR, CNY"') >= PAGE
    for row in rows[:PAGE]:
        assert f"{row['arr']:,.0f}</div>" in said
    app.button(key="table_customer_values_next").click().run()
    assert names(app) == [format.plain(row["customer_name"]) for row in rows[PAGE : 2 * PAGE]]
    app.button(key=f"{NAME}{PAGE}").click().run()
    assert app.query_params["customer"] in (rows[PAGE]["customer_id"], [rows[PAGE]["customer_id"]])
