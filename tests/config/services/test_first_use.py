"""A second folder of data is used by its name alone: the first command prepares it."""

from config.services.var import PROJECT
from tests.config.services.conftest import House


def test_a_command_finds_schema_and_rubric_in_a_folder_that_nobody_prepared(house: House) -> None:
    loop = PROJECT / "demo" / "loops" / "leila-antoun"
    first, second = (house.start("manage.py", "import_loops", str(loop)) for _ in range(2))
    said = sorted(command.communicate(timeout=120)[0].split(": ")[1] for command in (first, second))
    assert [first.returncode, second.returncode] == [0, 0]
    assert said[0].startswith("created") and said[1].startswith("unchanged")
