"""The form of the import page: several files at once, within what one click can carry."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

MAX_UPLOAD = 3 * 1024 * 1024  # some ninety loops; more is for the command
TOO_MUCH = "Together the files are larger than 3 MB. Import them in parts, or with import_loops."


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """All the chosen files, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput(attrs={"accept": ".json,application/json"})
        super().__init__(widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files or [None]]


class ImportForm(forms.Form):
    chosen = FilesField(
        label="Files",
        help_text="loop.json files, the five files of a Greenhouse export, or both:"
        " choose them all at once or drop them here.",
        error_messages={"required": "Choose at least one file."},
    )

    def clean_chosen(self) -> list["UploadedFile[Any]"]:
        files: list[UploadedFile[Any]] = self.cleaned_data["chosen"]
        if sum(each.size or 0 for each in files) > MAX_UPLOAD:
            raise forms.ValidationError(TOO_MUCH)
        return files
