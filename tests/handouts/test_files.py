"""A file that is handed round is whole in its place, or the old one is."""

from pathlib import Path

import pytest

from tend.handouts import files

pytestmark = pytest.mark.quick


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """With nothing left beside it."""
    file = tmp_path / f"{'周报' * 40}.xlsx"
    for content in (b"old", b"new"):
        files.put(file, content)
        assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A place that is a folder stays one; no half of a file is left beside it."""
    place = tmp_path / "weekly.xlsx"
    (place / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match=r"weekly\.xlsx"):
        files.put(place, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["weekly.xlsx"]
