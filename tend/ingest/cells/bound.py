"""How long a cell may be to be looked at: no pattern ever sees a longer one."""

from tend.schema import words

LONGEST = 60  # of a date, a number or a word with a meaning, without the white space around it
LONGEST_PAIR = 2 * LONGEST + 10  # of two dates with a sign between them


def folded(text: str) -> str | None:
    """Give a short cell folded, each white space inside as one blank; None for a long one."""
    short = text.strip()
    if len(short) > LONGEST:
        return None
    # one character can fold to eighteen
    found = " ".join(words.folded(short).split())
    return found if len(found) <= LONGEST else None


def is_short(text: str) -> bool:
    """Tell whether a cell could be a date, a number or a word with a meaning."""
    return len(text) <= LONGEST or len(text.strip()) <= LONGEST
