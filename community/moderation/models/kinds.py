from django.db import models
from django.utils.translation import gettext_lazy as _

# Stands in the log where a decision has no end.
FOR_GOOD = "for_good"


class SanctionKind(models.TextChoices):
    WARNING = "warning", _("warning")
    SILENCE = "silence", _("silence")
    SUSPENSION = "suspension", _("suspension")
