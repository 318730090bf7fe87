"""What pages are made with: a page arranges these, and does nothing else."""

from tend.ui.arr_bars import arr_moved
from tend.ui.company import company
from tend.ui.definition import definition_lead, definition_scores
from tend.ui.definition_keep import definition_decide, definition_versions
from tend.ui.definition_levels import definition_states
from tend.ui.explained import choose_explained
from tend.ui.figures import details, figure
from tend.ui.hand_over import hand_over
from tend.ui.headlines import headline, sentence
from tend.ui.layout import beside, list_first
from tend.ui.movement import (
    choose_months,
    has_quadrants,
    moves_grid,
    moves_headline,
    moves_sentence,
)
from tend.ui.moves import moves_list
from tend.ui.page import open_page
from tend.ui.past import history
from tend.ui.pickers import choose_across, choose_split, choose_step, choose_window, has_dates
from tend.ui.process import due_and_process
from tend.ui.settings_file import settings_file
from tend.ui.sop import choose_since, sop_headline, sop_matrix, sop_sentence
from tend.ui.sop_cell import sop_cell
from tend.ui.twins import twins
from tend.ui.uploads import freshness, upload
from tend.ui.value import (
    open_value,
    topics,
    value_headline,
    value_list,
    value_sentence,
)
from tend.ui.workbench import (
    choose_csm,
    work_headline,
    work_priorities,
    work_sentence,
    work_tasks,
)

__all__ = [
    "arr_moved",
    "beside",
    "choose_across",
    "choose_csm",
    "choose_explained",
    "choose_months",
    "choose_since",
    "choose_split",
    "choose_step",
    "choose_window",
    "company",
    "definition_decide",
    "definition_lead",
    "definition_scores",
    "definition_states",
    "definition_versions",
    "details",
    "due_and_process",
    "figure",
    "freshness",
    "hand_over",
    "has_dates",
    "has_quadrants",
    "headline",
    "history",
    "list_first",
    "moves_grid",
    "moves_headline",
    "moves_list",
    "moves_sentence",
    "open_page",
    "open_value",
    "sentence",
    "settings_file",
    "sop_cell",
    "sop_headline",
    "sop_matrix",
    "sop_sentence",
    "topics",
    "twins",
    "upload",
    "value_headline",
    "value_list",
    "value_sentence",
    "work_headline",
    "work_priorities",
    "work_sentence",
    "work_tasks",
]
