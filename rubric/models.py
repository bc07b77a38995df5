"""Published versions of the rubric. A version is never changed; a scorecard points at one."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.db import models

from rubric.content import Rubric
from rubric.parsing import parse


def content_digest(content: dict[str, Any]) -> str:
    """`sha256:` and the hash of the content's canonical JSON: the order of keys does not count."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


class RubricVersionManager(models.Manager["RubricVersion"]):
    def current(self) -> "RubricVersion":
        """The newest published version, which new scorecards use; raises DoesNotExist."""
        return self.latest("number")

    def publish(self, content: dict[str, Any]) -> "RubricVersion":
        """The newest version if it has this content already, else a new one.

        Raises RubricError, naming the place, where the content is not a whole rubric.
        """
        digest = content_digest(content)
        newest = self.order_by("-number").first()
        if newest and newest.digest == digest:
            return newest
        number = newest.number + 1 if newest else 1
        parse(content, number)
        return self.create(number=number, content=content, digest=digest)


class RubricVersion(models.Model):
    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    digest = models.CharField(max_length=80)
    published_at = models.DateTimeField(auto_now_add=True)

    objects = RubricVersionManager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Rubric {self.number}"

    @property
    def rubric(self) -> Rubric:
        """The content as objects; parsed once a process, since a version never changes."""
        return rubric_of(self.pk)


@lru_cache(maxsize=16)
def rubric_of(version_id: int) -> Rubric:
    version = RubricVersion.objects.get(pk=version_id)
    return parse(version.content, version.number)
