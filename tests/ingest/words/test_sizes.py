"""Words of a size that name no band are asked for, and kept once somebody has said it (G1)."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tend.ingest.results import Options, Remembered
from tend.queries import asking
from tend.settings.words import plain
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.reading import asked, read_text, take_in, told

LIST = "Customer name,Size\nAda,{0}\nBo,{0}\nCy,Enterprise\nDi,250\n"


@pytest.mark.quick
@pytest.mark.parametrize("word", ["独角兽", "Unicorn", "头部客户", "Tier-0 logo", "腰部"])
def test_an_unknown_size_is_asked_for(tmp_path: Path, word: str) -> None:
    """With its count, and what happens until somebody answers; a known word and a number are not."""
    sheet = read_text(tmp_path, "customers.csv", LIST.format(word))
    [question] = sheet.questions
    assert (question.code, question.taken, question.params["count"]) == (
        "size_word",
        "unknown",
        "2",
    )
    for language in ("en", "zh"):
        assert word in question.message(language)
        assert question.answer("unknown", language)


@pytest.mark.quick
def test_beside_contracts_as_well(tmp_path: Path) -> None:
    """A contract list tells sizes of its customers; many words are asked for in part, the rest told."""
    head = "客户名称,开始日期,到期日,金额,规模\n"
    rows = "\n".join(f"客户{n},2024-01-01,2024-12-31,10,第{n}梯队" for n in range(10))
    sheet = read_text(tmp_path, "合同.csv", head + rows)
    assert len(asked(sheet)) == 8
    assert "第9梯队 (1)" in told(sheet)["more_size"]
    assert {*asked(sheet).values()} == {"unknown"}


@pytest.mark.quick
@pytest.mark.parametrize(
    "size", ["大型", "SMB", "100-499", "200人以上", "≥500", "1-5万", "中小企业", ""]
)
def test_what_is_a_size_is_not_asked_for(tmp_path: Path, size: str) -> None:
    """Words of the settings, numbers, ranges, blanks."""
    assert asked(read_text(tmp_path, "customers.csv", LIST.format(size))) == {}


@pytest.mark.quick
@pytest.mark.parametrize("word", ["Mid-Market", "ＳＭＢ", " key   account", "大 客户"])
def test_words_are_compared_as_in_the_queries(word: str) -> None:
    """In Python and in SQL alike."""
    with duckdb.connect() as database:
        database.execute(Path("queries/macros.sql").read_text(encoding="utf-8"))
        assert database.execute("select plain(?)", [word]).fetchone() == (plain(word),)


def test_an_answer_is_kept_as_a_setting(tmp_path: Path) -> None:
    """The customers are in that band from then on, and no file asks for the word again."""
    path = tmp_path / "customers.csv"
    path.write_text(LIST.format("独角兽"), encoding="utf-8")
    with open_workspace(tmp_path / "workspace") as workspace:
        said = {"size_word:Size:独角兽": "large"}
        take_in(workspace, path, {"customers.csv": Remembered("customers", {}, said)})
        assert workspace.settings.size_words["独角兽"] == "large"
        [ada] = asking.run(
            workspace, "customer", View(date(2024, 6, 1)), customer_id="Ada"
        ).to_pylist()
        assert (ada["size"], ada["given_size"]) == ("large", "独角兽")
        path.write_text(LIST.format("独角兽") + "Ed,独角兽\n", encoding="utf-8")
        again = take_in(workspace, path)
        assert again.sheets[0].questions == ()


@pytest.mark.quick
def test_none_of_them_is_an_answer_too(tmp_path: Path) -> None:
    """It stands as answered."""
    answers = {"size_word:Size:unicorn": "unknown"}
    said = Options(mappings={"customers.csv": Remembered("customers", {}, answers)})
    sheet = read_text(tmp_path, "customers.csv", LIST.format("Unicorn"), options=said)
    assert [one.is_answered for one in sheet.questions] == [True]
