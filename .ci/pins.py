"""Pin every package: pyproject.toml -> requirements.txt and requirements-dev.txt (needs uv)."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
NOTE = "# Made by `make pins` from pyproject.toml; for Linux, macOS and Windows, Python 3.11+.\n"


def compile_pins(*what: str) -> list[str]:
    """Resolve requirements to exact versions that fit every system."""
    command = ["uv", "pip", "compile", *what, "--universal", "--fork-strategy", "fewest"]
    command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet"]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if line]


def main() -> None:
    """Write both files; the second one holds only what the first does not."""
    runtime = compile_pins("pyproject.toml")
    RUNTIME.write_text(NOTE + "\n".join(runtime) + "\n", encoding="utf-8")
    dev = compile_pins("--group", "dev", "--constraint", RUNTIME.name)
    extra = [line for line in dev if line not in runtime]
    DEV.write_text(NOTE + f"-r {RUNTIME.name}\n" + "\n".join(extra) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
