"""Files that wait for the reader's word: read and checked, nothing written yet.

The bytes lie in a folder of their own that goes with the file: on import, on discard, or when
the session ends.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tend import schema
from tend.ingest import temporary
from tend.ingest.results import FileResult, Known, Remembered, SheetResult
from tend.language.errors import TendError
from tend.store.facts import imports, preview, reports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.preview import Draft, Rehearsal
from tend.store.facts.reports import ImportReport
from tend.ui.intake.shelf import Shelf
from tend.ui.intake.waiting_file import FromFolder, Waiting
from tend.ui.state import address, data

Tell = Callable[[str, float], None]
_REPORTS, _REHEARSED = "tend.reports", "tend.rehearsed"
_shelf = Shelf(
    is_there=lambda session: (
        not runtime.exists() or runtime.get_instance().is_active_session(session)
    )
)


def reported() -> list[ImportReport]:
    """Give what came of the files that were just taken in."""
    found: list[ImportReport] = st.session_state.get(_REPORTS, [])
    return found


def report(reports: list[ImportReport]) -> None:
    """Keep what came of files, for the next drawing."""
    st.session_state[_REPORTS] = reports


def files() -> list[Waiting]:
    """Give the files of this reader that wait."""
    found: list[Waiting] = st.session_state.setdefault(address.WAITING, [])
    _shelf.use(found)
    for one in found:
        if one.result.error is None and not one.path.exists():
            one.let_go(TendError("upload_gone"))
    return found


def miss_erased() -> None:
    """Let go of what was read, for all readers, of files that went as they named who was erased."""
    _shelf.miss(TendError("upload_erased"))


class Dropped(Protocol):
    """A file that is to be looked at: uploaded, or from the watched folder."""

    @property
    def name(self) -> str:
        """Give its name."""

    def getbuffer(self) -> bytes | memoryview:
        """Give its bytes."""


def take(uploads: Sequence[Dropped], tell: Callable[[int, str, float], None]) -> None:
    """Read files; those that came with a customer list know the customers in it."""
    fresh = []
    for place, upload in enumerate(uploads):
        fresh.append(_read(upload, partial(tell, place)))
        _shelf.put(fresh[-1])
    listed = [sheet for one in fresh for sheet in one.datasets if sheet.dataset == "customers"]
    if len(fresh) > 1 and listed:
        known = _and_listed(imports.known(data.workspace()), listed)
        for place, one in enumerate(fresh):
            if any(s.dataset != "customers" for s in one.datasets):
                step = partial(tell, place)
                one.result = imports.read(
                    data.workspace(), one.path, name=one.name, given=known, progress=step
                )
    # Customers first: the others are then held against them.
    fresh.sort(key=lambda one: all(s.dataset != "customers" for s in one.datasets))
    st.session_state[address.WAITING] = [*files(), *fresh]


def again(one: Waiting, options: ImportOptions, tell: Tell) -> None:
    """Read a file in another way; where that cannot be, the way before stands."""
    version = data.workspace().version
    result = imports.read(data.workspace(), one.path, name=one.name, options=options, progress=tell)
    one.readings += 1
    one.refusal = result.error
    if result.error is None or one.result.error is not None:
        one.result, one.options, one.version = result, options, version


def choose_column(one: Waiting, sheet: SheetResult, header: str, column: str) -> ImportOptions:
    """Give the options by which a header means a column; another that meant it means nothing."""
    told = _chosen(one, sheet)
    name, _ = schema.parted(column)
    others = {h: "" if schema.parted(c)[0] == name else c for h, c in told.columns.items()}
    columns = others | {header: column}
    return choose_mapping(one, sheet.name, replace(told, columns=columns))


def choose_answer(one: Waiting, sheet: SheetResult, key: str, answer: str) -> ImportOptions:
    """Give the options by which a question of a sheet is answered."""
    told = _chosen(one, sheet)
    return choose_mapping(one, sheet.name, replace(told, answers={**told.answers, key: answer}))


def _chosen(one: Waiting, sheet: SheetResult) -> Remembered:
    """Give what was chosen for a sheet so far."""
    assert sheet.dataset is not None
    told = one.options.mappings.get(sheet.name)
    return told if told and told.dataset == sheet.dataset else Remembered(sheet.dataset)


def choose_mapping(one: Waiting, sheet: str, told: Remembered) -> ImportOptions:
    """Give the options by which a sheet is read in this way."""
    return replace(one.options, mappings={**one.options.mappings, sheet: told})


def leave_out(one: Waiting, sheet: str, *, is_out: bool) -> None:
    """Take a sheet out, or in again."""
    one.left_out = one.left_out | {sheet} if is_out else one.left_out - {sheet}
    one.readings += 1


def same(one: Waiting) -> int | None:
    """Give the import by which the very same file, read alike, is in already."""
    return imports.same_import(data.workspace(), one.chosen, one.options.mode)


def is_other_reading(one: Waiting) -> bool:
    """Tell whether the very same file is in already, read in another way."""
    return imports.is_other_reading(data.workspace(), one.chosen, one.options.mode)


def rehearsed(tell: Tell) -> Rehearsal:
    """Tell what the files that are ready, in their order, would change and lead to: found once for
    what is there and chosen."""
    ready = [one for one in files() if one.is_ready]
    told = tuple((one.key, one.readings, one.options.mode, one.left_out) for one in ready)
    asked = (data.workspace().version, told)
    kept: tuple[object, Rehearsal] | None = st.session_state.get(_REHEARSED)
    if kept is None or kept[0] != asked:
        drafts = [Draft(one.chosen, one.options.mode, one.options.mappings) for one in ready]
        kept = (asked, preview.rehearse(data.workspace(), drafts, tell))
        st.session_state[_REHEARSED] = kept
    return kept[1]


def commit(one: Waiting, tell: Tell) -> ImportReport | None:
    """Take a file in; None where what is there has moved and the file now reads differently."""
    workspace = data.workspace()
    if one.is_from_folder and (options := _answered(one)) != one.options:
        again(one, options, tell)
    if one.version != workspace.version:
        before = _counts(one.result)
        again(one, one.options, tell)
        if _counts(one.result) != before:
            one.has_moved = True
            return None
    tell("commit", 0.9)
    try:
        return imports.commit(
            workspace,
            one.chosen,
            mode=one.options.mode,
            mappings=one.options.mappings,
            progress=tell,
        )
    except TendError as error:
        return reports.of_file(one.result, error)
    except FileNotFoundError:  # let go of meanwhile
        return reports.of_file(one.result, TendError("upload_gone"))


def _answered(one: Waiting) -> ImportOptions:
    """Give the options by which what was taken is answered: the next file is not asked again."""
    options = one.options
    for sheet in one.datasets:
        told = _chosen(one, sheet)
        taken = {question.key: question.taken for question in sheet.questions}
        if taken:
            said = replace(told, answers={**told.answers, **taken})
            options = replace(options, mappings={**options.mappings, sheet.name: said})
    return options


def commit_all(tell: Callable[[int, str, float], None]) -> list[ImportReport]:
    """Take in all files that are ready, one after the other; let go of all but those that moved.

    Health follows once, after the last of them.
    """
    told = []
    kept = []
    workspace = data.workspace()
    with workspace.together(partial(tell, len(files()) - 1)):
        for place, one in enumerate(files()):
            if one.result.error is not None:
                told.append(reports.of_file(one.result, one.result.error))
            elif one.is_ready:
                before = workspace.version
                report = commit(one, partial(tell, place))
                if report is None:
                    kept.append(one)
                    continue
                told.append(report)
                _move_on(before, workspace.version)
            one.folder.cleanup()
    st.session_state[address.WAITING] = kept
    st.session_state.pop(_REHEARSED, None)
    return told


def _move_on(before: int, after: int) -> None:
    """Let the others stand: they were held against what this file brought, not against others'."""
    if after == before + 1:
        for other in files():
            other.version = after if other.version == before else other.version


