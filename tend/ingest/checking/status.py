"""What the words of a status say (M12), and what a day of notice counts for (M13)."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.checking import asked_words
from tend.ingest.sheet import Sheet
from tend.schema.words import letters
from tend.settings.words import COUNTS, group_of

# What a word nobody understands may mean, the default first; a deal is no contract until it is won.
ANSWERS = {
    "status": ("in_force", "ended", "not_counted"),
    "deal_status": ("not_counted", "in_force", "ended"),
}
REASONS = ("unknown", "natural", "product", "price", "service", "untargeted")
_TOLD = ("lost", "ended", "over", "superseded", "not_counted", "trial")


def check(sheet: Sheet) -> None:
    """Tell what the status words of contracts mean, and ask for those nobody understands."""
    if sheet.choice.dataset != "contracts":
        return
    for column in ANSWERS:
        if column in sheet.typed:
            counted = asked_words.counted(sheet, sheet.typed[column])
            unknown = [word for word in counted if letters(word) not in sheet.statuses]
            about = (column, sheet.choice.columns[column])
            said = asked_words.ask(sheet, about, ANSWERS[column], sheet.typed[column], unknown)
            sheet.statuses = {**sheet.statuses, **{letters(word): said[word] for word in said}}
            _tell(sheet, column, counted)
    _use_notice(sheet)
    if "loss_reason" in sheet.typed:
        counted = asked_words.counted(sheet, sheet.typed["loss_reason"])
        unknown = [word for word in counted if group_of(word, sheet.reasons) is None]
        about = ("loss_reason", sheet.choice.columns["loss_reason"])
        asked_words.ask(sheet, about, REASONS, sheet.typed["loss_reason"], unknown)  # M21


def _tell(sheet: Sheet, column: str, counted: Mapping[str, int]) -> None:
    """Say what the words that are understood do to their contracts."""
    by_meaning: dict[str, list[str]] = {}
    for word in counted:
        meaning = sheet.statuses.get(letters(word), "")
        if column == "deal_status" and meaning and meaning not in COUNTS:
            meaning = "not_won"
        by_meaning.setdefault(meaning, []).append(word)
    for meaning in (*_TOLD, "not_won"):
        if told := asked_words.joined(counted, by_meaning.get(meaning, ())):
            sheet.decide(
                f"status_{meaning}", sheet.choice.columns[column], words=asked_words.few(told)
            )


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
