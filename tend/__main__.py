"""`python -m tend`."""

import sys

from tend.cli.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
