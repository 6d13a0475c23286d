"""Small valid playbooks to bend and break."""

from pathlib import Path

from salescoach.playbook.layers import Layer, LayerName

TECHNIQUE = """\
kind: technique
id: boomerang
version: 1
title: {en: Boomerang, zh: 太极法}
sources: [S001-OBJTECH6]
summary: Turn it round.
fits: [real]
steps:
  - {id: hear, text: Hear them out.}
examples: []
"""

OBJECTION = """\
kind: objection
id: price
version: 3
title:
  en: "Price"
  zh: "价格"
sources: [ours]
summary: "Too dear."
phrasings:
  en: [too expensive]
say:
  - id: pause
    move: pause
    text: "Pause."
  - id: compared
    move: explore
    text: "Compared with what?"
steps:
  - id: value
    technique: boomerang
    text: "Put their figures beside yours."
    when: {visits_held: {min: 2}, took_place: no}
style:
  driver:
    - id: short
      text: "Two options."
tell:
  ask: {id: deciding, text: "Would you go ahead?"}
  real: "Yes."
  false: "A shrug."
  hidden: "Well …"
"""

CARD = """\
kind: card
id: spin
version: 1
title: Four questions
sources: [ours]
sections:
  - id: first
    title: First
    lines:
      - {id: ask, text: Ask.}
"""


def write(folder: Path, name: str, text: str) -> Path:
    """A file in a folder, which is made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def layer(name: LayerName, folder: Path, **files: str) -> Layer:
    """A layer with files: `price=OBJECTION` is price.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in files.items():
        write(folder, f"{stem}.yaml", text)
    return Layer(name=name, folder=folder)
