"""People sign in with a browser behind nginx, with TLS and a path; an admin looks after them.

The provider is a real one; what an admin does is done in Settings.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tend.language import text
from tend.people.person import Person
from tend.store.people import people
from tend.store.workspace import open_workspace
from tests.kit.browsing import WAIT, settled
from tests.kit.companies import Companies
from tests.kit.people import signing_in
from tests.kit.people.signing_in import Provider
from tests.kit.server import ROOT, free_port, serve
from tests.kit.tools import proxy
from tests.kit.tools.proxy import NAME

pytestmark = pytest.mark.timeout(300)
ADA, WANG, DOMAIN = "ada@firm.example", "wang@firm.example", "guests.example"
# As docs/deploy.md says of an address with a path.
PLACE, BELOW = "location / {", "location = /tend { return 301 /tend/; }\n    location /tend/ {"


@dataclass(frozen=True)
class There:
    """Where Tend is reached, who signs people in, and whose customers are how many."""

    url: str
    provider: Provider
    names: list[str]
    csm: str
    theirs: int


@pytest.fixture(scope="module")
def there(companies: Companies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    """Run a provider, Tend with a base path, and nginx before it; one admin is invited."""
    if proxy.executable() is None:
        pytest.skip("there is no nginx on this machine, and it could not be installed")
    workspace, folder = companies.sample(customers=60), tmp_path_factory.mktemp("signed-in")
    with open_workspace(workspace) as opened:
        people.invite(opened, Person("Ada Lane", "admin", address=ADA))
        rows = opened.read(
            lambda cursor: cursor.execute("select customer_name, csm from stg_customers").fetchall()
        )
    csm = min(csm for _, csm in rows if csm)
    port, site = free_port(), proxy.SITE.read_text(encoding="utf-8").replace(PLACE, BELOW)
    with ExitStack() as running:
        provider = running.enter_context(signing_in.provide())
        before = running.enter_context(proxy.before(port, folder, site))
        url = f"{before.url}/tend"
        file = signing_in.written(folder / "sign-in.toml", provider.url, url)
        settings = {
            "STREAMLIT_SERVER_ALLOWED_HOSTS": f"localhost 127.0.0.1 {NAME}",
            "STREAMLIT_SERVER_BASE_URL_PATH": "tend",
            "TEND_SIGN_IN": str(file),
        }
        running.enter_context(serve(workspace, ROOT / "app.py", port, ROOT, **settings))
        theirs = sum(one == csm for _, one in rows)
        yield There(url, provider, [name for name, _ in rows], csm, theirs)


def browser_of(chromium: Browser) -> BrowserContext:
    """Give somebody a browser of their own."""
    context = chromium.new_context(
        locale="en-US", viewport={"width": 1440, "height": 900}, ignore_https_errors=True
    )
    context.set_default_timeout(WAIT)
    # the provider's page asks another host for its looks
    context.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    return context


def sign_in(there: There, page: Page, address: str, path: str) -> None:
    """Come to a page, sign in, and be on that page."""
    page.goto(there.url + path)
    assert nothing_is_seen(there, page)
    page.get_by_role("link", name="Sign in").click()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["redirect_uri"] == [f"{there.url}/oauth2callback"]
    there.provider.knows(address)
    page.locator("input[name=sub]").fill(address)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(there.url + path)
    settled(page)


def nothing_is_seen(there: There, page: Page) -> bool:
    """Tell whether a page asks to sign in and holds no name of a customer."""
    expect(page.locator("a.in")).to_be_visible(timeout=WAIT)
    whole = page.content()
    return not [name for name in there.names if name in whole]


def reads_as(page: Page, *words: str) -> None:
    """Say in the line of the frame who reads, and whose customers."""
    page.locator(".st-key-who button").first.click()
    for one in words:
        expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text(one)
    page.keyboard.press("Escape")


def dialog_of(page: Page, name: str = "") -> Locator:
    """Open the dialog of a person, or of an invitation."""
    settled(page)
    if name:
        page.locator(".st-key-chosen_person input").click()
        page.get_by_role("option", name=name).click()
    else:
        page.locator(".st-key-invite button").click()
    found = page.get_by_role("dialog")
    expect(found).to_be_visible()
    return found


def choose(dialog: Locator, label: str, option: str) -> None:
    """Choose in a list of a dialog."""
    dialog.get_by_label(label).click()
    dialog.page.get_by_role("option", name=option, exact=True).click()
    dialog.page.keyboard.press("Tab")  # a list of which several may be chosen stays open


def invite(there: There, page: Page) -> None:
    """Invite a CSM, seeing what they would see, and let a domain in and no further."""
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("Would see 0 of 60 customers.")
    choose(dialog, "Their customers", there.csm)
    expect(dialog).to_contain_text(f"Would see {there.theirs} of 60 customers.")
    dialog.get_by_text("All customers", exact=True).click()
    expect(dialog).to_contain_text("Would see 60 of 60 customers.")
    dialog.get_by_text("Their own customers", exact=True).click()
    dialog.get_by_label("Name: it says").fill("Wang Li")
    dialog.get_by_label("Address of mail").fill("wang")
    dialog.get_by_label("Address of mail").press("Tab")
    dialog.locator(".st-key-keep_person button").click()
    expect(dialog).to_contain_text("wang is not an address of mail")
    dialog.get_by_label("Address of mail").fill(WANG)
    dialog.get_by_label("Address of mail").press("Tab")
    expect(dialog).to_contain_text(f"Would see {there.theirs} of 60 customers.")
    dialog.locator(".st-key-keep_person button").click()
    expect(page.get_by_text("Wang Li may come in.")).to_be_visible()
    line = page.locator(".st-key-people tr", has_text=WANG)
    expect(line).to_contain_text("Wang Li")
    expect(line).to_contain_text("CSM")
    expect(line).to_contain_text(there.csm)


def let_a_domain_in(page: Page) -> None:
    """As what may do least, and take it away again."""
    settled(page)
    page.locator(".st-key-new_domain input").fill(DOMAIN)
    page.get_by_role("button", name="Let the domain in").click()
    expect(page.locator(".st-key-domains")).to_contain_text(f"{DOMAIN}: Reviewer")
    page.locator(".st-key-domains button", has_text="Remove").click()
    expect(page.get_by_text(f"Nobody further comes in by {DOMAIN}")).to_be_visible()
    expect(page.locator(".st-key-domains")).not_to_contain_text(f"{DOMAIN}: Reviewer")


def cookies_are_safe(context: BrowserContext) -> None:
    """By TLS only, for no script but the one that guards forms, for no other site's requests."""
    held = {one["name"]: one for one in context.cookies() if one["domain"] == NAME}
    assert {"_streamlit_user", "_streamlit_user_tokens", "_streamlit_xsrf"} <= held.keys()
    for name, one in held.items():
        assert one["secure"], name
        assert one["sameSite"] in ("Lax", "Strict"), name
        assert one["httpOnly"] or name == "_streamlit_xsrf", name
    assert held["_streamlit_user"]["path"] == "/tend"


