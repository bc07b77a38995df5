from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401  connects them
        from accounts.privileges import grant_runtime_role

        post_migrate.connect(grant_runtime_role, dispatch_uid="grant_runtime_role")
