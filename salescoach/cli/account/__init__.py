"""`salescoach account`: the sheets of a key account, walked over months, and the one screen about it."""

import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.options import Answers, Json, Questions, Who
from salescoach.cli.result import Result
from salescoach.language import Lang, say
from salescoach.playbook.models import Sheet
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.account import Ranked

app = typer.Typer(help="account.help", no_args_is_help=True, add_completion=False)

Show = Annotated[bool, typer.Option("--show", help="account.opt-show")]
Everything = Annotated[bool, typer.Option("--all", help="account.opt-all")]
Deep = Annotated[bool, typer.Option("--deep", help="account.opt-deep")]
Format = Annotated[str, typer.Option("--format", metavar="text|md|html", help="account.opt-format")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="account.opt-output")]


@value
class Wish:
    """How a sheet is to be asked and shown."""

    answers: str | None = None
    questions: bool = False
    show: bool = False
    all: bool = False
    deep: bool = False
    json: bool = False


def _sheet_command(use: Sheet) -> None:
    """A sheet of its own command: the options are the same for all of them."""

    def walk(
        ctx: typer.Context, client: Who, answers: Answers = None, questions: Questions = False, show: Show = False,
        all_: Everything = False, deep: Deep = False, as_json: Json = False,
    ) -> Result:  # fmt: skip
        from salescoach.cli.account.sheets import walk_or_show

        wish = Wish(answers=answers, questions=questions, show=show, all=all_, deep=deep, json=as_json)
        return walk_or_show(ctx.obj, use, client, wish)

    app.command(use, help=f"account.help-{use}")(walk)


@app.command("show", help="account.help-show")
def show_(ctx: typer.Context, client: Who, as_json: Json = False) -> Result:
    """One screen about an account."""
    from salescoach.cli.account.overview import overview

    return overview(ctx.obj, client, as_json)


_sheet_command("screen")
_sheet_command("risk")


@app.command("map", help="account.help-map")
def map_(
    ctx: typer.Context,
    client: Who,
    without: Annotated[str | None, typer.Option("--without", metavar="NAME", help="account.opt-without")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="account.opt-plan")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="account.opt-ask")] = False,
    deep: Deep = False,
    answers: Answers = None,
    questions: Questions = False,
    format_: Format = "text",
    output: Output = None,
    as_json: Json = False,
) -> Result:
    """The buying centre; with a person, the guided series about them."""
    from salescoach.cli.account.map import show_map

    return show_map(
        ctx.obj, client, without=without, plan=plan, ask=ask, deep=deep, answers=answers, questions=questions,
        as_json=as_json, format_=format_, output=output,
    )  # fmt: skip


@app.command("stage", help="account.help-stage")
def stage(
    ctx: typer.Context, client: Who,
    set_: Annotated[str | None, typer.Option("--set", metavar="STAGE", help="account.opt-set")] = None,
    answers: Answers = None, questions: Questions = False, show: Show = False,
    all_: Everything = False, deep: Deep = False, as_json: Json = False,
) -> Result:  # fmt: skip
    """S001-REL4: the stage, its goal and work, and what would move it on."""
    from salescoach.cli.account.sheets import set_stage, walk_or_show

    if set_ is not None:
        return set_stage(ctx.obj, client, set_, as_json)
    wish = Wish(answers=answers, questions=questions, show=show, all=all_, deep=deep, json=as_json)
    return walk_or_show(ctx.obj, "stage", client, wish)


_sheet_command("analyse")
_sheet_command("loyalty")
_sheet_command("criteria")
_sheet_command("process")


@app.command("renewal", help="account.help-renewal")
def renewal(
    ctx: typer.Context, client: Who,
    new: Annotated[bool, typer.Option("--new", help="account.opt-new")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="account.opt-remove")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="records.help-yes")] = False,
    answers: Answers = None, questions: Questions = False, show: Show = False,
    all_: Everything = False, deep: Deep = False, as_json: Json = False,
) -> Result:  # fmt: skip
    """The contract, its clocks (S004-RENEW-TIME), and what decides whether it is renewed."""
    from salescoach.cli.account.renewal import remove_contract, renew

    if remove:
        return remove_contract(ctx.obj, client, yes, as_json)
    wish = Wish(answers=answers, questions=questions, show=show, all=all_, deep=deep, json=as_json)
    return renew(ctx.obj, client, wish, new=new)


@app.command("rank", help="account.help-rank")
def rank(ctx: typer.Context, as_json: Json = False) -> Result:
    """S001-8020: what each client brings, by running contracts."""
    from salescoach.cli.show import width
    from salescoach.coach.account import ranking
    from salescoach.render.listing import listing

    session: Session = ctx.obj
    store, lang = session.store(), session.lang
    found = ranking(store.contracts.list(), session.today)
    names = {one.client_id: store.clients.get(one.client_id).name for one in found}
    document = {"schema": "salescoach/account-rank@1", "clients": [_ranked(one, names) for one in found]}
    if not found:
        return Result(document=document, show=say("account.rank-none", lang), json=as_json)
    heads = [_rank_head(list(group), lang) for _, group in groupby(found, key=lambda one: one.currency)]
    if len(heads) > 1:
        heads.append(say("account.rank-currencies", lang))
    rows = listing([_rank_row(one, names, lang) for one in found], width(sys.stdout))
    return Result(document=document, show="\n".join([*heads, rows]), json=as_json)


def _ranked(one: "Ranked", names: Mapping[str, str]) -> dict[str, object]:
    return {
        "client": names[one.client_id], "revenue": one.revenue, "currency": one.currency, "share": one.share,
        "together": one.together, "place": one.place, "key": one.vital,
    }  # fmt: skip


def _rank_head(group: list["Ranked"], lang: Lang) -> str:
    """How few bring how much."""
    vital = [one for one in group if one.vital]
    facts = {"currency": group[0].currency or "–", "count": len(group), "vital": len(vital)}
    return say("account.rank-head", lang, share=round(100 * vital[-1].together), **facts)


def _rank_row(one: "Ranked", names: Mapping[str, str], lang: Lang) -> list[str]:
    shares = [say("account.rank-share", lang, share=round(100 * share)) for share in (one.share, one.together)]
    revenue = f"{one.revenue:,.0f} {one.currency}".strip()
    key = say("account.rank-vital", lang) if one.vital else ""
    return [str(one.place), names[one.client_id], revenue, *shares, key]
