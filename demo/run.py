"""The three uses for a client of an invented book: prep, debrief and objection, through the real program.

`story.yaml` of the language names the commands. At a terminal the walks ask; without one, answers files answer.
The book is written afresh at every run, into `.demo-home`, and played on one fixed day.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from salescoach.errors import SalescoachError
from salescoach.language import Lang
from salescoach.settings import choose_lang

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".demo-home"
PROGRAM = Path(sys.executable).with_name("salescoach")
INTERRUPTED = 130


def main() -> int:
    """Tell the story; 0 where every command of it ended well, or the person watching stopped it."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    lang = _lang()
    story = yaml.safe_load((ROOT / "demo" / lang / "story.yaml").read_text(encoding="utf-8"))
    asking = sys.stdin.isatty() and sys.stdout.isatty()
    shutil.rmtree(HOME, ignore_errors=True)
    env = {"SALESCOACH_HOME": HOME.name, "SALESCOACH_TODAY": str(story["today"]), "SALESCOACH_LANG": lang}
    print(f"$ export {' '.join(f'{name}={text}' for name, text in env.items())}")
    for step in story["steps"]:
        code = _play(step, env, asking)
        if code == INTERRUPTED and asking:
            print(f"\n{story['stopped']}\n$ .venv/bin/{step['run']}")
            return 0
        if code:
            return code
    print("\n" + story["end"].strip())
    return 0


def _play(step: dict[str, Any], env: dict[str, str], asking: bool) -> int:
    """One step: what it is about, the command as a person types it, and what the command says."""
    if "say" in step:
        print(f"\n== {step['say']}")
    if asking and "asked" in step:
        print(f"   {step['asked']}")
    answers = step.get("answers")
    line = step["run"] if asking or not answers else f"{step['run']} --answers {answers}"
    print(f"$ {line}", flush=True)
    return subprocess.run([str(PROGRAM), *shlex.split(line)[1:]], cwd=ROOT, env={**os.environ, **env}).returncode


def _lang() -> Lang:
    try:
        return choose_lang(os.environ)
    except SalescoachError:  # a language that we do not speak: the program would say so, the demo goes on
        return "en"


if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C belongs to the walk that is asking; it ends with 130
    sys.exit(main())
