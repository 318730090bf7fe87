"""Every text exists in both languages with equal placeholders, and every key in the code exists."""

import ast
import re
import string
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tend.language import text
from tests.walls.sources import Source, app, calls

# Numbers that are always written with a decimal: there is no one of them.
WITH_DECIMALS = {"points": "1.0", "years": "1.0"}
# What says a text by its key; both keys of a choice are said.
SAYING = ("text.say", "text.has", "words.say", "words.known", "reading.say")
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


def forms(template: str) -> list[tuple[str, str]]:
    """Give the words of a template for one and for many."""
    specs = [spec for _, _, spec, _ in string.Formatter().parse(template) if spec]
    return [(one, many) for one, _, many in (spec.partition("|") for spec in specs)]


def uncounted(templates: Mapping[str, str]) -> list[str]:
    """Name the keys that would say "1 customers" or "1 customer are".

    A plural is what any template says of many.
    """
    pairs = [pair for template in templates.values() for pair in forms(template)]
    nouns = {many.split()[0] for _, many in pairs if many.split()[0].endswith("s")}
    plural = rf"\b1 (?:\w+ )?(?:{'|'.join(sorted(nouns))})\b|\b1 \w+ (?:are|were|have)\b"
    return sorted(
        key
        for key, template in templates.items()
        if re.search(plural, text.fill(template, **ones(template)))
    )


def ones(template: str) -> dict[str, str]:
    """Give a 1 for each placeholder."""
    return {name: WITH_DECIMALS.get(name, "1") for name in placeholders(template)}


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


def choices(key: ast.expr) -> list[str]:
    """Give the keys that stand in a call: one, or both of a choice."""
    if isinstance(key, ast.IfExp):
        return [*choices(key.body), *choices(key.orelse)]
    return [key.value] if isinstance(key, ast.Constant) and isinstance(key.value, str) else []


def keys_used(source: Source) -> Iterator[str]:
    """Give every text key that stands literally in a file."""
    short = {**dict.fromkeys(SAYING, ""), **prefixes(source.tree)}
    for name, call in calls(source.tree):
        if name in short and call.args:
            yield from (short[name] + key for key in choices(call.args[0]))


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


def test_no_english_text_counts_one_as_many() -> None:
    """Filled with ones, no text has a plural behind a 1."""
    assert uncounted(text.catalogue("en")) == []


def test_every_text_can_be_filled() -> None:
    """Words for a count are two, for one and for many, and they differ."""
    for template in (said for code in text.LANGUAGES for said in text.catalogue(code).values()):
        text.fill(template, **ones(template))
        assert all(one != many for one, many in forms(template)), template


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("1", "1 of 1,001 customers is critical"),
        (1, "1 of 1,001 customers is critical"),
        ("0", "0 of 1,001 customers are critical"),
        ("12", "12 of 1,001 customers are critical"),
        ("–", "– of 1,001 customers are critical"),
    ],
)
def test_words_go_with_their_count(count: object, said: str) -> None:
    """Only a plain 1 is one; each word goes with its own count."""
    template = "{critical} of {all} {all:customer|customers} {critical:is|are} critical"
    assert text.fill(template, critical=count, all="1,001") == said


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


def test_every_key_in_the_code_exists() -> None:
    """What the code asks for is in the catalogue."""
    known = text.catalogue("en")
    assert {source.path: keys for source in app() if (keys := unknown(source, known))} == {}


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


def test_the_guard_finds_words_for_many_behind_a_one() -> None:
    """Also with a word between; decimals and other numbers are left alone."""
    counted = {"a": "{n} {n:customer is|customers are} here"}
    assert uncounted(counted) == []
    assert uncounted(counted | {"b": "{n} customers", "c": "all {n} new customers"}) == ["b", "c"]
    assert uncounted(counted | {"b": "{n} {n:customer|customers} were here"}) == ["b"]
    assert uncounted(counted | {"b": "{points} customers", "c": "21 customers"}) == []
    with pytest.raises(ValueError, match="unpack"):
        text.fill("{n} {n:customers}", n=1)
    assert differences({"a": "{n} {n:row|rows}"}, {"a": "{n} 行"}) == []
    assert differences({"a": "{n} {m:row|rows}"}, {"a": "{n} 行"}) == ["a"]


def test_the_guard_finds_an_unknown_key() -> None:
    """Also through the file's own short form."""
    code = (
        'def _say(key, language):\n    return text.say(f"charts.{key}", language)\n'
        '_say("nowhere", "en")\ntext.say("ui.nowhere", "en")\ntext.say("ui.here", "en")\n'
    )
    assert unknown(Source("tend/bad.py", code), ["ui.here"]) == ["charts.nowhere", "ui.nowhere"]
    assert codes_raised(Source("x.py", 'raise TendError("no_such", row=1)')) == {"no_such"}
