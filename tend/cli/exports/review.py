"""Export review.html: chosen pages in one file that any browser opens."""

import argparse
from itertools import permutations

from tend.cli.asking import chosen_view
from tend.figures.pages import PAGES
from tend.handouts.review import writing
from tend.language import format, text
from tend.store.workspace import Workspace

BOTH = "both"  # languages
# Both, and which of them what is said meanwhile is in.
ORDERS = tuple(",".join(order) for order in permutations(text.LANGUAGES))


def write(given: argparse.Namespace, workspace: Workspace, language: str) -> str:
    """Write the file; say how large it is."""
    languages = text.LANGUAGES if given.language in (None, BOTH, *ORDERS) else (given.language,)
    # the language of whoever asks for it comes first
    ordered = tuple(sorted(languages, key=lambda one: one != language))
    wish = writing.Wish(
        view=chosen_view(given, workspace),
        languages=ordered,
        pages=tuple(given.pages or PAGES),
        is_named=not given.no_names,
    )
    writing.write(workspace, given.file, wish)
    size = format.count(given.file.stat().st_size / 1024)
    told = {"file": given.file.name, "pages": len(wish.pages), "size": size}
    return text.say("review.exported", language, **told)
