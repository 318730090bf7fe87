"""Customer: all about one customer, before a call."""

from tend import ui

view = ui.open_page("customer")
customer = ui.open_one(view)

ui.customer_head(customer, view)
ui.customer_timeline(customer, view)

wide, narrow = ui.beside()
with wide:
    ui.customer_indicators(customer, view)
    ui.customer_log(customer, view)
with narrow:
    ui.customer_work(customer, view)
    ui.customer_worth(customer, view)
    ui.customer_profile(customer, view)
    ui.customer_said(customer, view)

ui.customer_sources(customer)
