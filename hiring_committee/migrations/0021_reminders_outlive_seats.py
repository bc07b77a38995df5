"""A reminder names the interview and the person itself: a seat that changes hands is deleted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE hiring_committee_reminder reminder
   SET interview_id = seat.interview_id, whose_id = seat.person_id
  FROM interviews_seat seat WHERE seat.id = reminder.seat_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def key(to: str, *, null: bool) -> models.ForeignKey:
    on_delete = django.db.models.deletion.PROTECT
    return models.ForeignKey(null=null, on_delete=on_delete, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0020_mail_rules"), ("interviews", "0003_openings")]
    operations = [
        migrations.AddField("reminder", "interview", key("interviews.interview", null=True)),
        migrations.AddField("reminder", "whose", key(settings.AUTH_USER_MODEL, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("reminder", "interview", key("interviews.interview", null=False)),
        migrations.AlterField("reminder", "whose", key(settings.AUTH_USER_MODEL, null=False)),
        migrations.AlterField(
            "reminder",
            "seat",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reminders",
                to="interviews.seat",
            ),
        ),
    ]
