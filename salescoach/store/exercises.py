"""What the rep practised."""

from datetime import date

from salescoach.records.practice import Exercise
from salescoach.store.shelf import Several, Shelf
from salescoach.store.tables import ExerciseRow


class Exercises(Shelf[Exercise]):
    """Cases worked, each with its day; a case worked again is one more."""

    holds, table, record = Exercise, ExerciseRow, "exercise"

    def of(self, case: str) -> Several[Exercise]:
        """How a case went, the latest first."""
        return self._where(ExerciseRow.case == case, order=(ExerciseRow.on.desc(), ExerciseRow.id.desc()))

    def since(self, day: date) -> Several[Exercise]:
        """All that was practised from a day on, oldest first."""
        return self._where(ExerciseRow.on >= day, order=(ExerciseRow.on, ExerciseRow.id))
