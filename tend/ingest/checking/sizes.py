"""What the words of a customer's size say: a band, or somebody is asked for it (G1)."""

from tend.ingest.cells import meanings
from tend.ingest.checking import asked_words
from tend.ingest.sheet import Sheet
from tend.settings.words import plain

BANDS = ("unknown", "large", "mid", "small")


def check(sheet: Sheet) -> None:
    """Ask for the band of each word that names none, so that no customer is in none unsaid."""
    choice = sheet.choice
    at = choice.columns.get("size") if choice.dataset == "customers" else choice.also.get("size")
    if at is None:
        return
    cells = sheet.body.cells[at]
    count = asked_words.counted(sheet, cells)
    unknown = [w for w in count if meanings.size_number(w) is None and plain(w) not in sheet.sizes]
    asked_words.ask(sheet, ("size", at), BANDS, cells, unknown)
