"""Settings: what our company means by its words; each change can be tried before it is kept."""

from tend import ui

view = ui.open_page("settings")
section = ui.choose_section()

if section == "health":
    ui.definition_lead(view)
    ui.definition_scores(view)
    ui.definition_states(view)
    ui.definition_decide(view)
elif section == "erasure":
    ui.erasure(view)
elif section == "versions":
    ui.settings_history()
    ui.settings_file()
elif section == "log":
    ui.audit_log()
else:
    ui.settings_section(section, view)
