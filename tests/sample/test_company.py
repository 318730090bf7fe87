"""The sample company: the same from the same seed, believable, and its health foretells losses."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from tend import sample
from tend.sample import customers, words
from tests.kit.companies import UNTIL, Companies

DAY = timedelta(days=1)
ONE_OFF = ("Implementation", "Training")
LONG = ("Annual", "Two-year")
DATASETS = (
    *("customers", "contracts", "usage", "surveys", "touches", "stages", "calls", "tickets"),
    "decisions",
)


def read(path: Path) -> dict[str, pd.DataFrame]:
    """Read every sheet of a workbook."""
    return pd.read_excel(path, sheet_name=None, engine="calamine")


@pytest.fixture(scope="module")
def book(companies: Companies) -> dict[str, pd.DataFrame]:
    """The English company as a spreadsheet user sees it, by data set."""
    [path] = companies.books()
    return dict(zip(DATASETS, read(path).values(), strict=True))


@pytest.fixture(scope="module")
def decided(book: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Long contracts whose grace is over, with a plain guess whether they were renewed."""
    contracts = book["contracts"]
    contracts = contracts[~contracts["Contract type"].isin(ONE_OFF)]
    by_customer = {str(customer): rows for customer, rows in contracts.groupby("Customer ID")}
    ended = contracts[contracts["End date"] < pd.Timestamp(UNTIL) - 61 * DAY]
    long = ended[ended["Contract type"].isin(LONG)].copy()
    long["renewed"] = [
        _has_successor(by_customer[customer], product, start, end)
        for customer, product, start, end in zip(
            *(long[name] for name in ("Customer ID", "Product", "Start date", "End date")),
            strict=True,
        )
    ]
    return long.merge(book["customers"], on="Customer ID")


def _has_successor(
    others: pd.DataFrame, product: str, start: pd.Timestamp, end: pd.Timestamp
) -> bool:
    in_time = others["Start date"].between(end - 89 * DAY, end + 61 * DAY)
    later = others["Start date"] > start
    return bool((in_time & later & others["Product"].isin([product, "Suite"])).any())


def auc(score: pd.Series, won: pd.Series) -> float:
    """Give how often a winner scores above a loser."""
    ranks, wins, losses = score.rank(), won.sum(), (~won).sum()
    return float((ranks[won].sum() - wins * (wins + 1) / 2) / wins / losses)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, language: str) -> None:
    """Written twice, the file is the same; another seed gives another."""
    first, again, other = (
        sample.write(
            tmp_path / name, until=UNTIL, customers=12, years=1, seed=seed, language=language
        )[0]
        for name, seed in (("first", 3), ("again", 3), ("other", 4))
    )
    assert first.read_bytes() == again.read_bytes()
    assert first.read_bytes() != other.read_bytes()


def test_both_languages_tell_the_same_story(tmp_path: Path) -> None:
    """Row by row, ids, dates and figures agree; only words differ."""
    books = [
        list(read(sample.write(tmp_path, until=UNTIL, customers=30, language=language)[0]).values())
        for language in ("en", "zh")
    ]
    for english, chinese in zip(*books, strict=True):
        assert english.shape == chinese.shape
        for left, right in zip(english, chinese, strict=True):
            if english[left].dtype.kind in "iufM":
                assert english[left].equals(chinese[right])


def test_words_have_the_same_codes_in_both_languages() -> None:
    """No word, header or sheet is missing in one of the languages."""
    english, chinese = words.load("en"), words.load("zh")
    assert english.sheets.keys() == chinese.sheets.keys()
    assert {k: list(v) for k, v in english.headers.items()} == {
        k: list(v) for k, v in chinese.headers.items()
    }
    assert english.tables.keys() == chinese.tables.keys()
    for name, table in english.tables.items():
        assert table.keys() == chinese.tables[name].keys()


