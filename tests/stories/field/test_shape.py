"""How rows lie in a file: stray quotes, tables side by side, months across (M1, M26-M28)."""

import pytest

from tests.stories.field.conftest import Bring, Case, hold

MATRIX = (
    "Customer,Jan-24,Feb-24,Mar-24,Apr-24\n"
    'Ada Ltd,1000,1000,"1,200",1200\nBo Ltd,500,,0,500\nTotal,1500,1000,1200,1700\n'
)
MATRIX_ZH = "客户名称,2024年1月,2024年2月,2024年3月,2024年4月\n甲公司,1000,1000,1200,1200\n乙公司,500,-,0,500\n"
CASES = [
    Case(
        ("F01.csv",),
        "2024-06-30",
        # the quote that never closes is an ordinary character, so of the name
        {('"' if n == 9 else "") + f"Firm {n:02}": 1000 + n for n in range(40)},
        {"stray_quote 11"},
    ),
    Case(("F33.xlsx",), "2024-06-30", {"Ada Ltd": 12000, "Bo Ltd": 6000}, {"side_by_side"}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_row_is_lost(bring: Bring, case: Case) -> None:
    """ARR on the day, and each decision told."""
    hold(bring, case)


@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("MRR.csv", MATRIX, ("Ada Ltd", "Bo Ltd")),
        ("月度经常性收入.csv", MATRIX_ZH, ("甲公司", "乙公司")),
    ],
    ids=["en", "zh"],
)
def test_a_matrix_of_months_is_read(
    bring: Bring, name: str, text: str, names: tuple[str, str]
) -> None:
    """Runs of equal months are terms, blank and 0 none; movements follow, nothing is due (M28)."""
    brought = bring((name, text))
    ada, bo = names
    days = ("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")
    assert [brought.arr(day) for day in days] == [
        {ada: 12000, bo: 6000},
        {ada: 12000},
        {ada: 14400},
        {ada: 14400, bo: 6000},
    ]
    assert brought.rows("renewals", "2024-04-30") == []
    months = brought.rows("arr_movements", "2024-04-30", "2024-01-01", "2024-04-30")
    moved = [(m["churn"], m["expansion"], m["reactivation"]) for m in months]
    assert moved == [(0, 0, 0), (-6000, 0, 0), (0, 2400, 0), (0, 0, 6000)]


LINKS = "customer,start date,end date,amount\nwww.acme.test,2024-01-01,2024-12-31,100\ninfo@bolt.test,2024-01-01,2024-12-31,200\n"


def test_names_that_look_like_links_are_names(bring: Bring) -> None:
    """A web or mail address is a customer's name as it stands (M26)."""
    brought = bring(("links.csv", LINKS))
    assert brought.arr("2024-06-30") == {"www.acme.test": 100, "info@bolt.test": 200}
    assert brought.said == set()
