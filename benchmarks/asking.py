"""The yardstick of a walk: the least that a program does which loads what a walk needs and asks one question."""

import peewee
import pydantic
import questionary
import typer

app = typer.Typer()


class Answer(pydantic.BaseModel):
    """What is asked for."""

    text: str


class Row(peewee.Model):
    """Where it would be kept."""

    text = peewee.TextField()


@app.command()
def main() -> None:
    """Ask once."""
    Answer(text=questionary.text("Did the visit take place?").ask() or "")


if __name__ == "__main__":
    app()
