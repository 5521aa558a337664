from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from community.desk.spans import Span


@dataclass(frozen=True)
class Month:
    """`upto`: its end, or now while it runs.

    What came after its end counts in none of its figures, so that a month that is over reads the same whenever it is
    read. Only what is taken back moves them: a thread that is opened again has not come to its end.
    """

    name: str
    span: Span
    upto: datetime

    def holds(self, moment: str) -> Q:
        begins, ends = self.span
        return Q(**{f"{moment}__gte": begins, f"{moment}__lt": ends})

    def has_seen(self, moment: str) -> Q:
        return Q(**{f"{moment}__lt": self.span[1]})

    def has_not_seen(self, moment: str) -> Q:
        return Q(**{moment: None}) | Q(**{f"{moment}__gte": self.span[1]})
