"""The way in: choose files, see what would come of them, import; then what came of them."""

from collections.abc import Callable

import streamlit as st

from tend.ingest import problems
from tend.ingest.results import SPREADSHEETS
from tend.language import format
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.store.facts.imports import ImportOptions
from tend.store.facts.reports import ImportReport
from tend.ui.frame import frame
from tend.ui.intake import previews, rejected, sheets, waiting, watched
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import download, html, lead, pieces, reader, words
from tend.ui.state import address, data, printing, rights

_ROUND, _WORK = "tend.upload_round", "files"
Tell = Callable[[int, str, float], None]


def upload() -> None:
    """Take one or many files, show what they would bring, and take them in when told to."""
    if not rights.may("import"):
        lead.say(words.say("ui.pages.data"), reader.why_not("import", "imports"))
        return
    if printing.is_on():  # nothing is brought in by paper
        lead.say(words.say("ui.pages.data"))
    else:
        lead.say(words.say("data_page.title"), words.say("data_page.what"))
    with st.spinner(words.say("data_page.steps.reading")):
        data.wait_for(_WORK)
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        words.say("data_page.choose"),
        type=SPREADSHEETS,
        accept_multiple_files=True,
        key=f"upload_{turn}",
        label_visibility="collapsed",
    )
    html.style(_uploader_words())
    _templates()
    if address.has_outlived():
        st.warning(words.say("intake.outlived"))
    dropped: list[waiting.Dropped] = [*files, *watched.chosen()]
    if dropped:
        address.forget_outlived()
        waiting.report([])
        _with_progress([one.name for one in dropped], lambda tell: _take(dropped, tell))
        st.rerun()
    if (there := waiting.files()) and previews.show(there, _reread):
        _with_progress(
            [one.name for one in there], lambda tell: waiting.report(waiting.commit_all(tell))
        )
        st.rerun()
    _reports(waiting.reported())


def _take(dropped: list[waiting.Dropped], tell: Tell) -> None:
    waiting.take(dropped, tell)
    # Another key, another uploader: Streamlit lets go of the bytes of this one.
    st.session_state[_ROUND] += 1


def _templates() -> None:
    """Offer the templates, in the reader's language; each is made when it is asked for."""
    language = address.choice().language
    with st.popover(words.say("intake.templates"), key="templates"):
        pieces.note(words.say("intake.templates_what"))
        for name in (None, *DATASETS):
            label = words.say(f"datasets.{name}" if name else "intake.template_all")
            st.download_button(
                label,
                data=_template(name, language),
                file_name=f"{words.say('intake.template_file', name=label)}.xlsx",
                mime=download.XLSX,
                key=f"template_{name}",
                on_click="ignore",
                width="stretch",
            )


def _template(name: str | None, language: str) -> Callable[[], bytes]:
    def write() -> bytes:
        from tend.schema import templates  # late: no start has to wait for what writes workbooks

        return templates.write(name, language)

    return write


def _uploader_words() -> str:
    """Let the uploader, whose own words are English, speak the reader's language."""
    zone = '[data-testid="stFileUploaderDropzone"]'
    places = {
        f'{zone} button [data-testid="stMarkdownContainer"] p': "data_page.choose",
        f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] span': "data_page.kinds",
    }
    rules = (
        f"{place} {{ font-size: 0 }}"
        f' {place}::after {{ font-size: .875rem; content: "{words.say(key)}" }}'
        for place, key in places.items()
    )
    return " ".join(rules)


def _with_progress(names: list[str], work: Callable[[Tell], object]) -> None:
    """Do a long work on files and say how far it is; what it leads to, it keeps by itself."""
    bar = st.progress(0.0)

    def tell(place: int, step: str, part: float) -> None:
        key = f"data_page.steps.{step}"
        said = words.say(key if words.known(key) else "data_page.steps.reading")
        done = min((place + part) / len(names), 1.0)
        bar.progress(done, f"{format.plain(names[place])}: {said}")

    tell(0, "reading", 0.0)
    try:
        data.to_its_end(_WORK, lambda: work(tell))
    finally:
        bar.empty()


def _reread(one: Waiting, options: ImportOptions) -> None:
    """Read a file as it was just chosen, and draw the page anew."""
    _with_progress(
        [one.name],
        lambda tell: waiting.again(one, options, lambda step, part: tell(0, step, part)),
    )
    st.rerun()


def _reports(reports: list[ImportReport]) -> None:
    """Tell what came of each file, and lead on to the renewals."""
    is_in = any(report.error is None for report in reports) and "contracts" in data.freshness()
    if is_in and st.button(words.say("intake.to_renewals"), key="to_renewals", type="primary"):
        frame.go("renewals")
    for place, report in enumerate(reports):
        with st.container(border=True, key=f"report_{place}"):
            _report(place, report)


def _report(place: int, report: ImportReport) -> None:
    html.show(html.h2(report.file))
    if report.error is not None:
        st.error(format.plain(report.error.message(address.choice().language)))
        return
    key = "unchanged" if report.unchanged else "taken_in"
    said = words.say(f"data_page.{key}", rows=format.count(report.accepted))
    html.show(html.join("", (html.p(said), sheets.counts(report.sheets, {}))))
    for number, sheet in enumerate(report.sheets, start=1):
        sheets.rejections(sheet)
        warned = problems.of_severity(sheet.problems, "warning")
        sheets.warnings(f"report_{place}_{number}", warned)
        try:
            rejected.show(report, number, f"report_{place}")
        except TendError as error:  # taken back in the meantime
            st.warning(format.plain(error.message(address.choice().language)))
