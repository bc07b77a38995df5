"""Publish the product's rubric pack as a version, unless its content is published already."""

from django.core.management.base import BaseCommand

from rubric import pack
from rubric.models import RubricVersion


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        version = RubricVersion.objects.publish(pack.read_pack())
        self.stdout.write(f"Rubric version {version.number} is current ({version.digest}).")
