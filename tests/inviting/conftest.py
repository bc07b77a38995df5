from tests.pages.conftest import as_  # noqa: F401  the same fixture here
