"""Renewals: are we renewing, where not, and what comes next."""

from tend import ui

view = ui.choose_window(ui.open_page("renewals"))

ui.sentence(view)
if ui.is_mostly_open(view):
    ui.figure("retention_trend", view)
ui.headline(view)

if ui.has_dates(view):
    wide, narrow = ui.beside()
    with wide:
        ui.figure("renewals_by_period", ui.choose_step(view))
    with narrow:
        split = ui.choose_split(view)
        ui.figure("renewals_by_segment", split)

    ui.due_and_process(view)

    ui.details(
        renewals_change=lambda: ui.choose_explained(view),
        renewals_matrix=lambda: ui.choose_across(split),
        renewal_cohorts=view,
    )
    ui.details(
        forecast_months=view, forecast_list=view, forecast_check=view, forecast_calibration=view
    )
    ui.details(loss_reasons=view, losses_by_segment=split, losses=view, win_backs=view)
else:
    wide, narrow = ui.beside()
    with wide:
        ui.figure("renewals_by_segment", ui.choose_split(view))
    with narrow:
        ui.figure("loss_reasons", view)
