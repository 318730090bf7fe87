"""Pin every package with its hashes: pyproject.toml -> requirements.txt, -home.txt, -dev.txt.

A hash for each file of a version, whatever machine it is for: what is installed is what was pinned.
Needs uv. `--keep` leaves pins that still fit as they are, and adds what is new in pyproject.toml.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
HOME = ROOT / "requirements-home.txt"
NOTE = "# Made by `make pins` from pyproject.toml; for Linux, macOS and Windows, Python 3.11+.\n"
# A requirement begins at the left; its hashes follow on lines of their own.
_REQUIREMENT = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)


def requirements(written: str) -> list[str]:
    """Give each requirement of a file, with the hashes below it."""
    parts = _REQUIREMENT.split(written)
    return [part for part in parts if part and not part.startswith(("#", "-r"))]


def pinned() -> list[str]:
    """Give what is pinned now, without hashes."""
    both = RUNTIME.read_text(encoding="utf-8") + DEV.read_text(encoding="utf-8")
    return [one.splitlines()[0].removesuffix("\\").strip() for one in requirements(both)]


def compile_pins(*what: str, within: Path) -> list[str]:
    """Resolve requirements to exact versions that fit every system, each with its hashes."""
    command = ["uv", "pip", "compile", *what, "--universal", "--fork-strategy", "fewest"]
    command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--generate-hashes"]
    # what a file of that name already says is taken where it fits
    command += ["--output-file", str(within)]
    subprocess.run(command, cwd=ROOT, check=True)
    return requirements(within.read_text(encoding="utf-8"))


def main(given: Sequence[str]) -> None:
    """Write all files; those of groups hold only what the first does not."""
    with TemporaryDirectory() as folder:
        within = Path(folder) / RUNTIME.name
        kept = "\n".join(pinned()) + "\n" if "--keep" in given else ""
        within.write_text(kept, encoding="utf-8")
        runtime = compile_pins("pyproject.toml", within=within)
        RUNTIME.write_text(NOTE + "".join(runtime), encoding="utf-8")
        for group, file in {"dev": DEV, "home": HOME}.items():
            within.write_text(kept, encoding="utf-8")
            found = compile_pins("--group", group, "--constraint", RUNTIME.name, within=within)
            extra = "".join(one for one in found if one not in runtime)
            file.write_text(NOTE + f"-r {RUNTIME.name}\n" + extra, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
