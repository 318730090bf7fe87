"""SOP matrix: what is the standard step for each customer, and is it done."""

from tend import ui

view = ui.choose_since(ui.open_page("sop"))

ui.sop_sentence(view)
ui.sop_headline(view)

wide, narrow = ui.beside()
with wide:
    chosen = ui.sop_matrix(view)
with narrow:
    ui.sop_cell(view, chosen)

ui.details(sop_movement=view, sop_potential=view, sop_nps=view)
