from django.db import migrations, models

from forum.migrating import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0022_moving_posts")]

    operations = [
        AddIndexMeanwhile(
            model_name="flag",
            index=models.Index(fields=["flagger", "outcome"], name="flags_of_a_flagger"),
        ),
    ]
