"""What `import` prints is as complete as its JSON: columns, what is left, decisions, questions."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MATRIX = {
    "en": "Customer,Memo,2024-01,2024-02,2024-03\nAlder,,12,12,24\n",
    "zh": "客户,备忘,2024年1月,2024年2月,2024年3月\n甲,,12,12,24\n",
}


@pytest.mark.parametrize("language", list(MATRIX))
def test_questions_are_printed_with_how_to_answer_them(
    run: Run, tmp_path: Path, language: str
) -> None:
    """The mapping that is printed answers; the file is read in that way, in its place."""
    run("set", "language", language)
    path = tmp_path / "x.csv"
    path.write_text(MATRIX[language], encoding="utf-8")
    code, out, _ = run("import", path, "--json")
    [sheet] = json.loads(out)["imports"][0]["sheets"]
    assert code == 0
    [question] = sheet["questions"]
    assert (question["key"], question["taken"]) == ("matrix", "monthly")
    assert {one["code"] for one in sheet["decisions"]} >= {"matrix_monthly"}
    assert sheet["missing"] == []
    code, out, _ = run("import", path)
    told = [question["message"], *question["answers"].values()]
    told += [one["message"] for one in sheet["decisions"]]
    assert [one for one in told if one not in out] == []
    assert sheet["unused"][0] in out
    mapping = tmp_path / "mapping.json"
    mapping.write_text(out[out.index('{"x.csv"') :].strip(), encoding="utf-8")
    code, out, _ = run("import", path, "--mapping", mapping, "--json")
    again = json.loads(out)["imports"][0]
    assert (code, again["import_id"], again.get("unchanged")) == (0, 1, None)
    assert again["sheets"][0]["questions"][0]["taken"] == "yearly"


@pytest.mark.parametrize(
    ("language", "open_", "given"),
    [
        ("en", "(taken until you answer)", "(your answer)"),
        ("zh", "（未回答前按此处理）", "（您的回答）"),
    ],
)
def test_what_was_answered_is_said_to_be(
    run: Run, tmp_path: Path, language: str, open_: str, given: str
) -> None:
    """The mapping that is printed answers all questions; nobody's answer is open then."""
    run("set", "language", language)
    path = tmp_path / "x.csv"
    text = "customer,contract no,start date,end date,amount,status\n"
    text += "Ada,K1,2024-01-01,2024-12-31,100,zorb\nBo,K2,2024-01-01,2024-12-31,100,冻结\n"
    path.write_text(text, encoding="utf-8")
    _, out, _ = run("import", path)
    assert (out.count(open_), out.count(given)) == (2, 0)
    template = out[out.index('{"x.csv"') :].strip()
    assert set(json.loads(template)["x.csv"]["answers"].values()) == {"ended"}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(template, encoding="utf-8")
    code, out, _ = run("import", path, "--mapping", mapping)
    assert (code, out.count(open_), out.count(given)) == (0, 0, 2)
    mapping.write_text(template.replace("ended", "endd"), encoding="utf-8")
    code, out, _ = run("import", path, "--mapping", mapping)
    assert code == 0
    assert out.count("endd") == 2


def test_a_refused_file_says_why_and_what_to_do(run: Run, tmp_path: Path) -> None:
    """No row accepted: exit 1, its problems are printed, and it may come again (M23)."""
    path = tmp_path / "x.csv"
    path.write_text("客户名称,到期日,合同金额\n甲公司,2024-12-31,#REF!\n", encoding="utf-8")
    for _ in range(2):
        code, out, _ = run("import", path)
        assert code == 1
        assert "#REF!" in out
    code, out, _ = run("status", "--json")
    assert json.loads(out)["imports"] == []
