"""All customers: who they are, how they stand, and what is done for several of them."""

from tend import ui

view = ui.open_page("customers")

ui.customers_sentence(view)
ui.customers_list(view)
