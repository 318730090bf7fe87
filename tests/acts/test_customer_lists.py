"""Saved lists of customers: kept, renamed, deleted, begun with, and each taken back."""

from pathlib import Path

import pytest

from tend.acts import customer_lists as lists
from tend.language.errors import TendError
from tend.people.person import Person, Role
from tend.queries import asking
from tend.settings import customer_lists
from tend.settings.customer_lists import CustomerList
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

MINE = CustomerList(by="csm", sort="days_left", is_rising=True, more=("nps_mean",))
LARGE = CustomerList(filters=(("size", ("large",)),))


def names(workspace: Workspace) -> list[str]:
    """Name the lists that are there, in their order."""
    return list(workspace.settings.customer_lists)


def test_a_list_is_kept_and_taken_back(companies: Companies, tmp_path: Path) -> None:
    """It outlives the opening; one kept again under its name is another; undone it is as before."""
    path = companies.empty(tmp_path / "workspace")
    with open_workspace(path) as workspace:
        back = lists.keep(workspace.seen_by(Person("Mara")), "Mine", MINE)
        again = lists.keep(workspace.seen_by(Person("Mara")), "Mine", LARGE)
        assert workspace.settings.customer_lists == {"Mine": LARGE}
        again(workspace.seen_by(Person("Mara")))
    with open_workspace(path) as workspace:
        assert workspace.settings.customer_lists == {"Mine": MINE}
        back(workspace.seen_by(Person("Mara")))
        assert names(workspace) == []


def test_names_and_beginnings_go_along(workspace: Workspace) -> None:
    """Renamed in its place, with whoever begins with it; deleted, they begin with the plain one."""
    lists.keep(workspace, "Mine", MINE)
    lists.keep(workspace, "Large", LARGE)
    lists.begin_with(workspace.seen_by(Person("Mara")), "Mine")
    lists.rename(workspace.seen_by(Person("Jonas")), "Mine", "By CSM")
    assert names(workspace) == ["By CSM", "Large"]
    assert workspace.settings.list_defaults == {"Mara": "By CSM"}
    back = lists.delete(workspace.seen_by(Person("Jonas")), "By CSM")
    assert (names(workspace), workspace.settings.list_defaults) == (["Large"], {})
    back(workspace.seen_by(Person("Jonas")))
    assert sorted(names(workspace)) == ["By CSM", "Large"]
    assert workspace.settings.list_defaults == {"Mara": "By CSM"}
    lists.begin_with(workspace.seen_by(Person("Mara")), None)
    assert workspace.settings.list_defaults == {}


def test_what_cannot_be_is_refused(workspace: Workspace) -> None:
    """A name that is taken, a list that is gone, nobody who begins, and what others changed."""
    lists.keep(workspace, "Mine", MINE)
    back = lists.keep(workspace, "Large", LARGE)
    with pytest.raises(TendError, match="already"):
        lists.rename(workspace, "Mine", "Large")
    with pytest.raises(TendError, match="not there any more"):
        lists.delete(workspace, "Small")
    with pytest.raises(TendError, match="who you are"):
        lists.begin_with(workspace, "Mine")
    lists.delete(workspace, "Mine")
    with pytest.raises(TendError, match="Somebody else"):
        back(workspace)
    assert names(workspace) == ["Large"]


def test_a_saved_list_changes_no_number(companies: Companies) -> None:
    """Answers stand: nothing that is computed is made anew because somebody saved a list."""
    with open_workspace(companies.sample(customers=60, until=UNTIL)) as workspace:
        asking.run(workspace, "customers", View(UNTIL))
        before = workspace.snapshots.marks(workspace)
        lists.keep(workspace, "Mine", MINE)
        after = workspace.snapshots.marks(workspace)
        words = asking.words("customers")
        assert after.version > before.version
        assert after.of(words) == before.of(words)
        workspace.define(workspace.settings.changed("hourly_cost", 400.0))
        assert workspace.snapshots.marks(workspace).of(words) > before.of(words)


def test_a_list_is_changed_by_whose_it_is(workspace: Workspace) -> None:
    """The team's by who may change all; a CSM's by them; others may use what they see."""

    def seen(name: str, role: Role = "csm") -> Workspace:
        sees_all = name != "Bo"
        return workspace.seen_by(Person(name, role, name.lower(), csms=(name,), sees_all=sees_all))

    leader, ann, bo = seen("Lea", "leader"), seen("Ann"), seen("Bo")
    lists.keep(leader, "Large", LARGE)
    lists.keep(ann, "Ann's", MINE)
    lists.keep(bo, "Bo's", MINE)
    lists.begin_with(leader, "Ann's")
    for act, given in (
        (lists.keep, ("Large", MINE)),
        (lists.keep, ("Ann's", LARGE)),
        (lists.rename, ("Large", "Mine")),
        (lists.delete, ("Ann's",)),
    ):
        with pytest.raises(TendError) as refused:
            act(bo, *given)
        assert refused.value.code == "not_own_list"
    forged = bo.settings.with_all({"list_defaults": {"Lea": "Bo's"}})
    taken = bo.settings.with_all({"list_owners": {"Ann's": "Bo"}})
    for wanted in (forged, taken):
        with pytest.raises(TendError):
            bo.define(wanted, base=bo.settings)
    assert [*lists.seen(bo)] == ["Large", "Bo's"]
    assert [*lists.seen(ann)] == names(workspace) == ["Large", "Ann's", "Bo's"]
    # nor in all settings as a file, and a statement of one's own has none of them to ask with
    told = bo.settings.with_all(customer_lists.only_seen(bo.settings, bo.person))
    assert ([*told.customer_lists], told.list_owners) == (["Large", "Bo's"], {"Bo's": "Bo"})
    assert told.list_defaults == {}
    whole = ann.settings.with_all(customer_lists.only_seen(ann.settings, ann.person))
    assert whole == workspace.settings
    assert not {*customer_lists.LOOKS} & asking.offered(bo.settings, View(UNTIL)).keys()
    with pytest.raises(TendError, match="not there any more"):
        lists.begin_with(bo, "Ann's")
    lists.begin_with(bo, "Large")
    back = lists.rename(ann, "Ann's", "Mine")  # who begins with it is told that it is gone
    assert workspace.settings.list_defaults == {"Lea": "Ann's", "Bo": "Large"}
    back(ann)
    lists.delete(leader, "Bo's")
    assert workspace.settings.list_owners == {"Ann's": "Ann"}
