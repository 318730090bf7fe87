"""Amounts far from the others of their column: asked whether all stand in one unit (M35)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.cells.arrays import Mask
from tend.ingest.sheet import WARNING, Sheet

_UNLIKE = 100  # times the median, or the next smaller amount
_ALIKE = 30  # how far apart two groups may be that stand in one unit
_FEWEST = 3  # amounts that have a median worth speaking of
# What the small ones are multiplied by, where the large ones show that they stand in another unit.
_UNITS = {"small_ten_thousand": 1e4, "small_thousand": 1e3}
_WRITTEN, _PLAIN = "written", "large_plain"
_A_YEAR = {"monthly": 12.0, "quarterly": 4.0}
_MONTH = 365.25 / 12
Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class _Column:
    """The amounts of a sheet: each as read, what a year costs, and what stood beside it."""

    values: Numbers
    yearly: Numbers
    there: Mask  # in rows that are data
    counted: Mask  # of these, those in the currency of most
    large: Mask
    scale: Numbers  # by what header or title multiplied it
    unit: Numbers  # its own 万 or k, 1 where it has none

    def times(self, answer: str) -> Numbers:
        """Give what each amount is multiplied by after an answer."""
        if answer == _PLAIN:
            return np.where(self.large, 1 / self.scale, 1.0)
        by = _UNITS.get(answer, 1.0)
        return np.where(self.small & (self.unit == 1), by, 1.0)

    def sum(self, answer: str) -> float:
        """Give what all would cost a year; lines that are no data, as a total, are none of them."""
        return float(np.sum((self.yearly * self.times(answer))[self.there]))

    def apart(self, answer: str) -> float:
        """Tell how far apart the two groups would be."""
        sizes = self.yearly * self.times(answer)
        one, other = (float(np.median(sizes[group])) for group in (self.large, self.small))
        return max(one, other) / min(one, other)

    @property
    def small(self) -> Mask:
        return self.counted & ~self.large


def check(sheet: Sheet) -> None:
    """Warn of amounts far from the others, ask for their unit, and say what each answer brings."""
    column = _column(sheet)
    if column is None:
        return
    is_small = column.small.sum() <= column.large.sum()
    odd = column.small if is_small else column.large
    position = sheet.choice.columns["amount"]
    sheet.find(odd, "implausible_value", WARNING, "amount")
    scale = float(column.scale.max())
    answers = (_WRITTEN, *((_PLAIN,) if scale > 1 else _UNITS))
    is_said = any(one.code == "sign_or_unit" and one.is_answered for one in sheet.questions)
    taken = _WRITTEN if is_said else _likely(column, answers)
    order = (taken, *(one for one in answers if one != taken))
    answer = sheet.ask(
        "unlike_small_amounts" if is_small else "unlike_amounts",
        order,
        position,
        rows=odd,
        count=str(int(odd.sum())),
        all=str(int(column.counted.sum())),
        times=f"{column.apart(_WRITTEN):,.0f}",
        scale=f"{scale:,.0f}",
        **{name: f"{column.sum(name):,.0f}" for name in answers},
    )
    if answer != _WRITTEN:
        sheet.decide(f"unlike_{answer}", position, count=str(int(odd.sum())), scale=f"{scale:,.0f}")
    sheet.typed["amount"] = pc.multiply(sheet.typed["amount"], pa.array(column.times(answer)))


def _likely(column: _Column, answers: tuple[str, ...]) -> str:
    """Give the reading that all speaks for: it alone makes the two groups alike, and either takes
    a unit of the header's off, or the others write the unit that these lack. Nothing is multiplied
    on less: a small plan beside a large contract is no error."""
    if _PLAIN in answers and column.apart(_PLAIN) <= _ALIKE:
        return _PLAIN
    for name, unit in _UNITS.items():
        is_written = bool((column.unit[column.large] == unit).all())
        if name in answers and is_written and column.apart(name) <= _ALIKE:
            return name
    return _WRITTEN


def _column(sheet: Sheet) -> _Column | None:
    """Give the amounts where they fall into two groups far apart."""
    scale, unit = (sheet.typed.pop(name, None) for name in ("_scale", "_unit"))
    values = _filled(sheet.typed["amount"], 0.0)
    yearly = np.abs(values) * _a_year(sheet)
    there = (yearly > 0) & sheet.accepted()
    counted = there & _of_one_currency(sheet)
    if counted.sum() < _FEWEST:
        return None
    bound = _bound(yearly[counted])
    if bound is None:
        return None
    ones = np.ones(len(values))
    by, own = (ones if one is None else _filled(one, 1.0) for one in (scale, unit))
    return _Column(values, yearly, there, counted, counted & (yearly >= bound), by, own)


def _bound(sizes: Numbers) -> float | None:
    """Give where the large ones begin: far over the median, else behind a wide gap."""
    far = sizes[sizes >= _UNLIKE * np.median(sizes)]
    if len(far):
        return float(far.min())
    ordered = np.unique(sizes)
    gaps = ordered[1:] / ordered[:-1]
    if not len(gaps) or gaps.max() < _UNLIKE:
        return None
    return float(ordered[1:][int(gaps.argmax())])


def _a_year(sheet: Sheet) -> Numbers:
    """Give what makes each amount that of a year: by its basis, else by its contract's term."""
    basis = sheet.column("amount_basis", pa.string())
    start, end = (
        pc.cast(sheet.column(name, pa.date32()), pa.int32()) for name in ("start_date", "end_date")
    )
    months = np.maximum(np.round((_filled(pc.subtract(end, start), 364.0) + 1) / _MONTH), 1.0)
    by = np.where(arrays.mask(pc.equal(basis, "total")), 12 / months, 1.0)
    for name, times in _A_YEAR.items():
        by = np.where(arrays.mask(pc.equal(basis, name)), times, by)
    return by


def _of_one_currency(sheet: Sheet) -> Mask:
    """Tell which rows are in the currency that most are in: yen are no other unit of dollars."""
    found = sheet.column("currency", pa.string())
    pairs: list[Mapping[str, object]] = pc.value_counts(found.drop_null()).to_pylist()
    most = max(pairs, key=lambda one: int(str(one["counts"])), default={"values": ""})
    return arrays.mask(pc.fill_null(pc.equal(found, str(most["values"])), True))


def _filled(column: pa.Array, blank: float) -> Numbers:
    found: Numbers = pc.fill_null(pc.cast(column, pa.float64()), blank).to_numpy(
        zero_copy_only=False
    )
    return found
