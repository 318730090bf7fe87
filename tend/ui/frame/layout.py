"""How figures stand: one wide beside one narrow, one under the other on a phone."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_WIDE, _NARROW = 7, 5


def list_first() -> DeltaGenerator:
    """Give a place in which a phone shows the narrow part, the list, before the wide one."""
    return st.container(key="list_first")


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Give a wide and a narrow place beside each other."""
    wide, narrow = st.columns((_WIDE, _NARROW), gap="large")
    return wide, narrow
