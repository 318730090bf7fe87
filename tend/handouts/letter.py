"""A text that is handed round: its sentence, its parts, where each leads; plain or as Markdown."""

from collections.abc import Callable
from dataclasses import dataclass

from tend.language import format


@dataclass(frozen=True)
class Line:
    """One line: what it names, where that leads, and what is said of it."""

    said: str
    link: str = ""
    about: str = ""


@dataclass(frozen=True)
class Part:
    """One part: its name, what it comes to and where all of it stands, and its lines."""

    name: str
    head: Line
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Letter:
    """All of it: title, sentence, parts, and what it stands on, with a link to its page."""

    title: str
    sentence: str
    parts: tuple[Part, ...]
    foot: str
    link: str = ""
    colon: str = ": "  # as the language writes it between a name and what is said of it


@dataclass(frozen=True)
class Dialect:
    """A kind of Markdown: how text that is no mark is written, and how a part is headed."""

    escape: Callable[[str], str]
    part: str


DOCUMENT = Dialect(format.markdown, "## {}\n\n")
# Cards and messages know no headings, and no way to escape a sign that all of them follow.
MESSAGE = Dialect(format.inert, "**{}** · ")


def plain(letter: Letter) -> str:
    """Write it without marks, as people read it who see nothing but text."""
    return f"{format.printable(letter.title)}\n\n{plain_body(letter, format.printable)}"


def plain_body(letter: Letter, shown: Callable[[str], str]) -> str:
    """Write what follows the title: each part with the address of its list, names without one."""

    def of_part(part: Part) -> str:
        head = _joined(letter.colon, shown(part.name), _joined(" · ", *_both(part.head, shown)))
        lines = (f"- {_joined(letter.colon, *_both(line, shown))}" for line in part.lines)
        return _joined("\n", head, part.head.link, *lines)

    foot = _joined("\n", shown(letter.foot), letter.link)
    return _joined("\n\n", shown(letter.sentence), *map(of_part, letter.parts), foot)


def markdown(letter: Letter) -> str:
    """Write it as a document in Markdown."""
    return f"# {DOCUMENT.escape(letter.title)}\n\n{marked_body(letter, DOCUMENT)}"


def marked_body(letter: Letter, dialect: Dialect) -> str:
    """Write what follows the title, in a kind of Markdown; names lead on."""
    escape = dialect.escape

    def of_line(line: Line, by: str) -> str:
        return _joined(by, linked(escape(line.said), line.link), escape(line.about))

    def of_part(part: Part) -> str:
        head = dialect.part.format(escape(part.name)) + of_line(part.head, " · ")
        lines = (f"- {of_line(line, letter.colon)}" for line in part.lines)
        return _joined("\n\n", head, _joined("\n", *lines))

    foot = linked(escape(letter.foot), letter.link)
    return _joined("\n\n", escape(letter.sentence), *map(of_part, letter.parts), foot)


def linked(said: str, link: str) -> str:
    """Write a link, where there is one; its address is ours, and written as addresses are."""
    return f"[{said}]({link})" if said and link else said


def cut(written: str, most: int, last: str) -> str:
    """Cut what is longer than so many bytes behind a line, and say so in a last one."""
    if len(written.encode()) <= most:
        return written
    room, kept = most - len(f"\n\n{last}".encode()), []
    for line in written.split("\n"):
        room -= len(f"{line}\n".encode())
        if room < 0:
            break
        kept.append(line)
    return _joined("\n\n", "\n".join(kept).rstrip(), last)


def _both(line: Line, shown: Callable[[str], str]) -> tuple[str, str]:
    return shown(line.said), shown(line.about)


def _joined(by: str, *said: str) -> str:
    return by.join(one for one in said if one)
