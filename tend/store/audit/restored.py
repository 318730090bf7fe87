"""The log where a backup takes the place of the workspace: it goes on, and tells of it.

Where the log that is there holds the last line that the backup knows, it is the same log, further
on, and stays. Else that of the backup goes on, and the one that was there is set aside, by a name
that the line about it says.
"""

from pathlib import Path

from tend.people.person import Person
from tend.store.audit import backwards, lines, log, story, texts
from tend.store.audit.lines import About, Mark


def go_on(path: Path, arriving: Path, noted: Mark, person: Person) -> None:
    """Note a restore where it will be read: before it is done. Raises TendError."""
    here, goes_on = log.newest(path), arriving
    if here and (not noted.number or log.find(path / log.FILE, noted.number) == noted):
        goes_on = path
        for one in (*log.files(arriving), arriving / log.LAST):
            one.unlink(missing_ok=True)
    about: dict[str, About] = {"lines": noted.number}
    if goes_on is arriving and (path / log.FILE).exists():
        about["aside"] = here.chain[: story.ASIDE_SIGNS] if here else ""
        about["aside_lines"] = here.number if here else 0
    log.append(goes_on, person, "restore", about, after=noted.number)


def arrive(path: Path, arrived: Path) -> None:
    """Let the log of a backup that goes on take its place; each step may be the second time."""
    if (arrived / log.FILE).exists():
        name = _place_of_the_former(arrived)
        for old, new in ((log.FILE, name), (texts.FILE, name.replace("-", "-texts-", 1))):
            if (path / old).exists():
                (path / old).replace(path / new)
        for one in log.files(arrived):
            if one.name != log.FILE:
                one.replace(path / one.name)
        (arrived / log.FILE).replace(path / log.FILE)
    if last := log.last(arrived):
        log.note_last(path, last)


def _place_of_the_former(arrived: Path) -> str:
    """Name the place of the log that was there, as the line about the restore says it."""
    for _, block in backwards.blocks(arrived / log.FILE):
        line = lines.read(block[-1])
        return story.aside(str(line.about.get("aside", ""))) if line else story.aside("")
    return story.aside("")
