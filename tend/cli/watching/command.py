"""The command import --watch: what is dropped or synced into a folder goes in by itself.

Who watches lays files down in the workspace's inbox (`store/watched`). While a server holds the
workspace, the server takes them in; while nobody does, the watcher holds it for a moment itself.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tend.cli import shared
from tend.cli.shared import WrongUseError
from tend.cli.watching.looking import Folder, Seen
from tend.cli.watching.voice import HeldError, Voice
from tend.language.errors import TendError
from tend.store.copies import reading
from tend.store.copies.folder import Lock, content_hash
from tend.store.watched import log, taking
from tend.store.watched.slips import Answer, Inbox, Slip
from tend.store.workspace import open_workspace, workspace_path

_LOOK_SECONDS, _QUICKEST = 2.0, 0.1
_LOOKS_WHILE_SETTLING = 3
_REST = 4  # times as long as the last look took: a large folder is not looked at all the time
_MOST_AT_ONCE = 20  # files in the inbox
_HELD_SECONDS, _LET_GO_SECONDS = 5.0, 0.5  # then others may have the workspace
_PATIENCE_SECONDS = 60.0
# What else `import` may be told has no meaning for files that are yet to come.
_NOT_WITH = ("files", "dataset", "mapping", "json")


def watch(given: argparse.Namespace) -> int:
    """Watch until told to end; whatever goes wrong meanwhile is said once, and tried again."""
    reading.refuse()
    path = workspace_path(given.workspace).absolute()
    _refuse_wrong_use(given, path)
    stop = threading.Event()
    watcher = Watcher(given, path, stop)
    with _ending(stop):
        lock = watcher.begin()
        if lock is not None:
            try:
                watcher.run()
            finally:
                lock.release()
    watcher.end()
    return 0


class Watcher:
    """One watched folder: what was seen in it, what was handed over, and what became of it."""

    def __init__(self, given: argparse.Namespace, path: Path, stop: threading.Event) -> None:
        self._path, self._stop = path, stop
        self._folder = Folder(given.watch, given.settle, path)
        self._settle: float = given.settle
        self._rejected = 0.0 if given.strict else given.rejected / 100
        self._date_order: str | None = given.date_order
        self._inbox = Inbox(path)
        self._voice = Voice(path, is_naming=given.names)
        self._known: frozenset[str] = frozenset()
        self._before: set[Path] = set()  # files whose content was known when this began
        self._pending: dict[str, tuple[Seen | None, float]] = {}
        self._came: dict[str, str] = {}  # contents that came since, by their first name
        self._count: Counter[str] = Counter()

    def begin(self) -> Lock | None:
        """Be the one who watches this workspace, as soon as can be; nothing where told to end."""
        while not self._stop.is_set():
            try:
                with self._voice.told("workspace"):
                    return self._begun()
            except HeldError:
                self._voice.once("workspace", "held", path=self._path)
            self._stop.wait(self._pause())
        return None

    def run(self) -> None:
        """Look, hand over, have it taken in, and tell, again and again."""
        while not self._stop.is_set():
            began = time.monotonic()
            with self._voice.told("folder"):
                self._hand_over()
            pause = max(self._pause(), _REST * (time.monotonic() - began))
            if self._pending:
                self._take_in()
                pause = max(pause, _LET_GO_SECONDS)
            self._tell_answers()
            self._stop.wait(pause)
        self._tell_answers()

    def end(self) -> None:
        """Say what it has come to."""
        counts = {name: self._count[name] for name in ("waits", "refused")}
        self._voice.say("ended", taken_in=self._count["in"], **counts)

    def _begun(self) -> Lock:
        """Hold the watcher's place, and learn what is known. Raises TendError."""
        with open_workspace(self._path, read_only=True, is_brief=True) as workspace:
            self._voice.language = shared.language(workspace)
            lock = self._inbox.watching()
            try:
                self._known = log.seen(workspace)
            except BaseException:
                lock.release()
                raise
        now = time.monotonic()
        self._pending = {slip.content_hash: (None, now) for slip in self._inbox.slips()}
        self._voice.say("watching", folder=self._folder.path, seconds=f"{self._settle:g}")
        return lock

    def _pause(self) -> float:
        return max(_QUICKEST, min(_LOOK_SECONDS, self._settle / _LOOKS_WHILE_SETTLING))

    def _hand_over(self) -> None:
        """Lay down what stands still and is new, the oldest first. Raises OSError."""
        for one in self._look():
            if len(self._pending) >= _MOST_AT_ONCE or self._stop.is_set():
                break
            self._hand_over_one(one)
        if self._before:
            self._voice.once("before", "before", count=len(self._before))

    def _look(self) -> tuple[Seen, ...]:
        try:
            look = self._folder.look()
        except OSError as error:
            why = error.strerror or str(error)
            raise TendError("watch_unreadable", path=self._folder.path, why=why) from error
        for path in look.open:
            self._voice.once(str(path), "open", file=self._voice.file(self._named(path)))
        if look.others:
            self._voice.once("others", "others", count=look.others)
        return look.still

    def _hand_over_one(self, one: Seen) -> None:
        """Lay down a file whose content is new; one that cannot be read is asked for again."""
        try:
            content = content_hash(one.path)
            if content in self._pending:
                return
            if not self._is_new(content, one.path):
                self._folder.done(one)
                return
            source = one.path.open("rb")
        except FileNotFoundError:
            return  # taken away: that changes nothing
        except OSError as error:
            self._folder.again(one)
            why = self._voice.why("unreadable_file", {"detail": error.strerror or str(error)})
            file = self._voice.file(self._named(one.path))
            self._voice.once(str(one.path), "later", file=file, why=why)
            return
        with source:
            if self._inbox.hand_over(self._slip(content, one.path), source):
                self._pending[content] = (one, time.monotonic())
            else:
                self._folder.again(one)  # it changed while it was read

    def _is_new(self, content: str, path: Path) -> bool:
        first, named = self._came.get(content), self._named(path)
        if first is not None and first != named:
            told = {"file": self._voice.file(named), "first": self._voice.file(first, content)}
            self._voice.say("same_as", **told)
        elif first is None and content in self._known:
            self._before.add(path)
        return first is None and content not in self._known

    def _slip(self, content: str, path: Path) -> Slip:
        return Slip(
            content,
            self._named(path),
            str(self._folder.path.absolute()),
            shared.who(),
            time.time_ns(),
            self._date_order,
            self._rejected,
        )

    def _named(self, path: Path) -> str:
        """Name a file below the folder, by signs that can be written down."""
        return os.fsencode(path.relative_to(self._folder.path)).decode("utf-8", "replace")

    def _take_in(self) -> None:
        """Take in what waits, where nobody else holds the workspace; who does, takes it in."""
        try:
            with (
                self._voice.told("workspace"),
                open_workspace(self._path, is_brief=True) as workspace,
            ):
                taking.serve(workspace, self._stop, _HELD_SECONDS)
        except HeldError:
            since = min(since for _, since in self._pending.values())
            if time.monotonic() - since > _PATIENCE_SECONDS:
                self._voice.once("held", "held", path=self._path)

    def _tell_answers(self) -> None:
        for slip, answer in self._inbox.answers():
            one, _ = self._pending.pop(slip.content_hash, (None, 0.0))
            self._voice.forget("held")
            why = self._voice.why(answer.code, answer.params)
            file = self._voice.file(slip.file, slip.content_hash)
            if answer.state == "later":
                self._voice.once(slip.file, "later", file=file, why=why)
                if one:
                    self._folder.again(one)
                continue
            if one:
                self._folder.done(one)
            self._came[slip.content_hash] = slip.file
            self._count[answer.state] += 1
            self._tell(file, answer, why)

    def _tell(self, file: str, answer: Answer, why: str) -> None:
        counts = {"rows": answer.rows, "rejected": answer.rejected, "number": answer.import_id}
        self._voice.say(f"became.{answer.state}", file=file, why=why, **counts)


def _refuse_wrong_use(given: argparse.Namespace, path: Path) -> None:
    surplus = [name for name in _NOT_WITH if getattr(given, name)]
    if given.mode == "replace":
        surplus.append(given.mode)
    if surplus:
        raise WrongUseError(TendError("watch_not_with", given=", ".join(surplus)))
    folder = given.watch.resolve()
    if folder.is_file() or folder.is_relative_to(path.resolve()):
        raise WrongUseError(TendError("watch_no_folder", path=given.watch))


@contextlib.contextmanager
def _ending(stop: threading.Event) -> Iterator[None]:
    """End at the next pause when told to; at once when told a second time."""

    def end(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    if sys.platform == "linux":  # comes where somebody opens a file that is just being asked about
        signal.signal(signal.SIGIO, signal.SIG_IGN)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
