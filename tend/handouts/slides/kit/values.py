"""A deck as frozen values: what is said, counted and drawn; how it looks is no matter here."""

from dataclasses import dataclass

# What a slide may have, by the names that placeholders of a template go by.
PARTS = ("title", "subtitle", "numbers", "body", "chart", "table", "footer", "page")
# Kinds of charts, as `Chart.mark` has them.
BAR, COLUMN, LINE = "bar", "column", "line"
STACKED_BAR, STACKED_COLUMN = "stacked_bar", "stacked_column"
# How numbers are written, by what they are.
COUNT, RATE, MONEY = "count", "rate", "money"


@dataclass(frozen=True)
class Series:
    """One series of a chart; its ink is a colour of the palette by its name."""

    name: str
    values: tuple[float | None, ...]
    ink: str = "accent"


@dataclass(frozen=True)
class Chart:
    """A native chart: its kind, what stands along it, and its series."""

    mark: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str = COUNT


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, and the ink of a state where it names one."""

    text: str
    ink: str = "ink"


@dataclass(frozen=True)
class Table:
    """A table: its heads, its rows, and which columns are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_number: tuple[bool, ...]


@dataclass(frozen=True)
class Number:
    """One number as people read it, what it is, what is beneath it; of a state its ink."""

    written: str
    label: str
    line: str = ""
    ink: str = "ink"


@dataclass(frozen=True)
class Slide:
    """One slide: what it says first, and what shows it."""

    title: str
    subtitle: str = ""
    numbers: tuple[Number, ...] = ()
    body: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    # What whoever speaks may be asked: definition, filters, day, source.
    notes: tuple[str, ...] = ()
    is_cover: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Name what is on it."""
        held = {
            "title": self.title,
            "subtitle": self.subtitle,
            "numbers": self.numbers,
            "body": self.body,
            "chart": self.chart,
            "table": self.table,
        }
        return tuple(name for name, value in held.items() if value)


@dataclass(frozen=True)
class Deck:
    """Slides in their order, what stands at the foot of each, and the language they are in."""

    title: str
    slides: tuple[Slide, ...]
    footer: str
    language: str
    subject: str = ""


@dataclass(frozen=True)
class Fit:
    """How a template took a deck: which parts had no placeholder, which placeholders no part."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    # Slides of the template's own that were left out.
    left_out: int = 0
