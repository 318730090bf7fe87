"""What is drawn alone, a part of a page or a dialog on it: where it is refused, it says so itself.

The frame hears nothing of it: without this, Streamlit would show its own box of an error.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.ui.state import address

Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")


def part(
    *, key: str | None = None, run_every: float | None = None
) -> Callable[[Callable[Given, Drawn]], Callable[Given, Drawn | None]]:
    """Make a function draw a part of a page that is drawn anew by itself."""
    return lambda draw: st.fragment(_told(draw), key=key, run_every=run_every)


def dialog(
    title: str,
    draw: Callable[Given, Drawn],
    *,
    width: Literal["small", "large"] = "small",
    on_dismiss: Callable[..., None] | None = None,
) -> Callable[Given, Drawn | None]:
    """Give a dialog that is drawn anew by itself."""
    return st.dialog(title, width=width, on_dismiss=on_dismiss or "ignore")(_told(draw))


def refuse(error: TendError) -> None:
    """Say why nothing can be shown: the next visit may find machine and database sound."""
    logging.getLogger(__name__).exception("it could not be shown")
    st.error(format.plain(error.message(address.choice().language)))


def _told(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn | None]:
    @wraps(draw)
    def told(*given: Given.args, **named: Given.kwargs) -> Drawn | None:
        try:
            return draw(*given, **named)
        except TendError as error:
            refuse(error)
            return None

    return told
