"""Answers about words, kept as settings: what was asked for once is understood (M12)."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from tend.ingest.results import FileResult, Question, Remembered
from tend.schema.words import letters, traditional
from tend.settings.company import Settings
from tend.settings.words import STATUS_LISTS, group_of, plain, reasons, spaced
from tend.store.database import settings_table
from tend.store.database.clock import now
from tend.store.facts import rows

_STATUS = {"in_force": "in_force_words", "ended": "ended_words", "not_counted": "void_words"}
_STATUS_WORDS = ("status_word", "deal_status_word")
_LONGEST = 40  # of what is kept of a loss reason


def keep(
    cursor: duckdb.DuckDBPyConnection,
    result: FileResult,
    mappings: Mapping[str, Remembered],
    who: str,
) -> Settings:
    """Keep what somebody said of headers, and of words as settings; give the settings then."""
    rows.remember(cursor, result, mappings, who)
    settings = settings_table.read(cursor)
    lists: dict[str, tuple[str, ...]] = {name: getattr(settings, name) for name in STATUS_LISTS}
    groups: Mapping[str, str] = settings.loss_reason_words
    sizes: Mapping[str, str] = settings.size_words
    for question in _answered(result):
        for word in question.params["spellings"].split("\n"):
            if question.code in _STATUS_WORDS:
                lists = _moved(lists, word, _STATUS[question.taken])
            elif question.code == "size_word":
                sizes = _sized(sizes, word, question.taken)
            else:
                groups = _grouped(groups, spaced(word)[:_LONGEST].strip(), question.taken)
    wanted = {**lists, "loss_reason_words": groups, "size_words": sizes}
    changed = {name: value for name, value in wanted.items() if value != getattr(settings, name)}
    if list(groups) != list(settings.loss_reason_words):  # the first word that fits counts
        changed["loss_reason_words"] = groups
    if not changed:
        return settings
    wanted_settings = settings.with_all(changed)
    settings_table.write(cursor, wanted_settings, changed, who, now())
    return wanted_settings


def _moved(lists: Mapping[str, tuple[str, ...]], word: str, to: str) -> dict[str, tuple[str, ...]]:
    """Put a word into one list of status words, spelled as in those it is taken out of."""
    if [name for name, of in lists.items() if _is_in(word, of)] == [to]:
        return dict(lists)
    found = [one for of in lists.values() for one in of if _is_in(word, (one,))]
    rest = {name: tuple(one for one in of if one not in found) for name, of in lists.items()}
    return {**rest, to: (*rest[to], *dict.fromkeys(found or (word,)))}


def _is_in(word: str, words: Iterable[str]) -> bool:
    spelled = {letters(one) for known in words for one in (known, traditional(known))}
    return letters(word) in spelled


def _grouped(groups: Mapping[str, str], word: str, answer: str) -> dict[str, str]:
    """Let a word lead to a group, before the words that led it elsewhere (M21)."""
    group = "not_a_target_customer" if answer == "untargeted" else answer
    rest = {known: of for known, of in groups.items() if spaced(known) != word}
    if not word or group_of(word, reasons(groups)) == group:
        return dict(groups)
    if group == "unknown":
        return rest
    is_elsewhere = group_of(word, reasons(rest)) is not None
    return {word: group, **rest} if is_elsewhere else {**rest, word: group}


def _sized(sizes: Mapping[str, str], word: str, band: str) -> dict[str, str]:
    """Let a word name a band, or none (G1)."""
    rest = {known: of for known, of in sizes.items() if plain(known) != plain(word)}
    if band == "unknown" or dict(sizes).get(plain(word)) == band:
        return rest if band == "unknown" else dict(sizes)
    return {**rest, plain(word): band}


def _answered(result: FileResult) -> Iterator[Question]:
    """Give the questions about words that somebody has answered, now or of these headers before."""
    for sheet in result.sheets:
        for question in sheet.questions:
            if question.is_answered and "spellings" in question.params:
                yield question
