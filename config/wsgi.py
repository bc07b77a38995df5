"""The web server's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.celery import app as celery_app  # noqa: E402,F401  tasks dispatched by views need it
from config.signals import starting  # noqa: E402

application = get_wsgi_application()
starting.send(sender=None)
