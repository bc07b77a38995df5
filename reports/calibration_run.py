"""Fitting the model on closed packets, and storing what was found as a snapshot."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts import audit
from accounts.models import User
from calibration.models import CalibrationSnapshot, InterviewerSeverity
from calibration.severity.disagreement import usual_panels
from calibration.severity.fit import MODEL_VERSION, Fit, fit
from calibration.severity.gates import Gates, Last, shut
from calibration.severity.ratings import BadRatings
from reports import closed_ratings
from reports.closed_ratings import CountedRating

log = logging.getLogger(__name__)

NOTHING_CLOSED = "Nothing to fit: no packet has been decided on."
PUBLISHED = "Published: packets built from now on use it."

# Columns that a fit, and its severity of one interviewer, hold under the same names.
OF_A_FIT = ("ratings", "candidates", "beta", "gamma", "components", "relative", "connected",
            "converged")  # fmt: skip
OF_A_SEVERITY = ("severity", "se", "cards", "candidates", "component", "label")


@dataclass(frozen=True)
class Calibrated:
    """A fit, or in `refusal` why there is none; and the gates that are shut."""

    ratings: list[CountedRating]
    fit: Fit | None
    refusal: str
    gates: list[str]

    @property
    def outcome(self) -> str:
        return self.refusal or " ".join(self.gates) or PUBLISHED

    def store(self) -> CalibrationSnapshot:
        """In the caller's transaction; only where there is a fit."""
        found = self.fit
        assert found is not None
        panels = usual_panels(closed_ratings.by_panel(self.ratings))
        snapshot = CalibrationSnapshot.objects.create(
            **{name: getattr(found, name) for name in OF_A_FIT},
            panels=vars(panels) if panels else None,
            base_rates=closed_ratings.base_rates(self.ratings),
            code_version=MODEL_VERSION,
            gates=self.gates,
            published=not self.gates,
        )
        _store_severities(snapshot, found)
        audit.record(None, "calibration.fitted", snapshot, stream="calibration", gates=self.gates)
        return snapshot


def calibrate(now: datetime, alive: Callable[[], object] = lambda: None) -> Calibrated:
    """Fit the packets closed by now, beginning from the last published fit."""
    ratings = closed_ratings.counted_ratings(closed_ratings.closed_packets(now))
    if not ratings:
        return Calibrated(ratings, None, NOTHING_CLOSED, [])
    last = CalibrationSnapshot.objects.published().first()
    start = last.relative if last else None
    try:
        found = fit([each.as_rating for each in ratings], start, alive)
    except BadRatings as reason:
        return Calibrated(ratings, None, str(reason), [])
    before = Last(last.beta, last.components) if last else None
    gates = shut(found, Gates(**settings.CALIBRATION_GATES), before)
    if gates and last:
        log.warning("The calibration is not published, the last one stays: %s", " ".join(gates))
    return Calibrated(ratings, found, "", gates)


def _store_severities(snapshot: CalibrationSnapshot, found: Fit) -> None:
    """Of those who have an account; others' cards were in the fit all the same."""
    people = {str(pk): pk for pk in User.objects.values_list("pk", flat=True)}
    InterviewerSeverity.objects.bulk_create(
        InterviewerSeverity(
            snapshot=snapshot,
            person_id=people[each.interviewer],
            **{name: getattr(each, name) for name in OF_A_SEVERITY},
        )
        for each in found.severities
        if each.interviewer in people
    )
