"""What the machine allows a child."""

from pathlib import Path

import pytest

from tend.child import machine

pytestmark = pytest.mark.quick


def test_a_container_is_shared(tmp_path: Path) -> None:
    """A container's limit counts where it is lower; without one what is wanted stands."""
    (tmp_path / "memory").mkdir()
    assert machine.memory(1000, tmp_path) == 1000
    (tmp_path / "memory.max").write_text("max\n")
    assert machine.memory(1000, tmp_path) == 1000
    (tmp_path / "memory.max").write_text("1000\n")
    assert machine.memory(10_000, tmp_path) == 600
    assert machine.memory(100, tmp_path) == 100
    (tmp_path / "memory.max").unlink()
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{2**63 - 4096}\n")
    assert machine.memory(1000, tmp_path) == 1000
