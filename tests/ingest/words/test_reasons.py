"""Loss reasons by words (M21): each group knows many, what no word leads to is offered."""

from pathlib import Path

import duckdb
import pytest

from tend.settings import words
from tend.settings.company import Settings
from tests.kit.reading import asked, read_text

pytestmark = pytest.mark.quick

REASONS = [
    ("Moved", "natural"), ("Deceased", "natural"), ("公司搬迁", "natural"), ("已被收购", "natural"),
    ("Extra data charges", "price"), ("Competitor made better offer", "price"), ("预算削减", "price"),
    ("預算不足", "price"), ("Network reliability", "product"), ("Switched to another tool", "product"),
    ("换用竞品", "product"), ("Attitude of support person", "service"), ("没人管", "service"),
    ("响应太慢", "service"), ("No longer needed", "not_a_target_customer"), ("没有需求", "not_a_target_customer"),
    ("Feature removed", "product"), ("Don't know", None), ("其他", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "group"), REASONS)
def test_a_reason_finds_its_group(reason: str, group: str | None) -> None:
    """In Python and in SQL alike."""
    known = words.reasons(Settings().loss_reason_words)
    assert words.group_of(reason, known) == group
    macros = Path("queries/macros.sql").read_text(encoding="utf-8")
    with duckdb.connect() as database:
        database.execute(macros)
        told = database.execute(
            "select list_filter(?::varchar[], lambda word: speaks_of(?, word))[1]",
            [list(known), reason],
        ).fetchone()
    assert told is not None
    assert known.get(told[0]) == group


@pytest.mark.parametrize("empty", ["???", "—", "🙂", "……", ""])
def test_a_word_without_letters_leads_nowhere(empty: str) -> None:
    """Though it stands in the settings already."""
    assert words.reasons({empty: "price", "fee": "service"}) == {"fee": "service"}
    assert words.statuses(dict.fromkeys(words.STATUS_LISTS, (empty,))) == {}
    assert words.group_of("Left the alliance", {"": "price"}) is None
    with duckdb.connect() as database:
        database.execute(Path("queries/macros.sql").read_text(encoding="utf-8"))
        told = database.execute("select speaks_of('Left the alliance', '')").fetchone()
    assert told == (False,)


@pytest.mark.parametrize("word", ["p", "q", "b2"])
@pytest.mark.parametrize(
    ("reason", "is_one"),
    [("{}", True), ("{} - see note", True), ("reason {}", True), ("{}artner left", False), ("Group{}", False)],
)  # fmt: skip
def test_a_letter_stands_for_itself(word: str, reason: str, is_one: bool) -> None:
    """A code of one or two letters groups no reason that begins with it, in Python and in SQL."""
    said = reason.format(word.upper())
    assert (words.group_of(said, {word: "price"}) == "price") == is_one
    with duckdb.connect() as database:
        database.execute(Path("queries/macros.sql").read_text(encoding="utf-8"))
        assert database.execute("select speaks_of(?, ?)", [said, word]).fetchone() == (is_one,)


def test_each_group_knows_many_words() -> None:
    """About thirty per language."""
    groups = Settings().loss_reason_words
    for group in set(groups.values()):
        own = [word for word, one in groups.items() if one == group]
        assert sum(word.isascii() for word in own) >= 28
        assert sum(not word.isascii() for word in own) >= 28


@pytest.mark.parametrize(
    ("header", "reason"),
    [("Churn Reason", "Don't know"), ("流失原因", "其他"), ("Loss reason", "Q17")],
)
def test_what_is_not_grouped_is_offered(tmp_path: Path, header: str, reason: str) -> None:
    """The preview asks for its group."""
    text = f"customer,end date,amount,renewed,{header}\nAda,2024-12-31,100,no,{reason}\nBo,2024-12-31,100,no,price"
    sheet = read_text(tmp_path, "ledger.csv", text)
    assert list(asked(sheet).values()) == ["unknown"]
    assert f"“{reason}”" in sheet.questions[0].message("zh")
