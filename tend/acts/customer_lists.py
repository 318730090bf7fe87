"""Lists of customers that people save, rename, delete and begin with: each is taken back by a word.

They are settings of the workspace. Who takes one back where somebody else has changed them since
is refused, as with all settings.
"""

from collections.abc import Callable, Mapping

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.settings.customer_lists import LOOKS, CustomerList
from tend.store.workspace import Workspace

# Takes back what was done; it is given the workspace.
Undo = Callable[..., object]
Lists = dict[str, CustomerList]
Defaults = dict[str, str]


def keep(workspace: Workspace, name: str, wanted: CustomerList) -> Undo:
    """Keep a list under a name; one of that name becomes this one."""
    lists, defaults = _there(workspace)
    return _change(workspace, {**lists, name: wanted}, defaults)


def rename(workspace: Workspace, name: str, wanted: str) -> Undo:
    """Give a list another name, in its place. Raises TendError where another list has it."""
    lists, defaults = _there(workspace)
    if wanted in lists and wanted != name:
        raise TendError("list_there", name=wanted)
    _known(lists, name)
    renamed = {wanted if one == name else one: found for one, found in lists.items()}
    begun = {reader: wanted if one == name else one for reader, one in defaults.items()}
    return _change(workspace, renamed, begun)


def delete(workspace: Workspace, name: str) -> Undo:
    """Delete a list; whoever began with it begins with the plain one."""
    lists, defaults = _there(workspace)
    _known(lists, name)
    rest = {one: found for one, found in lists.items() if one != name}
    begun = {reader: one for reader, one in defaults.items() if one != name}
    return _change(workspace, rest, begun)


def begin_with(workspace: Workspace, name: str | None) -> Undo:
    """Let a reader begin with a list, or with the plain one. Raises TendError without a name."""
    who = workspace.person.name
    if not who:
        raise TendError("no_reader")
    lists, defaults = _there(workspace)
    rest = {reader: one for reader, one in defaults.items() if reader != who}
    if name is not None:
        _known(lists, name)
        rest[who] = name
    return _change(workspace, lists, rest)


def _there(workspace: Workspace) -> tuple[Lists, Defaults]:
    found = workspace.settings
    return dict(found.customer_lists), dict(found.list_defaults)


def _known(lists: Mapping[str, CustomerList], name: str) -> None:
    if name not in lists:
        raise TendError("list_gone", name=name)


def _change(
    workspace: Workspace,
    lists: Mapping[str, CustomerList],
    defaults: Mapping[str, str],
) -> Undo:
    before = workspace.settings
    after = before.with_all(dict(zip(LOOKS, (lists, defaults), strict=True)))
    workspace.define(after, base=before)

    def back(workspace: Workspace) -> Settings:
        return workspace.define(before, base=after)

    return back
