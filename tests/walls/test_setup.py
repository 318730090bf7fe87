"""The set-up is what it says: pinned packages, a licence, one command for everything."""

import hashlib
import io
import os
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.walls.sources import ROOT, Source, app, python, tracked
from tests.walls.test_imports import imported

PINNED = re.compile(r"[A-Za-z0-9._-]+==[\w.!+]+( ; .+)?")
# The first line asks, the others are hashes, each going on in the next.
HASHED = re.compile(r"\S.*(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")
# The licence's own text, letter by letter.
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|(?i:password|secret|token)\s*=\s*['\"][^'\"]{12,}"
)
EXCEPTION = re.compile(r"#\s*(noqa|pragma: no cover)")
# A `type: ignore` names its error (the linter sees to it), and that is its reason.
REASON = re.compile(r"#\s*noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*\s+(?:#|\(|-)\s*\w+")


def requirements(name: str) -> list[str]:
    """Give the lines of a requirements file that ask for something, without their hashes."""
    return [one.partition(" \\\n")[0].rstrip("\n") for one in entries(name)]


def entries(name: str) -> list[str]:
    """Give what a requirements file asks for, each with the lines of its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [one for one in re.split(r"^(?! )", text, flags=re.MULTILINE) if one[:1] not in "#"]


def loose(lines: list[str]) -> list[str]:
    """Name the lines that do not pin one package to one version."""
    return [line for line in lines if not PINNED.fullmatch(line)]


def unhashed(found: list[str]) -> list[str]:
    """Name what is asked for without the hash of any of its files."""
    return [one.split()[0] for one in found if not HASHED.fullmatch(one)]


def unexplained(source: Source) -> Iterator[str]:
    """Name the lint exceptions without a reason, beside them or in a comment right above."""
    lines = source.text.splitlines()
    if not EXCEPTION.search(source.text):
        return
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and EXCEPTION.match(token.string):
            above = lines[token.start[0] - 2].strip() if token.start[0] > 1 else ""
            if not REASON.match(token.string) and not above.startswith("#"):
                yield f"{source.path}:{token.start[0]} {token.string}"


def test_runtime_packages_are_all_pinned() -> None:
    """Every package, also those that others bring along, is one exact version."""
    lines = requirements("requirements.txt")
    assert loose(lines) == []
    names = [line.split("==")[0] for line in lines]
    assert names == sorted(set(names))
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {re.split("[=<>]", name)[0] for name in asked["dependencies"]} <= set(names)


def third_party(sources: list[Source]) -> set[str]:
    """Give the packages that files import, as they are called at import."""
    roots = {name.split(".")[0] for source in sources for name in imported(source)}
    return roots - sys.stdlib_module_names - {"tend", "__future__"}


# What Streamlit asks for by itself where people sign in.
_FOR_SIGNING_IN = {"authlib", "httpx"}


def test_every_package_is_used_and_every_used_one_is_asked_for() -> None:
    """No package is carried along for nothing, none is used that only others bring."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split("[=<>]", name)[0] for name in project["dependencies"]}
    # what is imported as pptx is asked for as python-pptx
    bring = packages_distributions()
    assert asked - _FOR_SIGNING_IN == {
        name.lower() for root in third_party(app()) for name in bring[root]
    }


GROUPS = pytest.mark.parametrize("file", ["requirements-dev.txt", "requirements-home.txt"])


@GROUPS
def test_packages_of_groups_are_all_pinned(file: str) -> None:
    """Their file holds that of the app and pins the rest."""
    first, *rest = requirements(file)
    assert first == "-r requirements.txt"
    assert loose(rest) == []
    runtime = {line.split("==")[0] for line in requirements("requirements.txt")}
    assert not runtime & {line.split("==")[0] for line in rest}


@GROUPS
def test_every_package_is_what_it_was_when_it_was_pinned(file: str) -> None:
    """Each pin has its hashes, and installing without them is not possible."""
    first, *rest = entries(file)
    assert first == "-r requirements.txt\n"
    assert unhashed([*entries("requirements.txt"), *rest]) == []
    install = (ROOT / ".ci" / "install").read_text(encoding="utf-8")
    assert install.count("--require-hashes") == install.count("pip install") == 2


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is the machine's own matter."""
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile"):
        assert not re.search(
            r"index-url|find-links|trusted-host|https?://", (ROOT / name).read_text()
        )


def test_the_licence_is_apache_2() -> None:
    """The whole text, unchanged."""
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_the_build_server_runs_what_everybody_runs() -> None:
    """`.ci/run` is a strict script that calls `make test`."""
    script = ROOT / ".ci" / "run"
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_no_data_of_a_team_and_no_secret_is_kept() -> None:
    """No database, no upload and no key is in the repository."""
    names = tracked()
    assert [
        name for name in names if name.endswith((".duckdb", ".wal", "secrets.toml", ".pem"))
    ] == []
    readable = (".py", ".toml", ".md", ".yaml", ".txt", ".sql", "")
    texts = {name: (ROOT / name).read_bytes() for name in names if name.endswith(readable[:-1])}
    found = [name for name, raw in texts.items() if SECRET.search(raw.decode("utf-8", "replace"))]
    assert [name for name in found if not name.startswith("tests/walls/")] == []


def test_every_lint_exception_has_its_reason() -> None:
    """Who switches a rule off says why, beside it or in the line above."""
    sources = [*app(), *python("tests")]
    assert [found for source in sources for found in unexplained(source)] == []


def test_the_guards_bite() -> None:
    """Loose pins, index addresses and unexplained exceptions are found."""
    assert loose(["pandas>=2", "pandas", "--index-url x", "a @ git+ssh://b"]) != []
    assert len(loose(["pandas>=2", "pandas", "--index-url x"])) == 3
    assert third_party([Source("x.py", "import os, lifelines\nfrom tend import view")]) == {
        "lifelines"
    }
    assert unhashed(["a==1\n", "a==1 \\\n    --hash=sha256:12\n"]) == ["a==1", "a==1"]
    assert loose(["watchdog==6.0.0 ; sys_platform != 'darwin'"]) == []
    assert list(unexplained(Source("bad.py", "import os  # " + "noqa: F401\n")))
    assert list(unexplained(Source("ok.py", "import os  # " + "noqa: F401  (re-exported)\n"))) == []
