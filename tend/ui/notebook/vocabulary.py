"""What SQL can ask for: tables with what their columns mean, macros, functions, parameters."""

from functools import partial

import streamlit as st

from tend.language import format
from tend.notebook.cells import Cell, Notebook, check_name
from tend.queries import library
from tend.queries.door import asking as door
from tend.queries.door import names
from tend.queries.door import vocabulary as known
from tend.queries.door.vocabulary import Table
from tend.ui.notebook import drafts
from tend.ui.notebook.editor import Word
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data


def show() -> None:
    """Show the panel, folded: its lists are long."""
    label = words.say("notebook.vocabulary.title")
    fold = st.expander(label, key="nb_vocabulary", on_change="rerun")
    if not fold.open:
        return
    with fold:
        pieces.note(words.say("notebook.vocabulary.how"))
        _limits()
        sought = st.text_input(
            words.say("notebook.vocabulary.search"),
            key="nb_sought",
            placeholder=words.say("notebook.vocabulary.search"),
            label_visibility="collapsed",
            width=320,
        )
        _parameters()
        for table in _found(sought.strip().lower()):
            html.show(_table(table))
        _names("queries", sorted(library.queries()))
        _names("macros", [f"{name}({given})" for name, given in known.MACROS.items()])
        _names("functions", sorted({one for of in known.FUNCTIONS.values() for one in of}))


def offered(notebook: Notebook, cell: Cell) -> tuple[Word, ...]:
    """Give the words that are offered while one types: those of the vocabulary, and the cells."""
    others = [Word(one.name, "cell") for one in notebook.cells if one.kind == "sql" and one != cell]
    own = [Word(f"${one.name}", "parameter") for one in notebook.cells if one.kind == "parameter"]
    language = address.choice().language
    return (*others, *own, *data.forever("words of sql", language, make=_words))


def check(notebook: Notebook, old: str, name: str) -> None:
    """Refuse a name that a cell cannot have: no name, taken, or of the vocabulary."""
    cells = (one.name for one in notebook.cells if one.name != old)
    check_name(name, (*cells, *names.model(), *names.behind(), *known.MACROS, *_offered()))


def _words() -> tuple[Word, ...]:
    tables = [
        word
        for table in _tables()
        for word in (
            Word(table.name, "table", table.grain),
            *(Word(name, "column", meaning, table.name) for name, _, meaning in table.columns),
        )
    ]
    macros = [Word(name, "macro", given) for name, given in known.MACROS.items()]
    functions = {one for of in known.FUNCTIONS.values() for one in of}
    parameters = [Word(f"${name}", "parameter") for name in _offered()]
    queries = [
        Word(one.name, "query", one.question, text=one.sql) for one in library.queries().values()
    ]
    return (
        *tables,
        *queries,
        *macros,
        *parameters,
        *(Word(name, "function") for name in sorted(functions)),
    )


def _tables() -> tuple[Table, ...]:
    language = address.choice().language
    make = partial(known.vocabulary, data.workspace(), language)
    return data.forever("vocabulary", language, make=make)


def _offered() -> tuple[str, ...]:
    return tuple(door.offered(data.workspace(), address.choice().view()))


def _limits() -> None:
    """Say what a cell may take: nobody is to find out by being stopped."""
    settings = data.workspace().settings
    said = words.say(
        "notebook.vocabulary.limits",
        seconds=format.count(settings.door_seconds),
        rows=format.count(settings.door_rows),
        memory=format.count(settings.door_memory_mb),
    )
    pieces.note(said)


def _parameters() -> None:
    draft = drafts.current()
    own = [one.name for one in draft.notebook.cells if one.kind == "parameter"] if draft else []
    _names("parameters", [f"${name}" for name in (*own, *_offered())])


def _found(sought: str) -> list[Table]:
    """Give the tables that have what is sought in their name, their rows or their columns."""
    return [
        table
        for table in _tables()
        if sought in table.name
        or sought in table.grain.lower()
        or any(sought in name or sought in meaning.lower() for name, _, meaning in table.columns)
    ]


def _table(table: Table) -> html.Html:
    rows = (
        html.tr(html.td(name), html.td(kind.lower()), html.td(meaning))
        for name, kind, meaning in table.columns
    )
    body = html.table(html.tbody(*rows), css="tend-vocabulary")
    head = html.summary(html.b(table.name), " ", html.small(table.grain))
    return html.details(head, body, css="tend-nb-table")


def _names(what: str, listed: list[str]) -> None:
    head = html.summary(html.b(words.say(f"notebook.vocabulary.{what}")))
    said = html.p(", ".join(listed), css="tend-nb-names")
    html.show(html.details(head, said, css="tend-nb-table"))
