"""`python -m salescoach`: the program, where its script is not on the path."""

import sys

from salescoach.quick import run

if __name__ == "__main__":
    sys.exit(run())
