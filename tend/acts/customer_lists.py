"""Lists of customers that people save, rename, delete and begin with: each is taken back by a word.

They are settings of the workspace. Who takes one back where somebody else has changed them since
is refused, as with all settings.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tend.language.errors import TendError
from tend.settings import customer_lists as lists
from tend.settings.company import Settings
from tend.settings.customer_lists import CustomerList
from tend.store.workspace import Workspace

# Takes back what was done; it is given the workspace.
Undo = Callable[..., object]


def keep(workspace: Workspace, name: str, wanted: CustomerList) -> Undo:
    """Keep a list under a name; one of that name becomes this one. Raises TendError: another's."""
    looks, who = _their_own(workspace, name), workspace.person
    owner = {} if who.edits.csms is None else {name: who.name}
    return _change(
        workspace,
        customer_lists={**looks.customer_lists, name: wanted},
        list_owners={**looks.list_owners, **owner},
    )


def rename(workspace: Workspace, name: str, wanted: str) -> Undo:
    """Give a list another name, in its place. Raises TendError where another list has it."""
    looks = _their_own(workspace, name)
    if wanted in looks.customer_lists and wanted != name:
        raise TendError("list_there", name=wanted)
    _known(looks, name)
    return _change(
        workspace,
        customer_lists=_renamed(looks.customer_lists, name, wanted),
        list_owners=_renamed(looks.list_owners, name, wanted),
        list_defaults={
            reader: wanted if one == name and _is_followed(workspace, reader) else one
            for reader, one in looks.list_defaults.items()
        },
    )


def delete(workspace: Workspace, name: str) -> Undo:
    """Delete a list; whoever began with it begins with the plain one."""
    looks = _their_own(workspace, name)
    _known(looks, name)
    return _change(
        workspace,
        customer_lists=_without(looks.customer_lists, name),
        list_owners=_without(looks.list_owners, name),
        list_defaults={
            reader: one
            for reader, one in looks.list_defaults.items()
            if one != name or not _is_followed(workspace, reader)
        },
    )


def begin_with(workspace: Workspace, name: str | None) -> Undo:
    """Let a reader begin with a list, or with the plain one. Raises TendError without a name."""
    who = workspace.person.name
    if not who:
        raise TendError("no_reader")
    looks = workspace.settings
    if name is not None and name not in seen(workspace):
        raise TendError("list_gone", name=name)
    begun = {} if name is None else {who: name}
    return _change(workspace, list_defaults=_without(looks.list_defaults, who) | begun)


def seen(workspace: Workspace) -> Mapping[str, CustomerList]:
    """Give the lists that the reader sees, in their order."""
    return lists.seen(workspace.settings, workspace.person)


def may_change(workspace: Workspace, name: str) -> bool:
    """Tell whether the reader may change a list, for what is offered to them."""
    who = workspace.person
    return who.may("edit") and lists.may_change(workspace.settings, who, name)


def _their_own(workspace: Workspace, name: str) -> Settings:
    """Give what is there. Raises TendError where the list of a name is another's."""
    looks = workspace.settings
    with workspace.refusals():
        if not lists.may_change(looks, workspace.person, name):
            raise TendError("not_own_list", name=name)
    return looks


def _known(looks: Settings, name: str) -> None:
    if name not in looks.customer_lists:
        raise TendError("list_gone", name=name)


def _is_followed(workspace: Workspace, reader: str) -> bool:
    """Tell whether what a reader begins with goes along; not with who may not change all."""
    return workspace.person.edits.csms is None or reader == workspace.person.name


def _renamed(there: Mapping[str, Any], name: str, wanted: str) -> dict[str, Any]:
    return {wanted if one == name else one: kept for one, kept in there.items()}


def _without(there: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {one: kept for one, kept in there.items() if one != name}


def _change(workspace: Workspace, **looks: Mapping[str, object]) -> Undo:
    before = workspace.settings
    after = before.with_all(looks)
    workspace.define(after, base=before)

    def back(workspace: Workspace) -> Settings:
        return workspace.define(before, base=after)

    return back
