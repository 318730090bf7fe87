"""What was decided and why, what a header may mean, and mappings somebody chose."""

import pytest

from tend import schema
from tend.ingest.reading import csv_text
from tend.ingest.results import Known, Limits, Options, Remembered, SheetResult
from tend.language.errors import TendError
from tests.ingest.conftest import Check, facts

pytestmark = pytest.mark.quick

LIST = ["客户名称", "到期日", "合同金额（万元）", "是否流失"]


def said(result: SheetResult) -> dict[tuple[str, str], str]:
    """Give the decisions as header and code -> English sentence."""
    for decision in result.decisions:
        assert "{" not in decision.message("en") + decision.message("zh")
    return {(d.header, d.code): d.message("en") for d in result.decisions}


def test_decisions_name_their_evidence(check: Check) -> None:
    """Order of day and month, units and senses are told with what speaks for them."""
    rows = [["台账"], LIST, ["甲", "25/03/2024", "1,5", "是"], ["乙", "13/04/2024", "2,25", "否"]]
    found = said(check(rows, typed=False))
    assert found["到期日", "dmy"] == (
        "Day first, because 2 values have a day over 12, such as 25/03/2024."
    )
    assert "2 values such as 1,5" in found["合同金额（万元）", "decimal_comma"]
    assert "10,000" in found["合同金额（万元）", "unit"]
    assert ("是否流失", "churn") in found
    assert "row 2" in found["", "header_row"]


@pytest.mark.parametrize(
    ("days", "options", "code"),
    [
        (["03/25/2024", "01/02/2024"], Options(), "mdy"),
        (["03/04/2024", "01/02/2024"], Options(), "dmy_default"),
        (["03/04/2024"], Options(date_order="mdy"), "mdy_chosen"),
        (["2024-03-04"], Options(), None),
    ],
)
def test_the_order_of_day_and_month(
    check: Check, days: list[str], options: Options, code: str | None
) -> None:
    """A column that no value decides says so; a column in ISO has nothing to say."""
    result = check([LIST, *(["甲", day, "1", None] for day in days)], None, options)
    codes = {d.code for d in result.decisions if d.header == "到期日"}
    assert codes == ({code} if code else set())


@pytest.mark.parametrize(
    ("periods", "code"),
    [
        (["2024-01-01", "2024-02-01"], "month_periods"),
        (["2024-01-01", "2024-01-08"], "week_periods"),
        (["2024-01-01", "2024-01-02"], "day_periods"),
    ],
)
def test_the_grain_of_usage(check: Check, periods: list[str], code: str) -> None:
    """Day, week or month is said with its reason: how many different dates there are."""
    rows = [[customer, p, "5"] for customer in ("C1", "C2") for p in periods]
    found = said(check([["Customer ID", "Date", "Active users"], *rows]))
    assert "its 2 different dates" in found["Date", code]


def test_suggestions_come_nearest_first(check: Check) -> None:
    """Every header has its column first, or the nearest by name and kind of cells."""
    head = ["客户名称", "到期日", "合同金额", "End dat", "Renewed?", "Contrct number"]
    row = ["甲", "2024-03-31", "12000", "2024-03-31", "yes", "SM-1"]
    result = check([head, row])
    nearest = {header: found[0] for header, found in result.suggestions.items() if found}
    assert nearest["到期日"] == "end_date"
    assert nearest["End dat"] == "end_date"
    assert nearest["Contrct number"] == "contract_id"
    assert set(result.suggestions) == set(head)
    assert all(len(found) <= 5 for found in result.suggestions.values())
    assert result.samples["合同金额"] == ("12000",)


def test_an_unknown_sheet_shows_its_headers(check: Check) -> None:
    """Headers nobody knows are listed with samples, so that somebody can say what they mean."""
    rows = [
        ["Wer", "Bis wann", "Was es kostet"],
        ["甲", "2024-03-31", "5"],
        ["乙", "2024-04-30", "6"],
    ]
    result = check(rows)
    assert (result.dataset, result.reason) == (None, "unknown_dataset")
    assert result.headers == ("Wer", "Bis wann", "Was es kostet")
    assert result.samples["Wer"] == ("甲", "乙")
    told = Remembered(
        "contracts", {"Wer": "customer_name", "Bis wann": "end_date", "Was es kostet": "amount"}
    )
    again = check(rows, None, Options(mappings={"Sheet1": told}))
    assert (again.dataset, again.accepted) == ("contracts", 2)
    remembered = check(rows, Known(mappings={result.fingerprint: told}))
    assert remembered.accepted == 2
    assert {"mapping_remembered"} <= {d.code for d in remembered.decisions}


