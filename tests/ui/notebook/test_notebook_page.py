"""The page of notebooks: all of them, one that is read, one that is edited, in both languages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.acts import notebooks
from tend.language import text
from tend.notebook.cells import Cell, Notebook
from tend.people.person import Person
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame, opened_page, texts, undo
from tests.ui.conftest import Open

AS_OF = "2026-09-30"
BY_SIZE = "select size, count(*) as customers from customers where size = $size group by size"
BOOK = Notebook(
    "nb-1",
    "Sizes & <b>more</b>",
    (
        Cell("intro", "markdown", "## Why\n\n<script>x</script> ![i](http://evil.example/i.png)"),
        Cell("size", "parameter", "", (("ask", "choice"), ("of", "sizes"), ("default", "large"))),
        Cell(
            "sizes", "sql", "select distinct size from customers where size is not null order by 1"
        ),
        Cell("by_size", "sql", BY_SIZE),
        Cell(
            "drawn",
            "chart",
            "",
            (("of", "by_size"), ("mark", "bar"), ("x", "customers"), ("y", "size")),
        ),
        Cell("wrong", "sql", "select\n  nothing_like_it\nfrom customers"),
    ),
)


def page(**address: str) -> AppTest:
    """Open the page; nothing went wrong on it."""
    app = opened_page("notebook", None, as_of=AS_OF, **address)
    assert not app.exception
    return app


@pytest.fixture
def opened(changing: Open) -> Path:
    """Give a company whose team keeps a notebook."""
    folder = changing("sample-en")
    notebooks.keep(data.workspace().seen_by(Person("Ada")), BOOK)
    return folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_notebook_is_read(opened: Path, lang: str) -> None:
    """Controls, texts without markup, rows, a chart; what is wrong says so at its place."""
    assert opened
    app = page(notebook="nb-1", lang=lang)
    said = html(app)
    assert "Sizes &amp; &lt;b&gt;more&lt;/b&gt;" in said
    assert {"en": "Line 2, column 3.", "zh": "第 2 行第 3 列："}[lang] in said
    assert {"en": "There is no column", "zh": "没有"}[lang] in said
    [choice] = [one for one in app.selectbox if one.key == "value_size"]
    assert choice.value == "large"
    assert {"small", "mid", "large"} <= set(choice.options)
    assert any("! [i]" in one.value for one in app.markdown)
    assert len(app.get("vega_lite_chart")) == 1
    # another value stands in the address, and what it asks is asked anew
    choice.select("mid").run()
    assert app.query_params["p.size"] == "mid"
    assert not app.exception


def test_a_kept_notebook_is_edited_with_what_one_read(opened: Path) -> None:
    """Its cells are run as they are kept, its name is shown whole on a phone."""
    assert opened
    app = page(notebook="nb-1", lang="en", edit="1")
    assert text.say("notebook.not_run", "en") not in html(app)
    assert "Line 2, column 3." in html(app)
    assert len(app.get("vega_lite_chart")) == 1
    app.session_state["tend.is_narrow"] = True
    app.run()
    assert not app.exception
    [named] = [one for one in app.text_area if one.key == "nb_name_nb-1"]
    assert named.value == BOOK.name
    named.set_value("Sizes\nof all").run()
    assert named.key not in [one.key for one in app.text_input]
    assert [one.value for one in app.text_area if one.key == named.key] == ["Sizes of all"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_notebooks_are_listed(opened: Path, lang: str) -> None:
    """The team's own, and three of ours; a link to one that is gone says so."""
    assert opened
    app = page(lang=lang, notebook="nb-gone")
    said = texts(app)
    assert {"en": "1 notebook holds", "zh": "已有 1 个笔记本"}[lang] in said
    assert {"en": "is not there", "zh": "不存在"}[lang] in said
    assert {"en": "Renewals by source channel", "zh": "按来源渠道看续约"}[lang] in said
    [own] = [one for one in app.button if one.key == "nb_open_nb-1"]
    own.click().run()
    assert app.query_params["notebook"] == "nb-1"


def test_a_figure_is_opened_changed_and_kept(opened: Path) -> None:
    """It runs at once; a change is told, kept under a name, and taken back; others are not lost."""
    assert opened
    app = page(figure="renewals_by_segment", turn="group_by=size", edit="1")
    assert len(app.get("vega_lite_chart")) == 1
    assert "Not saved yet" in html(app)
    [add] = [one for one in app.button if one.key == "add_sql_end"]
    add.click().run()
    assert "Not run yet." in html(app)
    name = next(one for one in app.text_input if one.key == "name_cell_1")
    name.input("customers").run()
    assert "means something else already" in "\n".join(one.value for one in app.error)
    [keep] = [one for one in app.button if one.key == "nb_keep"]
    keep.click().run()
    there = notebooks.listed(data.workspace(), "en")
    [kept] = [one for one in there if one.notebook.name == "Where do we renew, and where not?"]
    assert kept.notebook.names() == ("renewals_by_segment", "cell_1")
    assert app.query_params["notebook"] == kept.notebook.id
    undo(app, "notebook")
    assert "Not saved yet" in html(app)  # the notebook is gone, what was written is not
    assert len(notebooks.listed(data.workspace(), "en")) == len(there) - 1


def test_cells_are_moved_copied_and_deleted(opened: Path) -> None:
    """Each by its tools, told as a change that is not kept; a deleted one comes back."""
    assert opened
    app = opened_in_frame("notebook", as_of=AS_OF, notebook="nb-1", edit="1")
    for key in ("up_wrong", "copy_wrong", "delete_wrong"):
        app.session_state["more_wrong"] = True
        app.run()
        [button] = [one for one in app.button if one.key == key]
        button.click().run()
        assert not app.exception
    assert "Your changes are not saved yet" in html(app)
    names = [str(one.key) for one in app.text_input if str(one.key).startswith("name_")]
    assert names[-2:] == ["name_wrong_2", "name_drawn"]
    undo(app, "notebook")
    names = [str(one.key) for one in app.text_input if str(one.key).startswith("name_")]
    assert names[-3:] == ["name_wrong", "name_wrong_2", "name_drawn"]
    assert notebooks.find(data.workspace(), "nb-1", "en").notebook == BOOK
