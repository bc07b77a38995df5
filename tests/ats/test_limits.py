"""How large files may be: the largest that is taken, and the smallest that is not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from ats.formats import decoding
from ats.formats.faults import Log
from ats.forms import ImportForm
from ats.importing import uploads
from ats.models import ImportUpload

MB = 1024 * 1024


@pytest.mark.parametrize(("second", "fits"), [(1 * MB, True), (1 * MB + 1, False)])
def test_an_upload_takes_three_megabytes_together(second: int, fits: bool) -> None:
    files = [SimpleUploadedFile("a", b"x" * 2 * MB), SimpleUploadedFile("b", b"x" * second)]
    form = ImportForm({}, MultiValueDict({"chosen": files}))
    assert ("chosen" not in form.errors) is fits


@pytest.mark.parametrize(("second", "at_once"), [(32 * 1024, True), (32 * 1024 + 1, False)])
def test_sixty_four_kilobytes_are_checked_while_their_owner_waits(
    second: int, at_once: bool
) -> None:
    files = [("a.json", b"x" * 32 * 1024), ("b.json", b"x" * second)]
    upload = ImportUpload(names=["a.json", "b.json"], file=uploads._pack(files))
    assert uploads.UPLOADS.is_small(upload) is at_once


def test_a_file_has_twenty_megabytes() -> None:
    log = Log()
    assert decoding.decode(b"[]" + b" " * (20 * MB - 2), "a.json", log) == []
    assert decoding.decode(b"[]" + b" " * (20 * MB - 1), "a.json", log) is None
    assert [str(fault) for fault in log.faults] == [
        "a.json: /: is larger than 20 MB: import it in parts"
    ]
