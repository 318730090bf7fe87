"""What the words of a status say (M12), and what a day of notice counts for (M13)."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.sheet import Sheet
from tend.schema.words import letters
from tend.settings.words import group_of

# What a word nobody understands may mean, the default first; a deal is no contract until it is won.
ANSWERS = {
    "status": ("in_force", "ended", "not_counted"),
    "deal_status": ("not_counted", "in_force", "ended"),
}
REASONS = ("unknown", "natural", "product", "price", "service", "untargeted")
_MOST_ASKED = 8
_LONGEST = 40
_TOLD = ("lost", "ended", "over", "superseded", "not_counted", "trial")
_COUNTS = ("in_force", "renewed")


def check(sheet: Sheet) -> None:
    """Tell what the status words of contracts mean, and ask for those nobody understands."""
    if sheet.choice.dataset != "contracts":
        return
    for column in ANSWERS:
        if column in sheet.typed:
            _tell(sheet, column, _counted(sheet, column))
    _use_notice(sheet)
    if "loss_reason" in sheet.typed:
        _offer_reasons(sheet)


def _offer_reasons(sheet: Sheet) -> None:
    """Ask for the groups of the loss reasons that no word leads to (M21)."""
    counted = _counted(sheet, "loss_reason")
    for reason in [r for r in counted if group_of(r, sheet.reasons) is None][:_MOST_ASKED]:
        said = {"word": reason[:_LONGEST], "count": str(counted[reason])}
        position = sheet.choice.columns["loss_reason"]
        sheet.ask("loss_reason_word", REASONS, position, about=letters(reason[:_LONGEST]), **said)


def _counted(sheet: Sheet, column: str) -> dict[str, int]:
    """Count the words of a column, the most frequent first."""
    cells = sheet.typed[column].filter(pa.array(~sheet.skip)).drop_null()
    pairs = sorted(pc.value_counts(cells).to_pylist(), key=lambda one: -one["counts"])
    return {one["values"]: one["counts"] for one in pairs}


def _tell(sheet: Sheet, column: str, words: Mapping[str, int]) -> None:
    position = sheet.choice.columns[column]
    is_stage = column == "deal_status"
    by_meaning: dict[str, list[str]] = {}
    for word, count in words.items():
        meaning = sheet.statuses.get(letters(word), "")
        if is_stage and meaning and meaning not in _COUNTS:
            meaning = "not_won"
        by_meaning.setdefault(meaning, []).append(f"{word} ({count})")
    for meaning in (*_TOLD, "not_won"):
        if told := by_meaning.get(meaning):
            sheet.decide(f"status_{meaning}", position, words=_few(told))
    asked = [word for word in words if letters(word) not in sheet.statuses][:_MOST_ASKED]
    for word in asked:
        said = {"word": word, "count": str(words[word])}
        sheet.ask(f"{column}_word", ANSWERS[column], position, about=letters(word), **said)


def _few(told: list[str]) -> str:
    return ", ".join(told[:_MOST_ASKED]) + (" …" if len(told) > _MOST_ASKED else "")


def _use_notice(sheet: Sheet) -> None:
    """A day of notice is the end where no other is told and the status is not an active one."""
    if "notice_on" not in sheet.typed:
        return
    notice = sheet.typed.pop("notice_on")
    ended = sheet.column("ended_on", pa.date32())
    words = sheet.column("status", pa.string()).dictionary_encode()
    active = [sheet.statuses.get(letters(word)) in _COUNTS for word in words.dictionary.to_pylist()]
    goes_on = pc.fill_null(pa.array(active, pa.bool_()).take(words.indices), False)
    counts = pc.and_(pc.is_null(ended), pc.invert(goes_on))
    sheet.typed["ended_on"] = pc.if_else(counts, notice, ended)
    passed = arrays.mask(pc.is_valid(notice)) & ~arrays.mask(counts) & ~sheet.skip
    position = sheet.choice.columns["notice_on"]
    sheet.decide("notice", position, count=str(int(np.sum(passed))))
