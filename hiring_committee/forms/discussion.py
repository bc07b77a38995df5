"""A comment of a committee member."""

from typing import Any

from crispy_forms.layout import Field

from hiring_committee.forms.job_related import JobRelatedForm
from scorecard.forms.fields import text
from scorecard.forms.layout import part_of_page


class CommentForm(JobRelatedForm):
    said = "words"
    words = text("Your comment", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.helper = part_of_page(*map(Field, self.said_fields))
