"""`python -m tend`."""

import logging
import sys

from tend.cli.commands import main
from tend.logs import lines

if __name__ == "__main__":
    lines.begin(quietest=logging.WARNING)  # a command says itself what it did
    sys.exit(main(sys.argv[1:]))
