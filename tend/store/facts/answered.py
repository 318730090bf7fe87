"""Answers about words, kept as settings: what was asked for once is understood (M12)."""

from collections.abc import Iterator, Mapping

import duckdb

from tend.ingest.results import FileResult, Question, Remembered
from tend.settings.company import Settings
from tend.store.database import settings_table
from tend.store.database.clock import now
from tend.store.facts import rows

_STATUS = {"in_force": "in_force_words", "ended": "ended_words", "not_counted": "void_words"}
_LISTS = {"status_word": _STATUS, "deal_status_word": _STATUS}


def keep(
    cursor: duckdb.DuckDBPyConnection,
    result: FileResult,
    mappings: Mapping[str, Remembered],
    who: str,
) -> Settings:
    """Keep what somebody said of headers, and of words as settings; give the settings then."""
    rows.remember(cursor, result, mappings, who)
    settings = settings_table.read(cursor)
    changed: dict[str, object] = {}
    for question in _answered(result, mappings):
        word = question.params["word"]
        if question.code == "loss_reason_word":
            groups = changed.get("loss_reason_words", settings.loss_reason_words)
            assert isinstance(groups, Mapping)
            changed["loss_reason_words"] = {**groups, word.lower(): _group(question.taken)}
        else:
            name = _LISTS[question.code][question.taken]
            words = changed.get(name, getattr(settings, name))
            assert isinstance(words, tuple)
            changed[name] = (*words, word)
    if not changed:
        return settings
    wanted = settings.with_all(changed)
    settings_table.write(cursor, wanted, changed, who, now())
    return wanted


def _group(answer: str) -> str:
    return "not_a_target_customer" if answer == "untargeted" else answer


def _answered(result: FileResult, mappings: Mapping[str, Remembered]) -> Iterator[Question]:
    given = {key for chosen in mappings.values() for key in chosen.answers}
    for sheet in result.sheets:
        for question in sheet.questions:
            is_group = question.code == "loss_reason_word" and question.taken != "unknown"
            if question.key in given and (question.code in _LISTS or is_group):
                yield question
