"""What files become by commands: one truth, blank cells, forms of others, ledgers, no rate."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run, asked


def test_a_missing_file_is_refused_and_the_others_go_in(run: Run, book: Path) -> None:
    """Exit code 1; the rest is imported."""
    code, out, _ = run("import", "nowhere.xlsx", book, "--json")
    told = json.loads(out)["imports"]
    assert code == 1
    assert told[0]["error"]["code"] == "no_such_file"
    assert told[1]["error"] is None


def test_strict_imports_nothing_when_a_row_is_rejected(run: Run, book: Path) -> None:
    """Exit code 1, and the workspace stays empty (K19)."""
    code, out, _ = run("import", book, "--strict", "--json")
    assert code == 1
    assert json.loads(out)["imports"][0]["error"]["code"] == "rejected_strict"
    assert asked(run, "status", "--json")["imports"] == []


def test_replace_makes_the_file_the_whole_truth_of_its_data_sets(run: Run, tmp_path: Path) -> None:
    """Contracts that the new file lacks are gone; the customers of another file stay (K20)."""
    customers = tmp_path / "customers.csv"
    customers.write_text("Customer ID,Customer name,Industry\nC1,Alder,Retail\n", encoding="utf-8")
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    head = "Contract no,Customer ID,Start date,End date,Amount\n"
    first.write_text(f"{head}K1,C1,2024-01-01,2024-12-31,100\n", encoding="utf-8")
    second.write_text(f"{head}K2,C1,2024-01-01,2024-12-31,100\n", encoding="utf-8")
    run("import", customers, first)
    run("import", second, "--mode", "replace")
    rows = asked(run, "query", "renewals", "--as-of", "2024-06-30", "--format", "json")
    assert [(row["contract_id"], row["industry"]) for row in rows] == [("K2", "Retail")]


def test_a_column_a_file_lacks_keeps_its_value_and_a_blank_cell_empties_it(
    run: Run, tmp_path: Path
) -> None:
    """Merging is column by column (K3)."""
    files = {
        "all.csv": "Customer ID,Customer name,Industry,Region\nC1,Alder,Retail,North\n",
        "some.csv": "Customer ID,CSM,Region\nC1,Ana,\n",
        "deals.csv": "Contract no,Customer ID,End date,Amount\nK1,C1,2024-12-31,100\n",
    }
    for name, words in files.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
        run("import", tmp_path / name)
    (row,) = asked(run, "query", "renewals", "--as-of", "2024-06-30", "--format", "json")
    assert (row["customer_name"], row["industry"], row["region"]) == ("Alder", "Retail", None)


def test_the_public_telco_form_gives_rates_by_contract_type(run: Run, tmp_path: Path) -> None:
    """customerID, tenure, Contract, MonthlyCharges, Churn: kept against lost."""
    path = tmp_path / "telco.csv"
    rows = [
        ("7590-VH", 1, "Month-to-month", 29.85, "No"),
        ("5575-GN", 34, "One year", 56.95, "No"),
        ("3668-QP", 2, "Month-to-month", 53.85, "Yes"),
        ("9237-HQ", 2, "Month-to-month", 70.7, "Yes"),
        ("9305-CD", 8, "One year", 99.65, "Yes"),
        ("1452-KI", 22, "Two year", 89.1, "No"),
    ]
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["customerID", "tenure", "Contract", "MonthlyCharges", "Churn"])
        writer.writerows(rows)
    (sheet,) = asked(run, "import", path, "--json")["imports"][0]["sheets"]
    assert (sheet["dataset"], sheet["accepted"], sheet["rejected"]) == ("contracts", 6, 0)
    words = ("query", "renewal_rates", "--group-by", "contract_type", "--format", "json")
    for row in asked(run, *words):
        own = [r for r in rows if r[2] == row["segment"]]
        kept = [r for r in own if r[4] == "No"]
        assert (row["contracts"], row["renewed"]) == (len(own), len(kept))
        assert row["lost"] == len(own) - len(kept)
        assert row["contract_renewal_rate"] == pytest.approx(len(kept) / len(own))
        assert row["due_arr"] == pytest.approx(12 * sum(r[3] for r in own))
        assert row["net_renewal_rate"] == pytest.approx(
            sum(r[3] for r in kept) / sum(r[3] for r in own)
        )
    assert asked(run, *words, "--from", "2000-01-01") == []


def test_a_chinese_renewal_ledger_goes_by_its_outcomes(run: Run, tmp_path: Path) -> None:
    """客户名称, 到期日, 合同金额, 是否续费: 是/否 decide, blank and 待定 stay undecided."""
    path = tmp_path / "续费台账.xlsx"
    written = openpyxl.Workbook()
    for row in (
        ["客户名称", "到期日", "合同金额", "是否续费"],
        ["甲公司", "2024-03-31", 12000, "是"],
        ["乙公司", "2024-06-30", 30000, "否"],
        ["丙公司", "2024-06-30", 20000, "待定"],
        ["丁公司", "2024-05-31", 15000, None],
        ["戊公司", "2024-12-31", 8000, "待定"],
    ):
        written.active.append(row)
    written.save(path)
    (sheet,) = asked(run, "import", path, "--json")["imports"][0]["sheets"]
    assert (sheet["dataset"], sheet["accepted"], sheet["rejected"]) == ("contracts", 5, 0)
    words = ("query", "renewals", "--as-of", "2024-11-30", "--format", "json")
    found = {row["customer_name"]: (row["outcome"], row["arr"]) for row in asked(run, *words)}
    assert found == {
        "甲公司": ("renewed_on_time", 12000),
        "乙公司": ("lost", 30000),
        "丙公司": ("overdue", 20000),
        "丁公司": ("overdue", 15000),
        "戊公司": ("due", 8000),
    }
    (row,) = asked(run, "query", "renewal_rates", "--as-of", "2024-11-30", "--format", "json")
    assert (row["contract_renewal_rate"], row["net_renewal_rate"]) == (0.5, 12000 / 42000)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "fits no sheet; there are"), ("zh", "没有名为")]
)
def test_a_choice_for_a_sheet_that_is_not_there_is_refused(
    run: Run, tmp_path: Path, language: str, words: str
) -> None:
    """Of one file nothing goes in; of several the files do, and the choice is named."""
    run("set", "language", language)
    for name in ("a.csv", "b.csv"):
        lines = f"customer,start date,end date,amount\n{name},2024-01-01,2024-12-31,100\n"
        (tmp_path / name).write_text(lines, encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"合同": {"dataset": "contracts"}}), encoding="utf-8")
    code, out, _ = run("import", tmp_path / "a.csv", "--mapping", mapping, "--json")
    told = json.loads(out)["imports"][0]
    assert (code, told["import_id"], told["error"]["code"]) == (1, None, "no_such_sheet")
    assert all(said in told["error"]["message"] for said in (words, "合同", "a.csv"))
    code, _, error = run("import", tmp_path / "a.csv", "--dataset", "Sheet9=contracts")
    assert code == 1
    both = (tmp_path / "a.csv", tmp_path / "b.csv")
    code, out, error = run("import", *both, "--mapping", mapping, "--json")
    assert (code, [one["import_id"] for one in json.loads(out)["imports"]]) == (1, [1, 2])
    assert "fits no sheet" in error
    mapping.write_text(json.dumps({"b": {"dataset": "contracts"}}), encoding="utf-8")
    assert run("import", *both, "--mapping", mapping)[0] == 0
