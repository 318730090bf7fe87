"""Ask a server on this machine whether it is ready: 0 it is, 1 it is not, with why.

For systemd, containers and schedules; it needs nothing but Python.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request

ADDRESS = "http://127.0.0.1:8501/ready"


def main() -> int:
    """Ask once, or until it is ready or the time is over."""
    asked = argparse.ArgumentParser(description="Ask whether Tend is ready.")
    asked.add_argument("--address", default=os.environ.get("TEND_READY", ADDRESS))
    asked.add_argument("--wait", type=float, default=0, metavar="SECONDS")
    given = asked.parse_args()
    until = time.monotonic() + given.wait
    while not (found := _ask(given.address)).get("ready"):
        if time.monotonic() > until:
            break
        time.sleep(0.5)
    print(json.dumps(found), file=sys.stdout if found.get("ready") else sys.stderr)
    return 0 if found.get("ready") else 1


def _ask(address: str) -> dict[str, object]:
    request = urllib.request.Request(address)  # noqa: S310 - the address is the operator's own
    if token := os.environ.get("TEND_OPERATOR_TOKEN"):
        request.add_header("Authorization", f"Bearer {token}")
    # a proxy that this machine uses for other addresses has no business here
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")
        return dict(json.loads(said)) if error.code == 503 and said else {"status": error.code}
    except (OSError, ValueError) as error:
        return {"error": str(error)}


if __name__ == "__main__":
    sys.exit(main())