def test_customers_are_unique_and_as_many_as_asked(book: dict[str, pd.DataFrame]) -> None:
    """240 customers, each with a name of its own, and every fact names one of them."""
    listed = book["customers"]
    assert len(listed) == 240
    assert listed["Customer name"].is_unique
    for name in DATASETS:
        named = book[name]["Customer ID"].dropna()  # a note may be about nobody
        assert set(named) <= set(listed["Customer ID"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_many_customers_still_have_names_of_their_own(language: str) -> None:
    """A large company runs out of neither names nor time."""
    made = customers.make(
        Random(1), words.load(language), 5000, date(2024, 1, 1), date(2025, 12, 31)
    )
    assert len({customer.name for customer in made}) == 5000


def test_renewals_are_believable(decided: pd.DataFrame) -> None:
    """80 to 88 % renew; mid-size retail clearly less."""
    overall = decided["renewed"].mean()
    size = pd.to_numeric(decided["Size"], errors="coerce")
    sore = decided[(decided["Industry"] == "Retail") & size.between(100, 999)]
    assert 0.80 <= overall <= 0.88
    assert sore["renewed"].mean() < overall - 0.1
    assert len(sore) >= 20


def test_ends_gather_in_the_busy_months(decided: pd.DataFrame) -> None:
    """December is the busiest month, March and June are over the average."""
    last = decided["End date"].where(decided["End date"].dt.day != 1, decided["End date"] - DAY)
    months = last.dt.month.value_counts()
    assert months.idxmax() == 12
    assert min(months[3], months[6]) > months.mean()


def test_health_foretells_losses_with_noise(
    book: dict[str, pd.DataFrame], decided: pd.DataFrame
) -> None:
    """What usage shows 90 days before the end ranks renewals well, but not perfectly."""
    usage = book["usage"]
    usage["share"] = usage["Active users"] / usage["Licensed users"]
    shares = usage.set_index(["Customer ID", "Month"])["share"]
    asked = zip(decided["Customer ID"], decided["End date"] - 90 * DAY, strict=True)
    score = pd.Series([shares.get((who, f"{day:%Y-%m}")) for who, day in asked], dtype=float)
    has_data = score.notna()
    assert has_data.sum() > 200
    assert 0.72 <= auc(score[has_data], decided["renewed"][has_data]) <= 0.9


def test_every_turn_of_a_contract_occurs(book: dict[str, pd.DataFrame]) -> None:
    """Merged, split, open-ended, terminated, one-off, day-after ends, papers signed later."""
    contracts = book["contracts"]
    named = contracts["Previous contract ID"].dropna()
    assert named.str.contains(";").any()
    assert named[~named.str.contains(";")].duplicated().any()
    assert contracts["End date"].isna().any()
    assert contracts["Ended on"].notna().any()
    assert set(ONE_OFF) <= set(contracts["Contract type"])
    assert (contracts["Signed date"] > pd.Timestamp(UNTIL)).any()
    assert contracts["Signed date"].isna().any()
    bounded = contracts.dropna(subset="End date")
    assert (bounded["Start date"].dt.day == bounded["End date"].dt.day).mean() > 0.02


def test_nothing_is_measured_after_the_last_date(book: dict[str, pd.DataFrame]) -> None:
    """Usage, surveys, touches and tickets end with the data; contracts reach beyond."""
    until = pd.Timestamp(UNTIL)
    assert book["usage"]["Month"].max() == f"{UNTIL:%Y-%m}"
    for name, column in (("surveys", "Answered on"), ("touches", "Touch date")):
        assert book[name][column].max() <= until
    assert book["tickets"]["Opened on"].max() <= until
    assert book["contracts"]["End date"].max() > until


def test_what_is_not_known_is_missing_not_zero(book: dict[str, pd.DataFrame]) -> None:
    """Some customers have no usage and no survey at all; some cells are blank."""
    everyone = set(book["customers"]["Customer ID"])
    assert everyone - set(book["usage"]["Customer ID"])
    assert everyone - set(book["surveys"]["Customer ID"])
    assert book["usage"]["Active users"].isna().any()


def test_another_last_date_moves_the_whole_company(tmp_path: Path) -> None:
    """`until` is the last date of the data, whatever it is."""
    [path] = sample.write(tmp_path, customers=20, years=1, until=date(2025, 3, 31))
    assert read(path)["Usage"]["Month"].max() == "2025-03"
