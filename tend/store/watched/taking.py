"""Taking in what was handed over: what is clear goes in, what is not waits, what is bad is told."""

import shutil
import threading
import time
from pathlib import Path

from tend.ingest.results import FileResult
from tend.language.errors import TendError
from tend.people.person import Person
from tend.store.database import trouble
from tend.store.erased import uploads
from tend.store.facts import imports
from tend.store.facts.imports import ImportOptions
from tend.store.watched import log, unclear
from tend.store.watched.slips import Answer, Inbox, Slip
from tend.store.workspace import Workspace

# Troubles of the moment, which say nothing of the file: it is asked for again.
_PASSING = (*trouble.OF_THE_MACHINE, "unreadable_file")


def serve(workspace: Workspace, stop: threading.Event, seconds: float) -> bool:
    """Take in what waits in the inbox, at most for so long; tell whether there was anything.

    Health follows once, after the last of them.
    """
    inbox, until = Inbox(workspace.path), time.monotonic() + seconds
    if not (there := inbox.slips()):
        return False
    with workspace.together():
        for slip in there:
            inbox.answer(slip, _taken(workspace, inbox, slip))
            if stop.is_set() or time.monotonic() > until:
                break
    return True


def _taken(workspace: Workspace, inbox: Inbox, slip: Slip) -> Answer:
    """Take a file in; trouble of the machine is an answer too: whoever watches asks again."""
    try:
        with trouble.told(workspace.path):
            return _take(workspace, inbox, slip)
    except TendError as error:
        return Answer.of("later", error)
    except Exception as error:  # noqa: BLE001 - whoever waits has to be told whatever it is
        return Answer.of("later", trouble.said(error, workspace.path))


def _take(workspace: Workspace, inbox: Inbox, slip: Slip) -> Answer:
    if seen := log.before(workspace, slip.content_hash):
        return seen
    chosen = ImportOptions(date_order=slip.date_order)
    result = imports.read(workspace, inbox.copy(slip), name=slip.name, options=chosen)
    if result.error is not None and result.error.code in _PASSING:
        raise result.error
    if result.content_hash not in ("", slip.content_hash):  # of one too big nothing is read
        raise TendError("unreadable_file", detail=slip.file)
    answer = _judged(workspace, result, slip)
    if answer is None:
        return _put_in(workspace, result, slip)
    if answer.state == "waits":
        _keep(workspace, inbox.copy(slip), slip)
    with workspace.writing("import", what="watched") as cursor:
        log.note(cursor, slip, answer)
    return answer


def _judged(workspace: Workspace, result: FileResult, slip: Slip) -> Answer | None:
    """Say why a file does not go in; nothing where it does."""
    if result.error is not None and unclear.is_refused(result):
        return Answer.of("refused", result.error)
    found = unclear.why(result, slip, log.sheets_before(workspace))
    return Answer.of("waits", found) if found else None


def _put_in(workspace: Workspace, result: FileResult, slip: Slip) -> Answer:
    """Import a file and note it, in one transaction: it is both, or neither."""
    done = Answer("in")
    report = imports.commit(
        workspace.seen_by(Person(slip.who)),
        result,
        also=lambda cursor: log.note(cursor, slip, done),
    )
    state = "same" if report.unchanged else done.state
    return Answer(state, report.import_id, report.accepted, report.rejected)


def _keep(workspace: Workspace, copy: Path, slip: Slip) -> None:
    """Keep a file that waits among the uploads, where its import will look for it."""
    kept = uploads.place(workspace, slip.name, slip.content_hash)
    part = kept.with_suffix(".part")
    shutil.copyfile(copy, part)
    part.replace(kept)
