"""The company's definitions beside health: scale, tiers, process, rules, money, language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from tend.acts import tasks_by_rule
from tend.language import format, text
from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.settings.targets import TargetName
from tend.settings.task_rules import RuleName
from tend.store.workspace import Workspace
from tend.ui.parts import done, html, pieces, reader, words
from tend.ui.settings import targets
from tend.ui.state import address, data
from tend.view import View

Values = dict[str, object]
# Settings by what they are about, as the page shows them.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "scale": (
        *("size_small_below", "size_large_from", "scale_by", "arr_mid_from", "arr_large_from"),
        *("nps_satisfied_from", "nps_neutral_from", "csat_satisfied_from", "csat_neutral_from"),
    ),
    "tiers": ("strategic_share", "core_share"),
    "process": ("early_days", "grace_days", "start_days", "start_limit", "stage_limits"),
    "targets": ("targets",),
    "rules": (
        *("task_rules", "tasks_a_day", "task_look_back_days"),
        *("low_active_share", "forgotten_days"),
    ),
    "money": ("currency", "currency_rates", "gross_margin", "hourly_cost", "discount_rate"),
    "team": ("language", "usual_load"),
}
# Fractions, written and typed as per cents.
SHARES = frozenset(
    {"csat_satisfied_from", "csat_neutral_from", "strategic_share", "core_share"}
    | {"low_active_share", "gross_margin", "discount_rate"}
)
_CHOICES = {"scale_by": ("size", "arr"), "language": ("auto", *text.LANGUAGES)}


def company(view: View) -> None:
    """Show each group of definitions with the way to change and try it."""
    kept = data.workspace().settings
    with st.container(key="company"):
        html.show(html.h2(words.say("company.title")))
        done.say("company")
        for name, keys in GROUPS.items():
            said = format.plain(words.say(f"company.summary.{name}", **summary(kept)))
            label = f"**{words.say(f'company.groups.{name}')}** · {said}"
            place = st.expander(label, key=f"group_{name}", on_change="rerun")
            if place.open:
                with place:
                    _group(name, keys, kept, view)
        reader.ask("company")


def summary(kept: Settings) -> dict[str, str]:
    """Give the values set now, as the closed groups tell them."""
    language = address.choice().language
    said: dict[str, str] = {}
    for key in (key for keys in GROUPS.values() for key in keys):
        value = getattr(kept, key)
        if key in SHARES:
            said[key] = format.share(value, language)
        elif not isinstance(value, Mapping | tuple):
            said[key] = f"{value:,g}" if isinstance(value, int | float) else str(value)
    for key, codes in _CHOICES.items():
        if getattr(kept, key) in codes:
            said[key] = words.say(f"company.choices.{getattr(kept, key)}")
    rules = kept.task_rules.values()
    low, high = kept.usual_load
    counted = {"rules": sum(rule.is_on for rule in rules), "rules_all": len(rules)}
    counted |= {"low": low, "high": high}
    counted |= {"targets": len(kept.targets), "targets_all": len(get_args(TargetName))}
    return said | {name: format.count(number) for name, number in counted.items()}


def _group(name: str, keys: tuple[str, ...], kept: Settings, view: View) -> None:
    values: Values = {}
    plain = [key for key in keys if key not in _TABLES]
    for pair in (plain[n : n + 2] for n in range(0, len(plain), 2)):
        for place, key in zip(st.columns(2), pair, strict=False):
            with place:
                values[key] = _field(key, getattr(kept, key))
    for key in (key for key in keys if key in _TABLES):
        pieces.note(words.say(f"company.fields.{key}"))
        values[key] = _TABLES[key](key, getattr(kept, key))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        # no callback: it would get what stood here when the page was last drawn to its end
        if st.button(words.say("service.edit.keep"), key=f"keep_{name}", type="primary"):
            done.do("company", lambda: words.say("company.kept"), _keep, kept, values)
            st.rerun()
        if name == "rules" and st.button(words.say("company.try"), key="try_rules"):
            _try(kept, values, view)


def _keep(workspace: Workspace, seen: Settings, values: Values, who: str) -> None:
    """Keep a group as it stands on the page; what somebody else changed meanwhile is not lost."""
    workspace.define(seen.with_all(values), who, base=seen)


def _try(kept: Settings, values: Values, view: View) -> None:
    """Say how many tasks the rules would make, by cause; nothing is made."""
    language = address.choice().language
    try:
        found = tasks_by_rule.pending(data.workspace(), view.as_of, kept.with_all(values))
    except TendError as error:
        st.error(format.plain(error.message(language)))
        return
    causes: dict[str, int] = {}
    for cause in found["cause"].to_pylist():
        causes[cause] = causes.get(cause, 0) + 1
    parts = [
        f"{words.say(f'tasks.causes.{cause}')} {format.count(number)}"
        for cause, number in causes.items()
    ]
    said = words.say(
        "company.would", tasks=format.count(len(found)), parts=format.listed(parts, language)
    )
    st.info(format.plain(said))


def _field(key: str, value: Any) -> object:
    """Draw a setting and give what stands in it."""
    label = words.say(f"company.fields.{key}")
    if key in _CHOICES:
        said = {code: words.say(f"company.choices.{code}") for code in _CHOICES[key]}
        return st.segmented_control(
            label,
            _CHOICES[key],
            default=value,
            required=True,
            key=f"set_{key}",
            format_func=said.__getitem__,
        )
    if key in SHARES:
        shown = round(value * 100, 8)
        typed = st.number_input(label, 0.0, value=shown, step=1.0, key=f"set_{key}", format="%.10g")
        # what was not touched stays to the last digit
        return value if typed == shown else round(typed / 100, 10)
    if isinstance(value, int):
        return st.number_input(label, value=value, step=1, key=f"set_{key}")
    if isinstance(value, float):
        return st.number_input(label, value=value, key=f"set_{key}", format="%.10g")
    return st.text_input(label, str(value), key=f"set_{key}", max_chars=80)


def _rules(key: str, value: Any) -> object:
    """A row per rule: on, its days, days to do it."""
    rows = [
        {"rule": words.say(f"tasks.causes.{name}"), **value[name].model_dump()}
        for name in get_args(RuleName)
        if name in value
    ]
    edited = _table(key, rows, fixed=("rule",), is_open=False)
    names = [name for name in get_args(RuleName) if name in value]
    return {
        name: {part: row[part] for part in ("is_on", "days", "due_in")}
        for name, row in zip(names, edited, strict=True)
    }


def _limits(key: str, value: Any) -> object:
    """A row per tier the company has, a column per stage; other tiers keep their limits."""
    shown = limited_tiers(value, _tiers())
    stages = dict.fromkeys(stage for limits in value.values() for stage in limits)
    rows = [{"tier": tier, **stages, **value.get(tier, {})} for tier in shown]
    edited = _table(key, rows, fixed=(), is_open=True)
    told = {
        str(row["tier"]): {k: v for k, v in row.items() if k != "tier" and v is not None}
        for row in edited
        if row.get("tier")
    }
    hidden = {tier: limits for tier, limits in value.items() if tier not in shown}
    return hidden | {tier: limits for tier, limits in told.items() if limits}


def _tiers() -> list[str]:
    view = View(address.choice().day())
    return [tier for tier, _ in data.options(view).get("tier", [])]


def limited_tiers(limits: Mapping[str, Any], tiers: Sequence[str]) -> list[str]:
    """Give the tiers to set limits for: those of the company, by the names set, and all others."""
    names = {tier.casefold(): tier for tier in limits}
    known = [tier for tier in tiers if tier != "unknown"]
    return [*(names.get(tier.casefold(), tier) for tier in known), "other"]


def _rates(key: str, value: Any) -> object:
    """A row per currency: how much of ours one unit is."""
    rows = [{"currency": code, "rate": rate} for code, rate in value.items()]
    edited = _table(key, rows or [{"currency": None, "rate": None}], fixed=(), is_open=True)
    return {
        str(row["currency"]).strip().upper(): row["rate"] for row in edited if row.get("currency")
    }


def _load(key: str, value: Any) -> object:
    """Two numbers: from, to."""
    with st.container(horizontal=True, gap="small"):
        return tuple(
            st.number_input(
                words.say(f"company.{end}"), value=value[n], step=1, key=f"set_{key}_{n}"
            )
            for n, end in enumerate(("from", "to"))
        )


def _table(
    key: str, rows: list[dict[str, Any]], fixed: tuple[str, ...], *, is_open: bool
) -> list[dict[str, Any]]:
    labels = {name: words.say(f"company.columns.{name}") for name in rows[0]}
    edited: list[dict[str, Any]] = st.data_editor(
        rows,
        num_rows="dynamic" if is_open else "fixed",
        hide_index=True,
        disabled=fixed,
        placeholder=format.MISSING,
        key=f"set_{key}",
        column_config={name: st.column_config.Column(label) for name, label in labels.items()},
    )
    return edited


_TABLES: Mapping[str, Callable[[str, Any], object]] = {
    "task_rules": _rules,
    "stage_limits": _limits,
    "currency_rates": _rates,
    "usual_load": _load,
    "targets": targets.fields,
}
