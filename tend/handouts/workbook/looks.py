"""How cells look: one face and a few inks, the trio of states the same as on every page."""

from collections.abc import Mapping
from types import MappingProxyType

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from tend.figures.palette import LIGHT
from tend.handouts.workbook import cells

# What a text is in, where the reader's machine has it; it has something near it elsewhere.
FACES: Mapping[str, str] = MappingProxyType({"en": "Calibri", "zh": "Microsoft YaHei"})
_LINED: Mapping[str, object] = MappingProxyType(
    {"bottom": 1, "bottom_color": LIGHT.grid, "valign": "top"}
)
_WRAPPED: Mapping[str, object] = MappingProxyType({"text_wrap": True, "valign": "top"})
_HEAD: Mapping[str, object] = MappingProxyType(
    {
        "text_wrap": True,
        "valign": "vcenter",
        "bold": True,
        "font_color": LIGHT.ink,
        "bg_color": LIGHT.heat[1],
        "bottom": 2,
        "bottom_color": LIGHT.accent,
    }
)
_TRIO: Mapping[str, str] = MappingProxyType(
    {"healthy": LIGHT.healthy, "average": LIGHT.average, "at_risk": LIGHT.at_risk}
)
LOOKS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "page": {"font_size": 9, "font_color": LIGHT.muted},
        "finding": {**_WRAPPED, "bold": True, "font_size": 15, "font_color": LIGHT.ink},
        "line": {**_WRAPPED, "font_color": LIGHT.muted},
        "title": {**_WRAPPED, "bold": True, "font_size": 12, "font_color": LIGHT.ink},
        "unit": {**_WRAPPED, "font_size": 9, "font_color": LIGHT.muted},
        "head": _HEAD,
        "number head": {**_HEAD, "align": "right"},
        "inner head": {**_HEAD, "align": "left", "indent": 1},
        "number": {**_LINED, "bold": True, "font_size": 14, "align": "right", "valign": "vcenter"},
        "label": {**_LINED, "valign": "vcenter", "text_wrap": True},
        "beside": {**_LINED, "text_wrap": True, "font_color": LIGHT.muted, "valign": "vcenter"},
        "cell": _LINED,
        "first": {**_LINED, **_WRAPPED, "align": "left"},
        "text": {**_LINED, **_WRAPPED, "align": "left", "indent": 1},
    }
)


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book, self._face = book, FACES[language]
        self._made: dict[frozenset[tuple[str, object]], Format] = {}

    def __call__(self, name: str, more: Mapping[str, object] = cells.TEXT) -> Format:
        """Give a look by its name, with what a column adds to it."""
        wanted = {"font_name": self._face, "font_size": 10, **LOOKS[name], **more}
        key = frozenset(wanted.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def state(self, code: str) -> Format:
        """Give the look of a state: its word in the ink that it has everywhere."""
        return self("text", {"font_color": _TRIO.get(code, LIGHT.context), "bold": True})
