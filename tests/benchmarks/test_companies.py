"""The seeded companies of the benchmarks: the same again, sound, and as dense as said."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from benchmarks import companies

pytestmark = pytest.mark.quick
UNTIL, COUNT = date(2026, 9, 30), 400


@pytest.fixture(scope="module")
def company() -> dict[str, pa.Table]:
    """Give one company."""
    return companies.company(COUNT, UNTIL)


def test_a_seed_is_a_company(tmp_path: Path) -> None:
    """The same arguments give the same bytes; another seed, size or day gives others."""

    def written(name: str, customers: int = 30, until: date = UNTIL, seed: int = 7) -> list[bytes]:
        files = companies.write(tmp_path / name, customers=customers, until=until, seed=seed)
        return [path.read_bytes() for path in files]

    first = written("a")
    assert first == written("b")
    for other in (
        written("c", seed=8),
        written("d", customers=31),
        written("e", until=date(2026, 8, 31)),
    ):
        assert all(one != same for one, same in zip(first, other, strict=True))


def test_a_long_file_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts have all rows of the whole, each once, and say of which data set they are."""

    def lines(folder: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in companies.write(tmp_path / folder, customers=30, until=UNTIL):
            head, *rows = path.read_text(encoding="utf-8").splitlines()
            found.setdefault(companies.dataset(path), [head])
            assert found[companies.dataset(path)][0] == head
            found[companies.dataset(path)] += rows
            assert len(rows) <= companies.MOST
        return found

    whole = lines("whole")
    monkeypatch.setattr(companies, "MOST", 100)
    assert lines("parts") == whole
    assert len(list((tmp_path / "parts").glob("usage*.csv"))) > 1


def test_it_is_as_dense_as_said(company: dict[str, pa.Table]) -> None:
    """A customer has about ten contracts and 120 values of usage."""
    usage = company["usage"].drop_columns(["customer_id", "period"])
    values = sum(usage.num_rows - column.null_count for column in usage.columns)
    assert company["contracts"].num_rows / COUNT == pytest.approx(10, rel=0.15)
    assert values / COUNT == pytest.approx(120, rel=0.15)


def test_names_and_numbers_are_each_once(company: dict[str, pa.Table]) -> None:
    """No customer, contract, ticket or month of usage is there twice."""
    for dataset, keys in {
        "customers": ["customer_id"],
        "contracts": ["contract_id"],
        "usage": ["customer_id", "period"],
        "surveys": ["customer_id", "answered_on", "respondent"],
        "touches": ["customer_id", "touched_on"],
        "stages": ["contract_id", "stage"],
        "tickets": ["ticket_id"],
    }.items():
        table = company[dataset]
        assert table.group_by(keys).aggregate([]).num_rows == table.num_rows, dataset
    assert len(pc.unique(company["customers"]["customer_name"])) == COUNT


def test_contracts_follow_each_other(company: dict[str, pa.Table]) -> None:
    """A contract names one of the same customer and product that began before it."""
    rows = {row["contract_id"]: row for row in company["contracts"].to_pylist()}
    named = [row for row in rows.values() if row["previous_contract_id"]]
    assert len(named) > COUNT
    for row in named:
        before = rows[row["previous_contract_id"]]
        assert (before["customer_id"], before["product"]) == (row["customer_id"], row["product"])
        assert before["start_date"] < row["start_date"]
        assert before["status"] not in ("Lost", "Terminated")


def test_nothing_is_told_of_what_is_ahead(company: dict[str, pa.Table]) -> None:
    """What happened did so by the last day."""
    for dataset, column in {
        "surveys": "answered_on",
        "touches": "touched_on",
        "stages": "entered_on",
        "calls": "called_on",
        "tickets": "opened_on",
    }.items():
        assert pc.max(company[dataset][column]).as_py() <= UNTIL, dataset
        assert company[dataset].num_rows > 0
