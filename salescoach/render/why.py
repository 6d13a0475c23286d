"""Why a line of advice is given, in one row."""

from salescoach.coach.advice import Advice
from salescoach.language import Lang, say


def because_line(line: Advice, lang: Lang) -> str:
    """Why a line is given: rule, playbook, version, source, strength of evidence."""
    evidence = ""
    if line.evidence is not None:
        words = (say(f"render.strength-{line.evidence.strength}", lang), line.evidence.source, line.evidence.year)
        evidence = " · " + " ".join(str(word) for word in words if word)
    return say(
        "render.because",
        lang,
        id=line.id,
        playbook=line.playbook,
        version=line.version,
        source=line.source,
        evidence=evidence,
    )
