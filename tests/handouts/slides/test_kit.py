"""The kit: values go in, slides that people edit come out, in any template, whatever names say."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest

from tend.handouts.slides.kit import lettering, places, plain_look, values, writing
from tend.handouts.slides.kit.values import Cell, Chart, Deck, Number, Series, Slide, Table
from tend.language.errors import TendError
from tests.kit.files import decks
from tests.kit.samples.reviewed import HOSTILE, LONG

pytestmark = pytest.mark.quick

NAMES = (*HOSTILE, LONG, "很长的客户名称" * 20)
BARS = Chart(values.BAR, NAMES, (Series("=1+1", (5.0, 4.0, 3.0, 2.0, None)),))
MONEY = Chart(
    values.STACKED_COLUMN,
    ("2026-Q1", "2026-Q2"),
    (Series("A", (2_500_000.0, 10.0)), Series("B", (-300_000.0, 0.0), "context")),
    values.MONEY,
)
TABLE = Table(
    ("Customer", "ARR"),
    tuple((Cell(name), Cell("1.2M", "at_risk")) for name in NAMES),
    (False, True),
)
NOTES = ("Definition: of a thing", "Source: python -m tend query renewals")
DECK = Deck(
    "A deck",
    (
        Slide("The week", "2026-09-30", is_cover=True, notes=NOTES),
        Slide(
            NAMES[3],
            "Numbers",
            numbers=(Number("81 %", "Rate", "of 94"),),
            chart=MONEY,
            notes=NOTES,
        ),
        Slide("Bars", "Words beside", chart=BARS, body=NAMES, notes=NOTES),
        Slide("Table", "All", table=TABLE, notes=NOTES),
        Slide("Words", body=("One", LONG * 4), notes=NOTES),
    ),
    "2026-09-30 · all customers",
    "zh",
)


def own_template(path: Path, *renamed: tuple[str, str]) -> Path:
    """Make a template from what PowerPoint begins with: its layouts, and a slide of its own."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "How to use this template"
    for layout in made.slide_layouts:
        placeholders: Any = layout.placeholders
        for one in placeholders:
            for was, name in renamed:
                if one.name.startswith(was):
                    one.name = name
    made.save(str(path))
    return path


def test_a_deck_reads_back() -> None:
    """Titles, notes, numbers of charts, states in their ink; the file says what it is."""
    packed, fit = writing.written(DECK, None)
    assert fit == values.Fit()
    assert decks.titles(packed)[0] == "The week"
    assert decks.notes(packed) == ["\n".join(NOTES)] * len(DECK.slides)
    charts = decks.charts(packed)
    assert charts[1] == (["2026-Q1", "2026-Q2"], {"A": [2.5e6, 10.0], "B": [-3e5, 0.0]})
    assert list(charts[2][1].values()) == [[5.0, 4.0, 3.0, 2.0, None]]
    assert decks.opened(packed).core_properties.title == "A deck"
    for number, slide in enumerate(decks.opened(packed).slides):
        held: Any = slide.placeholders
        assert all(one.has_chart or one.has_table or one.text_frame.text for one in held), number
        assert [one.text_frame.text for one in held if one.name == "footer"] == [DECK.footer]


def test_names_are_names() -> None:
    """In the books behind charts they are no formula and no link; long ones are cut."""
    packed, _ = writing.written(DECK, None)
    books = [held for name, held in decks.parts(packed) if name.endswith(".xlsx")]
    assert len(books) == 2
    for held in books:
        cells = [
            cell for row in openpyxl.load_workbook(io.BytesIO(held)).active.rows for cell in row
        ]
        assert all(cell.data_type in "sn" and not cell.hyperlink for cell in cells)
    names = decks.charts(packed)[2][0]
    assert names[:2] == list(HOSTILE[:2])
    assert names[3].startswith("Consolidated")
    assert names[3].endswith("…")
    [rows] = [table for table in decks.tables(packed) if len(table) > 1]
    assert all(len(cell) < 200 for row in rows for cell in row)
    external = [name for name, held in decks.parts(packed) if b'TargetMode="External"' in held]
    assert external == []


def test_chinese_has_its_font() -> None:
    """Each run, each chart and the theme name an East Asian font."""
    packed, _ = writing.written(DECK, None)
    for name, held in decks.parts(packed):
        text = held.decode("utf-8") if name.endswith(".xml") else ""
        if re.match(r"ppt/(slides|notesSlides)/\w+\.xml$", name):
            runs = re.findall(r"<a:r>.*?</a:r>", text)
            assert all('<a:ea typeface="Microsoft YaHei"/>' in run for run in runs), name
        if re.match(r"ppt/charts/chart\d+\.xml$", name):
            fonts = re.findall(r"<a:defRPr.*?</a:defRPr>", text)
            assert fonts
            assert all('<a:ea typeface="Microsoft YaHei"/>' in one for one in fonts), name
    theme = next(held for name, held in decks.parts(packed) if "theme1" in name)
    assert theme.count(b'<a:ea typeface="Microsoft YaHei"/>') == 2


