"""A team's own template: opened, or refused in one sentence where it is none or does harm."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from tend.handouts.slides.kit import plain_look
from tend.language.errors import TendError

# More than any template has: what is larger would hold the machine up.
_MOST_BYTES, _MOST_UNPACKED, _MOST_XML, _MOST_PARTS = 60 << 20, 300 << 20, 20 << 20, 4000
_PARTS = (".xml", ".rels")
# What runs, or comes along unseen.
_PROGRAMS = re.compile(r"vbaproject|activex|oleobject|\.(?:exe|dll|js|vbs|jar)$", re.IGNORECASE)
# An XML part of an office file needs none: it is how small files become huge.
_ENTITIES = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("ascii", "utf-16-le", "utf-16-be")
)
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*.External.[^>]*>", re.IGNORECASE)
_LINK = RELATIONSHIP_TYPE.HYPERLINK.encode()
# How a damaged file shows itself, deep inside the library.
DAMAGED = (
    *(PackageNotFoundError, PythonPptxError, zipfile.BadZipFile, zlib.error, SyntaxError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, EOFError),
)


def opened(file: Path | None) -> tuple[Presentation, int]:
    """Give a presentation to fill, without slides, and how many slides its file had.

    Raises TendError where the file is no template, or does more than look.
    """
    if file is None:
        return plain_look.presentation(), 0
    _examined(file)
    try:
        found = pptx.Presentation(str(file))
        layouts = [one for master in found.slide_masters for one in master.slide_layouts]
        own = _emptied(found)
    except DAMAGED as error:
        raise TendError("template_no_pptx", file=file.name) from error
    if not layouts:
        raise TendError("template_no_layouts", file=file.name)
    return found, own


def _examined(file: Path) -> None:
    """Look at the parts of a file before anything is made of them."""
    if file.stat().st_size > _MOST_BYTES:
        raise TendError("template_too_large", file=file.name)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _MOST_UNPACKED:
                raise TendError("template_too_large", file=file.name)
            for part in parts:
                _harmless(packed, part, file)
    except DAMAGED as error:
        raise TendError("template_no_pptx", file=file.name) from error
    except RuntimeError as error:  # a part is locked by a password
        raise TendError("template_no_pptx", file=file.name) from error


def _harmless(packed: zipfile.ZipFile, part: zipfile.ZipInfo, file: Path) -> None:
    """Refuse programs, entities, and what would be fetched from elsewhere; links may stay."""
    if _PROGRAMS.search(part.filename):
        raise TendError("template_programs", file=file.name)
    if not part.filename.lower().endswith(_PARTS):
        return
    if part.file_size > _MOST_XML:
        raise TendError("template_too_large", file=file.name)
    text = packed.read(part)
    if any(word in text for word in _ENTITIES):
        raise TendError("template_programs", file=file.name)
    if any(_LINK not in found for found in _OUTSIDE.findall(text)):
        raise TendError("template_outside", file=file.name)


def _emptied(found: Presentation) -> int:
    """Take out the slides a template shows itself with, and give how many there were."""
    listed: Any = found.slides._sldIdLst
    own = list(listed)
    for slide in own:
        found.part.drop_rel(slide.rId)
        listed.remove(slide)
    return len(own)


def texts(found: Presentation) -> Iterator[str]:
    """Give what a template says on every slide: its own words, not those that ask to be filled."""
    for master in found.slide_masters:
        for place in (master, *master.slide_layouts):
            for shape in place.shapes:
                if not shape.is_placeholder:
                    yield from (one.text or "" for one in shape._element.iter(qn("a:t")))
