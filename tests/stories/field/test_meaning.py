"""What contracts mean: add-ons, open ends, usage that vanishes (M8, M18, M19)."""

from tests.stories.field.conftest import Bring

ACTIVE = "客户,月份,活跃用户,授权用户\n"


def test_an_add_on_renews_nothing(bring: Bring) -> None:
    """Due are 12,000 and 5,000 at the year's end, nothing is renewed, ARR is 19,400 (M8)."""
    brought = bring("F02.csv")
    due = brought.rows("renewals", "2024-12-10", "2024-12-01", "2024-12-31")
    found = sorted((r["customer_name"], r["arr"], str(r["end_date"]), r["outcome"]) for r in due)
    assert found == [
        ("Ada Ltd", 12000, "2024-12-31", "due"),
        ("Bo Ltd", 5000, "2024-12-31", "due"),
    ]
    assert sum(brought.arr("2024-12-10").values()) == 19400
    assert brought.said == {"add_on_renews_nothing 3"}


def test_an_open_end_is_never_due(bring: Bring) -> None:
    """O1 is in force, never due, not renewed; O2 is lost (M19)."""
    brought = bring("open_ended_not_churned.csv")
    rows = brought.rows("renewals", "2025-10-30")
    assert [(row["contract_id"], row["outcome"]) for row in rows] == [("O2", "lost")]
    assert brought.arr("2025-10-30") == {"Alder Co": 1200}
    assert brought.said == {"churn", "monthly"}


def test_usage_that_vanishes_counts_nothing_not_missing(bring: Bring) -> None:
    """A customer that leaves the usage file is at 0, while others go on (M18)."""
    names = ["甲公司", "乙公司", "丙公司", "丁公司"]
    contracts = ["客户,开始日期,到期日期,合同金额"]
    contracts += [f"{name},2024-01-01,2025-12-31,24000" for name in names]
    months = [(name, month) for name in names for month in range(1, 13)]
    rows = [f"{n},2024-{m:02},40,50" for n, m in months if n != "甲公司" or m < 7]
    brought = bring(
        ("合同.csv", "\n".join(contracts)), ("使用.csv", ACTIVE + "\n".join(rows))
    )
    found = {row["customer_name"]: row for row in brought.rows("health_on_day", "2024-12-31")}
    assert found["甲公司"]["outcome_state"] == "at_risk"
    assert found["乙公司"]["outcome_score"] > found["甲公司"]["outcome_score"]
