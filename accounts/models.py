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

    The trigger of migration 0002 sets `seq`, `at`, `prev` and `hash`, so that no process can write
    a line out of order or with a date of its choosing.
    """

    seq = models.BigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    stream = models.CharField(max_length=64)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # `audit_actor` begins with it
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    prev = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["stream", "-seq"], name="audit_stream"),
            models.Index(fields=["actor", "-seq"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class LocalMail(models.Model):
    """One mail to one address, on a machine without a mail server (accounts/mailbox.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=320)
    # Whose address it was on that day: whoever has it later does not inherit the mail.
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # What it tells of. An id, since loops live in an app above this one.
    loop = models.UUIDField(null=True)
    subject = models.TextField()
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # of {name, text}
    is_secret = models.BooleanField()  # it gives a way in: its text is not kept

    class Meta:
        ordering = ["-sent_at", "id"]
        indexes = [models.Index(fields=["person", "-sent_at"], name="local_mail_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_secret=False) | models.Q(text="", attachments=[]),
                name="secret_mail_is_not_kept",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
