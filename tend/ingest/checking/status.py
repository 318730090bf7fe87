"""What the words of a status say (M12), and what a day of notice counts for (M13)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.sheet import Sheet
from tend.schema.words import letters
from tend.settings.words import COUNTS, group_of

# What a word nobody understands may mean, the default first; a deal is no contract until it is won.
ANSWERS = {
    "status": ("in_force", "ended", "not_counted"),
    "deal_status": ("not_counted", "in_force", "ended"),
}
REASONS = ("unknown", "natural", "product", "price", "service", "untargeted")
_MOST_ASKED = 8
_LONGEST = 40
_TOLD = ("lost", "ended", "over", "superseded", "not_counted", "trial")


@dataclass(frozen=True)
class _Word:
    """A word of a column: spellings with the same letters are one (M12)."""

    key: str
    spellings: tuple[str, ...]  # the most frequent first
    count: int

    def __str__(self) -> str:
        return f"{_short(self.spellings[0])} ({self.count})"


def check(sheet: Sheet) -> None:
    """Tell what the status words of contracts mean, and ask for those nobody understands."""
    if sheet.choice.dataset != "contracts":
        return
    for column in ANSWERS:
        if column in sheet.typed:
            counted = _counted(sheet, column)
            unknown = [word for word in counted if letters(word) not in sheet.statuses]
            said = _ask(sheet, column, ANSWERS[column], counted, unknown)
            sheet.statuses = {**sheet.statuses, **{letters(word): said[word] for word in said}}
            _tell(sheet, column, counted)
    _use_notice(sheet)
    if "loss_reason" in sheet.typed:
        counted = _counted(sheet, "loss_reason")
        unknown = [word for word in counted if group_of(word, sheet.reasons) is None]
        _ask(sheet, "loss_reason", REASONS, counted, unknown)  # M21


def _counted(sheet: Sheet, column: str) -> dict[str, int]:
    """Count the words of a column, the most frequent first."""
    cells = sheet.typed[column].filter(pa.array(~sheet.skip)).drop_null()
    pairs = sorted(pc.value_counts(cells).to_pylist(), key=lambda one: -one["counts"])
    return {one["values"]: one["counts"] for one in pairs}


def _joined(counted: Mapping[str, int], words: Iterable[str]) -> list[_Word]:
    """Join the spellings of words that have letters, the most frequent first."""
    spellings: dict[str, list[str]] = {}
    for word in words:
        if key := letters(word)[:_LONGEST]:
            spellings.setdefault(key, []).append(word)
    found = [_Word(k, tuple(of), sum(map(counted.__getitem__, of))) for k, of in spellings.items()]
    return sorted(found, key=lambda word: -word.count)


def _tell(sheet: Sheet, column: str, counted: Mapping[str, int]) -> None:
    """Say what the words that are understood do to their contracts."""
    by_meaning: dict[str, list[str]] = {}
    for word in counted:
        meaning = sheet.statuses.get(letters(word), "")
        if column == "deal_status" and meaning and meaning not in COUNTS:
            meaning = "not_won"
        by_meaning.setdefault(meaning, []).append(word)
    for meaning in (*_TOLD, "not_won"):
        if told := _joined(counted, by_meaning.get(meaning, ())):
            sheet.decide(f"status_{meaning}", sheet.choice.columns[column], words=_few(told))


def _ask(
    sheet: Sheet,
    column: str,
    answers: Sequence[str],
    counted: Mapping[str, int],
    unknown: Collection[str],
) -> dict[str, str]:
    """Ask for the first words nobody understands, tell of all others; give what is answered.

    What somebody says now of a word that settings know wins over them.
    """
    position, code = sheet.choice.columns[column], f"{column}_word"
    if marks := [f"{_short(word)} ({counted[word]})" for word in unknown if not letters(word)]:
        sheet.decide(f"no_letters_{column}", position, words=_few(marks))
    words = _joined(counted, counted)
    said = [word for word in words if sheet.key(code, position, word.key) in sheet.said]
    rest = [word for word in _joined(counted, unknown) if word.key not in {w.key for w in said}]
    answered: dict[str, str] = {}
    for word in (*said, *rest[:_MOST_ASKED]):
        told = {"word": _short(word.spellings[0]), "count": str(word.count)}
        spellings = "\n".join(" ".join(one.split()) for one in word.spellings[:_MOST_ASKED])
        rows = arrays.mask(pc.is_in(sheet.typed[column], value_set=pa.array(word.spellings)))
        told["spellings"] = spellings
        taken = sheet.ask(code, answers, position, about=word.key, rows=rows, **told)
        if sheet.questions[-1].is_answered:
            answered |= dict.fromkeys(word.spellings, taken)
    if more := rest[_MOST_ASKED:]:
        sheet.decide(f"more_{column}", position, count=str(len(more)), words=_few(more))
    return answered


def _short(word: str) -> str:
    return word[:_LONGEST]


def _few(told: Sequence[object]) -> str:
    return ", ".join(map(str, told[:_MOST_ASKED])) + (" …" if len(told) > _MOST_ASKED else "")


def _use_notice(sheet: Sheet) -> None:
    """A day of notice is the end where no other is told and the status is not an active one."""
    if "notice_on" not in sheet.typed:
        return
    notice = sheet.typed.pop("notice_on")
    ended = sheet.column("ended_on", pa.date32())
    words = sheet.column("status", pa.string()).dictionary_encode()
    active = [sheet.statuses.get(letters(word)) in COUNTS for word in words.dictionary.to_pylist()]
    goes_on = pc.fill_null(pa.array(active, pa.bool_()).take(words.indices), False)
    counts = pc.and_(pc.is_null(ended), pc.invert(goes_on))
    sheet.typed["ended_on"] = pc.if_else(counts, notice, ended)
    passed = arrays.mask(pc.is_valid(notice)) & ~arrays.mask(counts) & ~sheet.skip
    position = sheet.choice.columns["notice_on"]
    sheet.decide("notice", position, count=str(int(np.sum(passed))))
