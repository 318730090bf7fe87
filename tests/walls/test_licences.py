"""What comes with Tend may come with it: licences of packages and bundles are known and allowed."""

import pytest

from docs import licences

pytestmark = pytest.mark.quick


def test_every_licence_is_known_and_allowed() -> None:
    """Of all pinned packages, and of all that is bundled into a script."""
    assert licences.forbidden() == []


def test_what_is_bundled_brings_its_notices() -> None:
    """Beside each bundle the texts of its parts' licences; in the one that is handed on, too."""
    found = {told.name: told.read_text(encoding="utf-8") for told in licences.bundles()}
    assert set(found) == {"codemirror.LICENSES.txt", "vega.LICENSES.txt"}
    for told in licences.bundles():
        names = [name for name, _, _ in licences.parts(told)]
        script = told.with_name(told.name.replace(".LICENSES.txt", ".js"))
        assert script.exists()
        assert len(names) == len(set(names)) >= 10
        assert found[told.name].count("(") >= len(names)
    [vega] = [told for told in licences.bundles() if told.name.startswith("vega")]
    assert found[vega.name].strip() in vega.with_name("vega.js").read_bytes().decode("utf-8")


def test_the_guard_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown, copyleft and loose words are not allowed; of a choice one is enough."""
    for wrong in ("GPL-3.0-only", "MIT AND AGPL-3.0-only", licences.UNKNOWN, "", "BSD", "MIT-like"):
        assert not licences.is_allowed(wrong)
    assert licences.is_allowed("GPL-2.0-only OR MIT")
    monkeypatch.setitem(licences.FILES, "requirements.txt", "")
    monkeypatch.setattr(licences, "pinned", lambda _: [("no-such-package", "1")])
    assert licences.forbidden() == ["no-such-package: unknown"] * len(licences.FILES)
