"""The deck of one customer's review: context, outcomes, what we learned, what is next."""

from dataclasses import dataclass

from tend.figures.reading import Reading
from tend.handouts.slides.customer import about, facts, inside, outcomes, talk
from tend.handouts.slides.customer.sieve import Sieve
from tend.handouts.slides.kit.values import Deck
from tend.language import format
from tend.language.errors import TendError
from tend.view import View


@dataclass(frozen=True)
class Review:
    """A deck, and what let the texts of files through to it."""

    deck: Deck
    sieve: Sieve

    @property
    def left_out(self) -> int:
        """Tell how many texts of files were left out of it."""
        return len(self.sieve.left_out)

    def checked(self, text: str) -> None:
        """Refuse what a template says on every slide, where it names another customer."""
        if self.sieve.names_others(text):
            raise TendError("template_names", text=format.clipped(text))


def review(reading: Reading, view: View, customer_id: str, *, is_internal: bool = False) -> Review:
    """Give the review of a customer. Raises TendError for one that is not known."""
    found = facts.of(reading, view, customer_id, is_internal=is_internal)
    rows, steps = outcomes.results(found), talk.steps(found)
    slides = [about.cover(found), about.context(found), *outcomes.slides(found, rows)]
    if learned := talk.learned(found, rows):
        slides.append(learned)
    slides += [talk.plan(found, steps), talk.question(found, steps)]
    if is_internal:
        slides.append(inside.slide(found))
    day = reading.day(found.view.as_of)
    footer = found.say("footer_internal" if is_internal else "footer", customer=found.name, day=day)
    title = f"{found.name} · {found.say('subject')}"
    deck = Deck(title, tuple(slides), footer, reading.language, found.say("subject"))
    return Review(deck, found.sieve)
