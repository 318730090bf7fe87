"""Commands: documented shapes, exit codes, one clear line for what is wrong."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run, asked


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
    assert {(problem["row"], problem["code"]) for problem in sheet["problems"]} == {
        (2, "lost_but_succeeded"),
        (4, "previous_unknown"),
        (4, "renewed_without_successor"),
        (5, "not_counted"),
        (5, "previous_is_itself"),
        (6, "previous_of_another_customer"),
        (8, "previous_is_one_off"),
    }
    assert (sheet["rows"], sheet["accepted"], sheet["warnings"]) == (7, 7, 5)


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
    said = {one["header"]: one["cell"] for one in rows[1]["cells"]}
    assert said == {
        "Contract no": "K1", "Customer": "Alder", "End date": "2024-12-31", "Amount": "13000",
    }  # fmt: skip
    assert asked(run, "trace", "contracts", "nothing", "--format", "json") == []
    assert run("query", "sources")[0] == 2
