"""Make the first administrator of an empty house, and print how they sign in."""

import secrets

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from accounts import audit
from accounts.models import Role, User

EMAIL = "admin@localhost"
LOCK = 7_305_001  # advisory: two starts at once make one account


class Command(BaseCommand):
    help = "Creates admin@localhost when nobody is an administrator; prints a password once."

    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if User.objects.administrators().exists():
                self.stdout.write("An administrator is there already; sign in as they do.")
                return
            password = _set_up()
        self.stdout.write("First administrator (choose your own password when asked):")
        self.stdout.write(f"  {EMAIL}  {password}")


def _set_up() -> str:
    """The generated password of an account that must change it before anything else."""
    password = "-".join(secrets.token_hex(2) for _ in range(5))
    admin, made = User.objects.get_or_create(email=EMAIL, defaults={"name": "Administrator"})
    admin.roles = [*{*admin.roles, Role.ADMINISTRATOR}]
    admin.is_active = admin.must_change_password = True
    admin.set_password(password)
    admin.save()
    audit.record(None, "person.first-administrator", admin, made=made)
    return password
