"""Questions about words: each is asked once and bounded, and what is not asked is told (M12, M21)."""

from pathlib import Path

import pytest

from tend.ingest.results import Known, Options, Remembered
from tests.kit.reading import asked, read_text, told

pytestmark = pytest.mark.quick

HEAD = "customer,contract no,start date,end date,amount,{header}\n"
HEADERS = ["status", "合同状态", "deal stage", "loss reason"]
CODES = {
    "status": "status",
    "合同状态": "status",
    "deal stage": "deal_status",
    "loss reason": "loss_reason",
}


def rows(header: str, *words: str) -> str:
    """Write a contract for each word, each of a customer of its own."""
    lines = [f'Firm {n},K{n},2024-01-01,2024-12-31,1200,"{w}"' for n, w in enumerate(words)]
    return HEAD.format(header=header) + "\n".join(lines) + "\n"


def said(**answers: str) -> Options:
    """Give answers as a mapping file does."""
    return Options(mappings={"list.csv": Remembered("contracts", {}, answers)})


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("word", ["???", "‽ ‽", "🙂", "……"])
def test_a_word_without_letters_is_told_and_not_asked_for(
    tmp_path: Path, header: str, word: str
) -> None:
    """Nor does it take the place of another."""
    sheet = read_text(tmp_path, "list.csv", rows(header, word, word, "Zorb"))
    code = CODES[header]
    assert list(asked(sheet)) == [f"{code}_word:{header}:zorb"]
    assert f"{word} (2)" in told(sheet)[f"no_letters_{code}"]


@pytest.mark.parametrize("header", HEADERS)
def test_spellings_are_one_question(tmp_path: Path, header: str) -> None:
    """With all their rows counted, under the most frequent spelling."""
    words = ("Zo rb", "zo-rb", "ZORB", "zo-rb", "冻 结 7", "冻结７")
    sheet = read_text(tmp_path, "list.csv", rows(header, *words))
    found = {one.key.rpartition(":")[2]: one.params for one in sheet.questions}
    assert {key: (one["word"], one["count"]) for key, one in found.items()} == {
        "zorb": ("zo-rb", "4"),
        "冻结7": ("冻 结 7", "2"),
    }


@pytest.mark.parametrize("header", HEADERS)
def test_what_is_not_asked_is_told_with_counts(tmp_path: Path, header: str) -> None:
    """Beyond the eighth word, and of many only some."""
    words = [f"zorb{n}" for n in range(30) for _ in range(30 - n)]
    sheet = read_text(tmp_path, "list.csv", rows(header, *words))
    assert len(sheet.questions) == 8
    more = told(sheet)[f"more_{CODES[header]}"]
    assert "22 more" in more
    assert "zorb8 (22)" in more
    assert "zorb15 (15) …" in more
    assert "zorb7" not in more
    key = f"{CODES[header]}_word:{header}:zorb29"
    answer = sheet.questions[0].answers[1]
    again = read_text(tmp_path, "list.csv", rows(header, *words), options=said(**{key: answer}))
    assert asked(again)[key] == answer


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("word", ["zorb " * 50, "冻结" * 100, "?" * 60 + "zorb" * 30])
def test_long_words_are_cut(tmp_path: Path, header: str, word: str) -> None:
    """In keys, questions and decisions."""
    texts = [word, *(f"{n}{word}" for n in range(9)), "?!" * 200]
    sheet = read_text(tmp_path, "list.csv", rows(header, *texts))
    longest = 40 + len(f"{CODES[header]}_word:{header}:")
    assert max(len(one.key) for one in sheet.questions) <= longest
    assert max(len(one.params["word"]) for one in sheet.questions) <= 40
    assert max(len(text) for text in told(sheet).values()) < 8 * 50 + 200


def test_an_answer_wins_over_what_is_known(tmp_path: Path) -> None:
    """Given now, not when it was given before for these headers."""
    key = "status_word:status:churned"
    text = rows("status", "churned", "Active")
    sheet = read_text(tmp_path, "list.csv", text, options=said(**{key: "in_force"}))
    [question] = sheet.questions
    assert (question.taken, question.is_answered) == ("in_force", True)
    assert "status_lost" not in told(sheet)
    before = Known(mappings={sheet.fingerprint: Remembered("contracts", {}, {key: "in_force"})})
    later = read_text(tmp_path, "list.csv", text, before)
    assert asked(later) == {}
    assert "churned (1)" in told(later)["status_lost"]


@pytest.mark.parametrize(
    ("key", "answer", "known"),
    [
        ("status_word:status:zorb", "endd", "in_force, ended, not_counted"),
        ("status_word:Status:zorb", "ended", "status_word:status:zorb"),
        ("状态:冻结", "已结束", "status_word:status:zorb"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(
    tmp_path: Path, key: str, answer: str, known: str
) -> None:
    """With the answers there are, or the questions."""
    sheet = read_text(tmp_path, "list.csv", rows("status", "zorb"), options=said(**{key: answer}))
    assert asked(sheet) == {"status_word:status:zorb": "in_force"}
    assert not sheet.questions[0].is_answered
    [problem] = [one for one in sheet.problems if one.code == "answer_unknown"]
    assert dict(problem.params) == {"key": key, "answer": answer, "known": known}
    for language in ("en", "zh"):
        assert key in problem.message(language)
        assert known in problem.message(language)


def test_an_answer_that_fits_is_not_told(tmp_path: Path) -> None:
    """It is taken."""
    key = "status_word:status:zorb"
    sheet = read_text(tmp_path, "list.csv", rows("status", "zorb"), options=said(**{key: "ended"}))
    assert [one for one in sheet.problems if one.code == "answer_unknown"] == []
    assert "zorb (1)" in told(sheet)["status_ended"]
