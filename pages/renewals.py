"""Renewals: are we renewing, why not, and what comes next."""

from tend import ui

view = ui.open_page("renewals")
with ui.in_a_row():
    part = ui.choose_part(view)
    view = view if part == "next" else ui.choose_window(view)

if part == "now":
    ui.sentence(view)
    leads = ui.is_mostly_open(view)
    if leads:
        ui.figure("retention_trend", view)
    ui.headline(view)
    if ui.is_early(view):
        ui.due_and_process(view)
    elif ui.has_dates(view):
        with ui.list_first():
            ui.pair(
                renewals_by_period=lambda: ui.choose_step(view),
                renewals_by_segment=lambda: ui.choose_split(view),
            )
            ui.due_and_process(view)
        ui.pair(renewal_cohorts=view, retention_trend=None if leads else view)
        ui.folded(process_funnel=view)
    else:
        ui.figure("renewals_by_segment", ui.choose_split(view))
elif part == "why":
    ui.why_sentence(view)
    with ui.in_a_row():
        split = ui.choose_split(view)
        explained = ui.choose_explained(view) if ui.has_dates(view) else None
    if explained:
        ui.pair(renewals_change=explained, loss_reasons=view)
        ui.pair(renewals_matrix=lambda: ui.choose_across(split), losses_by_segment=split)
    else:
        ui.pair(loss_reasons=view, losses_by_segment=split)
    ui.details(losses=view, win_backs=view)
else:
    ui.next_sentence(view)
    ui.next_headline(view)
    ui.pair(forecast_months=view, call_outcomes=view)
    ui.call_list(view)
    ui.folded(call_record=view, forecast_check=view, forecast_calibration=view)
