"""Invented names of companies and people: put together from syllables, each company once."""

from random import Random

from tend.sample.words import Words

SHARE_OF_PAIRS = 0.3


class Names:
    """Gives names; the same seed gives the same names in the same order."""

    def __init__(self, words: Words, rng: Random) -> None:
        self._words = words
        self._rng = rng
        self._taken: set[str] = set()

    def company(self, industry: str) -> str:
        """Give a company name that nobody in this file has yet."""
        while (name := self._draw(industry)) in self._taken:
            pass
        self._taken.add(name)
        return name

    def person(self) -> str:
        """Give a person's name, in the order of the language."""
        first, last = (self._rng.choice(self._words.many("people", p)) for p in ("first", "last"))
        join = self._words.one("people", "join")
        return f"{first}{join}{last}" if join else f"{last}{first}"

    def _draw(self, industry: str) -> str:
        pick = self._rng.choice
        start, end, second = (
            pick(self._words.many("names", p)) for p in ("start", "end", "second")
        )
        trade = pick(self._words.many("trade", industry))
        pair = self._rng.random() < SHARE_OF_PAIRS
        pattern = self._words.one("names", "pattern_two" if pair else "pattern")
        return pattern.format(name=start + end, second=second, trade=trade)
