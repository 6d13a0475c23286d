"""Why a line of advice is given, in one row."""

from salescoach.coach.advice import Advice
from salescoach.language import Lang, say
from salescoach.playbook.models import Evidence


def because_line(line: Advice, lang: Lang) -> str:
    """Why a line is given: rule, playbook, version, source, strength of evidence."""
    evidence = "" if line.evidence is None else f" · {grade(line.evidence, lang)}"
    return say(
        "render.because",
        lang,
        id=line.id,
        playbook=line.playbook,
        version=line.version,
        source=line.source,
        evidence=evidence,
    )


def grade(evidence: Evidence, lang: Lang) -> str:
    """How strong the evidence is, and whose."""
    words = (say(f"render.strength-{evidence.strength}", lang), evidence.source, evidence.year)
    return " ".join(str(word) for word in words if word)
