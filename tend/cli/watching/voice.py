"""What a command that goes on says meanwhile: a line each, and of trouble once.

Files may be called like customers, and what a service says is kept in logs. So they are named to
whoever sits at a terminal, or wants it so; else by the first signs of their content's fingerprint.
"""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tend.cli import output
from tend.language import text
from tend.language.errors import TendError, retold
from tend.store.database import trouble
from tend.store.database.clock import now

_SIGNS = 12


class HeldError(Exception):
    """Another process holds the workspace."""


class Voice:
    """Says each thing once; what has changed is said again."""

    def __init__(self, workspace: Path, *, is_naming: bool = False) -> None:
        self.language = "en"
        self._is_naming = is_naming or sys.stdout.isatty()
        self._workspace = workspace
        self._said: dict[str, str] = {}  # by the place it is about
        self._troubles: set[str] = set()

    def file(self, name: str, content: str = "") -> str:
        """Call a file by its name, where that is no secret to whoever hears it."""
        if self._is_naming:
            return name
        key = "unnamed_of" if content else "unnamed"
        return text.say(f"watched.{key}", self.language, content=content[:_SIGNS])

    def why(self, code: str, params: Mapping[str, str]) -> str:
        """Tell a reason; what it quotes of a file is as its name."""
        if not code:
            return ""
        return retold(code, params, self.language) if self._is_naming else f"({code})"

    def say(self, key: str, **params: object) -> None:
        """Say a line."""
        self._print(text.say(f"watched.{key}", self.language, **params))

    def once(self, place: str, key: str, **params: object) -> None:
        """Say a line about a place, unless it was said of it last."""
        self._once(place, text.say(f"watched.{key}", self.language, **params))

    def forget(self, place: str) -> None:
        """Let the same be said of a place again."""
        self._said.pop(place, None)

    @contextlib.contextmanager
    def told(self, place: str) -> Iterator[None]:
        """Say what goes wrong at a place, and that it goes on when it does. Raises HeldError."""
        try:
            yield
        except (TendError, *trouble.ERRORS) as error:
            said = trouble.said(error, self._workspace)
            if said.code == "workspace_locked":
                raise HeldError from error
            self._troubles.add(place)
            self._once(place, said.message(self.language))
        else:
            if place in self._troubles:
                self._troubles.discard(place)
                self.forget(place)
                self.say("goes_on")

    def _once(self, place: str, said: str) -> None:
        if self._said.get(place) != said:
            self._said[place] = said
            self._print(said)

    def _print(self, said: str) -> None:
        print(f"{now():%Y-%m-%d %H:%M:%S} {output.line(said)}", flush=True)