def drop() -> None:
    """Let go of all files that wait."""
    for one in files():
        one.folder.cleanup()
    st.session_state[address.WAITING] = []
    st.session_state.pop(_REHEARSED, None)


def _read(upload: Dropped, tell: Tell) -> Waiting:
    folder = temporary.lasting("upload")
    # A name of our own: the file's name is only told, never a path.
    path = Path(folder.name) / f"upload{Path(upload.name).suffix.lower()}"
    path.write_bytes(upload.getbuffer())
    _release(upload)
    version = data.workspace().version
    result = imports.read(data.workspace(), path, name=upload.name, progress=tell)
    is_from_folder = isinstance(upload, FromFolder)
    return Waiting(
        folder, path, upload.name, result, version, _session(), is_from_folder=is_from_folder
    )


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _release(upload: Dropped) -> None:
    """Let Streamlit forget the bytes, which it would keep as long as the session lasts."""
    context = get_script_run_ctx()
    manager = context and context.uploaded_file_mgr
    if not isinstance(upload, UploadedFile):
        return
    if context and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session_id=context.session_id, file_id=upload.file_id)


def _and_listed(known: Known, sheets: Iterable[SheetResult]) -> Known:
    """Give what is known once these customer lists are in."""
    ids, names = set(known.ids), dict(known.names)
    for sheet in sheets:
        if sheet.facts is None:
            continue
        columns = ("customer_id", "customer_name", "name_key")
        lists = (sheet.facts[name].to_pylist() for name in columns)
        for customer, name, key in zip(*lists, strict=True):
            ids.add(customer or name)
            if key:
                names[key] = names.get(key, frozenset()) | {customer or name}
    return replace(known, ids=frozenset(ids), names=names)


def _counts(result: FileResult) -> Mapping[str, tuple[int, int, int]]:
    return {s.name: (s.accepted, s.rejected, s.skipped) for s in result.sheets}
