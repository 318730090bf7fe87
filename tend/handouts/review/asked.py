"""What the file tells: pages under the filters it can be looked at with, all asked beforehand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from tend.figures import wording
from tend.figures.reading import Reading
from tend.handouts import told
from tend.handouts.review import charts
from tend.handouts.review.packing import Json, Rows, Texts, by_language, plain
from tend.handouts.told import Page, Shown
from tend.language import format, text
from tend.queries import library
from tend.queries.kinds import Kind
from tend.view import DIMENSIONS, View

# What every meeting filters by: size, industry, contract type.
FILTERED = DIMENSIONS[:3]
_MOST = 12  # values of each that are asked beforehand
# Rows of these are hidden by a filter, never added up.
_OF_ONE = ("customer_id", "contract_id", "task_id")
_STATES = ("states", "satisfaction")
_DRAWN = "drawn: "
_BAR = "arr"  # what a list shows as a bar beside the number


@dataclass(frozen=True)
class Filter:
    """One value of a dimension, and the view that it makes of another."""

    dimension: str
    value: str

    def of(self, view: View) -> View:
        """Give the view under this filter."""
        filters = dict(view.filters) | {self.dimension: (self.value,)}
        return replace(view, filters=tuple(filters.items()))


@dataclass(frozen=True)
class Offered:
    """A dimension: the values that can be chosen, and how many smaller ones are left out."""

    name: str
    values: tuple[str, ...]
    left_out: int


def offered(reading: Reading, view: View, by: Sequence[str]) -> tuple[Offered, ...]:
    """Give what can be filtered by: what the view leaves open, the largest values first."""
    found = reading.options(view)
    chosen = dict(view.filters)
    some = {name: found.get(name, []) for name in by}
    values = {
        name: [value for value, _ in there if name not in chosen or value in chosen[name]]
        for name, there in some.items()
    }
    return tuple(
        Offered(name, tuple(there[:_MOST]), max(0, len(there) - _MOST))
        for name, there in values.items()
        if len(there) > 1
    )


def filters(dimensions: Sequence[Offered]) -> list[Filter]:
    """Give each filter, in the order in which the views of the file stand after the whole."""
    return [Filter(one.name, value) for one in dimensions for value in one.values]


def dimensions(there: Sequence[Offered], readings: Sequence[Reading]) -> Iterator[Json]:
    """Tell what can be chosen, and which view each choice is."""
    numbers = {one: at for at, one in enumerate(filters(there), 1)}
    for one in there:
        values = [
            {
                "label": by_language([wording.value(value, r.language) for r in readings]),
                "view": numbers[Filter(one.name, value)],
            }
            for value in one.values
        ]
        label = by_language([wording.dimension(one.name, r.language) for r in readings])
        yield {"name": one.name, "label": label, "values": values, "left_out": one.left_out}


def page(name: str, views: Sequence[View], readings: Sequence[Reading]) -> Iterator[Json]:
    """Tell a page and its further views: what each says under every filter, and its figures."""
    pages = [[told.page(reading, name, view).views for reading in readings] for view in views]
    for at, whole in enumerate(pages[0][0]):
        of = None if at == 0 else name
        yield _part([[parts[at] for parts in under] for under in pages], readings) | {
            "name": whole.name if of is None else f"{of}.{whole.name}",
            "of": of,
            # what the page itself is called among its views
            "first": by_language([_first(name, reading) for reading in readings]),
        }


def _first(name: str, reading: Reading) -> str:
    key = f"{name}.parts.now"
    return reading.say(key if text.has(key) else f"ui.pages.{name}")


def _part(pages: Sequence[Sequence[Page]], readings: Sequence[Reading]) -> Json:
    whole = pages[0]
    shown = (
        [[page.figures[at] for page in under] for under in pages]
        for at in range(len(whole[0].figures))
    )
    return {
        "title": by_language([page.title for page in whole]),
        "days": by_language([_days(page.view, r) for page, r in zip(whole, readings, strict=True)]),
        "views": [_said(under) for under in pages],
        "figures": [_figure(under, readings) for under in shown],
        "terms": list(_terms(whole)),
    }


def _days(view: View, reading: Reading) -> str:
    """Say which days a page looks at, where it looks at some."""
    if view.start is None:
        return ""
    return format.span(view.start, view.end or view.as_of, reading.language)


def _said(pages: Sequence[Page]) -> Json:
    """Tell the sentence and the headline numbers, as each language says them."""
    numbers = zip(*(page.numbers for page in pages), strict=True)
    lines = zip(*(page.lead.lines for page in pages), strict=True)
    return {
        "lead": {
            "sentence": by_language([page.lead.sentence for page in pages]),
            "lines": [by_language(line) for line in lines],
        },
        "numbers": [
            {
                "name": one[0].name,
                "label": by_language([number.label for number in one]),
                "written": by_language([number.written for number in one]),
                "lines": [
                    by_language([str(said) for said in line])
                    for line in zip(*(number.lines for number in one), strict=True)
                ],
            }
            for one in numbers
        ],
    }


def _terms(pages: Sequence[Page]) -> Iterator[Json]:
    """Tell what each headline number means; figures tell it themselves."""
    for one in zip(*(page.numbers for page in pages), strict=True):
        if one[0].definition:
            yield _term([number.label for number in one], [number.definition for number in one])


def _term(labels: Sequence[str], definitions: Sequence[str]) -> Json:
    return {"label": by_language(labels), "definition": by_language(definitions)}


def _called(shown: Sequence[Shown], readings: Sequence[Reading]) -> list[str]:
    """Give the question that a figure answers: its name, whatever the data say."""
    key = shown[0].figure.key("title")
    return [text.say(key, reading.language) for reading in readings]


def _figure(shown: Sequence[Sequence[Shown]], readings: Sequence[Reading]) -> Json:
    """Tell a figure: its rows under each view, its columns, its chart."""
    whole = shown[0]
    figure = whole[0].figure
    languages = [reading.language for reading in readings]
    specs = charts.specifications(whole[0], languages) if whole[0].spec is not None else None
    columns = _columns(whole, readings, specs)
    rows, texts = Rows([_source(column) for column in columns]), Texts()
    views: list[dict[str, Any]] = [
        {
            "title": texts.put([one.title for one in under]),
            "unit": texts.put([one.unit for one in under]),
            "rows": rows.put([_whole(one, rows.names) for one in under], _keys(under[0])),
        }
        for under in shown
    ]
    keys = rows.keys()
    is_list = _is_list(figure.query, [[keys[row] for row in view["rows"]] for view in views])
    return {
        "name": figure.name,
        "called": by_language(_called(whole, readings)),
        "definition": by_language([one.definition for one in whole]),
        "empty": by_language([one.empty for one in whole]),
        "texts": texts.all(),
        "keys": keys if is_list else None,
        "columns": [c | {"cells": cells} for c, cells in zip(columns, rows.cells(), strict=True)],
        "views": views,
        **charts.packed(specs),
    }


def _keys(shown: Shown) -> list[Json]:
    """Give what tells the rows of a figure apart; where nothing does, their places."""
    names = [
        name for name in library.find(shown.figure.query).key if name in shown.codes.schema.names
    ]
    if not names:
        return list(range(len(shown.codes)))
    columns = ([plain(one) for one in shown.codes.column(name).to_pylist()] for name in names)
    return list(zip(*columns, strict=True))


def _columns(
    whole: Sequence[Shown], readings: Sequence[Reading], specs: charts.Specs | None
) -> list[Json]:
    """Tell the columns of the table, the further ones of a list, and what only the chart reads."""
    first = whole[0]
    table = first.table.column_names
    further = _further(first) if specs is None else []
    drawn = charts.fields(specs, first.drawn.column_names)
    apart = [name for name in drawn if _is_apart(first, name)]
    bar = next((name for name in table if name == _BAR and specs is None), None)
    headed = [*table, *further]
    told = [
        {
            "name": name,
            "head": by_language(_heads(name, first, readings)),
            "kind": _kind(first.kinds.get(name), is_bar=name == bar),
            "drawn": name in drawn and name not in apart,
            "is_more": name in further,
        }
        for name in headed
    ]
    alone = [name for name in drawn if name in apart or name not in headed]
    kinds = {name: _kind(first.kinds.get(name), is_bar=False) for name in alone}
    told += [{"name": name, "head": None, "kind": kinds[name], "drawn": True} for name in alone]
    return told


def _is_apart(shown: Shown, name: str) -> bool:
    """Tell whether a chart reads a column otherwise than its table shows it: codes, not words."""
    table, drawn = shown.table, shown.drawn
    return name in table.column_names and not table.column(name).equals(drawn.column(name))


def _heads(name: str, shown: Shown, readings: Sequence[Reading]) -> list[str]:
    query = shown.figure.query
    return [wording.header(query, name, one.language, one.currency) for one in readings]


def _further(shown: Shown) -> list[str]:
    """Name the columns of a list that its table has no room for."""
    whole = wording.shown(shown.figure, shown.codes, text.LANGUAGES[0]).column_names
    return [name for name in whole if name not in shown.table.column_names]


def _kind(kind: Kind | None, *, is_bar: bool) -> Json:
    """Tell how the values of a column are written."""
    if kind is None:
        return {"name": "", "digits": None}
    told = {"name": kind.name, "digits": kind.digits}
    said = {
        "rate": kind.is_rate,
        "right": kind.is_rate or kind.digits is not None,
        "state": kind.room in _STATES,
        "bar": is_bar,
    }
    return told | {name: True for name, value in said.items() if value}


def _whole(shown: Shown, names: Sequence[str]) -> pa.Table:
    """Give the columns of a figure, those too that say nothing under this view."""
    return pa.table({name: _column(shown, name) for name in names})


def _source(column: Json) -> str:
    """Say where the values of a column come from: what the table shows, or what the chart reads."""
    name: str = column["name"]
    return name if column["head"] is not None else f"{_DRAWN}{name}"


def _column(shown: Shown, source: str) -> pa.Array:
    name = source.removeprefix(_DRAWN)
    for one in (shown.drawn,) if source != name else (shown.table, shown.drawn):
        if name in one.column_names:
            return one.column(name)
    return pa.nulls(len(shown.codes))


def _is_list(query: str, views: Sequence[Sequence[int]]) -> bool:
    """Tell whether filters hide rows of it: each is of one customer, contract or task."""
    whole = set(views[0])
    is_of_one = not {*_OF_ONE}.isdisjoint(library.find(query).key)
    are_apart = all(len(set(keys)) == len(keys) for keys in views)
    return is_of_one and are_apart and all(whole.issuperset(keys) for keys in views)
