"""Make the files of this folder again: `python -m sample_data.make`. All names are invented."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tend import sample
from tend.sample import words
from tend.sample.names import Names

HERE = Path(__file__).parent
SEED = 11
# The files of this folder stay as they are: their company lives on this day.
UNTIL = date(2026, 9, 30)
STATUS_HEADER = [
    "customerID",
    "gender",
    "SeniorCitizen",
    "Partner",
    "Dependents",
    "tenure",
    "PhoneService",
    "MultipleLines",
    "InternetService",
    "OnlineSecurity",
    "OnlineBackup",
    "DeviceProtection",
    "TechSupport",
    "StreamingTV",
    "StreamingMovies",
    "Contract",
    "PaperlessBilling",
    "PaymentMethod",
    "MonthlyCharges",
    "TotalCharges",
    "Churn",
]
LEDGER_HEADER = ("客户名称", "到期日", "合同金额", "是否续费")
# Contract -> weight, chance of churn, longest tenure in months.
CONTRACTS = {
    "Month-to-month": (55, 0.43, 60),
    "One year": (21, 0.11, 72),
    "Two year": (24, 0.03, 72),
}
PAYMENTS = (
    "Electronic check",
    "Mailed check",
    "Bank transfer (automatic)",
    "Credit card (automatic)",
)


def small_workbooks(folder: Path) -> None:
    """The sample company with 40 customers and 2 years, in both languages."""
    for language in ("en", "zh"):
        with TemporaryDirectory() as scratch:
            [made] = sample.write(
                Path(scratch), until=UNTIL, customers=40, years=2, language=language
            )
            (folder / f"tend-small-{language}.xlsx").write_bytes(made.read_bytes())


def untidy_files(folder: Path) -> None:
    """The same small company in Chinese, as a team really keeps it."""
    sample.write(
        folder / "untidy-zh", until=UNTIL, customers=40, years=2, language="zh", messy=True
    )


def status_table(folder: Path, rows: int = 400) -> None:
    """A table without dates: contract type, monthly charges, churned or not."""
    rng = Random(SEED)
    _write(folder / "status-table.csv", STATUS_HEADER, (_subscriber(rng) for _ in range(rows)))


def _subscriber(rng: Random) -> list[object]:
    yes_no = ("Yes", "No")
    contract = rng.choices(list(CONTRACTS), [w for w, _, _ in CONTRACTS.values()])[0]
    _, chance, longest = CONTRACTS[contract]
    tenure = rng.randint(1, longest)
    charges = round(rng.uniform(18.5, 118.0) * 20) / 20
    letters = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=5))
    return [
        f"{rng.randint(0, 9999):04d}-{letters}",
        rng.choice(("Female", "Male")),
        rng.choices((0, 1), (84, 16))[0],
        rng.choice(yes_no),
        rng.choices(yes_no, (30, 70))[0],
        tenure,
        rng.choices(yes_no, (90, 10))[0],
        rng.choice(yes_no),
        rng.choice(("DSL", "Fiber optic", "No")),
        *(rng.choice(yes_no) for _ in range(6)),
        contract,
        rng.choice(yes_no),
        rng.choice(PAYMENTS),
        f"{charges:.2f}",
        f"{charges * tenure:.2f}",
        "Yes" if rng.random() < chance else "No",
    ]


def renewal_ledger(folder: Path, rows: int = 120) -> None:
    """A Chinese renewal ledger: due date, amount, renewed or not; the latest are undecided."""
    rng = Random(SEED)
    names = Names(words.load("zh"), rng)
    industries = list(words.load("zh").tables["industry"])
    entries = sorted(
        (date(2025, 1, 1) + timedelta(days=rng.randrange(640)), names.company(industry))
        for industry in rng.choices(industries, k=rows)
    )
    _write(
        folder / "续费台账.csv",
        LEDGER_HEADER,
        ([name, f"{day:%Y/%m/%d}", _amount(rng), _answer(rng, day)] for day, name in entries),
    )


def _amount(rng: Random) -> str:
    return f"{round(rng.lognormvariate(10.6, 0.8) / 100) * 100:,}"


def _answer(rng: Random, day: date) -> str:
    if day > date(2026, 9, 1):
        return rng.choice(("待定", ""))
    return "是" if rng.random() < 0.81 else "否"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(header)
        table.writerows(rows)


def main(folder: Path = HERE) -> None:
    """Write every file of the folder."""
    small_workbooks(folder)
    untidy_files(folder)
    status_table(folder)
    renewal_ledger(folder)


if __name__ == "__main__":
    main()
