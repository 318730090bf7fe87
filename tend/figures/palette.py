"""The inks of charts in the light and the dark theme: one accent, greys, and the trio of states."""

from dataclasses import dataclass
from types import MappingProxyType

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'PingFang SC', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
# Rooms of texts whose words are states: the same trio of inks means them everywhere.
STATES = ("states", "satisfaction")
_ALSO = MappingProxyType({"satisfied": "healthy", "neutral": "average", "critical": "at_risk"})


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean. Text inks hold at least 4.5:1 on the theme's ground."""

    ground: str
    ink: str
    muted: str
    grid: str
    accent: str
    context: str
    healthy: str
    average: str
    at_risk: str
    unknown: str
    # Two paler kin of the accent, and a grey between the two: the parts of one whole.
    kin: tuple[str, str, str]
    # From the lowest rate to the highest, for heat maps: what is lost stands out, in the accent.
    heat: tuple[str, str]
    # The same where words stand in every cell: the ink of the theme is readable on all of it.
    soft_heat: tuple[str, str]
    # Number on a strong and on a pale cell: only black and white together hold 4.5:1 on every
    # cell between them.
    on_heat: tuple[str, str]
    # Where on the way from the strong end to the pale one the number changes its ink.
    heat_turn: float
    # Kinds that a reader's own chart tells apart: none of them reads like a state.
    series: tuple[str, ...]


LIGHT = Palette(
    ground="#ffffff",
    ink="#1a2430",
    muted="#586573",
    grid="#e6ebf0",
    accent="#1d4f8c",
    context="#6b7885",
    healthy="#0f766e",
    average="#a16207",
    at_risk="#c2410c",
    unknown="#8a94a0",
    kin=("#5f90c8", "#a9c4e6", "#b4bdc6"),
    heat=("#1d4f8c", "#f1f5fa"),
    soft_heat=("#a9c4e6", "#f1f5fa"),
    on_heat=("#ffffff", "#000000"),
    heat_turn=0.244,
    series=("#1d4f8c", "#6b7885", "#7d5ba6", "#4a93c7", "#a3497f", "#a9b4bf", "#3f4b8f"),
)
DARK = Palette(
    ground="#10161d",
    ink="#e8edf2",
    muted="#a3b0bd",
    grid="#2a3440",
    accent="#6fa8f0",
    context="#8d99a6",
    healthy="#2dd4bf",
    average="#fbbf24",
    at_risk="#fb7a4a",
    unknown="#8a94a0",
    kin=("#4679bd", "#2f568a", "#566270"),
    heat=("#6fa8f0", "#1b232c"),
    soft_heat=("#2c5384", "#1b232c"),
    on_heat=("#000000", "#ffffff"),
    heat_turn=0.364,
    series=("#6fa8f0", "#8d99a6", "#b79ae0", "#8fd0f0", "#e08fc0", "#5b6875", "#9aa5f0"),
)


def palette(dark: bool) -> Palette:
    """Give the inks of the theme."""
    return DARK if dark else LIGHT


def state(room: str, code: str | None) -> str | None:
    """Give the state whose ink a word has; a word of another room has none."""
    return _ALSO.get(code or "", code) if room in STATES else None
