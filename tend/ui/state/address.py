"""What a reader has chosen, in the session and in the address: a link shows the same view."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.language import text
from tend.settings.customer_lists import PLAIN, CustomerList
from tend.settings.sections import SECTIONS
from tend.ui.state import book as books
from tend.ui.state import bounds, clock, listing
from tend.ui.state.data import Chosen
from tend.view import (
    DIMENSIONS,
    EXTRA,
    GRIDS,
    PERIODS,
    SINCE,
    WINDOWS,
    YEAR,
    Filters,
    View,
    day,
    since,
    window,
    written_filters,
)

_STATE = "tend.choice"
_WRITTEN = "tend.address"
_LEFT_OUT = "tend.left_out"
# Files that wait are this session's own: the address says so, and outlives the session.
WAITING, _OUTLIVED = "tend.waiting", "tend.outlived"
_SAID = "tend.waiting_said"  # this session wrote the mark: its files went by the reader's word
_MARK = "waiting"
STEPS = ("quarter", "month")
PARTS = ("now", "why", "next")  # the views of Renewals
# What pages show one of at a time, by its word in the address.
_CALLED = {"part": "view", "section": "part"}
MOVED_BY = (*PERIODS, YEAR)
# Choices of one name each, written where they are not the default.
_OFFERED = ("window", "step", "since", "period", "grid")
_NAMED = ("split", "across", "contract", "customer", "saved")
_ONE_EACH = (*_NAMED, *_OFFERED)
Params = dict[str, list[str]]


@dataclass(frozen=True)
class Choice:
    """Language, as-of date (None: the day Tend opens on), window, splits and filters of one reader.

    Own first and last day are shared: by the window, and by the two dates of movement.
    """

    language: str = "en"
    as_of: date | None = None
    window: str = "last_12_months"
    start: date | None = None
    end: date | None = None
    split: str | None = None
    across: str | None = None
    part: str = "now"
    section: str = "health"
    step: str = "quarter"
    since: str = "quarter"
    period: str = "quarter"
    grid: str = "3x3"
    filters: Filters = ()
    # What is selected in a figure (its name, then column=code), the contract that is open on top,
    # and the customer whose page it is.
    drill: tuple[str, ...] = ()
    contract: str | None = None
    customer: str | None = None
    # How the list of customers is looked at, and the saved list that it came from.
    listing: CustomerList = PLAIN
    saved: str | None = None
    meeting: date | None = None  # what This week is held against; None: the last one
    book: books.Book = books.NONE  # the notebook that is looked at

    def __post_init__(self) -> None:
        """Keep filters in one order, whichever was chosen first: the same view, the same words."""
        places = {name: place for place, name in enumerate(DIMENSIONS)}
        ordered = sorted(self.filters, key=lambda one: (places.get(one[0], len(places)), one[0]))
        object.__setattr__(self, "filters", tuple(ordered))

    def day(self) -> date:
        """Give the day all is looked at from: the one chosen, else the one Tend opens on."""
        return self.as_of or clock.opens_on()

    def view(self) -> View:
        """Give the view that the queries are asked for."""
        as_of = self.day()
        own = (self.start, self.end)
        days = own if self.window == "own" else window(self.window, as_of)
        return View(as_of, *days, None, Chosen(self.filters), named=self.window)

    def moves(self) -> View:
        """Give the view of what moves: two dates, and the grid they are held against."""
        as_of = self.day()
        days = (self.start, self.end) if self.since == "own" else since(self.since, as_of)
        grid = None if self.grid == Choice.grid else self.grid
        return View(as_of, *days, grid, Chosen(self.filters))

    def chosen(self, dimension: str) -> tuple[str, ...]:
        """Give the values chosen in one filter."""
        return dict(self.filters).get(dimension, ())

    def filtered(self, dimension: str, values: Sequence[str]) -> "Choice":
        """Give the choice with other values in one filter."""
        filters = dict(self.filters)
        filters.pop(dimension, None)
        if values:
            filters[dimension] = tuple(values)
        return replace(self, filters=tuple(filters.items()))

    def closed(self) -> "Choice":
        """Give the choice with nothing selected or open: what goes along to another page."""
        return replace(self, drill=(), contract=None, customer=None, book=books.NONE)


def read(params: Mapping[str, Sequence[str]], language: str) -> Choice:
    """Understand an address; what it does not say, or says wrongly, stays as by default."""
    params = bounds.within(params)
    first = {key: values[0] for key, values in params.items()}
    filters = {
        key.removeprefix(EXTRA): tuple(dict.fromkeys(values))
        for key, values in params.items()
        if key in DIMENSIONS or key.startswith(EXTRA)
    }
    start, end = (day(first.get(name, "")) for name in ("from", "to"))
    days = (start, end) if start and end and start <= end else (None, None)
    chosen = _offered(first.get("window"), WINDOWS, Choice.window, days)
    looked = _offered(first.get("since"), SINCE, Choice.since, days)
    return Choice(
        language=first["lang"] if first.get("lang") in text.LANGUAGES else language,
        as_of=day(first.get("as_of", "")),
        window=chosen,
        start=days[0] if "own" in (chosen, looked) else None,
        end=days[1] if "own" in (chosen, looked) else None,
        split=first.get("split"),
        across=first.get("across"),
        part=first["view"] if first.get("view") in PARTS else Choice.part,
        section=first["part"] if first.get("part") in SECTIONS else Choice.section,
        step=first["step"] if first.get("step") in STEPS else Choice.step,
        since=looked,
        period=first["period"] if first.get("period") in MOVED_BY else Choice.period,
        grid=first["grid"] if first.get("grid") in GRIDS else Choice.grid,
        filters=tuple(filters.items()),
        drill=_mark(tuple(params.get("drill", ()))),
        contract=first.get("contract"),
        customer=first.get("customer"),
        listing=listing.read(params),
        saved=first.get("saved"),
        meeting=day(first.get("meeting", "")),
        book=books.read(params),
    )


def left_out(params: Mapping[str, Sequence[str]], chosen: Choice) -> tuple[str, ...]:
    """Name what an address says and the choice read from it does not hold: `as_of=0001-01-01`."""
    held = {(key, value) for key, values in written(chosen).items() for value in values}
    held |= {(name, getattr(chosen, name)) for name in _ONE_EACH}
    held |= {(word, getattr(chosen, name)) for name, word in _CALLED.items()}
    return tuple(
        f"{key}={value}"
        for key, values in params.items()
        for value in values
        if value and (key, bounds.as_written(key, value)) not in held
    )


def written(choice: Choice) -> Params:
    """Write a choice as an address: the language always, the rest where it is not the default."""
    params: Params = {"lang": [choice.language]}
    plain = Choice()
    for name in ("as_of", "meeting"):
        if chosen_day := getattr(choice, name):
            params[name] = [chosen_day.isoformat()]
    if "own" in (choice.window, choice.since) and choice.start and choice.end:
        params |= {"from": [choice.start.isoformat()], "to": [choice.end.isoformat()]}
    for name, word in _CALLED.items():
        if (chosen := getattr(choice, name)) != getattr(plain, name):
            params[word] = [chosen]
    for name in _OFFERED:
        chosen = getattr(choice, name)
        if chosen != getattr(plain, name):
            params[name] = [chosen]
    for name in _NAMED:
        if named := getattr(choice, name):
            params[name] = [named]
    if choice.drill:
        params["drill"] = list(choice.drill)
    params |= listing.written(choice.listing) | books.written(choice.book)
    return params | written_filters(choice.filters)


def sync(language: str) -> Choice:
    """Bring the session to what the address says, at the start of a run.

    The address is read in a new session, and when the reader went back or changed it by hand;
    a page change empties it, and then the session's choice counts.
    """
    if _MARK in st.query_params and not st.session_state.get(_SAID):
        st.session_state[_OUTLIVED] = True
    found = current_params()
    kept: Choice | None = st.session_state.get(_STATE)
    if kept is None or (found and found != st.session_state.get(_WRITTEN)):
        kept = read(found, kept.language if kept else language)
        st.session_state[_STATE] = kept
        st.session_state[_LEFT_OUT] = (kept, left_out(found, kept))
    return kept


def choice() -> Choice:
    """Give what is chosen now."""
    kept: Choice = st.session_state[_STATE]
    return kept


def not_understood() -> tuple[str, ...]:
    """Give what of the address was left out, until the reader chooses something else."""
    kept, names = st.session_state.get(_LEFT_OUT, (None, ()))
    return names if kept == choice() else ()


def change(changed: Choice) -> None:
    """Keep another choice; the address follows in the run that comes."""
    st.session_state[_STATE] = changed


def current_params() -> Params:
    """Give what the address says of the choice."""
    return {key: values for key, values in whole().items() if key != _MARK}


def whole() -> Params:
    """Give the address as it stands."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def has_outlived() -> bool:
    """Tell whether the address speaks of waiting files that went with their session or server."""
    return bool(st.session_state.get(_OUTLIVED)) and not st.session_state.get(WAITING)


