"""The repository's own files, as the guards read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """A Python file: its path from the root, and its syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Give the parsed file."""
        return ast.parse(self.text, self.path)


def python(*places: str) -> list[Source]:
    """Give the Python files at the places (files or folders, from the root)."""
    return [_source(path) for place in places for path in _files(ROOT / place)]


def app() -> list[Source]:
    """Give the files that make the app: the frame, the pages, the package."""
    return python("app.py", "pages", "tend")


@cache
def _source(path: Path) -> Source:
    """Read and parse a file once, however many walls look at it."""
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from sorted(place.rglob("*.py"))


def tracked() -> list[str]:
    """Give the paths of all files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else _unpacked()
    return [name for name in names if name and (ROOT / name).is_file()]


def _unpacked() -> list[str]:
    """Without git (an unpacked archive) all files count that are not the environment's."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [path.as_posix() for path in paths if path.parts[0] not in (".venv", "workspace")]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Give every call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
