"""Export weekly.pptx and customer.pptx: slides that people edit, in a team's own template."""

import argparse
from dataclasses import replace
from pathlib import Path

from tend.cli.asking import chosen_view
from tend.cli.shared import WrongUseError
from tend.figures.reading import Reading
from tend.handouts import files, told, unnamed
from tend.handouts.slides.customer.review import review
from tend.handouts.slides.kit import writing
from tend.handouts.slides.kit.values import Deck, Fit
from tend.handouts.slides.weekly.deck import weekly
from tend.language import format, text
from tend.language.errors import TendError
from tend.store.workspace import Workspace
from tend.view import View


def week(given: argparse.Namespace, workspace: Workspace, language: str) -> str:
    """Write the week as slides; say how many, and how the template took them."""
    view, reading = chosen_view(given, workspace), told.reading(workspace, language)
    if given.no_names:
        reading, view = _without_names(reading, view)
    signature = told.signed(workspace, view, language)
    return _write(given, weekly(reading, view, signature), language)


def customer(given: argparse.Namespace, workspace: Workspace, language: str) -> str:
    """Write one customer's review; say how many texts were left out of it."""
    if not given.customer:
        raise WrongUseError(TendError("no_customer_given", file=given.file.name))
    view, reading = chosen_view(given, workspace), told.reading(workspace, language)
    found = review(reading, view, given.customer, is_internal=given.internal)
    said = _write(given, found.deck, language, found.checked)
    if not found.left_out:
        return said
    left_out = text.say("deck.left_out", language, texts=format.count(found.left_out))
    return format.sentences([said, left_out], language)


def _without_names(reading: Reading, view: View) -> tuple[Reading, View]:
    numbers = unnamed.numbered(reading.ask, view)
    turned = replace(reading, ask=unnamed.asking(reading.ask, numbers, reading.language))
    return turned, unnamed.told_of(view, numbers, reading.language)


def _write(
    given: argparse.Namespace, deck: Deck, language: str, check: writing.Check = writing.unchecked
) -> str:
    """Write a deck, and say what its template lacked, did not know, and lost."""
    packed, fit = writing.written(deck, given.template, check)
    file: Path = given.file
    files.put(file, packed)
    slides = format.count(len(deck.slides))
    said = [text.say("slides.exported", language, file=file.name, slides=slides)]
    return format.sentences([*said, *_fitting(fit, language)], language)


def _fitting(fit: Fit, language: str) -> list[str]:
    said = []
    if fit.missing:
        names = format.listed(list(fit.missing), language)
        said.append(text.say("slides.missing", language, names=names, count=len(fit.missing)))
    if fit.unknown:
        names = format.listed([format.clipped(name, 40) for name in fit.unknown], language)
        said.append(text.say("slides.unknown", language, names=names))
    if fit.left_out:
        slides = format.count(fit.left_out)
        said.append(text.say("slides.left_out", language, slides=slides))
    return said
