from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import F, OrderBy, Q, Value
from django.db.models.functions import Coalesce

from forum.migrating import AddIndexMeanwhile

LISTED = Q(hidden_at=None, deleted_at=None, merged_into=None)
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("threads", "0018_moving_posts"),
    ]

    operations = [
        AddIndexMeanwhile(
            "thread",
            models.Index(
                OrderBy(Coalesce("pinned_at", NEVER), descending=True),
                OrderBy(F("last_post_at"), descending=True),
                OrderBy(F("id"), descending=True),
                condition=LISTED,
                name="threads_pinned_first",
            ),
        ),
        AddIndexMeanwhile(
            "thread",
            models.Index(
                models.Case(
                    models.When(state__in=("waiting_us", "workaround"), then=0),
                    models.When(state="waiting_asker", then=1),
                    default=2,
                ),
                F("state_since"),
                F("id"),
                condition=LISTED,
                name="threads_by_turn",
            ),
        ),
    ]
