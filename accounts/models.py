"""People: who may sign in, in which roles; and the trail of what they read and changed."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from accounts.emails import normalise_email


class Role(models.TextChoices):
    INTERVIEWER = "interviewer", "Interviewer"
    RECRUITER = "recruiter", "Recruiter"
    COMMITTEE = "committee", "Committee member"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, name: str, password: str | None = None, **fields: Any
    ) -> "User":
        """A person; without a password they cannot sign in until one is set."""
        user = self.model(email=normalise_email(email), name=name.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None) -> "User":
        """An administrator, for `manage.py createsuperuser`; nobody is above them."""
        return self.create_user(email, name, password, roles=[Role.ADMINISTRATOR])

    def administrators(self) -> models.QuerySet["User"]:
        """Who looks after people. The demo's do not count: they cannot sign in once DEMO is off."""
        return self.filter(roles__contains=[Role.ADMINISTRATOR], is_active=True, is_demo=False)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=normalise_email(email or ""))


class User(AbstractBaseUser):
    """A person, recognised by e-mail. People who leave are deactivated, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail", unique=True, max_length=254)
    name = models.CharField(max_length=200)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)  # it was generated
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values), name="user_roles_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role_names(self) -> list[str]:
        return [Role(role).label for role in self.roles]

    def has_role(self, role: str) -> bool:
        return self.is_active and role in self.roles

    @property
    def is_recruiter(self) -> bool:
        return self.has_role(Role.RECRUITER)

    @property
    def is_committee(self) -> bool:
        return self.has_role(Role.COMMITTEE)

    @property
    def is_administrator(self) -> bool:
        return self.has_role(Role.ADMINISTRATOR)


class AuditEvent(models.Model):
    """Who read or changed what, when. Append-only; each stream is a chain of hashes.

    A trigger (accounts/sql/rules.sql) sets all but `stream`, `actor`, `action`, `subject` and
    `detail`, so that no process can write a line out of order or with a date of its choosing. The
    hash covers a salted digest of `detail`: once a payload is erased together with its salt, the
    chain still holds.
    """

    seq = models.BigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    stream = models.CharField(max_length=64)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # `audit_actor` begins with it
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict, null=True)  # null: erased
    salt = models.BinaryField(null=True, editable=False)
    payload_digest = models.BinaryField(editable=False)
    prev = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["stream", "-seq"], name="audit_stream"),
            models.Index(fields=["actor", "-seq"], name="audit_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(detail__isnull=True, salt__isnull=True)
                | models.Q(detail__isnull=False, salt__isnull=False),
                name="audit_payload_whole_or_erased",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
