from django.db import migrations

from config.sql import rules


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [rules(__file__)]
