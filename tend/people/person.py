"""A person as the workspace knows them: what they may do, and whose rows they see and change.

Both are asked where data are read and written, never at what a page draws: whoever reaches the
server can send any widget's value.
"""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from tend.language.errors import TendError

Right = Literal["edit", "ask", "export", "import", "undo", "settings", "people", "audit"]
Role = Literal["admin", "leader", "csm", "reviewer"]
ROLES: tuple[Role, ...] = get_args(Role)
# What changes nothing of the workspace, and so may be done at a server that only reads it.
_READING: frozenset[Right] = frozenset({"ask", "export", "audit"})


@dataclass(frozen=True)
class Scope:
    """Whose customers: those of certain CSMs (their labels), or all; personal cells shown or not.

    A value: whatever keeps an answer for another reader has it in its key.
    """

    csms: tuple[str, ...] | None = None
    is_masked: bool = False
    author: str = ""  # who looks: what names no customer is seen by who wrote it

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is held back."""
        return self.csms is None and not self.is_masked

    @property
    def key(self) -> str:
        """Name the scope so that it can stand in the name of a database."""
        said = repr((self.csms, self.is_masked, self.author))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


ALL = Scope()
NOBODY = Scope(())


@dataclass(frozen=True)
class Person:
    """Who reads or acts. Without a `key` nobody signed in: it is whoever sits at the machine.

    `key` stands for the person in the audit log, and stays when their name and address are erased.
    """

    name: str = ""
    role: Role = "admin"
    key: str = ""
    address: str = ""
    csms: tuple[str, ...] = ()
    sees_all: bool = True
    is_masked: bool = False
    may_import: bool = False
    source: str = ""  # from where in the network; nothing at the machine itself
    writer: str = ""  # where this person enters things, when they are at a server that only reads

    @property
    def sees(self) -> Scope:
        """Give whose rows are read for this person."""
        if self.sees_all:
            return Scope(None, self.is_masked)
        return Scope(self.csms, self.is_masked, self.name)

    @property
    def edits(self) -> Scope:
        """Give whose facts this person may enter or change."""
        which = "none" if self.writer else _roles()[self.role]["edits"]
        return {"all": ALL, "own": Scope(self.csms), "none": NOBODY}[str(which)]

    def may(self, right: Right) -> bool:
        """Tell whether this person has a right, and may use it at this server."""
        return self._has(right) and not self.goes_to_writer(right)

    def goes_to_writer(self, right: Right) -> bool:
        """Tell whether this person has a right, and uses it at the server that writes."""
        return bool(self.writer) and right not in _READING and self._has(right)

    def _has(self, right: Right) -> bool:
        return right in _roles()[self.role]["rights"] or (right == "import" and self.may_import)

    def require(self, right: Right) -> None:
        """Raise TendError where this person lacks a right, or is at a server that only reads."""
        if self.goes_to_writer(right):
            raise TendError("goes_to_writer", writer=self.writer)
        if not self.may(right):
            raise TendError(f"not_allowed_{right}")

    def require_whole(self) -> None:
        """Raise TendError where something is held back: for what cannot be parted by customers."""
        if not self.sees.is_whole:
            raise TendError("not_whole")

    def told(self) -> str:
        """Write the person down for a process that works for them."""
        return json.dumps(asdict(self))

    @staticmethod
    def heard(told: str) -> "Person":
        """Give the person that was written down. Raises TendError: nobody is not everybody."""
        try:
            said = json.loads(told)
            if {*said} != {one.name for one in fields(Person)}:
                raise ValueError(sorted(said))
            return Person(**{**said, "csms": tuple(said["csms"])})
        except (ValueError, TypeError, KeyError) as error:
            raise TendError("nobody_told") from error

    def named(self, name: str) -> "Person":
        """Give whoever sits at the machine by the name they said; who signed in has theirs."""
        return self if self.key else Person(name=name)


# Whoever sits at the machine: who can reach the folder can do all that can be done to it.
LOCAL = Person()
# Whoever is not known where a sign-in is set up: they see nobody and may change nothing.
UNKNOWN = Person(role="reviewer", key="nobody", sees_all=False)


def meanings() -> dict[Right, str]:
    """Say what each right is to."""
    means = _roles()["means"]
    return {right: str(means[right]) for right in get_args(Right)}


@cache
def _roles() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_name("rights.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
