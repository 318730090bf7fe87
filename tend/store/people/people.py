"""Who may come in where a sign-in is set up, and as what: invited one by one, or by a domain.

Rows are never taken out: a key stands for one person for ever, in the log too, and the name of
somebody who left stays theirs, as it says who did what.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from tend.language.errors import TendError
from tend.people.person import ROLES, Person, Role
from tend.store.audit import acting
from tend.store.database.clock import now
from tend.store.erased import marks
from tend.store.workspace import Workspace

LONGEST_NAME = 80
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f<>,;\"()]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_COLUMNS = "person_key, address, name, role, csms, sees_all, is_masked, may_import"
# Roles that see all customers with all that is personal: who can give themselves all has all.
_WHOLE: tuple[Role, ...] = ("admin",)
_SEE_ALL: tuple[Role, ...] = ("admin", "leader")


@dataclass(frozen=True)
class Domain:
    """Whoever has an address of this domain may come in, as this."""

    domain: str
    role: Role


def folded(address: str) -> str:
    """Give an address as it is compared: only A to Z lose their case.

    What else looks or folds alike is another mailbox, and might be somebody else's.
    """
    return address.strip().encode().lower().decode()


def known(workspace: Workspace, address: str) -> Person | None:
    """Give the person of an address, as they stand now; nobody where they may not come in."""
    with workspace.whole_cursor() as cursor:
        return _by(cursor, "address", folded(address))


def listed(workspace: Workspace) -> list[Person]:
    """List who may come in, those who may do most first."""
    workspace.require("people")
    with workspace.whole_cursor() as cursor:
        there = _people(cursor, "removed_at is null")
    return sorted(there, key=lambda one: (ROLES.index(one.role), one.name.casefold()))


def admit(workspace: Workspace, address: str, name: str) -> Person | None:
    """Give the person of an address; one of a domain that may come in is written down now.

    Who was removed or erased stays out, whatever their domain.
    """
    if (there := known(workspace, address)) is not None:
        return there
    if (domain := _domain_of(workspace, address)) is None:
        return None
    with workspace.writing("people") as cursor:
        if (there := _by(cursor, "address", folded(address))) is not None:
            return there
        new = of_role(domain.role, name=_clean(name), address=folded(address))
        if not new.name or _is_taken(cursor, new) or _has_acted(cursor, new.name):
            new = replace(new, name=new.address)
        return _enter(cursor, workspace, new)


def invite(workspace: Workspace, person: Person) -> Person:
    """Let somebody come in; who was removed comes back with their key.

    Raises TendError where the address is there already, or something of it cannot be.
    """
    with workspace.writing("people") as cursor:
        asked = _checked(cursor, person)
        if _by(cursor, "address", asked.address) is not None:
            raise TendError("person_there", address=asked.address)
        return _enter(cursor, workspace, asked)


def change(workspace: Workspace, person: Person) -> Person:
    """Let somebody be this from now on, by their key. Raises TendError."""
    with workspace.writing("people") as cursor:
        was = _by(cursor, "person_key", person.key)
        if was is None:
            raise TendError("unknown_person", person=person.address or person.key)
        asked = _checked(cursor, person)
        other = _by(cursor, "address", asked.address)
        if other is not None and other.key != person.key:
            raise TendError("person_there", address=asked.address)
        acting.note(how="changed")
        _write(cursor, workspace, asked)
        _keep_an_admin(cursor, was)
        return asked


def remove(workspace: Workspace, key: str) -> None:
    """Let somebody in no longer, from now on. Raises TendError, also for the last admin."""
    with workspace.writing("people") as cursor:
        was = _by(cursor, "person_key", key)
        if was is None:
            raise TendError("unknown_person", person=key)
        acting.note(how="removed", person=key)
        cursor.execute(
            "update people set removed_at = ?, removed_by = ? where person_key = ?",
            [now(), workspace.person.name, key],
        )
        _keep_an_admin(cursor, was)


def names(workspace: Workspace) -> dict[str, str]:
    """Give the names of all who ever came in, by their keys; who was erased has none."""
    with workspace.whole_cursor() as cursor:
        rows = cursor.execute("select person_key, name from people where name <> ''").fetchall()
    return dict(rows)


def domains(workspace: Workspace) -> list[Domain]:
    """List the domains whose addresses come in without an invitation."""
    with workspace.whole_cursor() as cursor:
        rows = cursor.execute("select domain, role from people_domains order by domain").fetchall()
    return [Domain(domain, role) for domain, role in rows]


def let_in(workspace: Workspace, domain: str, role: Role) -> Domain:
    """Let all of a domain in, as this from their first sign-in on. Raises TendError."""
    asked = folded(domain).removeprefix("@")
    if not _DOMAIN.fullmatch(asked):
        raise TendError("bad_domain", domain=domain)
    if role not in ROLES:
        raise TendError("bad_role", role=role, known=", ".join(ROLES))
    if role in _WHOLE:
        raise TendError("no_admin_by_domain", domain=asked)
    with workspace.writing("people") as cursor:
        acting.note(how="domain_in", role=role)
        cursor.execute("delete from people_domains where domain = ?", [asked])
        made = [asked, role, now(), workspace.person.name]
        cursor.execute("insert into people_domains values (?, ?, ?, ?)", made)
    return Domain(asked, role)


def let_in_no_more(workspace: Workspace, domain: str) -> None:
    """Let nobody further in by a domain; who came in by it stays until removed."""
    asked = folded(domain).removeprefix("@")
    with workspace.writing("people") as cursor:
        acting.note(how="domain_out")
        gone = cursor.execute("delete from people_domains where domain = ?", [asked]).fetchone()
        if not gone or not gone[0]:
            raise TendError("unknown_domain", domain=domain)


def of_role(role: Role, *, name: str = "", address: str = "") -> Person:
    """Give somebody as their role begins: a CSM sees and edits their own, which are to be named."""
    return Person(name=name, role=role, address=address, sees_all=role != "csm")


def labels(workspace: Workspace) -> list[str]:
    """List the CSMs that customers have: whose customers somebody may be given."""
    with workspace.whole_cursor() as cursor:
        rows = cursor.execute(
            "select csm from stg_customers where csm is not null group by csm order by csm"
        ).fetchall()
    return [csm for (csm,) in rows]


def reach(workspace: Workspace, person: Person) -> tuple[int, int]:
    """Count the customers that somebody sees, and all there are."""
    asked = "select count(*) from stg_customers"
    mine = workspace.seen_by(person).read(lambda cursor: _count(cursor, asked))
    with workspace.whole_cursor() as cursor:
        return mine, _count(cursor, asked)


def _count(cursor: duckdb.DuckDBPyConnection, asked: str) -> int:
    found = cursor.execute(asked).fetchone()
    assert found is not None
    return int(found[0])


def _checked(cursor: duckdb.DuckDBPyConnection, person: Person) -> Person:
    """Give somebody as they are kept. Raises TendError where something of it cannot be."""
    address = folded(person.address)
    if not _ADDRESS.fullmatch(address):
        raise TendError("bad_address", address=person.address)
    if person.role not in ROLES:
        raise TendError("bad_role", role=person.role, known=", ".join(ROLES))
    name = _clean(person.name) or address
    csms = tuple(dict.fromkeys(label for one in person.csms if (label := one.strip())))
    asked = replace(person, address=address, name=name, csms=csms)
    if person.role in _SEE_ALL and not person.sees_all:
        raise TendError("role_sees_all", role=person.role)
    if person.role in _WHOLE and person.is_masked:
        raise TendError("admin_is_masked")
    if person.role == "reviewer" and person.may_import:
        raise TendError("reviewer_imports")
    if _is_taken(cursor, asked):
        raise TendError("name_taken", name=name)
    return asked


def _clean(name: str) -> str:
    """Give a name in one line, without what cannot be seen."""
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _is_taken(cursor: duckdb.DuckDBPyConnection, person: Person) -> bool:
    """Tell whether somebody else has the name or had it: it says who did what."""
    rows = cursor.execute("select name, address from people").fetchall()
    mine = _compared(person.name)
    return any(_compared(name) == mine for name, address in rows if address != person.address)


def _has_acted(cursor: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Tell whether a name says who did something, as before people signed in.

    What is of nobody's customers is whose name stands at it: nobody gets it by naming themselves.
    """
    rows = cursor.execute(
        "select who from imports union select changed_by from settings_history"
    ).fetchall()
    return any(_compared(who or "") == _compared(name) for (who,) in rows)


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _enter(cursor: duckdb.DuckDBPyConnection, workspace: Workspace, person: Person) -> Person:
    """Write somebody down under the key they had, else under the next one."""
    had = cursor.execute(
        "select person_key from people where address = ?", [person.address]
    ).fetchone()
    number = _count(cursor, "select coalesce(max(person_key[2:]::integer), 0) + 1 from people")
    new = replace(person, key=had[0] if had else f"p{number}")
    acting.note(how="invited")
    if had is None:
        cursor.execute(
            "insert into people values (?, '', '', '', [], false, false, false, ?, '', null, null)",
            [new.key, now()],
        )
    _write(cursor, workspace, new)
    return new


