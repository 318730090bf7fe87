"""A notebook as plain text: what is written is read as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.language.errors import TendError
from tend.notebook import text
from tend.notebook.cells import KINDS, OPTIONS, Cell, Notebook, check_name

pytestmark = pytest.mark.quick
# Lines that look like what the form itself is made of, among any others.
_LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "-- %% sql x",
            "-- \\%% sql x",
            "%% sql",
            "\\%%",
            "-- mark: bar",
            "-- question: why",
            "select 1",
            "--",
            "-- notebook: other",
            "   ",
            "text  ",
            "--%% a",
            "- %%",
            "\u2028",
            "中文",
        ]
    ),
    st.text(max_size=20),
)
_TEXTS = st.lists(_LINES, max_size=6).map("\n".join)


@st.composite
def _cells(draw: st.DrawFn) -> tuple[Cell, ...]:
    names = draw(
        st.lists(
            st.from_regex(r"[a-z_客][a-z0-9_户]{0,8}", fullmatch=True), unique=True, max_size=4
        )
    )
    cells = []
    for name in names:
        kind = draw(st.sampled_from(KINDS))
        keys = draw(st.lists(st.sampled_from(OPTIONS[kind]), unique=True)) if OPTIONS[kind] else []
        options = tuple((key, draw(st.text(max_size=12))) for key in keys)
        cells.append(Cell(name, kind, draw(_TEXTS), options))
    return tuple(cells)


@given(name=st.text(max_size=20), cells=_cells())
def test_what_is_written_is_read(name: str, cells: tuple[Cell, ...]) -> None:
    """Any notebook comes back as it was, whatever its texts look like."""
    notebook = Notebook("nb-1", name, cells)
    written = text.write(notebook)
    assert text.read(written, "nb-1") == notebook
    assert text.read(written.replace("\n", "\r\n"), "nb-1") == notebook
    assert written == text.head(notebook) + "".join(map(text.write_cell, cells))


def test_the_form_reads_like_sql() -> None:
    """The text is what docs show: SQL, with everything else in comments."""
    notebook = Notebook(
        "",
        "Renewals by source",
        (
            Cell("intro", "markdown", "## Sources\n\nWhere they come from."),
            Cell("by_channel", "sql", "select 1 as n\nfrom customers", (("mark", "bar"),)),
        ),
    )
    assert text.write(notebook) == (
        "-- notebook: Renewals by source\n\n"
        "-- %% markdown intro\n\n-- ## Sources\n--\n-- Where they come from.\n\n"
        "-- %% sql by_channel\n-- mark: bar\n\nselect 1 as n\nfrom customers\n\n"
    )


def test_hands_write_it_as_well() -> None:
    """A file without names, blank lines or a title is understood, a comment of SQL stays one."""
    found = text.read("-- %% sql\n-- question: why\nselect 1\n-- %% sql\nselect 2")
    assert [(cell.name, cell.text) for cell in found.cells] == [
        ("cell_1", "-- question: why\nselect 1"),
        ("cell_2", "select 2"),
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("select 1", "no_notebook"),
        ("-- %% python x\n1", "no_such_kind"),
        ("-- %% sql a\n-- %% sql A", "cell_name_twice"),
        ("-- %% sql two words\nselect 1", "cell_name_bad"),
    ],
)
def test_what_is_no_notebook_is_refused(written: str, code: str) -> None:
    """Each is refused with one sentence in both languages."""
    with pytest.raises(TendError) as refused:
        text.read(written)
    assert refused.value.code == code
    assert re.search(r"[一-龥]", refused.value.message("zh"))


@pytest.mark.parametrize("name", ["", "1st", "two words", "a-b", "a;b", 'a"b', "x" * 61])
def test_names_are_those_of_tables(name: str) -> None:
    """A name that SQL could not use unquoted is refused."""
    with pytest.raises(TendError):
        check_name(name, ())


def test_a_name_of_the_vocabulary_is_taken() -> None:
    """Capitals make no other name of it."""
    check_name("my_customers", ("customers",))
    with pytest.raises(TendError) as refused:
        check_name("Customers", ("customers",))
    assert refused.value.code == "cell_name_taken"
