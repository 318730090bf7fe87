"""What runs on Spark: roll-ups in one session, each as `spark-submit` runs it."""

import contextlib
import io
import json
import runpy
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession


def main(script: str, folder: Path) -> None:
    """Run each job by its words; write what it said, and by how many executors."""
    spark = SparkSession.builder.getOrCreate()
    done = []
    for words in json.loads((folder / "jobs.json").read_text(encoding="utf-8")):
        sys.argv = [script, *words]
        out, errors, began = io.StringIO(), io.StringIO(), time.monotonic()
        code = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            try:
                runpy.run_path(script, run_name="__main__")
            except SystemExit as stop:
                code = int(stop.code or 0)
        # one of them is the driver's own
        executors = len(spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1
        seconds = time.monotonic() - began
        done.append(
            {
                "code": code,
                "out": out.getvalue(),
                "errors": errors.getvalue(),
                "executors": executors,
                "seconds": seconds,
            }
        )
    (folder / "done.json").write_text(json.dumps(done), encoding="utf-8")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
