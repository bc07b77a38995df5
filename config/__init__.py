"""Settings, addresses, Celery, health; background jobs: row, kinds, sweep; the embedded servers."""
