"""People: who may come in, as what, and what can never happen to the list of them."""

from dataclasses import replace

import pytest

from tend.acts import notebooks
from tend.language.errors import TendError
from tend.notebook.cells import Notebook
from tend.people.person import LOCAL, Person
from tend.store.erasure import making
from tend.store.erasure.subject import Wanted
from tend.store.people import people
from tend.store.workspace import Workspace
from tests.kit.companies import Companies

ADA = Person("Ada Lane", "admin", address="ada@firm.example")
WANG = Person("Wang Li", "csm", address="Wang@Firm.example", csms=("Wang Li",), sees_all=False)


def test_somebody_is_known_by_their_address_until_they_are_removed(workspace: Workspace) -> None:
    """Whatever its case; removed people are unknown at once, and come back with their key."""
    ada, wang = people.invite(workspace, ADA), people.invite(workspace, WANG)
    assert (ada.key, wang.key, wang.address) == ("p1", "p2", "wang@firm.example")
    assert people.known(workspace, " WANG@firm.EXAMPLE") == wang
    assert people.known(workspace, "wang@firm.example.test") is None
    # a Kelvin sign folds to k, and is the mailbox of somebody else
    people.invite(workspace, Person("Kim", address="kim@firm.example"))
    assert people.known(workspace, "\u212aim@firm.example") is None
    people.remove(workspace, "p2")
    assert people.known(workspace, WANG.address) is None
    assert [one.key for one in people.listed(workspace)] == ["p1", "p3"]
    assert people.invite(workspace, Person("Eve", "reviewer", address="eve@a.test")).key == "p4"
    assert people.invite(workspace, WANG).key == "p2"
    changed = people.change(workspace, replace(wang, role="leader", sees_all=True))
    assert people.known(workspace, WANG.address) == changed


def test_the_last_admin_stays(workspace: Workspace) -> None:
    """Neither removed nor demoted; one of two may go."""
    ada, wang = people.invite(workspace, ADA), people.invite(workspace, WANG)
    for attempt in (
        lambda: people.remove(workspace, ada.key),
        lambda: people.change(workspace, replace(ada, role="leader")),
    ):
        with pytest.raises(TendError) as refused:
            attempt()
        assert refused.value.code == "last_admin"
    assert people.known(workspace, ADA.address) == ada
    people.change(workspace, replace(wang, role="admin", sees_all=True))
    people.remove(workspace, ada.key)
    assert people.known(workspace, ADA.address) is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (replace(WANG, name="ada  lane"), "name_taken"),
        (replace(WANG, name="\uff21da Lane"), "name_taken"),
        (replace(WANG, address="ADA@firm.example"), "person_there"),
        (replace(WANG, address="wang"), "bad_address"),
        (replace(WANG, address="wang@firm.example\nx@y"), "bad_address"),
        (replace(WANG, role="king"), "bad_role"),  # type: ignore[arg-type]  # as a command may
        (replace(WANG, role="leader"), "role_sees_all"),
        (replace(WANG, role="admin", sees_all=True, is_masked=True), "admin_is_masked"),
        (replace(WANG, role="reviewer", may_import=True), "reviewer_imports"),
    ],
)
def test_what_cannot_be_is_refused(workspace: Workspace, asked: Person, code: str) -> None:
    """With a word why; nothing of it is kept."""
    people.invite(workspace, ADA)
    if code == "person_there":
        asked = replace(asked, name="Another")
    with pytest.raises(TendError) as refused:
        people.invite(workspace, asked)
    assert refused.value.code == code
    assert refused.value.message("zh") != refused.value.message("en")
    assert [one.name for one in people.listed(workspace)] == ["Ada Lane"]


def test_names_of_people_who_left_stay_theirs(workspace: Workspace) -> None:
    """They say who did what."""
    people.invite(workspace, ADA)
    wang = people.invite(workspace, WANG)
    people.remove(workspace, wang.key)
    with pytest.raises(TendError, match="was called Wang Li"):
        people.invite(workspace, replace(WANG, address="other@firm.example"))


def test_only_who_may_changes_people(workspace: Workspace) -> None:
    """Asked where it is written, whatever a page offers."""
    people.invite(workspace, ADA)
    wang = people.invite(workspace, WANG)
    seen = workspace.seen_by(wang)
    for attempt in (
        lambda: people.change(seen, replace(wang, role="admin", sees_all=True)),
        lambda: people.invite(seen, Person("Eve", "admin", address="eve@a.test")),
        lambda: people.remove(seen, "p1"),
        lambda: people.let_in(seen, "a.test", "leader"),
        lambda: people.let_in_no_more(seen, "a.test"),
        lambda: people.listed(seen),
    ):
        with pytest.raises(TendError) as refused:
            attempt()
        assert refused.value.code == "not_allowed_people"


def test_a_domain_lets_in_whoever_has_its_addresses(workspace: Workspace) -> None:
    """From their first sign-in they are people like all others; who was removed stays out."""
    people.invite(workspace, ADA)
    assert people.let_in(workspace, "@Firm.Example", "csm").domain == "firm.example"
    assert people.known(workspace, "eve@firm.example") is None
    eve = people.admit(workspace, "Eve@Firm.example", "Ada\u200b Lane")
    assert eve == Person("eve@firm.example", "csm", "p2", "eve@firm.example", sees_all=False)
    assert people.admit(workspace, "eve@firm.example", "") == eve
    for address in ("eve@sub.firm.example", "eve@evilfirm.example", "eve@a.test@firm.example"):
        assert people.admit(workspace, address, "Eve") is None
    # nor does somebody get what others did as they were called before people signed in
    notebooks.keep(workspace.seen_by(Person("Bo Before")), Notebook("nb-1", "Draft"))
    bo = people.admit(workspace, "b@firm.example", "BO Before")
    assert bo is not None
    assert bo.name == bo.address
    people.remove(workspace, eve.key)
    assert people.admit(workspace, "eve@firm.example", "Eve") is None
    # nor does who was erased come back under their name
    with making.prepared(workspace, Wanted("person", eve.name), "en") as made:
        making.put(workspace, made)
    assert people.admit(workspace, "Eve@firm.example", "Eve") is None
    people.let_in_no_more(workspace, "firm.example")
    assert people.admit(workspace, "new@firm.example", "New") is None
    for role, code in (("admin", "no_admin_by_domain"), ("king", "bad_role")):
        with pytest.raises(TendError) as refused:
            people.let_in(workspace, "firm.example", role)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_how_many_customers_somebody_would_see(companies: Companies) -> None:
    """Counted by hand from all customers, whatever the case of a label."""
    workspace = companies.read(customers=60)
    assert workspace.person == LOCAL
    with workspace.whole_cursor() as cursor:
        all_csms = [csm for (csm,) in cursor.execute("select csm from stg_customers").fetchall()]
    labels = people.labels(workspace)
    assert labels == sorted({csm for csm in all_csms if csm is not None})
    mine = replace(WANG, csms=(labels[0].upper(), "Nobody at all"))
    assert people.reach(workspace, mine) == (all_csms.count(labels[0]), len(all_csms))
    assert people.reach(workspace, ADA) == (len(all_csms), len(all_csms))
    assert people.reach(workspace, replace(WANG, csms=())) == (0, len(all_csms))