@pytest.mark.parametrize(
    ("language", "values_", "said"),
    [
        ("en", (2.5e6, 4e3), '[>=1000000]0.0,,"M";[>=1]#,##0,"K";0'),
        ("en", (2.5e6, -1.0), '0.0,,"M"'),
        ("zh", (2.5e6, 4e3), '0\\.0,"万"'),
        ("zh", (12.0,), "#,##0"),
    ],
)
def test_amounts_are_short(language: str, values_: tuple[float, ...], said: str) -> None:
    """A format of spreadsheets writes them; the values stay what they are."""
    from tend.handouts.slides.kit import charts

    names = tuple(map(str, values_))
    chart = Chart(values.COLUMN, names, (Series("A", values_),), values.MONEY)
    assert charts.number_format(chart, language) == said


def test_a_template_is_filled_by_name(tmp_path: Path) -> None:
    """Renamed placeholders take their parts, its own slides go, and what it lacks is told."""
    renamed = (("Content", "图表 3"), ("Text", "body"), ("Picture", "logo"))
    packed, fit = writing.written(DECK, own_template(tmp_path / "own.pptx", *renamed))
    assert fit.left_out == 1
    assert set(fit.missing) == {"subtitle", "numbers"}  # a table goes where content goes
    assert "How to use" not in decks.words(packed)
    assert decks.titles(packed)[0] == "The week"
    assert set(decks.charts(packed)) == {1, 2}
    width = decks.opened(packed).slide_width or 0
    for number, shape in decks.shapes(packed):
        assert shape.left >= 0, (number, shape.name)
        assert shape.left + shape.width <= width + 1, (number, shape.name)
    marks = [
        shape._element.xpath(".//p:nvPr/p:ph")
        for _, shape in decks.shapes(packed)
        if shape.has_chart
    ]
    assert all(marks), "a chart stays in its placeholder, and follows its layout"


@pytest.mark.parametrize(
    ("name", "part"),
    [("Title 1", "title"), ("副标题 2", "subtitle"), ("图表占位符 5", "chart"), ("KPIs", "numbers"),
     ("Slide Number Placeholder 5", "page"), ("key_numbers", "numbers"), ("logo", None)],
)  # fmt: skip
def test_what_names_mean(name: str, part: str | None) -> None:
    """As PowerPoint writes them in both languages, and as teams do."""
    assert places.part_called(name) == part


def test_each_way_to_fill_a_slide_has_a_layout() -> None:
    """In the plain look nothing has to share a room."""
    look = plain_look.presentation()
    for slide in DECK.slides:
        assert places.of(look, slide).missing == ()


def packed_with(path: Path, name: str, held: bytes) -> Path:
    """Add a part to a template."""
    own_template(path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, held)
    return path


LINKED = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://x/image" Target="http://x/x.png" TargetMode="External"/>'
    b"</Relationships>"
)


def no_layouts(path: Path) -> Path:
    """Make a template without any layout."""
    made = pptx.Presentation()
    for layout in list(made.slide_layouts):
        made.slide_layouts.remove(layout)
    made.save(str(path))
    return path


def without_theme(path: Path) -> Path:
    """Make a template whose master has lost its theme."""
    own_template(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    master = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    parts[master] = re.sub(rb"<Relationship [^>]*/theme\"[^>]*>", b"", parts[master])
    with zipfile.ZipFile(path, "w") as file:
        for name, held in parts.items():
            file.writestr(name, held)
    return path


def test_a_damaged_template_is_one_sentence_or_a_deck(tmp_path: Path) -> None:
    """Without its theme fonts of ours stand in; a placeholder without a number is refused."""
    packed, _ = writing.written(DECK, without_theme(tmp_path / "bare.pptx"))
    assert decks.titles(packed)[0] == "The week"
    broken = own_template(tmp_path / "own.pptx")
    with zipfile.ZipFile(broken) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(broken, "w") as file:
        for name, held in parts.items():
            cut = held.replace(b"<p:sldMasterId ", b"<p:sldMaster ")
            file.writestr(name, re.sub(rb'idx="\d+"', b'idx="x"', cut))
    with pytest.raises(TendError) as refused:
        writing.written(DECK, broken)
    assert refused.value.code in ("template_no_pptx", "template_no_layouts")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b"PK no"), "template_no_pptx"),
        (lambda path: path.write_bytes(b""), "template_no_pptx"),
        (lambda path: openpyxl.Workbook().save(path), "template_no_pptx"),
        (no_layouts, "template_no_layouts"),
        (lambda path: packed_with(path, "ppt/vbaProject.bin", b"x"), "template_programs"),
        (lambda path: packed_with(path, "ppt/x.xml", b"<!DOCTYPE a>"), "template_programs"),
        (lambda path: packed_with(path, "ppt/_rels/x.rels", LINKED), "template_outside"),
        (lambda path: packed_with(path, "ppt/x.xml", b" " * (21 << 20)), "template_too_large"),
    ],
)
def test_what_is_no_template_is_refused(
    make: Callable[[Path], object], code: str, tmp_path: Path
) -> None:
    """Each with one sentence that names the file."""
    path = tmp_path / "own.pptx"
    make(path)
    with pytest.raises(TendError) as refused:
        writing.written(DECK, path)
    assert refused.value.code == code
    assert refused.value.message("zh").startswith("own.pptx")


def test_texts_are_cut_to_their_room() -> None:
    """A mark shows what is cut off; Chinese takes twice the room."""
    room = pptx.util.Pt(120)
    assert lettering.fitted("Short", room, 12) == "Short"
    assert lettering.fitted(LONG, room, 12).endswith("…")
    assert len(lettering.fitted("客户" * 40, room, 12)) < len(lettering.fitted("ab" * 40, room, 12))
