"""A text on its way: what the reader types, and whether it is to be run."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal

import streamlit as st

from tend.ui.notebook.editor import served
from tend.ui.parts import words as texts

Kind = Literal["table", "column", "cell", "query", "macro", "function", "parameter"]
# Kinds that stand by themselves; columns are offered with their table.
_KINDS = ("cell", "query", "macro", "function", "parameter")
# Kinds that are the same for all notebooks.
_SHARED = ("table", "column", "query", "macro", "function")
_HERE = Path(__file__).parent
_editor = st.components.v2.component(
    "tend_editor",
    html=_HERE.joinpath("editor.html").read_text("utf-8"),
    css=_HERE.joinpath("editor.css").read_text("utf-8"),
    js=_HERE.joinpath("editor.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Word:
    """A word that is offered while one types; of a column, `of` is its table or cell.

    Who takes it is given `text` where it has one: the statement of a named query.
    """

    name: str
    kind: Kind
    told: str = ""
    of: str = ""
    text: str = ""


@dataclass(frozen=True)
class Place:
    """Where a text is wrong; lines and columns count from 1."""

    line: int
    column: int | None = None


@dataclass(frozen=True)
class Edited:
    """A text as the reader left it, and whether Ctrl+Enter asked to run it."""

    text: str
    is_run: bool


def editor(
    key: str,
    text: str,
    words: Sequence[Word],
    *,
    label: str,
    height: int = 120,
    wrong: Place | None = None,
) -> Edited:
    """Show a text to be edited, and give it as it is now.

    What is given is the truth: typed text is told once, in the run after it was typed, and the
    caller keeps it. Behind the editor waits a plain text area, to be seen after some seconds where
    no editor has come up (`late_` in the frame's style).
    """
    heard = st.session_state.pop(_heard_key(key), None)
    edited = heard or Edited(text, is_run=False)
    data = {
        "address": served.address(),
        "text": edited.text,
        "label": label,
        "height": height,
        "says": _says(),
        "wrong": wrong and {"line": wrong.line, "column": wrong.column},
        "vocabulary": _vocabulary(tuple(one for one in words if one.kind in _SHARED)),
        **_offered([one for one in words if one.kind not in _SHARED]),
    }
    _editor(
        key=key,
        data=data,
        on_text_change=partial(_hear, key, "text"),
        on_run_change=partial(_hear, key, "run"),
    )
    _plain(key, edited.text, label, height)
    return edited


def _plain(key: str, text: str, label: str, height: int) -> None:
    own = f"{key}_plain"
    st.session_state[own] = text
    with st.container(key=f"late_{key}"):
        st.text_area(label, key=own, height=height, on_change=partial(_hear_plain, key))


def _heard_key(key: str) -> str:
    return f"{key}_heard"


def _hear(key: str, what: Literal["text", "run"]) -> None:
    typed = st.session_state[key].get(what)
    if isinstance(typed, str):
        st.session_state[_heard_key(key)] = Edited(typed, is_run=what == "run")


def _hear_plain(key: str) -> None:
    st.session_state[_heard_key(key)] = Edited(st.session_state[f"{key}_plain"], is_run=False)


@lru_cache(maxsize=16)
def _vocabulary(words: tuple[Word, ...]) -> str:
    """Give the address of the words that all editors share."""
    return served.offer(json.dumps(_offered(words), ensure_ascii=False).encode())


def _offered(words: Sequence[Word]) -> dict[str, object]:
    """Give tables with their columns, and all other words by themselves."""
    tables: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for word in words:
        if word.kind == "table" or word.of:
            _, columns = tables.setdefault(word.of or word.name, ("", []))
            if word.of:
                columns.append((word.name, word.told))
            else:
                tables[word.name] = (word.told, columns)
    others = [(one.name, one.kind, one.told, one.text) for one in words if one.kind in _KINDS]
    return {
        "tables": {name: {"told": told, "columns": of} for name, (told, of) in tables.items()},
        "words": others,
    }


def _says() -> dict[str, object]:
    """Give the editor's own words in the reader's language."""
    return {
        "hint": texts.say("editor.hint"),
        "head": texts.say("editor.head", lines="{lines}"),
        "kinds": {kind: texts.say(f"editor.kinds.{kind}") for kind in _KINDS},
        "phrases": {"Completions": texts.say("editor.completions")},
    }
