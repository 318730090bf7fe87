"""The company's definitions: kept as a version, and each version taken back at any time."""

from collections.abc import Callable
from functools import partial

from tend.settings import changes
from tend.settings.company import Settings
from tend.store.database.transactions import Progress
from tend.store.workspace import Workspace

# Takes back what was done; it is given the workspace.
Undo = Callable[..., object]


def keep(
    workspace: Workspace,
    wanted: Settings,
    base: Settings,
    *,
    progress: Progress | None = None,
) -> Undo:
    """Keep what differs from `base`. Raises TendError where somebody else changed it since."""
    workspace.define(wanted, base=base, progress=progress)
    return partial(_back, was=base, made=wanted)


def take_back(workspace: Workspace, version: int) -> Undo:
    """Set what a version changed as it was before; later changes of others stay.

    Raises TendError where it was changed again since: that is to be taken back first.
    """
    was, made = workspace.settings_at(version - 1), workspace.settings_at(version)
    return _back(workspace, was=was, made=made)


def _back(workspace: Workspace, *, was: Settings, made: Settings) -> Undo:
    now = workspace.settings
    keys = {*changes.changed(was, made)}
    base = now.with_all(made.model_dump(include=keys))
    return keep(workspace, base.with_all(was.model_dump(include=keys)), base)
