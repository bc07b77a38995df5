"""The product's settings, with the bench's bare view beside its pages."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.floor"
