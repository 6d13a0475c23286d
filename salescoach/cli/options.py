"""Options that many commands take, each with one wording."""

from typing import Annotated

import typer

Who = Annotated[str, typer.Argument(metavar="CLIENT", help="records.help-client-arg", show_default=False)]
Answers = Annotated[str | None, typer.Option("--answers", metavar="FILE", help="cli.answers")]
Questions = Annotated[bool, typer.Option("--questions", help="cli.questions")]
Json = Annotated[bool, typer.Option("--json", help="cli.json")]
