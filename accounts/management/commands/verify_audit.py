"""Say whether anybody altered the audit trail."""

from django.core.management.base import BaseCommand, CommandError

from accounts.audit.chain import broken_links
from accounts.models import AuditEvent


class Command(BaseCommand):
    help = "Recomputes every hash of the audit trail; exits 1 and names the lines that are broken."

    def handle(self, *args: object, **options: object) -> None:
        broken = broken_links()
        for link in broken:
            where = f"line {link.seq} of {link.stream}"
            self.stdout.write(f"{where}: altered, moved, or without its predecessor")
        if broken:
            raise CommandError(f"{len(broken)} broken lines in the audit trail.")
        erased = AuditEvent.objects.filter(detail__isnull=True).count()
        of_these = f"; of {erased} the payload was erased" if erased else ""
        lines = AuditEvent.objects.count()
        self.stdout.write(f"{lines} lines, every one as it was written{of_these}.")
