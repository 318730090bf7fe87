"""A Spark for the test of the roll-up: find one, or install it (`python -m tests.kit.tools.spark`).

It is large (317 MB), so all clones of a machine share one, beside what other tools keep there.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.kit.server import ROOT
from tests.kit.tools import debian

PIN = Path(__file__).with_name("spark.pin")
_VERSION = PIN.read_text(encoding="utf-8").split()[0].replace("==", "-")
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tend-tests" / _VERSION
_PATIENCE_SECONDS = 1200
# Two executors are processes of their own, so rows and code travel as in a real cluster; small, and
# compiled once only, as they live for a minute.
_CLUSTER = {
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.default.parallelism": "4",
    "spark.log.level": "WARN",
}


def home() -> Path | None:
    """Give the folder of Spark on this machine, where it and Java are there."""
    place = Path(os.environ.get("SPARK_HOME") or _CACHE / "pyspark")
    return place if (place / "bin" / "spark-submit").exists() and shutil.which("java") else None


def run(jobs: Sequence[Sequence[str]], folder: Path) -> list[dict[str, Any]]:
    """Run roll-ups one after the other in one session of a local cluster; tell of each."""
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    place = home()
    assert place is not None
    settings = [word for one in _CLUSTER.items() for word in ("--conf", "=".join(one))]
    command = [str(place / "bin" / "spark-submit"), "--master", "local-cluster[2,1,512]"]
    command += ["--driver-memory", "512m", "--driver-java-options", "-XX:TieredStopAtLevel=1"]
    command += [*settings, str(Path(__file__).with_name("spark_jobs.py"))]
    own = {"SPARK_HOME": place, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    own |= {"SPARK_LOCAL_DIRS": folder / "local", "SPARK_WORKER_DIR": folder / "work"}
    environment = os.environ | {name: str(value) for name, value in own.items()}
    script = ROOT / "deploy" / "rollup" / "usage.py"
    done = subprocess.run(
        [*command, str(script), str(folder)],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=800,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return list(json.loads((folder / "done.json").read_text(encoding="utf-8")))


def install() -> None:
    """Install Spark for all clones, and Java where it is missing."""
    if not shutil.which("java"):
        debian.installed("default-jre-headless")
    if home() is None and shutil.which("java"):
        _CACHE.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_CACHE.parent) as half:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
            whole = Path(half) / "whole"
            words = [*pip, "--require-hashes", "--target", str(whole), "-r", str(PIN)]
            with contextlib.suppress(subprocess.SubprocessError):
                subprocess.run(words, check=True, timeout=_PATIENCE_SECONDS)
                if not _CACHE.exists():
                    whole.rename(_CACHE)


if __name__ == "__main__":
    install()
    print(f"The roll-up is tested on {home() or 'nothing: there is no Spark to be had'}.")
