"""A line of the log: codes, counts and keys, never a name or a text; chained to the one before.

So nothing in it has to go when a customer or a person is erased. Its last part is the SHA-256 of
all before it, behind that of the line before.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from tend.people.person import Person
from tend.store.database.clock import utc

What = Literal[
    "signed_in",
    "signed_out",
    "refused",
    "import",
    "watched",
    "undo",
    "entry",
    "merge",
    "setting",
    "person",
    "export",
    "sql",
    "backup",
    "restore",
    "erase",
    "accepted",
]
WHATS: tuple[What, ...] = get_args(What)
About = int | bool | str | tuple[str, ...]
# What a code may be, and the address of a machine; `p12` is somebody's key.
_CODE = re.compile(r"[a-z0-9_.:/-]{0,64}")
_SOURCE = re.compile(r"[0-9a-fA-F.:%]{0,64}")
_MOST_CODES = 40
# Who acts: somebody by their key, whoever sits at the machine, or one who is not known.
MACHINE, UNKNOWN = "", "nobody"
_CHAIN = b',"chain":"'
_END = b'"}'
CHAIN_SIGNS = 64


@dataclass(frozen=True)
class Mark:
    """Which line it is, counted from 1, and its chain; 0 is before the first."""

    number: int = 0
    chain: str = ""


@dataclass(frozen=True)
class Line:
    """One line: who did what, when (UTC), from where; of which commit, and behind which."""

    mark: Mark
    at: str
    who: str
    source: str
    what: str
    about: Mapping[str, About]
    commit: int | None = None
    after: int | None = None  # the last line whose commit came; of a restore, that of the backup

    @property
    def number(self) -> int:
        """Tell which line it is."""
        return self.mark.number


def key(person: Person) -> str:
    """Give what stands for a person in the log."""
    return person.key or (MACHINE if person.role == "admin" else UNKNOWN)


def write(
    before: Mark,
    person: Person,
    what: What,
    about: Mapping[str, About],
    commit: int | None = None,
    after: int | None = None,
    moment: str | None = None,
) -> tuple[Mark, bytes]:
    """Write the next line. Raises ValueError for what is no code, no count and no key."""
    known = {name: _known(value) for name, value in about.items() if value is not None}
    line = {
        "at": moment or utc(),
        "line": before.number + 1,
        "who": _code(key(person)),
        "from": person.source if _SOURCE.fullmatch(person.source) else "",
        "what": what,
        "about": known,
        "commit": commit,
        "after": after,
    }
    told = {name: value for name, value in line.items() if value is not None}
    body = json.dumps(told, separators=(",", ":"))[:-1].encode()
    mark = Mark(before.number + 1, _chained(before.chain, body))
    return mark, body + _CHAIN + mark.chain.encode() + _END + b"\n"


def read(raw: bytes) -> Line | None:
    """Read a line, without the sign at its end; none where it is no line of the log."""
    try:
        told = json.loads(raw)
        about = {k: tuple(v) if isinstance(v, list) else v for k, v in told["about"].items()}
        found = Line(
            mark=Mark(int(told["line"]), str(told["chain"])),
            at=str(told["at"]),
            who=str(told["who"]),
            source=str(told["from"]),
            what=str(told["what"]),
            about=about,
            commit=told.get("commit"),
            after=told.get("after"),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return found if len(found.mark.chain) == CHAIN_SIGNS else None


def follows(raw: bytes, chain: str) -> bool:
    """Tell whether a line as it stands is the one that was written behind another's chain."""
    body, _, end = raw.rpartition(_CHAIN)
    return end == _chained(chain, body).encode() + _END


def _chained(chain: str, body: bytes) -> str:
    return hashlib.sha256(chain.encode() + body).hexdigest()


def is_code(value: str) -> bool:
    """Tell whether a word may stand in the log."""
    return _CODE.fullmatch(value) is not None


def _known(value: About) -> About:
    if isinstance(value, int):
        return value
    return _code(value) if isinstance(value, str) else tuple(map(_code, value[:_MOST_CODES]))


def _code(value: str) -> str:
    if not is_code(value):
        raise ValueError(f"no code: {value!r}")
    return value
