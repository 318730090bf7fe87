"""What dies unseen is logged like all else."""

import subprocess
import sys

NAME = "Acme 重庆长安"
CODE = f"""
import threading, warnings
from tend.logs import lines
lines.begin()
name = {NAME!r}
warnings.warn('about ' + name)
def work(): raise ValueError(name)
thread = threading.Thread(target=work); thread.start(); thread.join()
raise KeyError(name)
"""


def test_what_dies_unseen_is_in_the_log_without_its_words() -> None:
    """Warnings, threads and the process itself: by kind and place."""
    command = [sys.executable, "-c", CODE]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "Acme" not in ran.stderr
    for sign in ("warning py.warnings", "error=ValueError", "error=KeyError"):
        assert sign in ran.stderr
