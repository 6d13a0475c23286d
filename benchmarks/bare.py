"""The yardstick: the least that a program of Typer and Rich does."""

import typer
from rich.console import Console

app = typer.Typer()


@app.command()
def main() -> None:
    """Print one line."""
    Console().print("One line, printed through Rich.")


if __name__ == "__main__":
    app()
