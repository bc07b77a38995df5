from django.db import migrations

from config.sql import rules


class Migration(migrations.Migration):
    dependencies = [("calibration", "0001_initial"), ("accounts", "0002_rules")]
    operations = [rules(__file__)]
