"""Customer: all about one customer, before a call."""

from tend import ui

view = ui.open_page("customer")

ui.customer(view)
