"""All settings as one file: to keep, to hand on, and to take over after a look at what changes."""

import json

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.settings import customer_lists
from tend.settings.company import Settings
from tend.settings.settings_file import from_file
from tend.store.workspace import Workspace
from tend.ui.parts import done, download, html, pieces, words
from tend.ui.state import address, data, rights


def settings_file() -> None:
    """Offer all settings as a file, and take over those of one."""
    workspace = data.workspace()
    kept = workspace.settings
    seen = kept.with_all(customer_lists.only_seen(kept, workspace.person))
    with st.container(key="settings_file"):
        html.show(html.h2(words.say("company.file.title")))
        done.say("settings_file")
        download.button(
            words.say("company.file.write"),
            lambda: json.dumps(seen.model_dump(mode="json"), ensure_ascii=False, indent=2),
            name="tend-settings.json",
            mime="application/json",
            key="write_settings",
        )
        if rights.may("export"):
            _entered()
        if not rights.may("settings"):
            return
        given = st.file_uploader(words.say("company.file.read"), ["json"], key="read_settings")
        if given is not None:
            _offer(given.getvalue(), kept)


def _entered() -> None:
    """Offer what was entered in the app as a workbook in the import format."""
    from tend.acts import entered_workbook  # late: no start has to wait for what writes workbooks

    language = address.choice().language
    try:
        written = entered_workbook.workbook(data.workspace(), language)
    except TendError as error:
        pieces.note(error.message(language))
        return
    download.button(
        words.say("company.file.entered"),
        lambda: written,
        name="tend-entered.xlsx",
        mime=download.XLSX,
        key="write_entered",
    )


def _offer(raw: bytes, kept: Settings) -> None:
    """Say what a file would change, and take it over when asked."""
    language = address.choice().language
    try:
        wanted = kept.with_all(from_file(raw))
    except TendError as error:
        st.error(format.plain(error.message(language)))
        return
    before, after = kept.model_dump(), wanted.model_dump()
    changed = [key for key in after if after[key] != before[key]]
    if not changed:
        pieces.note(words.say("company.file.same"))
        return
    said = words.say(
        "company.file.would",
        count=format.count(len(changed)),
        keys=format.listed(changed, language),
    )
    pieces.note(said)
    st.button(
        words.say("company.file.take"),
        key="take_settings",
        type="primary",
        on_click=_take,
        args=(kept, wanted),
    )


def _take(seen: Settings, wanted: Settings) -> None:
    done.do(
        "settings_file",
        lambda: words.say("company.file.taken"),
        Workspace.define,
        wanted,
        base=seen,
    )
