from django.db import migrations

FINISHED = ("approved", "declined", "withdrawn")


def open_cases(apps, schema_editor):
    """Flags, appeals, held texts and held accounts of before the one queue get the case that they would have."""
    Case = apps.get_model("moderation", "Case")
    Flag = apps.get_model("moderation", "Flag")
    together = {}
    for flag in Flag.objects.select_related("post__thread").order_by("created_at", "pk"):
        key = (flag.post_id, flag.decided_at)
        case = together.get(key)
        if case is None:
            if flag.decided_at and not flag.decided_by_id:
                continue
            thread = flag.post.thread
            case = together[key] = Case.objects.create(
                kind="flags",
                post_id=flag.post_id,
                space_id=thread.space_id,
                for_support=thread.audience == "organisation",
                severity=flag.severity,
                since=flag.created_at,
                decided_at=flag.decided_at,
                decided_by_id=flag.decided_by_id,
                outcome=flag.outcome,
                because=flag.decided_because,
            )
        if flag.severity > case.severity:
            case.severity = flag.severity
            case.save(update_fields=["severity"])
        flag.case = case
        flag.save(update_fields=["case"])
    for appeal in apps.get_model("moderation", "Appeal").objects.order_by("pk"):
        Case.objects.create(
            kind="appeal",
            appeal=appeal,
            severity=3,
            since=appeal.at,
            decided_at=appeal.decided_at,
            decided_by_id=appeal.decided_by_id,
            outcome=appeal.outcome,
            because=appeal.decided_because,
        )
    for held in apps.get_model("moderation", "Held").objects.select_related("thread").order_by("pk"):
        if held.state != "waiting" and not held.decided_by_id:
            continue
        Case.objects.create(
            kind="held_edit" if held.what in ("edit", "title") else "held_post",
            held=held,
            space_id=held.space_id,
            for_support=bool(held.thread and held.thread.audience == "organisation"),
            severity=1,
            since=held.at,
            decided_at=held.decided_at,
            decided_by_id=held.decided_by_id,
            outcome=held.state if held.state in FINISHED else "",
            because=held.decided_because,
        )
    for account in apps.get_model("moderation", "HeldAccount").objects.filter(freed_at=None):
        Case.objects.create(kind="held_account", member_id=account.member_id, severity=2, since=account.at)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0011_cases"),
        ("threads", "0001_initial"),
    ]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop)]
