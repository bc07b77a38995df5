"""The operator's view of background work: how much of each kind waits, runs and has failed."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.celery import app
from config.jobs.kinds import kinds


class Command(BaseCommand):
    help = "Prints for each kind of job how many rows wait, run and have failed."

    def handle(self, *args: object, **options: object) -> None:
        app.loader.import_default_modules()  # the rooms register their kinds there
        line = "{:<18}{:>8}{:>8}{:>8}  {}"
        self.stdout.write(line.format("kind", "waits", "runs", "failed", "oldest that waits"))
        for name, kind in sorted(kinds.items()):
            found = kind.counts()
            oldest = found["oldest"]
            age = str(timezone.now() - oldest).split(".")[0] if oldest else ""
            numbers = (found[state] for state in ("requested", "running", "failed"))
            self.stdout.write(line.format(name, *numbers, age))
