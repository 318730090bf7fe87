"""A page as values: its sentence, its numbers, its figures in words, and what they were told of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import pyarrow as pa

from tend.figures import heading, pages, wording
from tend.figures.collection import FIGURES
from tend.figures.customers import sentences as customer_sentences
from tend.figures.drawing import Spec
from tend.figures.figure import Figure
from tend.figures.health import grid_chart
from tend.figures.health import headlines as health_headlines
from tend.figures.health import sentences as health_sentences
from tend.figures.reading import Lead, Number, Reading
from tend.figures.renewals import explained
from tend.figures.renewals import headlines as renewal_headlines
from tend.figures.renewals import sentences as renewal_sentences
from tend.figures.service import charts as service_charts
from tend.figures.service import headlines as service_headlines
from tend.figures.service import sentences as service_sentences
from tend.figures.value import headlines as value_headlines
from tend.figures.value import sentences as value_sentences
from tend.figures.week import headlines as week_headlines
from tend.figures.week import sentences as week_sentences
from tend.language import format, text
from tend.queries import asking, library
from tend.queries.kinds import KINDS, Kind
from tend.store.workspace import Workspace
from tend.view import GRIDS, View

_BY_HAND = ("movement_grid", "sop_matrix")
Says = Callable[[Reading, View], Lead]
Counts = Callable[[Reading, View], tuple[Number, ...]]


@dataclass(frozen=True)
class Shown:
    """A figure as its page shows it.

    `table` holds the columns that one decides by, in words, and `codes` all that was answered. A
    chart is drawn by `spec`, which has no data of its own, from `drawn`: all columns in words, with
    the codes that its marks tell beside them; what a page draws by hand says codes in words itself.
    """

    figure: Figure
    view: View
    title: str  # the finding, else the question
    unit: str
    definition: str
    empty: str
    codes: pa.Table
    table: pa.Table
    heads: Mapping[str, str]
    kinds: Mapping[str, Kind]
    spec: Spec | None
    drawn: pa.Table


@dataclass(frozen=True)
class Page:
    """A page: what it says first, its numbers and figures, and further views of it."""

    name: str
    title: str
    view: View
    lead: Lead
    numbers: tuple[Number, ...]
    figures: tuple[Shown, ...]
    parts: tuple["Page", ...] = ()

    @property
    def views(self) -> tuple["Page", ...]:
        """Give the page and its further views, in their order."""
        return (self, *self.parts)


@dataclass(frozen=True)
class Signature:
    """What a hand-out was told of, in words: so that a reader knows which numbers these are."""

    day: str
    days: str  # the window; nothing where there is none
    filters: str
    version: str
    made_at: str


def reading(workspace: Workspace, language: str) -> Reading:
    """Give how a workspace is read in a language; answers are kept while one file is written."""
    kept: dict[object, pa.Table] = {}

    def ask(query: str, view: View, **given: object) -> pa.Table:
        listed = {k: list(v) if isinstance(v, tuple) else v for k, v in given.items()}
        asked = (query, view, repr(sorted(listed.items())))
        if asked not in kept:
            kept[asked] = asking.run(workspace, query, view, **listed)
        return kept[asked]

    currency = format.currency(workspace.settings.currency, language)
    whose = workspace.person.sees.csms
    return Reading(ask, language, currency, asking.dimensions(workspace), whose)


def page(reading: Reading, name: str, view: View) -> Page:
    """Give a page for a view; what the view leaves open is as the page begins."""
    view = opened(reading, name, _grouped(name, view))
    says, counts = _SAID[name]
    return Page(
        name,
        reading.say(f"ui.pages.{name}"),
        view,
        says(reading, view),
        counts(reading, view),
        _figures(reading, name, pages.PAGES[name].first, view),
        tuple(_part(reading, name, *part, view) for part in pages.PAGES[name].parts),
    )


def opened(reading: Reading, name: str, view: View) -> View:
    """Give the view of a page: days of the kind that it has, else those it begins with.

    Renewals has a window and Movement two dates, This week and the SOP matrix a day since when, the
    others none.
    """
    if name == "renewals" and not renewal_sentences.has_dates(reading, view):
        return view.between(None, None)
    first, last = pages.PAGES[name].days(view.as_of)
    if name == "week":
        first = week_sentences.meeting(reading, view.as_of)["meeting"]
    is_since = first and not last and view.start and not view.end
    is_window = last and (view.start or view.end)
    return view if is_since or is_window else view.between(first, last)


def says(reading: Reading, name: str, view: View) -> Lead:
    """Give what a page says first, for a hand-out that needs no more of it."""
    return _SAID[name][0](reading, opened(reading, name, _grouped(name, view)))


def counts(reading: Reading, name: str, view: View) -> tuple[Number, ...]:
    """Give the headline numbers of a page."""
    return _SAID[name][1](reading, opened(reading, name, _grouped(name, view)))


def figure(reading: Reading, page: str, name: str, view: View) -> Shown:
    """Give one figure of a page."""
    view = opened(reading, page, _grouped(page, view))
    return shown(reading, FIGURES[name], _asked(reading, page, FIGURES[name], view))


def shown(reading: Reading, figure: Figure, view: View) -> Shown:
    """Give a figure for the view that its page asks it for."""
    codes = reading.answer(figure, view)
    over = heading.of(reading, figure, view, codes)
    words = wording.shown(figure, codes, reading.language)
    # columns that only a chart needs have no name
    known = [n for n in words.column_names if text.has(f"columns.{n}") or figure.chart is None]
    table = words.select(wording.first(figure, known))
    kinds = library.find(figure.query).kinds
    names = dict.fromkeys((*table.column_names, *codes.column_names))
    unit = reading.currency
    return Shown(
        figure,
        view,
        over.title,
        " ".join(over.lines()),
        reading.say(figure.key("definition")),
        reading.say(figure.key("empty")),
        codes,
        table,
        {name: wording.header(figure.query, name, reading.language, unit) for name in names},
        {name: kinds.get(name, KINDS["text"]) for name in names},
        spec(figure, codes, reading.language),
        codes if figure.name in _BY_HAND else wording.beside(figure, codes, reading.language),
    )


def signed(workspace: Workspace, view: View, language: str) -> Signature:
    """Say what a hand-out was told of: the day, the window, the filters, which data, and when."""
    days = format.span(view.start, view.end, language) if view.start and view.end else ""
    return Signature(
        format.day(view.as_of, language),
        days,
        filters(view, language, workspace.person.sees.csms),
        format.count(workspace.version),
        format.moment(datetime.now(), language),
    )


def filters(view: View, language: str, whose: Sequence[str] | None) -> str:
    """Write out of which customers all is told: Industry: retail, logistics · Size: mid."""
    colon = text.say("ui.colon", language)
    theirs = format.listed([*(whose or ())], language)
    said = [text.say("ui.customers_of", language, csms=theirs)] if theirs else []
    said += (
        wording.dimension(name, language)
        + colon
        + format.listed([wording.value(one, language) for one in values], language)
        for name, values in view.filters
    )
    return " · ".join(said) or text.say("ui.all_customers", language)


def _grouped(name: str, view: View) -> View:
    """Give the view with groupings of the kind that a page has: dimensions, or its grid."""
    is_grid = view.group_by in GRIDS
    if pages.PAGES[name].split:
        return view.grouped(None) if is_grid else view
    return view.split(None).grouped(view.group_by if is_grid else None)


def _part(reading: Reading, page: str, name: str, figures: tuple[str, ...], view: View) -> Page:
    says, counts = _SAID[f"{page}.{name}"]
    return Page(
        name,
        reading.say(f"{page}.parts.{name}"),
        view,
        says(reading, view),
        counts(reading, view),
        _figures(reading, page, figures, view),
    )


def _figures(reading: Reading, page: str, names: tuple[str, ...], view: View) -> tuple[Shown, ...]:
    told = (FIGURES[name] for name in names if name not in pages.PAGES[page].numbers)
    return tuple(shown(reading, one, _asked(reading, page, one, view)) for one in told)


def _asked(reading: Reading, page: str, figure: Figure, view: View) -> View:
    """Give the view a page asks a figure for; the change is explained by what explains it."""
    is_explained = figure.query == explained.QUERY
    return explained.asked(reading, view) if is_explained else pages.asked(page, figure, view)


def spec(figure: Figure, codes: pa.Table, language: str, *, is_dark: bool = False) -> Spec | None:
    """Give a figure's chart; where a page draws it by hand, that one."""
    grid, matrix = _BY_HAND
    if figure.name == grid and len(codes):
        return grid_chart.movement_grid(language, is_dark, codes["sides"][0].as_py())
    if figure.name == matrix:
        return service_charts.sop_matrix(language, is_dark)
    return figure.chart(language, is_dark) if figure.chart else None


def _no_numbers(_reading: Reading, _view: View) -> tuple[Number, ...]:
    return ()


_SAID: Mapping[str, tuple[Says, Counts]] = MappingProxyType(
    {
        "week": (week_sentences.week, week_headlines.week),
        "renewals": (renewal_sentences.now, renewal_headlines.now),
        "renewals.why": (renewal_sentences.why, _no_numbers),
        "renewals.next": (renewal_sentences.ahead, renewal_headlines.ahead),
        "customers": (customer_sentences.customers, _no_numbers),
        "value": (value_sentences.value, value_headlines.value),
        "movement": (health_sentences.movement, health_headlines.movement),
        "sop": (service_sentences.sop, service_headlines.sop),
        "workbench": (service_sentences.workbench, service_headlines.workbench),
    }
)
