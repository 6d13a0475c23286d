"""Runs a sample walk in a real terminal: LANG DRAFT. The draft is written after every answer, the answers to stdout."""

import json
import sys
from pathlib import Path

from salescoach.errors import Interrupted
from salescoach.walk.terminal import run
from tests.walk.samples import a_walk, checklist, choice, question, section

ENDS = (
    choice("order", "They signed or ordered on the spot, all of it", "当场下单或签字，整单都拿下了，一点没落"),
    choice("open", "Still open", "还没定"),
)
WALK = checklist(
    section(
        "happened",
        question(
            "ended",
            "one-of",
            choices=ENDS,
            ask={
                "en": "How did it end, looking back on the whole of it?",
                "zh": "从头到尾看下来，这次最后怎么收的场？",
            },
        ),
        question("summary", ask={"en": "What happened?", "zh": "一句话，发生了什么？"}),
    ),
    section(
        "agreed",
        question("who", "one-of", choices_from="contacts", open=True, ask={"en": "Who?", "zh": "谁？"}),
        question("by", "date", ask={"en": "By when?", "zh": "哪天之前？"}),
        question("listening", "ticks", choices=ENDS, ask={"en": "Which of these?", "zh": "有哪些？"}),
        question("badge", "check", ask={"en": "Badge ready?", "zh": "门禁办了？"}),
    ),
)


def main(lang: str, draft: Path) -> int:
    """Walk, and say on stdout what came of it."""
    kept = json.loads(draft.read_text(encoding="utf-8")) if draft.exists() else {}
    walk = a_walk(WALK, answers=kept)

    def keep(state: dict[str, object]) -> None:
        draft.write_text(json.dumps(state), encoding="utf-8")

    try:
        done = run(walk, "zh" if lang == "zh" else "en", keep=keep, resume="salescoach debrief")
    except Interrupted as paused:
        sys.stderr.write(f"{paused.key}\n")
        return paused.exit_code
    sys.stdout.write(json.dumps(done.answers, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
