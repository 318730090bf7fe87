"""Parts of the one command: each runs to its end, and finds what the page has words for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks.companies import kept
from benchmarks.companies.kept import Company
from benchmarks.parts import Bench, bringing
from docs import performance

ENTRIES = ("touch", "task", "stage")
FOUND: Mapping[str, set[str]] = {
    "import_1000": {"import_1000"},
    "import_xlsx": {"import_xlsx"},
    "entries": {f"{kind}_{end}" for kind in ENTRIES for end in ("committed", "answered")},
    "cell": {"cell", "named_query"},
    "definition": {"definition", "read_meanwhile", "read_slowest"},
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Give a company, brought in."""
    return kept.prepared(tmp_path_factory.mktemp("company"), 40)


@pytest.mark.parametrize("part", FOUND)
def test_a_part_runs_to_its_end(
    part: str, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells each of its costs, beside its floor, and what it does leaves the company alone."""
    monkeypatch.setattr(bringing, "LARGE", 200)
    before = _bytes(company.workspace)
    nobody: Any = None  # these need no browser
    told = command.measured(company, Bench(tmp_path, 1, nobody, 0.1), part)
    assert told["missed"] == {part: None}
    assert told["costs"].keys() == FOUND[part]
    words = performance.words()
    assert FOUND[part] <= {name for group in words["groups"] for name in group["costs"]}
    for cost in told["costs"].values():
        assert cost["s"] > 0
        assert cost["floor"] in words["floors"]
    assert _bytes(company.workspace) == before


def _bytes(workspace: Path) -> bytes:
    return (workspace / "tend.duckdb").read_bytes()
