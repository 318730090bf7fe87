"""Quotes that nobody closed swallow no lines (M1): lines of the file are lines told."""

from pathlib import Path

import pytest

from tend.ingest import pipeline
from tend.ingest.reading import csv_text, files, quotes
from tend.ingest.results import Known, Limits, Options, SheetResult
from tests.ingest.conftest import codes, facts

pytestmark = pytest.mark.quick


def read(tmp_path: Path, text: str, name: str = "contracts.csv") -> SheetResult:
    """Read and check a text file in this process."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    raw = pipeline.named(files.read(path, Limits()), name)
    (result,) = pipeline.check_sheets(raw, Known(), Options(), lambda _s, _f: None)
    return result


def lines(separator: str, header: str, row: str, stray: int, cell: str) -> str:
    """Give a header and 30 lines, one of which begins with a cell that has a stray quote."""
    rows = [row.format(name=cell if i == stray else f"甲{i:02} Ltd") for i in range(30)]
    return "\n".join([header, *rows]).replace("|", separator) + "\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("customer|start date|end date|amount", "{name}|2024-01-01|2024-12-31|1000"),
        ("客户名称|开始日期|到期日|合同金额", "{name}|2024-01-01|2024-12-31|1000"),
    ],
)
@pytest.mark.parametrize("cell", ['"Nine Ltd', '"云启”科技', '"'])
def test_a_quote_at_the_start_of_a_cell_that_never_closes(
    tmp_path: Path, separator: str, header: str, row: str, cell: str
) -> None:
    """All thirty lines are contracts; the row with the quote is warned of."""
    found = read(tmp_path, lines(separator, header, row, 9, cell))
    assert (found.rows, found.accepted) == (30, 30)
    assert codes(found) == [(11, "stray_quote")]
    assert facts(found)[9]["customer_name"] == cell


def test_a_quote_that_closes_twenty_lines_later(tmp_path: Path) -> None:
    """Another stray quote, or an honest quoted cell, closes it: both lines stand by themselves."""
    text = lines(",", "customer,start,end,amount", "{name},2024-01-01,2024-12-31,1000", 4, '"Four')
    text += '"Smith, Jones",2024-01-01,2024-12-31,2000\n'
    found = read(tmp_path, text)
    assert (found.rows, found.accepted) == (31, 31)
    assert codes(found) == [(6, "stray_quote")]
    assert facts(found)[-1]["customer_name"] == "Smith, Jones"


def test_a_quote_at_the_end_of_the_file_and_before_a_number(tmp_path: Path) -> None:
    """The last cell is read; a number begins behind the quote, a name with it."""
    text = (
        'customer,end date,amount\nAda,2024-12-31,"1200\n乙公司,2024-12-31,900\nBo,2024-12-31,"1300'
    )
    found = read(tmp_path, text)
    assert [(f["customer_name"], f["amount"]) for f in facts(found)] == [
        ("Ada", 1200),
        ("乙公司", 900),
        ("Bo", 1300),
    ]
    assert codes(found) == [(2, "stray_quote"), (4, "stray_quote")]


def test_a_stray_quote_above_the_table_is_told(tmp_path: Path) -> None:
    """A title that opens a quote takes no line with it."""
    text = '"合同台账\n客户名称,到期日,合同金额\n甲,2024-12-31,5\n乙,2024-12-31,7\n'
    found = read(tmp_path, text)
    assert found.accepted == 2
    assert [d.params for d in found.decisions if d.code == "stray_quote"] == [
        {"column": "", "row": "1"}
    ]


@pytest.mark.parametrize(
    "note",
    [
        "line one\nline two, with, commas",
        'he said ""yes""\nand left',
        "第一行，说明\n第二行, 补充\n第三行",
        "1\n2\n3\n4",
    ],
)
def test_an_honest_cell_of_several_lines_stays_one(note: str) -> None:
    """Line breaks inside of quotes are kept where the lines are no lines of the table."""
    text = f'customer,note,end date,amount\nAda,"{note}",2024-12-31,12\nBo,x,2024-12-31,13\n'
    table, _, strays = csv_text.read(text.encode(), Limits())
    assert table.column(1).to_pylist()[1] == note.replace('""', '"')
    assert (table.num_rows, strays) == (3, ())


def test_a_file_of_quotes_is_read_in_time() -> None:
    """However quotes are put, the text is gone over once."""
    for text in ('"a,b\n' * 50_000, ',"""a""""b' * 50_000, '"a\nb,"x,c\n' * 50_000, '"' * 500_001):
        quotes.marked(text, ",")
