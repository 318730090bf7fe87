"""This week: what changed since the last meeting, and what needs a decision."""

from tend import ui

view = ui.open_page("week")

ui.customers_sentence(view)
