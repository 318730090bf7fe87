"""All customers: who they are, and how they stand."""

from tend import ui

view = ui.open_page("customers")

ui.customers_sentence(view)
ui.value_list(view)