def forget_outlived() -> None:
    """The reader has chosen files again: what was said of the others is over."""
    st.session_state.pop(_OUTLIVED, None)


def carried() -> Params:
    """Give the choice as the address of another page, which is known as ours when it comes."""
    st.session_state[_WRITTEN] = written(choice())
    return written(choice())


def is_new() -> bool:
    """Tell whether the session has just come in by its address."""
    return _WRITTEN not in st.session_state


def write(*, has_customer: bool) -> None:
    """Write the choice into the address of the page that is shown.

    A page that is left for another keeps the address that leads back to it. On the way back from
    a customer other pages still name it: they overlook that, and forward leads to it again.
    """
    found, chosen = current_params(), choice()
    if not has_customer:
        change(replace(chosen, customer=None))
        found.pop("customer", None)
    elif not chosen.customer:
        change(replace(chosen, customer=next(iter(found.get("customer", ())), None)))
    wanted = written(choice())
    mark = {_MARK: ["1"]} if st.session_state.get(WAITING) else {}
    if mark:
        st.session_state[_SAID] = True
    if wanted != found or bool(mark) != (_MARK in st.query_params):
        st.query_params.from_dict(wanted | mark)
    st.session_state[_WRITTEN] = current_params()


def _offered(
    name: str | None, offered: Container[str], plain: str, days: tuple[date | None, date | None]
) -> str:
    """Take a name that is offered; own dates only where there are two in their order."""
    if name not in offered or (name == "own" and days == (None, None)):
        return plain
    return name or plain


def _mark(words: tuple[str, ...]) -> tuple[str, ...]:
    """Take what is selected where there is a figure of that name, and such marks in it."""
    cell = FIGURES.get(words[0]) if words else None
    return words if cell and drill.read(cell, words) is not None else ()
