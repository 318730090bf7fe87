"""The renewal process: a board of what waits where for how long, and the move of one contract."""

from typing import Any

import streamlit as st

from tend.acts import stages
from tend.acts.stages import Move
from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.language import format
from tend.settings.process import NOT_STARTED, OPEN, STAGES, Stage
from tend.store.facts import imports
from tend.ui.figures import figures, foot, opens
from tend.ui.parts import choosing, done, html, pieces, reader, real_day, words
from tend.ui.state import address, clock, data, rights
from tend.view import View

Row = dict[str, Any]
_LOOK = "tend.due_look"
_CARDS_AT_FIRST = 5
_COLUMNS = (NOT_STARTED, *OPEN)


def due_and_process(view: View) -> None:
    """Show what falls due as a list, or the same by stage: two looks at it."""
    names = {
        name: words.say(FIGURES[name].key("tab")) for name in ("renewals_due", "process_board")
    }
    look = st.session_state.get(_LOOK, "renewals_due")
    with st.container(key="due_and_process"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            choosing.one_of("due_look", words.say("process.look"), names, look, _keep_look)
            is_board = look == "process_board"
            is_all = not is_board and st.toggle(words.say("process.show_later"), key="due_later")
        if is_board:
            board(view)
        else:
            figures.figure("renewals_due_all" if is_all else "renewals_due", view)


def _keep_look() -> None:
    st.session_state[_LOOK] = st.session_state["due_look"]


def board(view: View) -> None:
    """Show each open renewal as a card in its stage, those over their limit first."""
    cell, language = FIGURES["process_board"], address.choice().language
    codes = words.reading().answer(cell, view)
    figures.head(cell, view, codes)
    rows = codes.to_pylist()
    shown = [*_COLUMNS, *(["other"] if any(r["stage"] == "other" for r in rows) else [])]
    with st.container(key="board"):
        for place, stage in zip(st.columns(len(shown), gap="small"), shown, strict=True):
            with place:
                _column(stage, [r for r in rows if r["stage"] == stage], language)
        _decided(rows)
    foot.show(cell, view, codes)


def of_contract(row: Row, view: View) -> None:
    """Show where a contract's renewal stands, what was said of it, and move it."""
    html.show(html.h3(words.say("process.title")))
    done.say("contract")
    if row["outcome"] in ("due", "overdue"):
        _stands(row)
        if rights.may_change(row["customer_id"]):
            _move(row)
        else:
            reader.limits(row["customer_id"])
    _log(row["contract_id"], view)


def _column(stage: str, rows: list[Row], language: str) -> None:
    arr = words.reading().amount(rows[0]["stage_arr"] if rows else 0)
    count = words.say("process.count", contracts=format.count(len(rows)), arr=arr)
    head = html.join("", (html.h3(words.say(f"stages.{stage}")), html.p(count)))
    html.show(html.div(head, css="tend-stage"))
    shown = pieces.shown(stage, _CARDS_AT_FIRST)
    for number, row in enumerate(rows[:shown]):
        with st.container(key=f"card_{stage}_{number}", gap=None):
            label = format.plain(wording.customer(row))
            st.button(
                label,
                key=f"open_{stage}_{number}",
                type="tertiary",
                help=words.whole_name(row),
                on_click=opens.open_contract,
                args=(row["contract_id"],),
            )
            html.show(_card(row, language))
    pieces.more(stage, len(rows), shown, "process.more")


def _card(row: Row, language: str) -> html.Html:
    facts: list[object] = [words.reading().amount(row["arr"]), wording.ends(row, language)]
    state = row["outcome_state"]
    facts.append(html.span(words.say(f"states.{state}"), css=words.ink("states", state)))
    if row["csm"]:
        facts.append(wording.value(row["csm"], language))
    said = {name: format.count(row[name]) for name in ("days_in_stage", "limit_days", "days_over")}
    late = "over" if row["is_over_limit"] else "within" if row["limit_days"] else "unlimited"
    waits = words.say(f"process.{late}", **said)
    ink = "tend-late" if row["is_over_limit"] else ""
    return html.div(html.p(waits, css=ink), html.small(html.join(" · ", facts)), css="tend-kard")


def _decided(rows: list[Row]) -> None:
    said = []
    for stage in ("renewed", "lost"):
        found = [row for row in rows if row["stage"] == stage]
        arr = words.reading().amount(found[0]["stage_arr"] if found else 0)
        said.append(
            words.say(f"process.decided.{stage}", contracts=format.count(len(found)), arr=arr)
        )
    pieces.note(html.join(" · ", said))


def _stands(row: Row) -> None:
    since = format.day(row["since"], address.choice().language)
    key = "stands" if row["since"] else "stands_nowhere"
    now = _stage(row["stage"] or NOT_STARTED)
    html.show(html.p(words.say(f"process.{key}", stage=now, since=since)))


def _move(row: Row) -> None:
    now = row["stage"] or NOT_STARTED
    names = {stage: _stage(stage) for stage in STAGES}
    # Keyed by the newest word: after a move the stage after it is offered, and no note.
    word = row["stage_import_id"]
    with st.form(key="stage_form", border=False):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.selectbox(
                words.say("process.to"),
                STAGES,
                index=STAGES.index(_next(now)),
                key=f"stage_to_{word}",
                format_func=names.__getitem__,
                width=220,
            )
            st.date_input(
                words.say("process.on"),
                value=clock.today(),
                max_value=clock.today(),
                key="stage_on",
                format="YYYY-MM-DD",
                width=160,
            )
            st.text_input(words.say("process.note"), key=f"stage_note_{word}", max_chars=500)
        # what was on the screen when the reader decided goes along, not what has come since
        st.form_submit_button(
            words.say("process.move"), type="primary", key="stage_do", on_click=_keep, args=(row,)
        )
    real_day.note()
    reader.ask("move")


def _keep(row: Row) -> None:
    """Keep the move that stands in the form, before the dialog alone is drawn again.

    The page beneath follows when it is closed.
    """
    word, state = row["stage_import_id"], st.session_state
    moved = Move(
        row["contract_id"],
        row["customer_id"],
        state[f"stage_to_{word}"],
        state["stage_on"],
        seen=word,
        note=state[f"stage_note_{word}"].strip(),
    )
    done.do(
        "contract",
        lambda: words.say(
            "process.moved",
            contract=format.clipped(moved.contract_id),
            stage=_stage(moved.stage),
        ),
        stages.move,
        moved,
        as_of=clock.today(),
    )


def _log(contract_id: str, view: View) -> None:
    """List what was said of the renewal; what was entered here can be undone."""
    rows = data.ask("contract_stages", view, contract_id=contract_id).to_pylist()
    if not rows:
        pieces.note(words.say("process.nothing_said"))
        return
    for number, row in enumerate(rows):
        with st.container(key=f"word_{number}", horizontal=True, vertical_alignment="center"):
            html.show(_word(row))
            if row["origin"] == "entry" and rights.may_undo(row["import_id"]):
                st.button(
                    words.say("process.undo"),
                    key=f"undo_{number}",
                    type="tertiary",
                    on_click=_undo,
                    args=(row["import_id"],),
                )


def _word(row: Row) -> html.Html:
    language = address.choice().language
    stage = _stage(row["stage"]) if row["stage"] != "other" else str(row["stage_text"])
    by = words.say("intake.history.entered") if row["origin"] == "entry" else row["file"]
    when = format.moment(row["imported_at"], language)
    more = [str(part) for part in (row["note"], row["who"], by, when) if part]
    return html.div(
        html.b(row["entered_on"].isoformat(), " · ", stage),
        html.small(html.join(" · ", more)),
        css="tend-import",
    )


def _undo(import_id: int) -> None:
    done.do("contract", lambda: words.say("process.undone"), imports.undo, import_id)


def _stage(stage: str) -> str:
    return words.say(f"stages.{stage}")


def _next(stage: str) -> Stage:
    """Offer the stage after the one it is in; after the last open one, renewed."""
    if stage not in STAGES:
        return STAGES[0]
    return STAGES[min(STAGES.index(stage) + 1, STAGES.index("renewed"))]
