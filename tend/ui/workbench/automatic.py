"""Rules are looked at when a page opens for the first time on a day, or after a new file."""

import logging

import streamlit as st

from tend.acts import tasks_by_rule
from tend.language import format
from tend.language.errors import TendError
from tend.store.database import trouble
from tend.ui.parts import words
from tend.ui.state import address, clock, data


def catch_up() -> int:
    """Make the tasks that rules ask for as of the day Tend opens on; count them.

    Where that cannot be done, the page says so in a line and stands; the next visit tries again.
    """
    workspace = data.workspace()
    language = address.choice().language
    try:
        return tasks_by_rule.catch_up(workspace, clock.opens_on(), clock.today(), language)
    except (TendError, *trouble.ERRORS) as error:
        logging.getLogger(__name__).exception("the rules could not be looked at")
        why = trouble.said(error, workspace.path).message(language)
        st.warning(format.plain(words.say("ui.rules_are_behind", why=why)))
        return 0
