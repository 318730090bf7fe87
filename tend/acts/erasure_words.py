"""An erasure in words: what would go, what would change, what was searched."""

import json
from collections.abc import Iterator, Mapping

from tend.acts.erasing import Change, Preview
from tend.figures import wording
from tend.language import format, text
from tend.queries.rehearsal import step
from tend.store.erased.marks import Erased
from tend.store.erasure.making import Place
from tend.store.erasure.searching import Proof
from tend.store.erasure.subject import Subject

_SHOWN = 8
_ROWS = "rows_"


def preview(found: Preview, language: str, unit: str) -> Iterator[str]:
    """Tell what would go, and which numbers would be others."""
    subject, there = found.subject, found.found
    way = "person" if subject.kind == "person" else subject.way
    told = {"name": subject.name, "label": subject.label}
    yield text.say(f"erasure.way_{way}", language, **told)
    yield _say("spelled", language, names=_listed(subject.spellings, language))
    if subject.new_id:
        yield _say("id", language, ids=_listed(subject.ids, language), id=subject.new_id)
    if there.rows:
        counts = _by_dataset(there.rows, language)
        yield _say(f"rows_{subject.way}", language, rows=format.listed(counts, language))
    if there.rejected:
        yield _say("rejected", language, rows=format.count(there.rejected))
    yield from _texts(there.places, language)
    if there.others:
        yield _say("others", language, names=_listed(there.others, language))
    if there.packed:
        yield _say("packed", language, files=_listed(there.packed, language))
    if there.gone:
        yield _say("gone", language, files=_listed(there.gone, language))
    if there.closed:
        yield _say("closed", language, files=_listed(there.closed, language))
    if there.on_their_way:
        yield _say("on_their_way", language, files=format.count(there.on_their_way))
    if there.copies:
        yield _say("copies", language, copies=format.count(there.copies))
    yield from changes(found, language, unit)
    yield _say("not_reached", language)


def changes(found: Preview, language: str, unit: str) -> Iterator[str]:
    """Tell each number that would be another, now and a year before; or that none would be."""
    if not found.changes:
        yield _say("no_change", language)
    for one in found.changes:
        when = _say("year_before" if one.is_a_year_before else "now", language)
        before, after = (_written(one, value, language) for value in _values(one))
        told = {"when": when, "number": _named(one, language, unit)}
        yield _say("change", language, **told, before=before, after=after)


def proved(subject: Subject, proof: Proof, language: str) -> Iterator[str]:
    """Tell what was searched after it, and that nothing was found."""
    told = {name: format.count(value) for name, value in _counts(proof).items()}
    yield _say("proved", language, label=subject.label, **told)
    if proof.words:
        yield _say("words_left", language, words=format.count(proof.words))
    if proof.closed:
        yield _say("closed_went", language, files=format.count(proof.closed))
    yield _say("not_reached", language)


def told(one: Erased, language: str) -> str:
    """Tell who was erased: by number and day, and whether imports may bring them again."""
    key = "listed" if one.allowed_at is None else "listed_allowed"
    day = format.day(one.day, language)
    return _say(key, language, number=one.number, label=one.label, day=day)


def proof_file(subject: Subject, proof: Proof) -> str:
    """Give the proof as a file: what was searched, and what was found; it holds no name."""
    said = {"erased": subject.label, "kind": subject.kind, "way": subject.way}
    return json.dumps({**said, **proof.as_json()}, ensure_ascii=False, indent=2)


def as_json(found: Preview) -> dict[str, object]:
    """Give what would go as one object."""
    there = found.found
    return {
        "name": found.subject.name,
        "label": found.subject.label,
        "spellings": list(found.subject.spellings),
        "rows": dict(there.rows),
        "rejected_rows": there.rejected,
        "texts": {f"{one.table}.{one.column}": one.texts for one in there.places},
        "words_that_stay": {
            f"{one.table}.{one.column}": one.words for one in there.places if one.words
        },
        "longer_names_that_stay": list(there.others),
        "files_in_part": list(there.packed),
        "files_gone": list(there.gone),
        "files_closed": list(there.closed),
        "files_on_their_way": there.on_their_way,
        "copies": there.copies,
        "numbers": [
            {
                "is_a_year_before": one.is_a_year_before,
                "query": one.number.query,
                "row": list(one.number.row),
                "column": one.number.column,
                "now": one.number.before,
                "then": one.number.after,
                "step": step(one.number),
            }
            for one in found.changes
        ],
    }


def _texts(places: tuple[Place, ...], language: str) -> Iterator[str]:
    """Tell in how many texts the name stands, and where."""
    there = [one for one in places if one.texts]
    if there:
        by_place: dict[str, int] = {}
        for one in there:
            is_rows = one.table.startswith(_ROWS)
            place = one.table.removeprefix(_ROWS) if is_rows else "elsewhere"
            by_place[place] = by_place.get(place, 0) + one.texts
        counts = format.listed(_by_dataset(by_place, language), language)
        yield _say("texts", language, places=counts)
    if words := sum(one.words for one in places):
        named = dict.fromkeys(
            text.say(f"columns.{one.column}", language)
            if text.has(f"columns.{one.column}")
            else one.column
            for one in places
            if one.words
        )
        columns = format.listed(list(named), language)
        yield _say("words", language, words=format.count(words), columns=columns)


def _by_dataset(counts: Mapping[str, int], language: str) -> list[str]:
    return [f"{_place(name, language)} {format.count(count)}" for name, count in counts.items()]


def _place(name: str, language: str) -> str:
    is_dataset = text.has(f"datasets.{name}")
    return text.say(f"datasets.{name}", language) if is_dataset else _say(name, language)


def _values(one: Change) -> tuple[float | None, float | None]:
    return one.number.before, one.number.after


def _written(one: Change, value: float | None, language: str) -> str:
    return wording.cell(one.number.kind, value, language)


def _named(one: Change, language: str, unit: str) -> str:
    """Name a number: the measure of its row, else its column."""
    number = one.number
    if number.named == ("measure",):
        return wording.dimension(number.row[0], language)
    return wording.header(number.query, number.column, language, unit)


def _counts(proof: Proof) -> dict[str, int]:
    there = proof.as_json()
    return {name: value for name, value in there.items() if isinstance(value, int)}


def _listed(names: tuple[str, ...], language: str) -> str:
    shown = [format.clipped(one) for one in names[:_SHOWN]]
    if more := len(names) - len(shown):
        shown.append(_say("more", language, count=format.count(more)))
    return format.listed(shown, language)


def _say(key: str, language: str, **params: object) -> str:
    return text.say(f"erasure.{key}", language, **params)
