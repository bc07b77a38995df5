"""When an opening's late scorecards are asked for."""

from django import forms


class ReminderScheduleForm(forms.Form):
    is_on = forms.BooleanField(
        label="Remind",
        required=False,
        help_text="Switched off, nobody is asked, and no recruiter told.",
    )
    first_after_hours = forms.IntegerField(
        label="First after (hours)",
        min_value=0,
        max_value=72,
        help_text="From the interview's end: 0 to 72.",
    )
    hour = forms.IntegerField(
        label="Then at (hour of the day)",
        min_value=6,
        max_value=20,
        help_text="By the interviewer's own clock, Monday to Friday: 6 to 20.",
    )
    days = forms.IntegerField(
        label="On how many working days",
        min_value=0,
        max_value=20,
        help_text="0 to 20. On the next working day the recruiters are told instead.",
    )
