from typing import Any, Self

from django.db import models

from community.people.policies import answers_officially


class ReadyReplyQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        return self if answers_officially(reader) else self.none()

    def called_like(self, words: str) -> Self:
        found = self
        for word in words.replace("-", " ").split()[:8]:
            found = found.filter(name__icontains=word)
        return found

    def by_name(self) -> Self:
        return self.order_by("name", "pk")
