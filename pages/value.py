"""Customer value: who makes our value, and is it worth the effort."""

from tend import ui

view = ui.open_value(ui.open_page("value"))

ui.value_sentence(view)
ui.value_headline(view)

with ui.list_first():
    wide, narrow = ui.beside()
    with wide:
        ui.arr_moved(view)
    with narrow:
        ui.figure("concentration_curve", view)
    ui.value_list(view)

split = ui.choose_split(view)
ui.topics(
    split,
    lifetime=("lifetime_value", "value_base", "concentration_segments"),
    growth=("arr_bridge", "retention_trend"),
    cohorts=(
        *("cohort_customers", "cohort_arr"),
        *("cohort_curves", "contract_lifetimes", "retention_curve"),
    ),
    effort=("value_effort", "effort_by_tier"),
    tiers=("tier_moves",),
    goals=("four_goals", "lifecycle", "lifecycle_moves"),
    rfm=("rfm", "value_signs"),
)
