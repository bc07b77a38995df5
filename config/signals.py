"""What the web server tells the apps before it takes its first request."""

from django.dispatch import Signal

# What the first person to ask would otherwise wait for is loaded now, and once for all workers.
starting = Signal()
