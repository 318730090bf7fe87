"""The kinds of files that can be handed round, and the words each is asked for with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tend.figures.pages import PAGES
from tend.language import text
from tend.ui.parts import download
from tend.ui.state.address import Choice

_ALL = tuple(PAGES)
_WEEKLY = ("week", "renewals")
Words = tuple[str, ...]
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: of which page, as it is looked at."""

    page: str
    choice: Choice
    is_whole: bool = False  # all pages, not this one alone
    is_named: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, what a browser is told that it is, on which pages it is offered."""

    name: str
    file: str
    mime: str
    pages: tuple[str, ...]
    words: Callable[[Asked], Words]
    # Whether it can be of all pages, and with numbers in place of names.
    has_pages: bool = False
    can_hide_names: bool = False


def looked_at(asked: Asked) -> Words:
    """Give the words for the day, the filters and, of this page alone, its own days."""
    choice = asked.choice
    words = ["--as-of", choice.day().isoformat()]
    for name, values in choice.filters:
        # one word each: what begins with a dash is a value all the same
        words += [f"--filter={name}={value}" for value in values]
    return (*words, *(() if asked.is_whole else _days(asked.page, choice)))


def _days(page: str, choice: Choice) -> Words:
    """Give the words for the days of a page where the reader has chosen others than its own."""
    plain = Choice()
    if page == "week" and choice.meeting:
        return ("--from", choice.meeting.isoformat())
    view = None
    if page == "renewals" and choice.window != plain.window:
        view = choice.view()
    if page == "movement" and choice.since != plain.since:
        view = choice.moves()
    if view is None or view.start is None or view.end is None:
        return ()
    return ("--from", view.start.isoformat(), "--to", view.end.isoformat())


def _review(asked: Asked) -> Words:
    pages = () if asked.is_whole else ("--pages", asked.page)
    split = (f"--group-by={asked.choice.split}",) if asked.choice.split else ()
    mine = asked.choice.language
    order = ",".join(sorted(text.LANGUAGES, key=lambda one: one != mine))
    return (*looked_at(asked), *split, *pages, *_names(asked), "--language", order)


def _names(asked: Asked) -> Words:
    return () if asked.is_named else ("--no-names",)


def _of_the_week(asked: Asked) -> Words:
    return (*looked_at(asked), *_names(asked), "--language", asked.choice.language)


def _customer(asked: Asked) -> Words:
    """Give the words for the customer whose page it is: filters are of lists."""
    day, own = asked.choice.day().isoformat(), asked.choice.customer or ""
    return ("--as-of", day, f"--customer={own}", "--language", asked.choice.language)


def _internal(asked: Asked) -> Words:
    return (*_customer(asked), "--internal")


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("review", "review.html", "text/html", _ALL, _review, True, True),
            Kind("workbook", "weekly.xlsx", download.XLSX, _ALL, _of_the_week, can_hide_names=True),
            Kind(
                "weekly_slides", "weekly.pptx", _SLIDES, _WEEKLY, _of_the_week, can_hide_names=True
            ),
            Kind("customer_deck", "customer.pptx", _SLIDES, ("customer",), _customer),
            Kind("internal_deck", "customer.pptx", _SLIDES, ("customer",), _internal),
        )
    }
)


def offered(page: str) -> list[Kind]:
    """Give the kinds that a page offers."""
    return [kind for kind in KINDS.values() if page in kind.pages]
