"""Export: the file's name says what is written; notebooks come back by import."""

from pathlib import Path

import nbformat
import openpyxl
import pytest

from tend.notebook import text
from tests.cli.conftest import Run, asked

AS_OF = ("--as-of", "2025-06-30")


@pytest.fixture
def filled(run: Run, book: Path) -> Run:
    """Give commands over a small contract list."""
    assert run("import", book)[0] == 0
    return run


def test_a_page_is_written_for_jupyter_and_as_text(filled: Run, tmp_path: Path) -> None:
    """Its figures are cells, with the view that the flags choose; it says what lies where."""
    file = tmp_path / "renewals.ipynb"
    words = ("export", file, "--page", "renewals", *AS_OF, "--filter", "industry=retail")
    code, out, err = filled(*words, "--group-by", "contract_type", "--language", "zh")
    assert (code, err) == (0, "")
    assert out == "「续约总览」已写入 renewals.ipynb，数据在文件夹 renewals_data 中\n"
    cells = nbformat.read(file, 4).cells
    whole = "\n".join(cell.source for cell in cells)
    assert "filters=chosen({'industry': ['retail']})" in whole
    assert "as_of=date(2025, 6, 30)" in whole
    assert "first_day=date(2024, 7, 1)" in whole  # the page's own window, as nothing is chosen
    assert "group_by='contract_type'" in whole
    assert (tmp_path / "renewals_data" / "renewals.parquet").exists()
    assert filled(*words[:1], tmp_path / "renewals.sql", *words[2:])[0] == 0
    written = text.read((tmp_path / "renewals.sql").read_text("utf-8"))
    assert "renewals_by_segment" in written.names()


def test_a_notebook_goes_out_and_comes_back(filled: Run, tmp_path: Path) -> None:
    """What ships is exported, edited as a file, and taken in as a version that can be undone."""
    file = tmp_path / "load.sql"
    assert filled("export", file, "--notebook", "shipped-csm_load", *AS_OF)[0] == 0
    code, out, _ = filled("import", file)
    assert (code, "nothing changed" in out) == (0, True)
    written = file.read_text("utf-8")
    file.write_text(written + "-- %% sql mine\n\nselect 1 as one\n", encoding="utf-8")
    code, out, _ = filled("import", file)
    assert (code, out) == (0, "load.sql: notebook “Load per CSM against what it renews”,"
                              " 12 cells, kept (#2)\n")  # fmt: skip
    book = tmp_path / "load.ipynb"
    name = "Load per CSM against what it renews"
    code, _, err = filled("export", book, "--notebook", name, "--set", "most_customers=7", *AS_OF)
    assert (code, err) == (0, "")
    assert 'parameter("most_customers", 7.0)' in book.read_text("utf-8").replace('\\"', '"')
    [told] = asked(filled, "import", book, "--json")["imports"]
    assert told["notebook"] == {
        "id": "shipped-csm_load",
        "name": name,
        "cells": 12,
        "left_as_text": [],
    }
    assert (told["import_id"], told["error"], told["sheets"]) == (3, None, [])
    assert filled("undo", "3")[0] == 0
    assert filled("export", file, "--notebook", name)[0] == 0
    assert text.read(file.read_text("utf-8")).cells[-1].name == "mine"
    assert "default: 50" in file.read_text("utf-8")


def test_python_that_is_not_run_is_told(filled: Run, tmp_path: Path) -> None:
    """A notebook of somebody's own comes in beside a spreadsheet; its Python is named."""
    cells = [nbformat.v4.new_code_cell("print(1)"), nbformat.v4.new_markdown_cell("Hello")]
    file = tmp_path / "own.ipynb"
    file.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    code, out, _ = filled("import", file, tmp_path / "contracts.xlsx")
    assert code == 0
    assert "notebook “own”, 2 cells" in out
    assert "Python that Tend does not run, kept as text: text_1" in out
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{}", encoding="utf-8")
    code, out, err = filled("import", broken, tmp_path / "gone.sql")
    assert (code, err) == (1, "")
    assert "This is no Jupyter notebook" in out
    assert "gone.sql" in out


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl knows no paths in cells
def test_the_week_is_written_as_a_workbook(filled: Run, tmp_path: Path) -> None:
    """By its name, as of a day, filtered, in a language, with names or with numbers for them."""
    file = tmp_path / "2025-06 weekly.xlsx"
    said: dict[str, set[object]] = {}
    for more in ("--language=zh", "--no-names"):
        words = ("export", file, *AS_OF, "--from", "2025-01-01", "--to", "2025-06-30", more)
        code, out, err = filled(*words, "--filter", "industry=retail")
        assert (code, err) == (0, "")
        assert file.name in out
        book = openpyxl.load_workbook(file)
        said[more] = {cell.value for sheet in book for row in sheet for cell in row}
        foot = book.worksheets[0].oddFooter.left.text
        assert "2025-06-30 · 2025-01-01 – 2025-06-30 · " in foot
        assert "retail" in foot
    assert book.sheetnames[0] == "This week"
    assert "本周关键数字" in said["--language=zh"]
    assert "Alder" in said["--language=zh"]
    told = " ".join(str(value) for value in said["--no-names"])
    assert "Customer 1" in told
    assert not [name for name in ("Alder", "Birch", "K1", "K2", "contracts.xlsx") if name in told]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x.pdf", "--page", "renewals"), "x.pdf"),
        (("x.ipynb", "--notebook", "nobody's"), "nobody's"),
        (("x.ipynb", "--page", "renewals", "--filter", "colour=red"), "colour"),
        (("x.ipynb", "--notebook", "shipped-csm_load", "--set", "y=1"), "most_customers"),
        (("x.ipynb", "--notebook", "shipped-csm_load", "--set", "most_customers=a"), "most_cust"),
        (("x.ipynb",), "--notebook"),
        (("x.ipynb", "--page", "settings"), "settings"),
        (("no/such/folder/x.ipynb", "--page", "sop"), "no/such/folder."),
    ],
)
def test_what_cannot_be_written_is_said(
    filled: Run, words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is refused with a line, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    code, out, err = filled("export", *words)
    assert (code > 0, out) == (True, "")
    assert said in err
    assert sorted(path.name for path in tmp_path.iterdir()) == before
