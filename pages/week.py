"""This week: what changed since the last meeting, and what needs a decision."""

from tend import ui

view = ui.since_meeting(ui.open_page("week"))

ui.week_sentence(view)
ui.meeting_bar(view)
ui.watched_folder(view)
ui.week_blocks(view)
ui.decisions(view)
