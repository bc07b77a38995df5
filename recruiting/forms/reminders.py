"""When an opening's late scorecards are asked for."""

from typing import Any

from django import forms

from recruiting.models import ReminderSchedule


class ReminderScheduleForm(forms.ModelForm):
    class Meta:
        model = ReminderSchedule
        fields = ["is_on", "first_after_hours", "hour", "days"]
        help_texts = {
            "is_on": "Switched off, nobody is asked, and no recruiter told.",
            "first_after_hours": "From the interview's end: 0 to 72.",
            "hour": "By the interviewer's own clock, Monday to Friday: 6 to 20.",
            "days": "0 to 20. On the next working day the recruiters are told instead.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in {
            "first_after_hours": (0, 72),
            "hour": (6, 20),
            "days": (0, 20),
        }.items():
            self.fields[name].widget.attrs |= {"min": least, "max": most}
