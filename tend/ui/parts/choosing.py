"""A choice among a few that a page keeps: what is chosen stands where all of it can be seen."""

from collections.abc import Callable, Mapping

import streamlit as st


def one_of(
    key: str,
    label: str,
    names: Mapping[str, str],
    chosen: str,
    kept: Callable[..., None],
    *args: str,
) -> None:
    """Offer codes by their words; `kept` hears of another choice, as `session_state[key]`."""
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        list(names),
        key=key,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        wrap=True,
        on_change=kept,
        args=args,
    )
