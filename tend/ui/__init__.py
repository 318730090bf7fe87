"""What pages are made with: a page arranges these, and does nothing else."""

from tend.ui.customers.about import (
    customer_profile,
    customer_said,
    customer_sources,
    customer_worth,
)
from tend.ui.customers.customer import customer_head, open_one
from tend.ui.customers.customers import customers_list, customers_sentence
from tend.ui.customers.indicators import customer_indicators
from tend.ui.customers.story import customer_log, customer_timeline
from tend.ui.customers.work import customer_work
from tend.ui.figures.figures import details, figure, folded
from tend.ui.frame.layout import beside, in_a_row, list_first, pair
from tend.ui.frame.page import open_page
from tend.ui.frame.pickers import (
    choose_across,
    choose_part,
    choose_split,
    choose_step,
    choose_window,
    has_dates,
)
from tend.ui.health.movement import (
    choose_months,
    has_quadrants,
    moves_grid,
    moves_headline,
    moves_sentence,
)
from tend.ui.health.moves import moves_list
from tend.ui.intake.freshness import freshness
from tend.ui.intake.history import history
from tend.ui.intake.merges import offer_merges
from tend.ui.intake.uploads import upload
from tend.ui.notebook.notebook import notebook
from tend.ui.operation.copies import copies
from tend.ui.renewals.call_list import call_list
from tend.ui.renewals.explained import choose_explained
from tend.ui.renewals.process import due_and_process
from tend.ui.renewals.top import (
    headline,
    is_early,
    is_mostly_open,
    next_headline,
    next_sentence,
    sentence,
    why_sentence,
)
from tend.ui.service.sop import choose_since, sop_headline, sop_matrix, sop_sentence
from tend.ui.service.sop_cell import sop_cell
from tend.ui.settings.audit.section import audit_log
from tend.ui.settings.definition import definition_lead, definition_scores
from tend.ui.settings.definition_keep import definition_decide
from tend.ui.settings.definition_levels import definition_states
from tend.ui.settings.sections.erasure import erasure
from tend.ui.settings.sections.history import settings_history
from tend.ui.settings.sections.menu import choose_section
from tend.ui.settings.sections.section import settings_section
from tend.ui.settings.settings_file import settings_file
from tend.ui.value.arr_bars import arr_moved
from tend.ui.value.value import open_value, topics, value_headline, value_list, value_sentence
from tend.ui.week.blocks import week_blocks, week_sentence
from tend.ui.week.decisions import decisions
from tend.ui.week.meeting import meeting_bar, since_meeting
from tend.ui.week.watched import watched_folder
from tend.ui.workbench.hand_over import hand_over
from tend.ui.workbench.mine import choose_csm
from tend.ui.workbench.tray import proposals
from tend.ui.workbench.workbench import (
    work_headline,
    work_priorities,
    work_sentence,
    work_tasks,
)

__all__ = [
    "arr_moved",
    "audit_log",
    "beside",
    "call_list",
    "choose_across",
    "choose_csm",
    "choose_explained",
    "choose_months",
    "choose_part",
    "choose_section",
    "choose_since",
    "choose_split",
    "choose_step",
    "choose_window",
    "copies",
    "customer_head",
    "customer_indicators",
    "customer_log",
    "customer_profile",
    "customer_said",
    "customer_sources",
    "customer_timeline",
    "customer_work",
    "customer_worth",
    "customers_list",
    "customers_sentence",
    "decisions",
    "definition_decide",
    "definition_lead",
    "definition_scores",
    "definition_states",
    "details",
    "due_and_process",
    "erasure",
    "figure",
    "folded",
    "freshness",
    "hand_over",
    "has_dates",
    "has_quadrants",
    "headline",
    "history",
    "in_a_row",
    "is_early",
    "is_mostly_open",
    "list_first",
    "meeting_bar",
    "moves_grid",
    "moves_headline",
    "moves_list",
    "moves_sentence",
    "next_headline",
    "next_sentence",
    "notebook",
    "offer_merges",
    "open_one",
    "open_page",
    "open_value",
    "pair",
    "proposals",
    "sentence",
    "settings_file",
    "settings_history",
    "settings_section",
    "since_meeting",
    "sop_cell",
    "sop_headline",
    "sop_matrix",
    "sop_sentence",
    "topics",
    "upload",
    "value_headline",
    "value_list",
    "value_sentence",
    "watched_folder",
    "week_blocks",
    "week_sentence",
    "why_sentence",
    "work_headline",
    "work_priorities",
    "work_sentence",
    "work_tasks",
]
