"""A .pptx read back: all its words wherever they stand, its charts, and the books behind them."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pptx
from pptx.presentation import Presentation

# What people can read, also where they have to look for it: text, descriptions, what the file is.
_SAID = re.compile(rb">([^<>]+)<|\b(?:descr|title|name)=\"([^\"]*)\"")


def opened(packed: bytes) -> Presentation:
    """Open a deck."""
    return pptx.Presentation(io.BytesIO(packed))


def parts(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Give every part of a file, those of the books within it too."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        for name in file.namelist():
            held = file.read(name)
            yield name, held
            if held[:2] == b"PK":
                yield from ((f"{name}/{inner}", part) for inner, part in parts(held))


def words(packed: bytes) -> str:
    """Give all that is said anywhere in a file: slides, notes, charts, books, properties."""
    found = []
    for name, held in parts(packed):
        if name.endswith((".xml", ".rels")) and "theme" not in name:
            said = (one[0] or one[1] for one in _SAID.findall(held))
            found += [html.unescape(one.decode("utf-8")) for one in said]
    return "\n".join(found)


def shapes(packed: bytes) -> Iterator[tuple[int, Any]]:
    """Give all shapes, with the number of their slide."""
    for number, slide in enumerate(opened(packed).slides):
        yield from ((number, shape) for shape in slide.shapes)


def charts(packed: bytes) -> dict[int, tuple[list[str], dict[str, list[Any]]]]:
    """Give the chart of each slide that has one: what stands along it, and its series."""
    found = {}
    for number, shape in shapes(packed):
        if shape.has_chart:
            [plot] = shape.chart.plots
            series = {one.name: list(one.values) for one in plot.series}
            found[number] = (list(plot.categories), series)
    return found


def titles(packed: bytes) -> list[str]:
    """Give the title of each slide."""
    found: list[Any] = [slide.shapes.title for slide in opened(packed).slides]
    return [one.text_frame.text for one in found]


def notes(packed: bytes) -> list[str]:
    """Give what whoever speaks is told, slide by slide."""
    frames: list[Any] = [one.notes_slide.notes_text_frame for one in opened(packed).slides]
    return [one.text for one in frames]


def tables(packed: bytes) -> list[list[list[str]]]:
    """Give the cells of all tables."""
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for _, shape in shapes(packed)
        if shape.has_table
    ]
