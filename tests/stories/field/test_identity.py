"""What makes two rows the same: contract numbers, lines, answers, touches, ids (M2-M7)."""

import pytest

from tests.stories.field.conftest import Bring, Case, hold

CASES = [
    Case(
        ("F04a.csv", "F04b.csv"),
        "2024-06-30",
        {"Ada Ltd": 12000, "Bo Ltd": 5000, "Cy Ltd": 12000, "Di Ltd": 7000},
        {"number_of_several 2", "number_of_several 3"},
    ),
    Case(("F04d.csv",), "2024-06-30", {"Ada Ltd": 12000, "Bo Ltd": 12000, "Cy Ltd": 12000}),
    Case(("F14.csv",), "2024-06-30", {"Ada Ltd": 15000, "Bo Ltd": 12000}, {"contract_lines"}),
    Case(("F16.csv",), "2024-06-30", {"Ada Ltd": 12000, "Bo Ltd": 12000, "Cy Ltd": 9000}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_contracts_are_told_apart(bring: Bring, case: Case) -> None:
    """By number and customer, line and product, ids as written: none replaces another."""
    hold(bring, case)


def test_the_latest_answer_of_a_person_counts(bring: Bring) -> None:
    """Two answers of one person on one day are told apart by their time (M5)."""
    brought = bring("F12.csv")
    (found,) = brought.rows("nps", "2024-06-30")
    assert (found["answers"], found["promoters"], brought.said) == (2, 2, set())


NAMELESS = "customer,date,nps\nAda Ltd,2024-05-01,10\nAda Ltd,2024-05-01,9\nAda Ltd,2024-05-01,2\n"
NAMELESS_ZH = (
    "客户名称,日期,NPS\n甲公司,2024年5月1日,10\n甲公司,2024年5月1日,9\n甲公司,2024年5月1日,2\n"
)


@pytest.mark.parametrize("text", [NAMELESS, NAMELESS_ZH], ids=["en", "zh"])
def test_a_nameless_answer_is_a_persons_own(bring: Bring, text: str) -> None:
    """Three rows without a name on one day are three answers, once more or not (M5)."""
    brought = bring(("answers.csv", text), ("answers again.csv", text + "\n"))
    (found,) = brought.rows("nps", "2024-06-30")
    told = (found["answers"], found["promoters"], found["detractors"])
    assert (told, brought.said) == ((3, 2, 1), set())


def test_one_respondent_on_one_day_without_a_time_contradicts_himself(bring: Bring) -> None:
    """The same person twice on a day with other scores: told, never both."""
    text = "customer,date,respondent,nps\nAda Ltd,2024-05-01,ann,10\nAda Ltd,2024-05-01,ann,2\n"
    brought = bring(("answers.csv", text))
    assert "contradicting_rows 2" in brought.said


def test_usage_by_product_is_added_up(bring: Bring) -> None:
    """35 active of 50 licensed, told as added up over product (M4)."""
    brought = bring("F13.csv")
    assert brought.said == {"added_up"}
    assert "product" in brought.sheet.decisions[-1].message()
    with brought.workspace.cursor() as cursor:
        found = cursor.execute(
            "select customer_id, measure, value from stg_usage order by all"
        ).fetchall()
    assert found == [
        ("Ada Ltd", "active_users", 35),
        ("Ada Ltd", "licensed_users", 50),
        ("Bo Ltd", "active_users", 7),
        ("Bo Ltd", "licensed_users", 10),
    ]


PER_USER = {
    "customer,user,date,logins": "Ada Ltd",
    "客户名称,用户,日期,操作次数": "甲公司",
}


@pytest.mark.parametrize("header", PER_USER, ids=["en", "zh"])
def test_users_of_a_day_are_counted(bring: Bring, header: str) -> None:
    """Rows per user and day: counts are added up, active users are users with any action (M4)."""
    rows = [f"{PER_USER[header]},u{n},2024-05-{day:02},{n}" for n in range(4) for day in (1, 2)]
    brought = bring(("usage.csv", "\n".join([header, *rows])))
    assert brought.said == {"day_periods", "added_up", "users_counted"}
    with brought.workspace.cursor() as cursor:
        asked = "select measure = 'active_users', value from stg_usage order by all"
        found = cursor.execute(asked).fetchall()
    assert found == [(False, 6), (False, 6), (True, 3), (True, 3)]


def test_touches_without_a_note_are_touches_each(bring: Bring) -> None:
    """Two of two customers touched; hours 2.0 and 1.0; an equal row is named (M6)."""
    brought = bring("F15_contracts.csv", "F15_touches.csv")
    (rate,) = brought.rows("touch_rate", "2024-05-31", "2024-05-01", "2024-05-31")
    assert (rate["touched"], rate["customers"], brought.said) == (2, 2, {"may_be_a_copy 5"})
    values = brought.rows("customer_values", "2024-05-31", search=None, has_arr=None)
    hours = {row["customer_name"]: row["service_hours"] for row in values}
    assert hours == {"Ada Ltd": 2.0, "Bo Ltd": 1.0}


@pytest.mark.parametrize("step", [1, -1], ids=["customers first", "contracts first"])
def test_an_id_with_a_point_is_the_listed_one(bring: Bring, step: int) -> None:
    """123.0 is 123, whichever file comes first; by industry: Retail 100, Bank 200 (M7)."""
    brought = bring(*["F20_customers.csv", "F20_contracts.csv"][::step])
    assert brought.said == {"ids_without_point"}
    rows = brought.rows("customer_values", "2024-06-30", search=None, has_arr=None)
    assert {row["industry"]: row["arr"] for row in rows} == {"Retail": 100, "Bank": 200}
