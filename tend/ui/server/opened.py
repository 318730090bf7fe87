"""The workspace of this server: opened once, and whole; each reader sees it by `state/data.py`."""

import threading
from functools import partial
from pathlib import Path

from tend.store.database import heap
from tend.store.upkeep.keeper import Keeper
from tend.store.watched.desk import Desk
from tend.store.workspace import Workspace, open_workspace, workspace_path
from tend.ui.server.reading import Reading

_at_hand: dict[str, Workspace] = {}
_hands: list[Desk | Keeper | Reading] = []
_opening = threading.Lock()


def workspace() -> Workspace:
    """Give the workspace as whoever sits at the machine sees it. Raises TendError."""
    path = workspace_path(None).absolute()
    found = _at_hand.get(str(path))  # a page asks for it some twenty times
    return found if found is not None else _open(path)


def _open(path: Path) -> Workspace:
    with _opening:
        if str(path) not in _at_hand:
            heap.bound()
            opened = open_workspace(path)
            if opened.writer:
                _hands.append(Reading(opened, partial(_at_hand.__setitem__, str(path))))
            else:  # it takes in what comes by the watched folder, and makes the daily copies
                _hands.extend((Desk(opened), Keeper(opened)))
            _at_hand[str(path)] = opened
        return _at_hand[str(path)]


def reading() -> Reading | None:
    """Give how a server that only reads stands; nothing for one that writes."""
    return next((hand for hand in _hands if isinstance(hand, Reading)), None)


def close() -> None:
    """Let go of the workspace, for the end of a server or a test."""
    try:
        while _hands:
            _hands.pop().close()
        for opened in _at_hand.values():
            opened.close()
    finally:
        _at_hand.clear()
