"""Load the demo, or what is missing of it, and print how its people sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recruiting import demo
from rubric.models import RubricVersion


class Command(BaseCommand):
    help = "Loads the six loops, the cast and an interview going on. Twice adds nothing."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Demo people sign in only in demo mode: set DEMO=1.")
        try:
            demo.load()
        except RubricVersion.DoesNotExist:
            raise CommandError("No rubric is published yet: run publish_rubric first.") from None
        except demo.NotLoaded as error:
            raise CommandError(f"The demo's loops were not imported.\n{error}") from None
        self.stdout.write("Demo sign-ins:")
        width = max(len(part.email) for part in demo.CAST)
        for part in demo.CAST:
            self.stdout.write(f"  {part.name:<22}  {part.email:<{width}}  {settings.DEMO_PASSWORD}")
