"""A provider that is away, answers nonsense or is slow: said in a sentence, and nobody waits."""

import time
from concurrent.futures import ThreadPoolExecutor

from tend.language import text
from tests.kit.people import signing_in
from tests.kit.people.between import How
from tests.kit.people.signing_in import Reader
from tests.ui.entrance.conftest import ADA, There, refused

# Twice what the server allows a provider: the machine may have much to do.
LONGEST = 12.0
AWAY: tuple[How, ...] = ("gone", "hung up", "nonsense", "lacking")


def told(reader: Reader, path: str, why: str, language: str) -> float:
    """One sentence says why, and a link tries again; give how long it took."""
    began = time.monotonic()
    answer = reader.get(path)
    took = time.monotonic() - began
    assert answer.status_code == 403
    assert text.say(f"sign_in.{why}", language) in answer.text
    assert answer.text.count("</p>") == 2  # what Tend is, and that sentence
    assert 'href="/auth/login"' in answer.text
    assert "no-store" in answer.headers["cache-control"]
    return took


def test_a_provider_that_does_not_answer(there: There) -> None:
    """In signing in and on the way back; who is signed in goes on, and the next try succeeds."""
    signed, reader = there.reader(ADA), there.reader()
    reader.get("/customers?lang=zh")
    for how in AWAY:
        back = reader.way_back(sub=ADA)
        with there.line.being(how):
            assert told(reader, "/auth/login", "away", "zh") < LONGEST
            assert told(reader, back, "failed", "zh") < LONGEST
            assert reader.get("/_stcore/health", page=False).text == "ok"
            assert signed.get("/").status_code == 200
    answer = reader.sign_in(ADA, "/customers?lang=zh")
    assert answer.headers["location"] == "/customers?lang=zh"


def test_a_slow_provider_holds_up_nobody(there: There) -> None:
    """It says a sign now and then, and never ends: in, back and out are over all the same."""
    goes, comes, leaves, signed = (there.reader(one) for one in ("", "", ADA, ADA))
    back, had = comes.way_back(sub=ADA), leaves.kept()
    with there.line.being("slow"), ThreadPoolExecutor(3) as together:
        began = time.monotonic()
        steps = [
            together.submit(told, goes, "/auth/login", "away", "en"),
            together.submit(told, comes, back, "failed", "en"),
        ]
        left = together.submit(leaves.get, "/auth/logout")
        assert goes.kept().get("/_stcore/health", page=False).text == "ok"
        assert signed.get("/").status_code == 200
        assert not left.done()
        assert not any(one.done() for one in steps)
        with signed.page() as page:
            assert "Ada Lane" in signing_in.text(page.run())
        out = left.result()
        assert all(one.result() < LONGEST for one in steps)
        assert time.monotonic() - began < LONGEST + 1
    assert (out.status_code, out.headers["location"]) == (302, "/")
    assert not [one for one in leaves.cookies if one.startswith("_streamlit_user")]
    refused(leaves, "nobody")
    refused(had, "ended")
