"""Thousands of damaged files: the app's own process lives on and says what is wrong."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tend.ingest import prepare
from tend.ingest.results import Options
from tests.kit.files import fuzz

ROOT = Path(__file__).parents[3]
EACH, BATCHES = 700, 3  # so many processes begin: each loads all that reads files


@pytest.mark.parametrize("batch", range(BATCHES))
def test_changed_bytes_never_harm_the_app(batch: int, tmp_path: Path) -> None:
    """2,100 files: each is read or refused, or kills its reader only, which the app survives."""
    first, last = batch * EACH, (batch + 1) * EACH
    _read(tmp_path, first, last)
    said = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in said]
    for found in lines:
        for rows, accepted, rejected, skipped in found.get("rows", ()):
            assert rows == accepted + rejected + skipped
    started = [line["start"] for line in lines if "start" in line]
    assert started == list(range(first, last))
    done = {line["seed"] for line in lines if "seed" in line}
    killers = [seed for seed in started if seed not in done]
    for seed in killers:
        _survives(seed, tmp_path)
    assert len(killers) < EACH / 20


def _read(folder: Path, first: int, last: int) -> None:
    command = [sys.executable, "-m", "tests.kit.files.fuzz", str(folder), str(first), str(last)]
    subprocess.run(command, cwd=ROOT, timeout=150, check=True, capture_output=True)


def _survives(seed: int, folder: Path) -> None:
    """A file that kills its reader is a message to the app; by itself it may also be read."""
    ending, data = fuzz.mutated(fuzz.bases(), seed)
    path = folder / f"killer{ending}"
    path.write_bytes(data)
    result = prepare(path, options=Options(limits=replace(fuzz.LIMITS, seconds=fuzz.SECONDS)))
    assert result.sheets or (result.error and result.error.message("zh"))
