from django.db import migrations


def open_cases(apps, schema_editor):
    """Waves that waited before they were cases."""
    Case = apps.get_model("moderation", "Case")
    for wave in apps.get_model("moderation", "Wave").objects.filter(state="waiting").order_by("pk"):
        Case.objects.create(kind="wave", wave=wave, severity=5, since=wave.began_at)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0020_waves_are_cases")]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop)]
