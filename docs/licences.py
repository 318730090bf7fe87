"""The page of licences: of every pinned package as it is installed, and of what is bundled.

A package installed on some systems only, or whose own word is too loose, stands in `licences.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FILES = {
    "requirements.txt": "What the app runs on",
    "requirements-home.txt": "What a shared home runs on",
    "requirements-dev.txt": "What tests run on",
}
UNKNOWN = "unknown"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
# What a file of licences says of each part, before its text: name, maybe a version, licence.
_PART = re.compile(r"^(@?[a-z][\w./-]*)(?: (\d\S*))? \(([\w.-]+)\)$", re.MULTILINE)
# Where a package names its licence, the newer way first.
_SAYING = ("License-Expression", "License")
_LOOSE = "License ::"
_SAID = (
    "Written by `make docs` from what is pinned and installed, and `docs/licences.toml`. Tend"
    " itself is under [Apache-2.0](../LICENSE). A package under a licence that is not one of these"
    " fails the tests:"
)


@cache
def stated() -> Mapping[str, Any]:
    """Give what is allowed, how licences are written, and those read by people."""
    return tomllib.loads((ROOT / "docs" / "licences.toml").read_text(encoding="utf-8"))


def pinned(file: str) -> list[tuple[str, str]]:
    """Give name and version of each package of a requirements file."""
    return _PINNED.findall((ROOT / file).read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """Give the licence of a package: as it was read, else as the package itself names it."""
    if name in stated()["read"]:
        return str(stated()["read"][name])
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return UNKNOWN
    classes = [one for one in told.get_all("Classifier") or [] if one.startswith(_LOOSE)]
    said = {name: next(iter(told.get_all(name) or ()), "") for name in _SAYING}
    for word in (*said.values(), *reversed(classes)):
        named = (word or "").removeprefix(_LOOSE).split("::")[-1].strip()
        named = stated()["written"].get(named, named)
        if is_allowed(named):
            return str(named)
    return said["License-Expression"] or UNKNOWN


def is_allowed(expression: str) -> bool:
    """Tell whether all licences of an expression are allowed; of a choice, one way is enough."""
    ways = [way.split(" AND ") for way in expression.split(" OR ")]
    return any(all(one in stated()["allowed"] for one in way) for way in ways)


def bundles() -> list[Path]:
    """Give the files that say what was bundled into a script beside them."""
    return sorted((ROOT / "tend").rglob("*.LICENSES.txt"))


def parts(told: Path) -> list[tuple[str, str, str]]:
    """Give name, version and licence of each part that a bundle's file of licences names."""
    return _PART.findall(told.read_text(encoding="utf-8"))


def forbidden() -> list[str]:
    """Name what comes with Tend under a licence that is unknown or not allowed."""
    packages = [(name, licence(name)) for file in FILES for name, _ in pinned(file)]
    scripts = [(name, word) for told in bundles() for name, _, word in parts(told)]
    return [f"{name}: {word}" for name, word in (*packages, *scripts) if not is_allowed(word)]


def page() -> str:
    """Write the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Licences"
    yield ""
    yield f"{_SAID} {', '.join(stated()['allowed'])}."
    for file, title in FILES.items():
        yield from _table(f"{title} (`{file}`)", [(*one, licence(one[0])) for one in pinned(file)])
    for told in bundles():
        script = told.with_name(told.name.replace(".LICENSES.txt", ".js"))
        link = f"[{told.name}](../{told.relative_to(ROOT).as_posix()})"
        yield from _table(
            f"In `{script.relative_to(ROOT).as_posix()}`", parts(told), f"The texts: {link}."
        )


def _table(title: str, rows: list[tuple[str, str, str]], note: str = "") -> Iterator[str]:
    yield from ("", f"## {title}", "")
    if note:
        yield from (note, "")
    yield from ("| package | version | licence |", "|---|---|---|")
    yield from (f"| {name} | {version} | {word} |" for name, version, word in rows)
