"""Another rule for tiers, tried before it is kept: how many customers each rule moves."""

from typing import Any

import streamlit as st

from tend.figures.collection import FIGURES
from tend.language import format
from tend.store.workspace import Workspace
from tend.ui.figures import figures, foot, tables
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import data
from tend.view import View

Row = dict[str, Any]


def choose(view: View) -> None:
    """Offer both shares, and show at once whom they would move."""
    settings = data.workspace().settings
    cell = FIGURES["tier_preview"]
    codes = data.answer(cell, view)
    figures.head(cell, codes)
    done.say("tiers")
    if _given(view):
        pieces.note(words.say("value.tiers_given"))
    kinds = (("strategic", settings.strategic_share), ("core", settings.core_share))
    shares = {}
    for place, (name, share) in zip(st.columns(2, gap="large"), kinds, strict=True):
        shares[name] = place.slider(
            words.say(f"value.{name}"),
            0.0,
            1.0,
            share,
            step=0.01,
            format="percent",
            key=f"tier_{name}",
        )
    if all(shares[name] == share for name, share in kinds):
        pieces.note(words.say("value.tiers_same"))
    else:
        _preview(view, shares)
    foot.show(cell, view, codes)


def _preview(view: View, shares: dict[str, float]) -> None:
    cell = FIGURES["tier_preview"]
    given = {f"{name}_draft": share for name, share in shares.items()}
    table = data.ask(cell.query, cell.ask(view), **given)
    if len(table):
        row = table.to_pylist()[0]
        said = {way: format.count(row[f"count_{way}"]) for way in ("up", "down", "stay")}
        html.show(html.p(words.say("value.tiers_moved", **said), css="tend-sum"))
    moves = data.ask(cell.query, cell.ask(view), **given, moves_only=True)
    if len(moves):
        tables.show(cell, moves, "tiers_tried")
    if st.button(words.say("value.keep"), key="tiers_keep", type="primary"):
        done.do("tiers", lambda: words.say("value.kept"), _keep, shares)
        st.rerun()


def _keep(workspace: Workspace, shares: dict[str, float], who: str) -> None:
    settings = workspace.settings
    changed = {f"{name}_share": share for name, share in shares.items()}
    workspace.define(settings.with_all(changed), who, base=settings)


def _given(view: View) -> bool:
    """Tell whether a file gives tiers: then the rule is only beside them."""
    rows = data.ask("filter_options", View(view.as_of), dimensions=("tier",)).to_pylist()
    return any(row["value"] not in ("strategic", "core", "basic") for row in rows)
