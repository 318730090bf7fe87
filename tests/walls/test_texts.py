"""Every text exists in both languages with equal placeholders, and every key in the code exists."""

import ast
import re
import string
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tend import text
from tests.walls.sources import Source, app, calls

HAN = re.compile(r"[\u4e00-\u9fff]")


def placeholders(template: str) -> set[str]:
    """Give the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def differences(left: Mapping[str, str], right: Mapping[str, str]) -> list[str]:
    """Name the keys that one language lacks, or whose placeholders differ."""
    return sorted(
        key
        for key in left.keys() | right.keys()
        if key not in left
        or key not in right
        or placeholders(left[key]) != placeholders(right[key])
        or bool(left[key].strip()) != bool(right[key].strip())
    )


def prefixes(tree: ast.Module) -> dict[str, str]:
    """Give the file's own short forms: name -> what it puts before the key.

    Such as `def _say(key, language): return text.say(f"charts.{key}", language)`.
    """
    found = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.args.args:
            first = function.args.args[0].arg
            for name, call in calls(function):
                if name == "text.say" and call.args:
                    pattern = ast.unparse(call.args[0])
                    if match := re.fullmatch(rf"f'([\w.]+)\{{{first}\}}'", pattern):
                        found[function.name] = match[1]
    return found


def keys_used(source: Source) -> Iterator[str]:
    """Give every text key that stands literally in a file."""
    short = {"text.say": "", "text.has": "", **prefixes(source.tree)}
    for name, call in calls(source.tree):
        first = call.args[0] if call.args else None
        if name in short and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield short[name] + first.value


def unknown(source: Source, known: Iterable[str]) -> list[str]:
    """Name the keys of a file that the catalogue lacks."""
    return sorted(set(keys_used(source)) - set(known))


def codes_raised(source: Source) -> set[str]:
    """Give the codes of all errors a file makes."""
    return {
        str(call.args[0].value)
        for name, call in calls(source.tree)
        if name.endswith("TendError") and call.args and isinstance(call.args[0], ast.Constant)
    }


def test_both_languages_have_the_same_texts() -> None:
    """No key is missing, no placeholder differs, none is blank in one language alone."""
    assert differences(text.catalogue("en"), text.catalogue("zh")) == []


def test_chinese_texts_are_chinese() -> None:
    """A sentence that is the same in both languages was forgotten."""
    english, chinese = text.catalogue("en"), text.catalogue("zh")
    same = [key for key in english if english[key] == chinese.get(key)]
    assert [key for key in same if len(english[key].split()) > 4] == []


def test_english_texts_hold_no_chinese_sentence() -> None:
    """Terms in brackets may be Chinese, whole texts not."""
    texts = text.catalogue("en").items()
    assert [
        key for key, said in texts if len(HAN.findall(said)) > len(said) / 2 and len(said) > 8
    ] == []


@pytest.mark.parametrize("source", app(), ids=lambda source: source.path)
def test_every_key_in_the_code_exists(source: Source) -> None:
    """What the code asks for is in the catalogue."""
    assert unknown(source, text.catalogue("en")) == []


def test_every_error_has_its_sentence() -> None:
    """Each code that is raised has a text under errors or problems."""
    codes = {code for source in app() for code in codes_raised(source)}
    assert codes
    missing = [c for c in codes if not (text.has(f"errors.{c}") or text.has(f"problems.{c}"))]
    assert sorted(missing) == []


def test_the_guard_finds_a_difference() -> None:
    """A missing key, another placeholder and a blank are found; braces in pairs are text."""
    assert differences({"a": "x"}, {}) == ["a"]
    assert differences({"a": "{rows} rows"}, {"a": "{lines} 行"}) == ["a"]
    assert differences({"a": "x"}, {"a": " "}) == ["a"]
    assert differences({"a": "{n} {{x}}"}, {"a": "{n} 个"}) == []


def test_the_guard_finds_an_unknown_key() -> None:
    """Also through the file's own short form."""
    code = (
        'def _say(key, language):\n    return text.say(f"charts.{key}", language)\n'
        '_say("nowhere", "en")\ntext.say("ui.nowhere", "en")\ntext.say("ui.here", "en")\n'
    )
    assert unknown(Source("tend/bad.py", code), ["ui.here"]) == ["charts.nowhere", "ui.nowhere"]
    assert codes_raised(Source("x.py", 'raise TendError("no_such", row=1)')) == {"no_such"}
