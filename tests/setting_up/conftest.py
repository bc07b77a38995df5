from tests.pages.conftest import as_, now  # noqa: F401  the same fixtures here
