"""Workbench: whom do I serve first today, and what waits."""

from tend import ui

view = ui.choose_csm(ui.open_page("workbench"))

ui.work_sentence(view)
ui.work_headline(view)

wide, narrow = ui.beside()
with wide:
    ui.work_priorities(view)
with narrow:
    ui.proposals(view)
    ui.work_tasks(view)

ui.hand_over(view)
ui.details(
    renewals_in_hand=view,
    renewals_to_save=view,
    untouched=view,
    touch_rate=view,
    csm_coverage=view,
)
