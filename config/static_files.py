"""Static files under hashed names, the ES modules' imports of one another included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A browser never mixes the modules of two releases, and may keep each for ever."""

    support_js_module_import_aggregation = True
