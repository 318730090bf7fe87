"""A CSM's own call on a renewal: kept like those of files, the newest counts."""

from dataclasses import dataclass
from datetime import date

from tend.settings.process import CallName
from tend.store.facts import entries
from tend.store.workspace import Workspace


@dataclass(frozen=True)
class Call:
    """How somebody says that a contract's renewal will end; `csm` is whose call it is."""

    contract_id: str
    customer_id: str
    call: CallName
    called_on: date
    csm: str | None = None


def keep(workspace: Workspace, made: Call) -> int:
    """Keep a call; give the number of the entry."""
    fact = {
        "contract_id": made.contract_id,
        "customer_id": made.customer_id,
        "call": made.call,
        "called_on": made.called_on,
        "csm": made.csm or workspace.person.name or None,
    }
    return entries.enter(workspace, "calls", [fact])
