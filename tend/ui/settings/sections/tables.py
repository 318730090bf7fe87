"""Settings of several values: a table each, or a number beside the other."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from tend.language import format
from tend.settings.company import Settings
from tend.settings.process import STAGES
from tend.settings.task_rules import RuleName
from tend.ui.parts import html, pieces, words
from tend.ui.settings.sections import told
from tend.ui.state import address, printing
from tend.view import View

Row = dict[str, Any]
# Words of files by what they mean.
MEANINGS = frozenset({"stage_words", "loss_reason_words", "size_words"})


def rules(at: str, value: Any) -> object:
    """A row per rule: on, its days, days to do it."""
    names = [name for name in get_args(RuleName) if name in value]
    rows = [
        {"rule": words.say(f"tasks.causes.{name}"), **value[name].model_dump()} for name in names
    ]
    edited = _table(at, rows, fixed=("rule",), is_open=False)
    return {
        name: {part: row[part] for part in ("is_on", "days", "due_in")}
        for name, row in zip(names, edited, strict=True)
    }


def limits(at: str, value: Any) -> object:
    """A row per tier the company has, a column per stage; other tiers keep their limits."""
    shown = limited_tiers(value, _tiers())
    stages = dict.fromkeys(stage for limits in value.values() for stage in limits)
    rows = [{"tier": tier, **stages, **value.get(tier, {})} for tier in shown]
    edited = _table(at, rows, fixed=(), is_open=True)
    told_so = {
        str(row["tier"]): {k: v for k, v in row.items() if k != "tier" and v is not None}
        for row in edited
        if row.get("tier")
    }
    hidden = {tier: limits for tier, limits in value.items() if tier not in shown}
    return hidden | {tier: limits for tier, limits in told_so.items() if limits}


def limited_tiers(limits: Mapping[str, Any], tiers: Sequence[str]) -> list[str]:
    """Give the tiers to set limits for: those of the company, by the names set, and all others."""
    names = {tier.casefold(): tier for tier in limits}
    known = [tier for tier in tiers if tier != "unknown"]
    return [*(names.get(tier.casefold(), tier) for tier in known), "other"]


def chances(at: str, value: Mapping[str, float]) -> object:
    """A row per stage: its chance in per cent, empty where it is learned."""
    shown = {stage: _percent(value.get(stage)) for stage in STAGES}
    rows = [{"stage": words.say(f"stages.{stage}"), "chance": shown[stage]} for stage in STAGES]
    edited = _table(at, rows, fixed=("stage",), is_open=False)
    typed = {stage: row["chance"] for stage, row in zip(STAGES, edited, strict=True)}
    return {
        stage: value[stage] if typed[stage] == shown[stage] else round(typed[stage] / 100, 10)
        for stage in STAGES
        if typed[stage] is not None
    }


def rates(at: str, value: Any) -> object:
    """A row per currency: how much of ours one unit is."""
    rows = [{"currency": code, "rate": rate} for code, rate in value.items()]
    edited = _table(at, rows or [{"currency": None, "rate": None}], fixed=(), is_open=True)
    return {
        str(row["currency"]).strip().upper(): row["rate"] for row in edited if row.get("currency")
    }


def load(at: str, value: Any) -> object:
    """Two numbers: from, to."""
    labels = {end: words.say(f"company.{end}") for end in ("from", "to")}
    return tuple(_numbers(at, dict(zip(labels, value, strict=True)), labels).values())


def solve_days(at: str, value: Mapping[str, int]) -> object:
    """A number of days per severity."""
    labels = {name: words.say(f"company.severities.{name}") for name in value}
    return _numbers(at, value, labels)


def meanings(at: str, key: str, value: Mapping[str, str]) -> object:
    """A row per word: what it means, of what there is to choose from."""
    offered = get_args(get_args(Settings.model_fields[key].annotation)[1])
    said = {code: told.word(key, code) for code in offered}
    rows = [{"word": word, "meaning": code} for word, code in value.items()]
    options = st.column_config.SelectboxColumn(
        words.say("company.columns.meaning"), options=offered, format_func=said.__getitem__
    )
    edited = _table(at, rows, fixed=(), is_open=True, meaning=options)
    return {
        str(row["word"]).strip(): row["meaning"]
        for row in edited
        if row.get("word") and row.get("meaning")
    }


def _numbers(at: str, values: Mapping[str, int], labels: Mapping[str, str]) -> dict[str, int]:
    with st.container(horizontal=True, gap="small", key=f"numbers_{at}"):
        return {
            name: st.number_input(labels[name], value=one, step=1, key=f"{at}_{name}", width=150)
            for name, one in values.items()
        }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 8)


def _tiers() -> list[str]:
    view = View(address.choice().day())
    return [tier for tier, _ in words.reading().options(view).get("tier", [])]


def _table(
    at: str, rows: list[Row], fixed: tuple[str, ...], *, is_open: bool, **configured: Any
) -> list[Row]:
    labels = {name: words.say(f"company.columns.{name}") for name in rows[0]}
    edited: list[Row] = st.data_editor(
        rows,
        num_rows="dynamic" if is_open else "fixed",
        hide_index=True,
        disabled=fixed,
        placeholder=format.MISSING,
        key=at,
        column_config={
            name: configured.get(name) or st.column_config.Column(label)
            for name, label in labels.items()
        },
    )
    if printing.is_on():
        _on_paper(edited, labels)
    return edited


def _on_paper(rows: list[Row], labels: Mapping[str, str]) -> None:
    """Write a table out beside its editor, which paper would cut."""
    said = [[_written(row.get(name)) for name in labels] for row in rows]
    html.show(pieces.rows([*labels.values()], said))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return words.say(f"company.flags.{'on' if value else 'off'}")
    return format.MISSING if value is None else format.clipped(f"{value}")
