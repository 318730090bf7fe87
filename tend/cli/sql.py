"""The command sql: a question of one's own, by the same door as the notebook."""

import argparse
import sys

from tend.cli import output, shared
from tend.cli.asking import chosen_view
from tend.cli.shared import REFUSED, language
from tend.language import text
from tend.queries.door import asking as door
from tend.queries.door.refused import Refused
from tend.store.workspace import Workspace

_FROM_INPUT = "-"


def ask(given: argparse.Namespace) -> int:
    """Answer one SELECT; say in a line why where it is refused."""
    statement = sys.stdin.read() if given.statement == _FROM_INPUT else given.statement
    with shared.opened(given, read_only=True) as workspace:
        view = chosen_view(given, workspace)
        try:
            answer = door.ask(workspace, statement, view)
        except Refused as refused:
            _say(_placed(refused, language(workspace)))
            return REFUSED
        output.print_rows(answer.table, given.format)
        if answer.is_cut:
            _say(_cut(workspace, answer.table.num_rows))
    return 0


def _say(told: str) -> None:
    print(f"tend: {output.line(told)}", file=sys.stderr)


def _placed(refused: Refused, spoken: str) -> str:
    """Tell why, behind the place in the statement where there is one."""
    said = refused.message(spoken)
    if refused.line is None:
        return said
    return text.say("cli.place", spoken, line=refused.line, column=refused.column, said=said)


def _cut(workspace: Workspace, rows: int) -> str:
    return text.say("cli.cut", language(workspace), rows=f"{rows:,}")
