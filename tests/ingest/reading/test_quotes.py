"""Quotes that nobody closed swallow no lines (M1): lines of the file are lines told."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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


HEADERS = (
    "contract id|customer|start date|end date|amount|status",
    "合同编号|客户名称|开始日期|到期日|合同金额|状态",
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    strays=st.dictionaries(st.integers(0, 39), st.integers(0, 5), max_size=40),
    is_lone=st.booleans(),
    separator=st.sampled_from([",", ";", "\t"]),
    header=st.sampled_from(HEADERS),
    end=st.sampled_from(["\n", "\r\n"]),
)
@example(dict.fromkeys(range(40), 1), False, ",", HEADERS[0], "\n")  # every row
@example({5: 1, 6: 1}, False, ";", HEADERS[1], "\n")  # neighbours
@example({5: 1, 6: 1}, True, ",", HEADERS[0], "\r\n")  # cells of nothing but a quote
@example({5: 1, 7: 0}, False, "\t", HEADERS[1], "\n")
def test_whichever_rows_have_a_stray_quote_all_stand(
    strays: dict[int, int], is_lone: bool, separator: str, header: str, end: str
) -> None:
    """Forty lines are forty rows, and the quotes are told at exactly the rows that have one."""
    rows = [header.split("|")]
    for i in range(40):
        row = [f"C{i}", f"Cust {i}", "2024-01-01", "2024-12-31", str(1000 + i), "Active"]
        if i in strays:
            row[strays[i]] = '"' if is_lone else f'"{row[strays[i]]}'
        rows.append(row)
    text = "".join(separator.join(row) + end for row in rows)
    table, _, found = csv_text.read(text.encode(), Limits())
    assert [list(row.values()) for row in table.to_pylist()] == rows
    assert found == tuple((i + 1, strays[i]) for i in sorted(strays))


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("strays", [{5, 6}, set(range(40)), {0, 2, 3, 38, 39}])
def test_neighbours_with_a_stray_quote_are_contracts_each(
    tmp_path: Path, separator: str, header: str, strays: set[int]
) -> None:
    """No row is taken by the one before it; each that has a quote is warned of."""
    rows = [f"C{i}|Cust {i}|2024-01-01|2024-12-31|{1000 + i}|Active" for i in range(40)]
    rows = [row.replace("Cust", '"Cust') if i in strays else row for i, row in enumerate(rows)]
    found = read(tmp_path, "\n".join([header, *rows]).replace("|", separator) + "\n")
    assert (found.rows, found.accepted) == (40, 40)
    assert codes(found) == [(i + 2, "stray_quote") for i in sorted(strays)]


@pytest.mark.parametrize("short", ["C6,Cust 6", 'C6,"Smith, Jones",2024-01-01,2024-12-31,1,Active'])
def test_a_line_of_another_width_between_two_stray_quotes_stands(short: str) -> None:
    """A short line, or one with an honest quoted cell, is no reason to lose its neighbours."""
    rows = [f"C{i},Cust {i},2024-01-01,2024-12-31,{i},Active" for i in range(9)]
    rows[5:8] = [rows[5].replace("Cust", '"Cust'), short, rows[7].replace("Cust", '"Cust')]
    text = "\n".join([HEADERS[0].replace("|", ","), *rows])
    table, _, found = csv_text.read(text.encode(), Limits())
    assert (table.num_rows, found) == (10, ((6, 1), (8, 1)))


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
        "a line, its end, and a break\n",
        "one, two\n\nthree, four,\nfive, six",
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
