"""A valid file with anything at all put in any place: faults by their place, or an import."""

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from interviews.models import Candidate, Interview, Opening, Seat
from rubric.models import RubricVersion
from scorecard.models import Note, ScorecardVersion
from tests.ats.files import (
    a_loop,
    as_bytes,
    changes_anything,
    decoded,
    export_of,
    import_export,
    import_loop_file,
    read,
    read_export,
)
from tests.ats.test_changes import REVISIONS

ODD = [
    *(None, True, False, 0, 1, -1, 7, 3.0, 1e308, 10**17, 2**31, "", " ", "\t", "x" * 201),
    *("é", "e\u0301", "a@b", "A@B", "2026-05-12", "2026-05-12T25:00:00Z", "1970-01-01T00:00:00Z"),
    *("2026-05-12T13:00:00+23:59", "901", "901-shadow", "-shadow", "-2", "901-2", "shadow"),
    *("tradeoffs", "premature-complexity", "solved", "<p>[00:10] x</p>", "\u202e", "\x7f", "\x85"),
    *("x (concern) at 00:10: y", "premature-complexity (concern) at 99999:59: y", "٣", "²"),
    *([], {}, [[]], [{}], {"": ""}, [None], {"date": "2026-05-12"}, {"rating": 2}),
]
values = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=20).filter(lambda text: "\0" not in text),
    st.integers(-(10**18) + 1, 10**18 - 1),
)


def whole() -> Any:
    loop = a_loop()
    loop["interviews"][0]["revisions"] = json.loads(json.dumps(REVISIONS))
    return loop


def places(value: Any, way: tuple = ()) -> list[tuple]:
    """Every place in a JSON value but the root."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [place for key, each in inside for place in [(*way, key), *places(each, (*way, key))]]


LOOP_PLACES = places(whole())
EXPORT = export_of(61200106)
EXPORT_PLACES = places(EXPORT)


def mutate(value: Any, place: tuple, odd: Any, how: str) -> None:
    """Put something else there, take it away, or copy it; a place that is gone stays gone."""
    *way, last = place
    try:
        for step in way:
            value = value[step]
        if how == "remove":
            del value[last]
        elif how == "repeat" and isinstance(value, list):
            value.append(value[last])
        else:
            value[last] = odd
    except (LookupError, TypeError):
        pass


def mutations(of: list[tuple]) -> st.SearchStrategy:
    how = st.sampled_from(["replace", "replace", "remove", "repeat"])
    return st.lists(st.tuples(st.sampled_from(of), values, how), min_size=1, max_size=4)


@given(mutations(LOOP_PLACES))
@settings(max_examples=150, deadline=None)
def test_a_mutated_loop_file_is_read_or_refused_by_its_places(changes: list):
    loop = whole()
    for place, odd, how in changes:
        mutate(loop, place, odd, how)
    loops, log = read(loop)
    assert bool(loops) != bool(log.faults)
    for fault in log.faults:
        assert str(fault).isprintable()
        assert fault.what
        assert fault.place.pointer == "" or fault.place.pointer.startswith("/")


@given(mutations(EXPORT_PLACES))
@settings(max_examples=100, deadline=None)
def test_a_mutated_export_is_read_or_refused_by_its_places(changes: list):
    export = json.loads(json.dumps(EXPORT))
    for place, odd, how in changes:
        mutate(export, place, odd, how)
    loops, log = read_export(export)
    if not log.faults:
        assert all(loop.candidate.email for loop in loops)
    assert all(str(fault).isprintable() for fault in log.faults)


@given(st.integers(0, len(as_bytes(whole())) - 1), st.binary(max_size=6), st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_are_read_or_refused(at: int, put: bytes, gone: int):
    data = as_bytes(whole())
    value, faults = decoded(data[:at] + put + data[at + gone :])
    assert value is None or not faults
    read(data[:at] + put + data[at + gone :])


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes):
    read(data)


TABLES = (User, Opening, Candidate, Interview, Seat, Note, ScorecardVersion)


@pytest.mark.django_db
@given(changes=mutations(LOOP_PLACES))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_read_can_be_stored_and_stored_twice_without_effect(changes: list, rubric: Any):
    loop = whole()
    for place, odd, how in changes:
        mutate(loop, place, odd, how)
    with transaction.atomic():
        import_loop_file(a_loop())
        before = [model.objects.count() for model in TABLES]
        report = import_loop_file(loop)
        assert not any("could not be stored" in fault.what for fault in report.faults)
        if report.ok:
            assert not changes_anything(import_loop_file(loop))
        else:
            assert [model.objects.count() for model in TABLES] == before
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(changes=mutations(EXPORT_PLACES))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_export_that_is_read_can_be_stored(changes: list, rubric: RubricVersion):
    export = json.loads(json.dumps(EXPORT))
    for place, odd, how in changes:
        mutate(export, place, odd, how)
    with transaction.atomic():
        report = import_export(export)
        assert not any("could not be stored" in fault.what for fault in report.faults)
        if report.ok:
            assert not changes_anything(import_export(export))
        transaction.set_rollback(True)