def test_what_was_chosen_wins(check: Check) -> None:
    """A chosen column takes the place of a recognised one; "" leaves a header out."""
    head = ["Customer", "End date", "Amount", "Old amount", "Industry", "Remark"]
    rows = [head, ["Acme", "2024-12-31", "1", "2", "Retail", "x"]]
    columns = {"Old amount": "amount", "Amount": "", "Remark": "customers.region"}
    remembered = Known(
        mappings={check(rows).fingerprint: Remembered("contracts", {"Amount": "amount"})}
    )
    result = check(rows, remembered, Options(mappings={"Sheet1": Remembered("contracts", columns)}))
    assert facts(result)[0]["amount"] == 2
    assert "Amount" in result.unused
    assert result.mapping["Remark"] == "customers.region"
    assert result.also[0].facts.to_pylist()[0]["region"] == "x"


def test_a_confirmed_mapping_gives_the_same_again(check: Check) -> None:
    """What a sheet's `mapping` says can be handed back as it is, for every kind of column."""
    tables = [
        [["客户名称", "行业", "省份"], ["甲", "教育", "浙江"]],
        [["客户", "月份", "活跃用户数", "登录次数"], ["甲", "2024-01", "3", "4"]],
        [
            ["客户名称", "合同期限", "合同金额", "行业"],
            ["甲", "2024-01-01至2024-12-31", "5", "教育"],
        ],
    ]
    for rows in tables:
        first = check(rows)
        assert first.dataset is not None
        told = Remembered(first.dataset, first.mapping)
        again = check(rows, None, Options(mappings={"Sheet1": told}))
        assert (again.mapping, again.facts) == (first.mapping, first.facts)


def test_a_mapping_that_cannot_be(check: Check) -> None:
    """A column that does not exist, or is named twice, is refused; a missing header is told."""
    rows = [LIST, ["甲", "2024-03-31", "1", "是"]]
    for columns, code in (
        ({"到期日": "endd"}, "unknown_column"),
        ({"到期日": "amount", "合同金额（万元）": "amount"}, "column_twice"),
    ):
        with pytest.raises(TendError) as refused:
            check(rows, None, Options(mappings={"Sheet1": Remembered("contracts", columns)}))
        assert refused.value.code == code
    missing = Remembered("contracts", {"金额": "amount"})
    result = check(rows, None, Options(mappings={"Sheet1": missing}))
    assert [(p.row, p.code) for p in result.problems[:1]] == [(None, "mapped_header_missing")]


def test_the_encoding_can_be_chosen() -> None:
    """What the bytes look like is said; what the user says counts."""
    data = "客户,到期日\n甲,2024-01-01\n".encode("gb18030")
    _, guessed, _ = csv_text.read(data, Limits())
    _, chosen, _ = csv_text.read(data, Limits(), "big5")
    assert guessed[0] == ("encoding_plausible", {"encoding": "GB18030"})
    assert chosen[0] == ("encoding_chosen", {"encoding": "BIG5"})
    assert guessed[-1] == ("separator", {"separator": ",", "columns": "2"})


@pytest.mark.parametrize("dataset", schema.DATASETS)
def test_columns_own_names_are_suggested_first(check: Check, dataset: str) -> None:
    """A header left out of the mapping is still offered the column it is called by."""
    labels = [c.label["en"] for c in schema.DATASETS[dataset].columns.values()]
    told = Remembered(dataset, dict.fromkeys(labels, ""))
    result = check([labels, ["1"] * len(labels)], None, Options(mappings={"Sheet1": told}))
    first = [found[0] for found in result.suggestions.values()]
    own = list(schema.DATASETS[dataset].columns)
    assert sum(a == b for a, b in zip(first, own, strict=True)) >= 0.8 * len(own)
