"""A server is there soon: what few pages need is loaded once it is needed."""

import subprocess
import sys

from tests.kit.server import ROOT

# What takes a tenth of a second of processor or more, and only few pages need.
_LATE = ("openpyxl", "pandas", "pptx", "pypinyin", "scipy", "nbformat", "apprise")
_LOADED = "import sys, tend.ui.frame.start; print(*sys.modules)"


def test_what_few_pages_need_is_loaded_late() -> None:
    """Nobody who starts a server waits for what writes workbooks, slides or pinyin."""
    command = [sys.executable, "-c", _LOADED]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(told.stdout.split())
    assert "tend.ui" in loaded
    assert loaded.isdisjoint(_LATE)
