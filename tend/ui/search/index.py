"""What is found for a few letters: names, ids and numbers, pinyin and its initials, with typos."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from typing import Any

import pyarrow as pa
from rapidfuzz import fuzz, process

Row = dict[str, Any]
MOST = 8
# How well a key answers, the best first; what only resembles comes last.
_WHOLE, _INITIALS, _BEGINS, _HOLDS, _HOLDS_PARTS, _RESEMBLES = 100.0, 95.0, 90.0, 70.0, 60.0, 50.0
_LEAST_ALIKE = 75.0  # of 100, by rapidfuzz: one letter in four or five is wrong
_SHORTEST_TYPO = 4  # shorter ones resemble too many
# The keys of a row in one text: all by which it is found, and apart from them its initials.
_BETWEEN, _APART = "\n", "\t"


@dataclass(frozen=True)
class Index:
    """The directory, which has larger ones first; the keys of each row, and its name for typos."""

    rows: pa.Table
    keys: tuple[str, ...]
    names: tuple[str, ...]

    def find(self, typed: str) -> list[Row]:
        """Give the best rows for what is typed, the best first; of equal ones the larger."""
        sought = plain(typed)
        if not sought:
            return []
        parts = tuple(map(plain, typed.split()))
        scores = {
            place: _fits(sought, keys)
            for place, keys in enumerate(self.keys)
            if sought in keys or all(part in keys for part in parts)
        }
        if len(sought) >= _SHORTEST_TYPO and len(scores) < MOST:
            scores = dict(self._alike(sought)) | scores
        best = nsmallest(MOST, scores, key=lambda place: (-scores[place], place))
        return [row for place in best for row in self.rows.slice(place, 1).to_pylist()]

    def customers(self, typed: str) -> tuple[str, ...]:
        """Name the customers that what is typed stands in a key of, or in one of a contract's."""
        sought = plain(typed)
        places = [place for place, keys in enumerate(self.keys) if sought and sought in keys]
        return tuple(
            dict.fromkeys(self.rows["customer_id"].take(pa.array(places, pa.int64())).to_pylist())
        )

    def _alike(self, sought: str) -> Iterable[tuple[int, float]]:
        alike = process.extract(
            sought, self.names, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_ALIKE, limit=4 * MOST
        )
        for name, score, place in alike:
            if len(name) >= _SHORTEST_TYPO:
                yield place, _RESEMBLES * score / 100


def built(rows: pa.Table) -> Index:
    """Give the index of the directory; contracts go by their own numbers."""
    found = rows.to_pylist()
    names = ("" if row["contract_id"] else plain(_name(row)) for row in found)
    return Index(rows, tuple(_keys(row) for row in found), tuple(names))


def plain(words: str) -> str:
    """Give letters and digits alone, without regard to case, width and accents."""
    flat = unicodedata.normalize("NFKD", words).casefold()
    return "".join(sign for sign in flat if sign.isalnum())


def _name(row: Row) -> str:
    return str(row["customer_name"] or "")


def _keys(row: Row) -> str:
    if row["contract_id"]:
        return _BETWEEN.join(_known(row["contract_id"], row["contract_no"])) + _APART
    name = _name(row)
    spoken, initials = _sounds(name)
    whole = _known(name, row["customer_id"], *spoken, *initials)
    return _BETWEEN.join(whole) + _APART + _BETWEEN.join(initials)


def _known(*words: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for word in words if word and (key := plain(word))))


def _fits(sought: str, keys: str) -> float:
    whole, initials = (part.split(_BETWEEN) for part in keys.split(_APART))
    if sought in whole:
        return _INITIALS if sought in initials else _WHOLE
    if any(key.startswith(sought) for key in whole):
        return _BEGINS
    return _HOLDS if sought in keys else _HOLDS_PARTS


@lru_cache(maxsize=1 << 16)  # names stay while all else changes
def _sounds(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a name in pinyin, and its initials; with one character read in another way, too."""
    if name.isascii():
        initials = _known("".join(word[0] for word in name.split()))
        return (), tuple(one for one in initials if len(one) > 1)
    from pypinyin import Style, lazy_pinyin, pinyin  # late: no start has to wait for it

    said = lazy_pinyin(name)
    # of letters among the characters, as in ABC科技, the first or all may be typed
    short = "".join(one[0] for one in said)
    mixed = "".join(one if one in name else one[0] for one in said)
    ways = pinyin(name, Style.NORMAL, heteronym=True)
    others = (
        short[:place] + letter + short[place + 1 :]
        for place, read in enumerate(ways)
        for letter in sorted({way[0] for way in read})
    )
    return _known("".join(said)), _known(short, mixed, *others)
