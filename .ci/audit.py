"""Are the packages known to be vulnerable? Asks the advisories of the package index, by pip-audit.

Exit codes: 0 asked of every package, nothing known; 1 something is known; 3 not asked: no source of
advisories was reached, or it did not know packages. Not asked is never called sound.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = ("requirements.txt", "requirements-dev.txt")
SOUND, KNOWN, NOT_ASKED = 0, 1, 3
SECONDS = 300
UNREACHED = (
    "NOT ASKED: no source of advisories was reached (pip-audit asks pypi.org).",
    "Nothing is known of the packages' safety, good or bad. Run `make audit` again where pypi.org",
    "can be reached; a mirror that serves packages alone does not do.",
)


def asked(file: str) -> list[Mapping[str, object]] | None:
    """Give what pip-audit says of each package of a file; None where it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", file]
    command += ["--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        found: list[Mapping[str, object]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return None
    return found


def verdict(answers: Sequence[list[Mapping[str, object]] | None]) -> tuple[int, list[str]]:
    """Give the exit code and what is to be said. What was skipped was not asked."""
    packages = [one for answer in answers for one in answer or ()]
    known = [
        f"{one['name']} {one['version']}: {', '.join(hole['id'] for hole in one['vulns'])}"
        for one in packages
        if one.get("vulns")
    ]
    skipped = sorted({str(one["name"]) for one in packages if "skip_reason" in one})
    if known:
        return KNOWN, known
    if None in answers or not packages or len(skipped) == len({one["name"] for one in packages}):
        return NOT_ASKED, list(UNREACHED)
    if skipped:
        return NOT_ASKED, [f"Not asked of {', '.join(skipped)}; nothing against the others."]
    return SOUND, [f"Asked of {len(packages)} packages: nothing is known against them."]


if __name__ == "__main__":
    code, said = verdict([asked(file) for file in FILES])
    print("\n".join(said))
    raise SystemExit(code)
