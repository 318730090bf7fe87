"""The command people: who may come in where people sign in, said by whoever has the machine."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tend.cli import output, shared
from tend.language import format, text
from tend.language.errors import TendError
from tend.people.person import ROLES, Person, Role
from tend.store.people import people
from tend.store.workspace import Workspace

_SHOWN = ("address", "name", "role", "csms", "sees", "masked", "may_import")


def arguments(added: argparse.ArgumentParser) -> None:
    """Add the words of the command."""
    what = added.add_subparsers(required=True, metavar="WHAT")
    one = _word(what, "list", _list, "who may come in, and by which domains")
    one.add_argument("--json", action="store_true", help="print one JSON list")
    one = _word(what, "invite", _invite, "let somebody come in")
    _person_arguments(one)
    one = _word(what, "change", _change, "let somebody be something else from now on")
    _person_arguments(one)
    one = _word(what, "remove", _remove, "let somebody in no longer")
    one.add_argument("address", metavar="ADDRESS", help="whose it is, as `people list` shows it")
    one = _word(what, "domain", _domain, "let in whoever has an address of a domain")
    one.add_argument("domain", metavar="DOMAIN", help="what stands behind the @")
    kind = one.add_mutually_exclusive_group(required=True)
    roles = [role for role in ROLES if role != "admin"]
    kind.add_argument("--role", choices=roles, help="as what they come in, from their first time")
    kind.add_argument("--remove", action="store_true", help="let nobody further in by it")


def _word(
    what: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: Callable[[Workspace, argparse.Namespace], None],
    said: str,
) -> argparse.ArgumentParser:
    one = what.add_parser(name, help=said, description=said)
    one.set_defaults(does=does)
    # as with all commands it may stand at the end; left out, what stood before is not forgotten
    one.add_argument("--workspace", type=Path, default=argparse.SUPPRESS, metavar="DIR")
    return one


def run(given: argparse.Namespace) -> int:
    """Say who may come in."""
    with shared.opened(given, read_only=given.does is _list) as workspace:
        given.does(workspace, given)
    return 0


def _person_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("address", metavar="ADDRESS", help="of mail, as the provider gives it")
    added.add_argument("--role", choices=ROLES, help="what they may do, as in docs/people.md")
    added.add_argument("--name", metavar="NAME", help="says who did something; else the address")
    added.add_argument(
        "--csm",
        action="append",
        metavar="LABEL",
        help="whose customers are theirs, as the data name the CSM; repeatable",
    )
    added.add_argument("--sees", choices=("own", "all"), help="whose customers they see")
    for word, what in (
        ("masked", "hide personal details: names, notes, comments, extra columns"),
        ("may-import", "let them bring files in"),
    ):
        added.add_argument(f"--{word}", action=argparse.BooleanOptionalAction, help=what)


def _list(workspace: Workspace, given: argparse.Namespace) -> None:
    there = [_row(one) for one in people.listed(workspace)]
    by_domain = [
        {"address": f"@{one.domain}", "role": one.role} for one in people.domains(workspace)
    ]
    if given.json:
        output.print_json([*there, *by_domain])
    else:
        print(output.table([*there, *by_domain], _SHOWN))


def _row(person: Person) -> dict[str, object]:
    return {
        "address": person.address,
        "name": person.name,
        "role": person.role,
        "csms": list(person.csms),
        "sees": "all" if person.sees_all else "own",
        "masked": person.is_masked,
        "may_import": person.may("import"),
    }


def _invite(workspace: Workspace, given: argparse.Namespace) -> None:
    asked = _asked(Person(address=given.address), given, given.role or "csm")
    _tell(workspace, "invited", people.invite(workspace, asked))


def _change(workspace: Workspace, given: argparse.Namespace) -> None:
    asked = _asked(_there(workspace, given.address), given, given.role)
    _tell(workspace, "changed", people.change(workspace, asked))


def _tell(workspace: Workspace, what: str, person: Person) -> None:
    """Say as what somebody comes in now, and how many customers they see."""
    language = shared.language(workspace)
    mine, of = (format.count(one) for one in people.reach(workspace, person))
    role = text.say(f"people.roles.{person.role}", language)
    said = text.say(f"people.{what}", language, name=f"{person.name} ({role})")
    print(output.line(f"{said} {text.say('people.would_see', language, mine=mine, of=of)}"))


def _asked(person: Person, given: argparse.Namespace, role: Role | None) -> Person:
    """Give somebody with what the command says of them; the rest follows from a new role."""
    if not person.key or role not in (None, person.role):
        begun = people.of_role(role or person.role, name=person.name, address=person.address)
        person = replace(begun, key=person.key, csms=person.csms)
    said = {
        "name": given.name,
        "csms": None if given.csm is None else tuple(given.csm),
        "sees_all": None if given.sees is None else given.sees == "all",
        "is_masked": given.masked,
        "may_import": given.may_import,
    }
    return replace(person, **{key: value for key, value in said.items() if value is not None})


def _remove(workspace: Workspace, given: argparse.Namespace) -> None:
    person = _there(workspace, given.address)
    people.remove(workspace, person.key)
    print(output.line(text.say("people.removed", shared.language(workspace), name=person.name)))


def _domain(workspace: Workspace, given: argparse.Namespace) -> None:
    if given.remove:
        people.let_in_no_more(workspace, given.domain)
    else:
        people.let_in(workspace, given.domain, given.role)
    said = "people.domain_out" if given.remove else "people.domain_in"
    print(output.line(text.say(said, shared.language(workspace), domain=given.domain)))


def _there(workspace: Workspace, address: str) -> Person:
    there = people.known(workspace, address)
    if there is None:
        raise TendError("unknown_person", person=address)
    return there
