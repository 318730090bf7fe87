"""The scale of satisfaction in a sheet: told, asked for where one value alone decides (M17)."""

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays, satisfaction
from tend.ingest.cells.kinds import Parsed
from tend.ingest.sheet import REJECTED, WARNING, Sheet

_ANSWERS = {5.0: "five", 10.0: "ten", 100.0: "hundred"}


def read(sheet: Sheet, cells: pa.Array, header: str) -> Parsed:
    """Read satisfaction; an answer off its scale is none, and alone no survey."""
    position = sheet.choice.columns["csat"]
    told = satisfaction.points(cells, is_typed=sheet.raw.typed)
    scale = satisfaction.scale(told, header)
    top = scale.top
    if scale.without is not None:
        top = _asked(sheet, position, told, scale)
    parsed, off = satisfaction.on_scale(told, top)
    severity = REJECTED if sheet.choice.dataset == "surveys" else WARNING
    sheet.find(off, "csat_off_scale", severity, position, scale=f"{top:g}")
    blank = pa.scalar(None, pa.float64())
    parsed.beside["csat_scale"] = pc.if_else(pc.is_valid(parsed.values), pa.scalar(top), blank)
    if parsed.values.null_count < len(parsed.values):
        code = "csat_scale" if scale.by == "values" else f"csat_scale_{scale.by}"
        sheet.decide(code, position, scale=f"{top:g}")
    return parsed


def _asked(
    sheet: Sheet, position: int, told: satisfaction.Points, scale: satisfaction.Scale
) -> float:
    """Ask which scale it is where one value alone says so, and warn of that value."""
    assert scale.without is not None
    answers = {_ANSWERS[top]: top for top in (scale.top, scale.without)}
    named, without = f"{scale.top:g}", f"{scale.without:g}"
    values = arrays.spread(list(told.found), pa.float64(), told.indices)
    lone = arrays.mask(pc.greater(values, pa.scalar(scale.without)))
    said = {"scale": named, "without": without}
    top = answers[sheet.ask("csat_scale", tuple(answers), position, rows=lone, **said)]
    if top == scale.top:
        sheet.find(lone, "scale_by_one_value", WARNING, position, scale=named, without=without)
    return top
