"""What the tests of commands share: a command run in a workspace of its own, and a small file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tend.cli.commands import main

CONTRACTS = [
    ["Contract no", "Customer", "Industry", "Contract type", "Start date", "End date", "Amount"],
    ["K1", "Alder", "Retail", "Annual", "2024-01-01", "2024-12-31", 12000],
    ["K2", "Alder", "Retail", "Annual", "2025-01-01", "2025-12-31", 15000],
    ["K3", "Birch", "Logistics", "Annual", "2024-03-01", "2025-02-28", 6000],
    ["K4", "Cedar", "Retail", "Annual", "2024-05-01", "2024-04-01", 6000],
]


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a workspace of its own; give exit code, output and errors."""
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))

    def run_command(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return run_command


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a small contract list as an Excel file; one row ends before it starts."""
    path = tmp_path / "contracts.xlsx"
    written = openpyxl.Workbook()
    for row in CONTRACTS:
        written.active.append(row)
    written.active.title = "Deals"
    written.save(path)
    return path


def asked(run: Run, *words: object) -> Any:
    """Give what a command prints as JSON."""
    code, out, err = run(*words)
    assert code == 0, err
    return json.loads(out)