def _write(cursor: duckdb.DuckDBPyConnection, workspace: Workspace, person: Person) -> None:
    acting.note(person=person.key, role=person.role, sees_all=person.sees_all)
    cursor.execute(
        "update people set address = ?, name = ?, role = ?, csms = ?, sees_all = ?, is_masked = ?,"
        " may_import = ?, changed_at = ?, changed_by = ?, removed_at = null, removed_by = null"
        " where person_key = ?",
        [
            *(person.address, person.name, person.role, list(person.csms), person.sees_all),
            *(person.is_masked, person.may_import, now(), workspace.person.name, person.key),
        ],
    )


def _keep_an_admin(cursor: duckdb.DuckDBPyConnection, was: Person) -> None:
    """Refuse to leave nobody who could let others in."""
    if was.role == "admin" and not _people(cursor, "removed_at is null and role = 'admin'"):
        raise TendError("last_admin")


def _domain_of(workspace: Workspace, address: str) -> Domain | None:
    asked = folded(address)
    if not _ADDRESS.fullmatch(asked):
        return None
    with workspace.whole_cursor() as cursor:
        was = cursor.execute("select 1 from people where address = ?", [asked]).fetchone()
        is_erased = marks.book(cursor).who(marks.PERSON, asked) is not None
    if was is not None or is_erased:
        return None
    of = asked.rpartition("@")[2]
    return next((one for one in domains(workspace) if one.domain == of), None)


def _by(cursor: duckdb.DuckDBPyConnection, column: str, value: str) -> Person | None:
    found = _people(cursor, f"removed_at is null and {column} = ?", value)
    return found[0] if found else None


def _people(cursor: duckdb.DuckDBPyConnection, which: str, *given: str) -> Sequence[Person]:
    rows = cursor.execute(f"select {_COLUMNS} from people where {which}", given).fetchall()
    return [
        Person(name, role, key, address, tuple(csms), sees_all, is_masked, may_import)
        for key, address, name, role, csms, sees_all, is_masked, may_import in rows
    ]
