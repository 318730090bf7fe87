"""Commands: documented shapes, exit codes, one clear line for what is wrong."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tend.cli.commands import main

CONTRACTS = [
    ["Contract no", "Customer", "Industry", "Contract type", "Start date", "End date", "Amount"],
    ["K1", "Alder", "Retail", "Annual", "2024-01-01", "2024-12-31", 12000],
    ["K2", "Alder", "Retail", "Annual", "2025-01-01", "2025-12-31", 15000],
    ["K3", "Birch", "Logistics", "Annual", "2024-03-01", "2025-02-28", 6000],
    ["K4", "Cedar", "Retail", "Annual", "2024-05-01", "2024-04-01", 6000],
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a workspace of its own; give exit code, output and errors."""
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))

    def run_command(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return run_command


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a small contract list as an Excel file; one row ends before it starts."""
    path = tmp_path / "contracts.xlsx"
    written = openpyxl.Workbook()
    for row in CONTRACTS:
        written.active.append(row)
    written.active.title = "Deals"
    written.save(path)
    return path


def asked(run: Run, *words: object) -> Any:
    """Give what a command prints as JSON."""
    code, out, err = run(*words)
    assert code == 0, err
    return json.loads(out)


def test_import_prints_the_documented_object(run: Run, book: Path) -> None:
    """Each sheet's rows are accounted for, and a rejected row says where and why."""
    told = asked(run, "import", book, "--json")
    (found,) = told["imports"]
    (sheet,) = found["sheets"]
    assert found["file"] == "contracts.xlsx"
    assert found["error"] is None
    assert (sheet["sheet"], sheet["dataset"]) == ("Deals", "contracts")
    assert (sheet["rows"], sheet["accepted"], sheet["rejected"], sheet["skipped"]) == (4, 3, 1, 0)
    refused = [problem for problem in sheet["problems"] if problem["code"] == "end_before_start"]
    assert [problem["row"] for problem in refused] == [5]
    assert refused[0]["message"]


def test_the_same_file_twice_changes_nothing(run: Run, book: Path) -> None:
    """The second import repeats the first's number (K6); after an undo it goes in again."""
    first = asked(run, "import", book, "--json")["imports"][0]
    before = asked(run, "query", "renewals", "--as-of", "2025-06-30", "--format", "json")
    again = asked(run, "import", book, "--json")["imports"][0]
    assert again["unchanged"] is True
    assert again["import_id"] == first["import_id"]
    assert again["sheets"] == first["sheets"]
    assert asked(run, "query", "renewals", "--as-of", "2025-06-30", "--format", "json") == before
    assert len(asked(run, "status", "--json")["imports"]) == 1
    assert run("undo", first["import_id"])[0] == 0
    assert asked(run, "query", "renewals", "--as-of", "2025-06-30", "--format", "json") == []
    assert "unchanged" not in asked(run, "import", book, "--json")["imports"][0]


def test_queries_answer_with_filters_and_groups(run: Run, book: Path) -> None:
    """Group-by and filters by the file's own customer columns, without regard to case."""
    run("import", book)
    words = ("query", "renewal_rates", "--as-of", "2025-06-30", "--format", "json")
    rows = asked(run, *words, "--group-by", "industry")
    assert [(row["segment"], row["renewed"], row["lost"], row["due"]) for row in rows] == [
        ("Logistics", 0, 1, 0),
        ("Retail", 1, 0, 1),
    ]
    rows = asked(run, *words, "--filter", "industry=retail", "--to", "2025-01-31")
    assert [(row["contracts"], row["net_renewal_rate"]) for row in rows] == [(1, 1.25)]
    assert asked(run, *words, "--filter", "industry=none such") == []
    assert len(asked(run, *words, "--filter", "quarter=2024-Q4")) == 1


def test_csv_and_table_hold_the_same_rows(run: Run, book: Path) -> None:
    """The three formats tell the same."""
    run("import", book)
    words = ("query", "renewals", "--as-of", "2025-06-30")
    rows = asked(run, *words, "--format", "json")
    _, out, _ = run(*words, "--format", "csv")
    assert [row["contract_id"] for row in csv.DictReader(out.splitlines())] == [
        row["contract_id"] for row in rows
    ]
    assert run(*words)[1].splitlines()[1].startswith("K1")


@pytest.mark.parametrize(
    "words",
    [
        ("query", "nope"),
        ("query", "renewal_rates", "--group-by", "colour"),
        ("query", "arr_movements", "--group-by", "month"),
        ("query", "renewal_rates", "--filter", "industry"),
        ("query", "renewal_rates", "--filter", "colour=red"),
        ("query", "renewal_rates", "--as-of", "yesterday"),
        ("query", "retention_12m", "--from", "2024-01-01"),
        ("import", "x.csv", "--dataset", "x.csv=deals"),
        ("set", "colour", "red"),
        ("set", "grace_days", "-3"),
        ("frobnicate",),
    ],
)
def test_wrong_use_is_exit_code_2_and_says_why(run: Run, words: tuple[str, ...]) -> None:
    """One clear line on stderr, nothing on stdout."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.strip()


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


def test_settings_are_shown_and_changed(run: Run) -> None:
    """`set` changes what `settings` shows."""
    assert asked(run, "settings", "--format", "json")["grace_days"] == 60
    assert run("set", "grace_days", "30")[0] == 0
    assert run("set", "currency_rates", '{"USD": 7.1}')[0] == 0
    told = asked(run, "settings", "--format", "json")
    assert (told["grace_days"], told["currency_rates"]) == (30, {"USD": 7.1})


def test_an_amount_without_a_rate_is_apart_until_the_rate_is_set(run: Run, tmp_path: Path) -> None:
    """USD without a rate is in no sum but in other_currencies (K18)."""
    path = tmp_path / "usd.csv"
    path.write_text(
        "Contract no,Customer ID,Start date,End date,Amount,Currency\n"
        "K1,C1,2023-01-01,2023-12-31,100,USD\nK2,C2,2023-01-01,2023-12-31,50,RMB\n",
        encoding="utf-8",
    )
    run("import", path)
    words = ("query", "renewal_rates", "--as-of", "2024-06-30", "--format", "json")
    (row,) = asked(run, *words)
    assert (row["lost"], row["due_arr"], row["other_currencies"]) == (2, 50, "USD 100.0")
    run("set", "currency_rates", '{"USD": 7}')
    (row,) = asked(run, *words)
    assert (row["due_arr"], row["other_currencies"]) == (750, None)


def test_the_list_of_queries_names_every_query_and_column(run: Run) -> None:
    """`queries` tells what each answers."""
    told = {query["name"]: query for query in asked(run, "queries", "--format", "json")}
    assert {"renewal_rates", "renewals", "retention_12m", "arr_movements"} <= told.keys()
    assert all(query["question"] and query["columns"] for query in told.values())


def test_an_unknown_import_cannot_be_undone(run: Run) -> None:
    """Exit code 1 (L3)."""
    code, _, err = run("undo", "12")
    assert code == 1
    assert "no import 12" in err


def test_links_and_marks_that_lead_nowhere_are_said(run: Run, tmp_path: Path) -> None:
    """B3, B7, B9: the numbers follow the dates, and the row says so; each row counts once."""
    path = tmp_path / "warn.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount,Contract type,Status,Previous contract\n"
        "W1,C1,2023-01-01,2023-12-31,100,Annual,lost,\n"
        "W2,C1,2024-01-01,2024-12-31,100,Annual,,W1\n"
        "W3,C2,2023-01-01,2023-12-31,100,Annual,Renewed,ZZ\n"
        "W4,C2,2022-01-01,2022-12-31,100,Annual,draft,W4\n"
        "W5,C3,2023-01-01,2023-12-31,100,Annual,,W1\n"
        "W6,C3,2023-01-01,2023-01-31,100,Training,,\n"
        "W7,C3,2024-01-01,2024-12-31,100,Annual,,W6; W5\n",
        encoding="utf-8",
    )
    (sheet,) = asked(run, "import", path, "--json")["imports"][0]["sheets"]
    own = [p for p in sheet["problems"] if p["code"] != "unknown_customer"]
    assert {(problem["row"], problem["code"]) for problem in own} == {
        (2, "lost_but_succeeded"),
        (4, "previous_unknown"),
        (4, "renewed_without_successor"),
        (5, "not_counted"),
        (5, "previous_is_itself"),
        (6, "previous_of_another_customer"),
        (8, "previous_is_one_off"),
    }
    assert (sheet["rows"], sheet["accepted"], sheet["warnings"]) == (7, 7, 7)


def test_a_fact_is_traced_to_its_rows(run: Run, book: Path, tmp_path: Path) -> None:
    """Contract, customer: every file, sheet and row that speaks of it."""
    more = tmp_path / "more.csv"
    more.write_text("Contract no,Customer,End date,Amount\nK1,Alder,2024-12-31,13000\n", "utf-8")
    run("import", book, more)
    rows = asked(run, "trace", "contracts", "K1", "--format", "json")
    assert [(row["file"], row["sheet"], row["row_no"]) for row in rows] == [
        ("contracts.xlsx", "Deals", 2),
        ("more.csv", "more.csv", 2),
    ]
    assert asked(run, "trace", "contracts", "nothing", "--format", "json") == []
    assert run("query", "sources")[0] == 2
