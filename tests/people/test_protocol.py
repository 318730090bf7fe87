"""A script speaks the server's own protocol: what it sends as somebody else changes nothing."""

from pathlib import Path

from benchmarks.people.client import Reader
from tend.people.person import Person
from tend.store.workspace import open_workspace
from tests.kit import people
from tests.kit.companies import Companies
from tests.kit.people import app as people_app
from tests.kit.server import ROOT, serve

PAGES = ("workbench", "week", "sop", "customers", "data", "settings")
# What does not follow from what anybody did: how many commits there were.
COUNTED = ("workspace_version",)


def sums(folder: Path) -> people.Sums:
    """Give the checksums of a workspace that nobody holds."""
    with open_workspace(folder) as workspace:
        found = people.checksums(workspace)
    return {table: one for table, one in found.items() if table not in COUNTED}


def forge(url: str, told: Path, drawn_for: Person, sent_by: Person) -> int:
    """Open each page as one person, and send all its clicks, and a file, as another."""
    sent = 0
    for page in PAGES:
        told.write_text(drawn_for.told(), "utf-8")
        reader = Reader(url, page, "lang=en")
        buttons = [key for key in reader.buttons() if not key.startswith(("language", "print"))]
        uploaders = reader.keys("upload_")
        told.write_text(sent_by.told(), "utf-8")
        for key in uploaders:
            reader.upload(key, "more.csv", b"Customer ID,Customer,CSM\nC-NEW,New one,Otto\n")
            sent += 1
        there = [key for key in buttons if key in reader.keys("")] if uploaders else buttons
        reader.click_all(there)
        sent += len(there)
        assert not [one for one in reader.errors if not one.startswith("error box")], page
        reader.close()
    return sent


def test_what_a_script_sends_changes_nothing_that_it_may_not(
    companies: Companies, tmp_path: Path
) -> None:
    """Every click of every page, drawn for an admin and sent by who reads: no table changes."""
    folder, told = companies.sample(customers=60, years=2), tmp_path / "person"
    script, settings = Path(people_app.__file__), {str(people_app.TOLD): str(told)}
    with open_workspace(folder) as workspace:
        everybody = people.everybody(people.largest_csm(workspace))
    before = sums(folder)
    told.write_text(everybody["reviewer"].told(), "utf-8")
    with serve(folder, script, None, ROOT, **settings) as server:
        sent = forge(server.url, told, everybody["admin"], everybody["reviewer"])
        sent += forge(server.url, told, everybody["admin"], everybody["nobody"])
    assert sent > 100
    assert sums(folder) == before
    with serve(folder, script, None, ROOT, **settings) as server:
        forge(server.url, told, everybody["admin"], everybody["admin"])
    assert sums(folder) != before  # the same messages of who may
