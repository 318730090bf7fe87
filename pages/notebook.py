"""Notebook: ask a question of one's own, and keep the answer."""

from tend import ui

view = ui.open_page("notebook")

ui.notebook(view, ui.choose_window)
