"""Which home a workspace lies in: its address, and which server this is, beside the database."""

import json
import os
import uuid
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tend.language.errors import TendError
from tend.store.copies.folder import HOME


@dataclass(frozen=True)
class Binding:
    """Where the home is, and who this server is there."""

    address: str
    server: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    leaving: str = ""  # all is here again: the home may go, and what it keeps in this folder


def read(path: Path) -> Binding | None:
    """Give the home of a workspace, if it has one. Raises TendError where that cannot be read."""
    try:
        return Binding(**json.loads((path / HOME).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise TendError("home_setting", file=path / HOME) from error


def write(path: Path, binding: Binding) -> None:
    """Let a workspace lie in a home: whole, or as before. Raises OSError."""
    part = path / f"next-{HOME}"  # an address may hold a password: it is for the owner, as all is
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(binding), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path / HOME)


def leave(path: Path, binding: Binding, files: Path) -> Binding:
    """Say that a workspace is about to leave its home, whose files lie in a folder."""
    leaving = replace(binding, leaving=str(files))
    write(path, leaving)
    return leaving


def forget(path: Path) -> None:
    """Let a workspace be at home in its folder."""
    (path / HOME).unlink(missing_ok=True)
