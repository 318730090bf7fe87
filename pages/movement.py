"""Health movement: who moved, which way, and how much money is at stake."""

from tend import ui

view = ui.choose_months(ui.open_page("movement"))

ui.moves_sentence(view)
ui.moves_headline(view)

if ui.has_quadrants(view):
    with ui.list_first():
        wide, narrow = ui.beside()
        with wide:
            chosen = ui.moves_grid(view)
        with narrow:
            ui.moves_list(view, chosen)

    ui.details(
        movement_matrix=view,
        health_flows=view,
        usage_states=view,
        health_backtest=view,
        health_calibration=view,
    )
else:
    ui.figure("usage_states", view)