def test_people_come_change_and_leave(there: There, chromium: Browser) -> None:
    """Two people with a browser each; tabs, reloads, another role, a removal, the way out."""
    adas, wangs = browser_of(chromium), browser_of(chromium)
    settings, first = adas.new_page(), wangs.new_page()
    settings.goto(there.url)
    assert settings.url == f"{there.url}/"
    sign_in(there, settings, ADA, "/settings?lang=en&part=people")
    invite(there, settings)
    let_a_domain_in(settings)

    sign_in(there, first, WANG, "/renewals?lang=en")
    cookies_are_safe(wangs)
    second = wangs.new_page()
    for page, path in ((second, "/customers?lang=en"), (first, "/renewals?lang=en")):
        page.goto(there.url + path)  # the one a second tab, the other anew
        settled(page)
        reads_as(page, "Wang Li", WANG, "CSM", f"Your customers: {there.theirs} of 60")

    dialog = dialog_of(settings, "Wang Li")
    choose(dialog, "Role", "Leader")
    expect(dialog).to_contain_text("Would see 60 of 60 customers.")
    dialog.locator(".st-key-keep_person button").click()
    expect(settings.get_by_text("Wang Li is changed.")).to_be_visible()
    second.locator(".st-key-language button").click()
    settled(second)
    reads_as(
        second,
        text.say("people.roles.leader", "zh"),
        text.say("people.sees_all", "zh", of=60),
    )

    dialog_of(settings, "Wang Li").locator(".st-key-remove_person button").click()
    expect(settings.get_by_text("Wang Li is out.")).to_be_visible()
    assert nothing_is_seen(there, second)  # nobody has done anything there
    expect(second.locator("p.why")).to_contain_text(WANG)
    first.reload()
    assert nothing_is_seen(there, first)
    wangs.close()

    other = adas.new_page()
    other.goto(f"{there.url}/customers?lang=en")
    settled(other)
    settings.locator(".st-key-who button").first.click()
    settings.locator(".st-key-sign_out button").click()
    assert nothing_is_seen(there, other)
    settings.wait_for_url(f"{there.provider.url}/**")
    settings.locator("form button").first.click()
    settings.wait_for_url(f"{there.url}/**")
    assert nothing_is_seen(there, settings)
    left = {one["name"] for one in adas.cookies() if one["domain"] == NAME}
    assert not [name for name in left if name.startswith("_streamlit_user")]
    adas.close()
