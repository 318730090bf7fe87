"""Every question of a run, asked of a workspace and of a server that it came to through a home.

`TEND_HOME_TWINS=1 pytest tests/queries tests/metrics tests/figures` asks both each question; at
the end it says how many questions and rows were held against each other.
"""

import contextlib
import tempfile
from collections import Counter, OrderedDict
from pathlib import Path
from typing import Any

import pyarrow as pa

from tend.queries import asking
from tend.store import moving
from tend.store.database.connection import FILE
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.home.sites import unlike
from tests.kit.tools import postgres
from tests.kit.tools.postgres import Postgres

# So many servers stay open for the next question.
_OPEN = 4


class Twins:
    """Servers that hold what workspaces of tests hold, each moved through a home of its own."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: set[str] = set()
        self._all = contextlib.ExitStack()
        self._place = Path(self._all.enter_context(tempfile.TemporaryDirectory("-twins")))
        self._postgres: Postgres = self._all.enter_context(postgres.running())
        self._open: OrderedDict[tuple[Path, int], Workspace] = OrderedDict()
        self._ask = asking.run

    def run(self, workspace: Workspace, name: str, view: View, **extra: object) -> pa.Table:
        """Ask both, and give what the workspace says. Raises AssertionError where they differ."""
        said = self._ask(workspace, name, view, **extra)
        twin = self._of(workspace).seen_by(workspace.person)
        rows, theirs = said.to_pylist(), self._ask(twin, name, view, **extra).to_pylist()
        assert unlike({name: rows}, {name: theirs}) == []
        self.names.add(name)
        self.counts.update(questions=1, rows=len(rows))
        return said

    def close(self) -> str:
        """Let go of all; tell what was compared."""
        for one in self._open.values():
            one.close()
        self._all.close()
        told = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"at both homes alike: {len(self.names)} queries, {told}"

    def _of(self, workspace: Workspace) -> Workspace:
        which = (workspace.path, workspace.version)
        if which not in self._open:
            self._open[which] = self._made(workspace)
            if len(self._open) > _OPEN:
                _, old = self._open.popitem(last=False)
                old.close()
        self._open.move_to_end(which)
        return self._open[which]

    def _made(self, workspace: Workspace) -> Workspace:
        self.counts["workspaces"] += 1
        place = self._place / str(self.counts["workspaces"])
        (place / "first").mkdir(parents=True)
        address = self._postgres.address()
        with workspace.whole_copy() as copied:
            (place / "first" / FILE).write_bytes(copied.read_bytes())
        with open_workspace(place / "first") as first:
            moving.to(first, address, place / "files")
        joined = open_workspace(place / "joined")
        moving.to(joined, address)
        return joined


def installed(patch: Any) -> Twins:
    """Let `asking.run` ask both, until the patch is undone."""
    twins = Twins()
    patch.setattr(asking, "run", twins.run)
    return twins
