"""Data: get spreadsheets in, and see what came in."""

from tend import ui

ui.open_page("data")

ui.upload()
ui.freshness()
ui.copies()
ui.offer_merges()
ui.history()
