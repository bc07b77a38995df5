from django.db import migrations

from config.sql import rules


class Migration(migrations.Migration):
    dependencies = [
        ("hiring_committee", "0001_initial"),
        ("accounts", "0002_rules"),
        ("interviews", "0002_rules"),
        ("scorecard", "0002_rules"),
        ("packets", "0002_rules"),
    ]
    operations = [rules(__file__)]
