"""Undo: any import of a chain taken back leaves every answer as if it had never been."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tend import ingest
from tend.cli import output
from tend.ingest.results import FileResult
from tend.queries import asking, library
from tend.store import maintenance
from tend.store.facts import imports
from tend.store.facts.imports import Mode
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, months_before
from tests.kit.companies import Companies

AS_OF = date(2025, 6, 30)
Step = tuple[str, Mode]
HEADS = (
    "Contract no,Customer,Start date,End date,Amount",
    "Contract no,Customer,Industry,Size,End date,Start date,Amount,Status",
    "Customer,Industry,CSM",
    "Customer ID,Customer,Region",
    "Customer,Month,Active users",
    "Customer ID,Customer,Touch date,Hours",
)


@st.composite
def steps(draw: st.DrawFn) -> tuple[list[Step], int]:
    """Draw five small files that speak of the same few customers and contracts, and one of them."""
    files = [draw(files_of_one()) for _ in range(5)]
    return files, draw(st.integers(0, 4))


@st.composite
def files_of_one(draw: st.DrawFn) -> Step:
    """Draw one file: a header and a few rows; every key at most once."""
    head = draw(st.sampled_from(HEADS)).split(",")
    lines = []
    for key in draw(st.lists(st.sampled_from("123"), min_size=1, max_size=3, unique=True)):
        year = draw(st.integers(2022, 2025))
        # health is made for every month since: few, so that the chain is what takes the time
        lately = months_before(date.today(), draw(st.integers(1, 4)))
        word = {
            "Contract no": f"K{key}",
            "Customer": f"Name {key}",
            "Customer ID": f"C{key}",
            "Start date": f"{year}-01-01",
            "End date": f"{year}-12-31",
            "Amount": str(draw(st.sampled_from((100, 200)))),
            "Industry": draw(st.sampled_from(("Retail", "Bank", ""))),
            "Size": draw(st.sampled_from(("KA", "50", ""))),
            "CSM": draw(st.sampled_from(("Ana", "Bo"))),
            "Region": draw(st.sampled_from(("North", "South"))),
            "Month": f"{lately:%Y-%m}",
            "Active users": str(draw(st.integers(1, 9))),
            "Touch date": f"{lately:%Y-%m-05}",
            "Hours": str(draw(st.integers(1, 3))),
            "Status": draw(st.sampled_from(("", "lost"))),
        }
        lines.append(",".join(word[name] for name in head))
    mode: Mode = draw(st.sampled_from(("merge", "merge", "replace")))
    return "\n".join([",".join(head), *lines]) + "\n", mode


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps())
def test_an_import_taken_back_might_never_have_been(
    companies: Companies, drawn: tuple[list[Step], int]
) -> None:
    """Five imports less one give byte for byte what the four alone give, and facts fit rows."""
    chain, gone = drawn
    # a file that came before is no second import, whatever is to be done with its rows
    others = [step for step in chain if step[0] != chain[gone][0]]
    with workspace_of(companies, chain) as whole, workspace_of(companies, others) as rest:
        for report in imports.history(whole):
            if hash_of(chain[gone][0]) in str(report["file"]):
                imports.undo(whole, int(str(report["import_id"])))
        assert answers(whole) == answers(rest)
        # made anew from all rows, the facts are what the imports made of them one by one
        assert maintenance.verify(whole) == []


@contextmanager
def workspace_of(companies: Companies, chain: Sequence[Step]) -> Iterator[Workspace]:
    """Give a workspace with these files imported; each is read once, whatever the workspace.

    Health follows them once: what is taken back later it follows by itself.
    """
    with TemporaryDirectory() as folder:
        opened = open_workspace(companies.empty(Path(folder) / "w"))
        with opened:
            with opened.together():
                for words, mode in chain:
                    imports.commit(opened, file_of(words, Path(folder)), mode=mode)
            yield opened


_read: dict[str, FileResult] = {}


def file_of(words: str, folder: Path) -> FileResult:
    """Read a CSV of these words, or take what was read before: reading is not the question here."""
    path = folder / f"{hash_of(words)}.csv"
    path.write_text(words, encoding="utf-8")
    if words not in _read:
        _read[words] = ingest.prepare(path)
        assert _read[words].error is None, _read[words].error
    known = _read[words]
    return FileResult(path, known.name, known.content_hash, known.sheets, None)


def hash_of(words: str) -> str:
    """Name a file by what it says."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


# Columns that say which import it was, not what it holds.
OF_IMPORTS = {"import_id", "imported_at"}


def answers(workspace: Workspace) -> str:
    """Give what every named query says, as text."""
    told = {}
    for name, query in library.queries().items():
        view = View(AS_OF, group_by="industry" if query.is_grouped_by("industry") else None)
        own: dict[str, object] = {}
        if "dimensions" in query.parameters:
            own["dimensions"] = list(asking.dimensions(workspace))
        if "customer_id" in query.parameters:
            own["customer_id"] = "C1"
        if asking.missing(query, own):
            continue  # of one figure or fact
        table = asking.run(workspace, name, view, **own)
        # imports are numbered otherwise, and come at another time
        told[name] = table.drop_columns(OF_IMPORTS & {*table.column_names}).to_pylist()
    return json.dumps(told, default=output.plain)
