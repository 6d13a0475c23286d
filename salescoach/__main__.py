"""`python -m salescoach`: the program, where its script is not on the path."""

from salescoach.cli import run

if __name__ == "__main__":
    run()
