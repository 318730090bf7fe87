"""Words and headers, data sets by evidence, refusals by name (M12, M17, M21, M24)."""

import pytest

from tend.ingest.results import Remembered
from tests.stories.field.conftest import Bring, Case, hold

CASES = [
    Case(("F21.csv",), "2024-06-30", {"Ada Ltd": 12000, "Bo Ltd": 12000}),
    Case(
        ("hubspot_deals.csv",),
        "2025-06-30",
        {"Alder Co": 12000},
        {"status_not_won", "not_counted 3", "not_counted 4"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_lists_are_read_as_what_they_are(bring: Bring, case: Case) -> None:
    """ARR on the day, and each decision told."""
    brought = hold(bring, case)
    assert brought.sheet.dataset == "contracts"


def test_a_mapping_holds_for_a_file_imported_again(bring: Bring) -> None:
    """The same file with another mapping is read in that way (M23)."""
    bring("contracts.csv")
    columns = {"annual_commit_dollars": "amount:monthly"}
    brought = bring("contracts.csv", mappings={"contracts.csv": Remembered("contracts", columns)})
    assert brought.arr("2025-06-30") == {"A1": 12000, "A2": 24000}
    assert not brought.reports[-1].unchanged


def test_invoices_are_refused_by_name(bring: Bring) -> None:
    """No contract, no ticket: a list of invoices is told to be one (M24)."""
    brought = bring("invoices.csv")
    error = brought.reports[-1].error
    assert error is not None
    assert (brought.sheet.reason, brought.sheet.accepted) == ("foreign_invoices", 0)


def test_a_score_of_a_file_called_nps_is_nps(bring: Bring) -> None:
    """Two promoters, one detractor (M24)."""
    brought = bring("nps_responses.csv")
    (found,) = brought.rows("nps", "2025-04-30")
    assert (found["promoters"], found["detractors"], brought.said) == (2, 1, set())


def test_a_list_without_a_value_names_the_missing_column(bring: Bring) -> None:
    """A churn list of a quarter is no usage: it is refused for its missing value (M24)."""
    brought = bring("status_quarter.csv")
    error = brought.reports[-1].error
    assert error is not None
    assert (error.code, brought.sheet.dataset) == ("missing_columns", "contracts")
    assert "Contract value" in error.message()
    assert "CLTV" in error.message()


def test_words_of_size_are_one_list(bring: Bring) -> None:
    """Micro and Startup are small, as both the headers' table and the settings know (G1)."""
    brought = bring("micro.csv")
    rows = brought.rows("customer_values", "2025-06-30", search=None, has_arr=None)
    assert ([row["size"] for row in rows], brought.said) == (["small", "small"], set())


def test_one_value_alone_decides_the_scale(bring: Bring) -> None:
    """One 6 among answers of 1 to 5: a scale to 10, with a warning and a question (M17)."""
    brought = bring("F17_contracts.csv", "F17_surveys.csv")
    assert brought.said == {"scale_by_one_value 4", "csat_scale", "csat_scale:csat"}


def test_a_value_beyond_the_scale_of_all_others_is_rejected(bring: Bring) -> None:
    """Among twenty answers of 1 to 5 a 44 is an error, not a scale to 100 (M17)."""
    rows = [f"Ada Ltd,2024-05-{n:02},p{n},{n % 5 + 1}" for n in range(1, 21)]
    text = "\n".join(["customer,date,respondent,csat", *rows, "Ada Ltd,2024-05-21,p21,44"])
    brought = bring(("surveys.csv", text))
    assert brought.sheet.rejected == 1
    assert brought.sheet.accepted == 20
    assert "csat_scale" in brought.said
