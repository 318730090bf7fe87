"""One word per act: what does the same is called the same on every page, in both languages."""

import ast
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tend.language import text
from tests.walls.sources import Source, app, calls

pytestmark = pytest.mark.quick

BUTTONS = ("st.button", "st.popover", "st.download_button", "popover", "log_forms.popover")
# The word of an act, and what it would be called beside it.
OTHERWISE = {
    "en": {
        "Undo": ("Take back", "Revert", "Restore", "Roll back"),
        "Save": ("Keep", "Store", "Apply", "Submit"),
        "Discard": ("Drop mine", "Abandon", "Throw away"),
        "Reopen": ("Open again",),
        "Edit": ("Change", "Modify"),
        "Download": ("Get", "Export"),
        "Close": ("Dismiss", "Got it", "OK"),
    },
    "zh": {
        "撤销": ("取消合并", "收回", "回退"),
        "保存": ("保留", "存储", "应用", "提交"),
        "放弃": ("丢弃",),
        "重新打开": ("再次打开", "重开"),
        "编辑": ("修改", "更改"),
        "下载": ("导出", "获取"),
        "关闭": ("知道了", "好的"),
    },
}


def labels(source: Source) -> Iterator[str]:
    """Give the keys that stand in the labels of a file's buttons."""
    for name, call in calls(source.tree):
        if name in BUTTONS and call.args:
            for node in ast.walk(call.args[0]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def misnamed(
    keys: Iterable[str], texts: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Name the labels that call an act otherwise than its word."""
    others = tuple(one for some in words.values() for one in some)
    return sorted(key for key in keys if texts.get(key, "").startswith(others))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_an_act_has_one_word(language: str) -> None:
    """No button calls an act by another word than the others do, and each word is used."""
    keys = {key for source in app() for key in labels(source)}
    texts = text.catalogue(language)
    assert misnamed(keys, texts, OTHERWISE[language]) == []
    assert len(keys & texts.keys()) > 40
    for word in OTHERWISE[language]:
        assert any(said.startswith(word) for said in texts.values()), word


def test_the_guard_bites() -> None:
    """A button that takes back where others undo is found; a sentence is no label."""
    code = 'st.button(words.say("a.back"), key="x")\npieces.note(words.say("a.note"))\n'
    keys = list(labels(Source("tend/x.py", code)))
    texts = {"a.back": "Take back", "a.note": "Take back"}
    assert misnamed(keys, texts, OTHERWISE["en"]) == ["a.back"]
