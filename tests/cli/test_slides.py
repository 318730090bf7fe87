"""Export weekly.pptx and customer.pptx: what is written is said, and what cannot be is refused."""

from pathlib import Path

import pptx
import pytest

from tests.cli.conftest import Run
from tests.kit.files import decks
from tests.kit.samples import reviewed

AS_OF = ("--as-of", "2026-06-30")


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """Give commands over the customer whose numbers are by hand."""
    assert run("import", reviewed.book(tmp_path))[0] == 0
    return run


def test_slides_are_written_and_told(filled: Run, tmp_path: Path) -> None:
    """How many there are, what was left out, how a template took them; numbers for names."""
    week, own = tmp_path / "weekly.pptx", tmp_path / "2026 customer.pptx"
    code, out, err = filled("export", week, *AS_OF, "--filter", "csm=Mara", "--language", "zh")
    assert (code, err) == (0, "")
    assert out == f"“weekly.pptx”：共 {len(decks.titles(week.read_bytes()))} 页。\n"
    assert all("Mara" in notes for notes in decks.notes(week.read_bytes()))
    code, out, _ = filled("export", own, "--customer", "C1", *AS_OF, "--language", "en")
    assert code == 0
    assert "2 texts name another customer or something internal and were left out." in out
    template = tmp_path / "own.pptx"
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[0])
    made.save(str(template))
    words = ("export", week, *AS_OF, "--template", template, "--no-names", "--language", "en")
    code, out, _ = filled(*words)
    assert code == 0
    assert "subtitle" in out
    assert "1 slide of the template itself was left out." in out
    said = decks.words(week.read_bytes())
    assert reviewed.OWN not in said
    assert reviewed.OTHER not in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("customer.pptx",), 2, "--customer"),
        (("customer.pptx", "--customer", "Nobody"), 1, "Nobody"),
        (("weekly.pptx", "--template", "gone.pptx"), 1, "gone.pptx"),
        (("weekly.pptx", "--template", "reviewed.xlsx"), 1, "PowerPoint"),
        (("deck.pptx",), 2, "weekly.pptx, customer.pptx"),
    ],
)
def test_what_cannot_be_written_is_said(
    filled: Run,
    words: tuple[str, ...],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is refused with one line, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    refused, out, err = filled("export", *words)
    assert (refused, out) == (code, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert list(tmp_path.glob("*.pptx")) == []
