"""Every text is said: by its key, or by a key that code makes of a room and a name it knows.

A key is said when it stands in the code as it is; when a header of a query names its room as the
kind of a column (`code reasons`); or when it fits a key with gaps, like `columns.{name}`, and what
fills the gaps is a word that stands in the code, a query or a list of words: code that makes keys
declares their names by having them. A gap alone (`{room}.{code}`) says nothing of what it fills.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tend.language import text
from tend.queries import library
from tests.walls.sources import ROOT, Source, app, calls
from tests.walls.texts.test_texts import SAYING

GAP = r"([\w.]+)"
NAME = re.compile(r"[a-z0-9]\w*", re.IGNORECASE)


@dataclass(frozen=True)
class Spoken:
    """What code may say: whole keys, keys with gaps, rooms of codes, and the words it knows."""

    keys: Collection[str]
    gapped: Collection[re.Pattern[str]]
    rooms: Collection[str]
    words: Collection[str]
    # Words with gaps, as the code of a decision: `skipped_{why}`.
    made: Collection[re.Pattern[str]] = ()

    def says(self, key: str) -> bool:
        """Tell whether anything says the key."""
        room, _, code = key.rpartition(".")
        if key in self.keys or (room in self.rooms and self.knows(code)):
            return True
        filled = (pattern.fullmatch(key) for pattern in self.gapped)
        return any(all(map(self.knows, found.groups())) for found in filled if found)

    def knows(self, word: str) -> bool:
        """Tell whether a word stands in the code, or is made of words that do."""
        filled = (pattern.fullmatch(word) for pattern in self.made)
        return word in self.words or any(
            all(part in self.words for part in found.groups()) for found in filled if found
        )


def literals(source: Source) -> Iterator[str]:
    """Give the strings of a file, and the parts of those with gaps."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def gapped(source: Source, wanted: str) -> Iterator[re.Pattern[str]]:
    """Give the keys or words with gaps: those with a part that says which they are."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
            whole = "".join("{}" if part is None else str(part) for part in parts)
            if re.fullmatch(r"[\w.{}]+", whole) and re.search(wanted, whole):
                yield re.compile(re.escape(whole).replace(r"\{\}", GAP))


def spoken(sources: Iterable[Source], words: Iterable[str]) -> Spoken:
    """Read what some files say; further words come from elsewhere."""
    files = list(sources)
    said = {one for file in files for one in literals(file)}
    known = {word for one in said if " " not in one for word in (one, *NAME.findall(one))}
    kinds = [kind for query in library.queries().values() for kind in query.kinds.values()]
    rooms = {kind.room for kind in kinds if kind.room}
    keys, made = (
        {one for file in files for one in gapped(file, wanted)}
        for wanted in (r"\w\.|\.\w", r"^[^.]*(_\{|\}_)[^.]*$")
    )
    return Spoken(said, keys, rooms, known | set(words), made)


def other_words() -> set[str]:
    """Give the words of queries, and of the lists of words that are no texts."""
    lists = (path for path in ROOT.glob("tend/**/*.toml") if "language" not in path.parts)
    notebooks = list(ROOT.glob("tend/notebook/shipped/*.sql"))
    files = [*ROOT.glob("queries/**/*.sql"), *notebooks, *lists]
    words = {word for path in files for word in NAME.findall(path.read_text(encoding="utf-8"))}
    return words | {path.stem for path in notebooks}


def unsaid(keys: Iterable[str], by: Spoken) -> list[str]:
    """Name the texts that nobody says."""
    return sorted(key for key in keys if not by.says(key))


def test_every_text_is_said() -> None:
    """A text that nobody says is nobody's: it is deleted."""
    assert unsaid(text.catalogue("en"), spoken(app(), other_words())) == []


def fitting_none(source: Source, keys: Collection[str]) -> list[str]:
    """Name what a file says by keys with gaps that no text has."""
    said = {
        ast.unparse(call.args[0]): pattern
        for name, call in calls(source.tree)
        if name in SAYING and call.args
        for pattern in gapped(Source("", ast.unparse(call.args[0])), r"\w\.|\.\w")
    }
    return sorted(key for key, pattern in said.items() if not any(map(pattern.fullmatch, keys)))


def test_every_key_with_gaps_fits_a_text() -> None:
    """Also what is said by a room and a name is in the catalogue."""
    keys = text.catalogue("en")
    found = {source.path: fitting_none(source, keys) for source in app()}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_guard_bites() -> None:
    """A key of no code, a name that no code knows and a gap alone are found."""
    code = (
        'text.say("ui.here", language)\nfor name in ("one", "two"):\n'
        '    text.say(f"steps.{name}", language)\n    text.say(f"{room}.{name}", language)\n'
    )
    by = spoken([Source("tend/x.py", code)], ["three"])
    keys = ["ui.here", "ui.gone", "steps.one", "steps.three", "steps.four", "other.one"]
    assert unsaid([*keys, "reasons.three"], by) == ["other.one", "steps.four", "ui.gone"]
    assert fitting_none(Source("tend/x.py", code), ["steps.one"]) == []
    assert fitting_none(Source("tend/x.py", code), ["ui.here"]) == ["f'steps.{name}'"]
