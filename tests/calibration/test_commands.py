"""`calibrate` and `agreement` on any file: the keys that programs hold on to, and every fault."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.calibration.corpora import SHROUT_FLEISS, house


@pytest.fixture
def write(tmp_path):
    def make(text: str | bytes):
        path = tmp_path / "file.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return make


def run(capsys, *args: str) -> str:
    call_command(*args)
    return capsys.readouterr().out


def as_csv(rows) -> str:
    lines = [f"{r.candidate},{r.interviewer},{r.dimension},{r.value}" for r in rows]
    return "\n".join(["candidate,interviewer,dimension,value", *lines])


def test_calibrate_prints_what_it_promises(capsys, write):
    path = write(as_csv(house(candidates=30, interviewers=6).rows))
    found = json.loads(run(capsys, "calibrate", "--ratings", path, "--json"))
    names = ["candidate", "candidate_dimension", "card", "interviewer", "residual"]
    assert list(found["components"]) == names
    assert {"interviewer", "severity", "se", "cards", "label"} <= set(found["interviewers"][0])
    limits = ["estimate", "lo80", "hi80", "lo95", "hi95"]
    assert list(found["cells"][0]) == ["candidate", "dimension", *limits]
    assert list(found["candidates"][0]) == ["candidate", *limits]
    assert found["connected"] == 1
    assert len(found["candidates"]) == 30
    cell = found["cells"][0]
    assert cell["lo95"] < cell["lo80"] < cell["estimate"] < cell["hi80"] < cell["hi95"]


def test_cards_rounds_and_levels_of_the_file_are_used(capsys, write):
    rows = ["candidate,interviewer,dimension,value,card,round,level"]
    rows += [
        f"c{c},i{(c + k) % 3},d{d},{1 + (c * k + d) % 4},k{k},r{k % 2},L{c % 2}"
        for c in range(12)
        for k in range(4)
        for d in range(2)
    ]
    found = json.loads(run(capsys, "calibrate", "--ratings", write("\n".join(rows)), "--json"))
    assert sum(each["cards"] for each in found["interviewers"]) == 48


def test_calibrate_speaks_to_people_by_name_and_never_sorts_by_a_number(capsys, write):
    out = run(capsys, "calibrate", "--ratings", write(as_csv(house(interviewers=4, panel=3).rows)))
    lines = [line.split()[0] for line in out.splitlines() if line.startswith("  i")]
    people = [line for line in lines if line in ("i0", "i1", "i2", "i3")]
    assert people == ["i0", "i1", "i2", "i3"]


def test_agreement_prints_what_it_promises(capsys, write):
    rows = [f"t{t},j{j},{v}" for t, row in enumerate(SHROUT_FLEISS) for j, v in enumerate(row)]
    path = write("\ufeffUnit, rater ,VALUE\r\n" + "\r\n".join(rows))
    found = json.loads(run(capsys, "agreement", path, "--json"))
    assert (found["units"], found["raters"]) == (6, 4)
    assert list(found["alpha"]) == ["nominal", "ordinal", "interval"]
    assert found["icc"]["ICC(2,1)"] == pytest.approx(0.29, abs=0.005)
    assert found["why"] == {}
    assert found["caution"].startswith("6 units")
    assert "ICC(3,k)  0.909" in run(capsys, "agreement", path)


def test_what_is_not_defined_is_null_with_its_reason(capsys, write):
    found = json.loads(
        run(capsys, "agreement", write("unit,rater,value\na,x,1\nb,x,2\n"), "--json")
    )
    assert set(found["alpha"].values()) | set(found["icc"].values()) == {None}
    assert set(found["why"]) == set(found["alpha"]) | set(found["icc"])


FAULTS = {
    b"": "is empty; its first row",
    b"unit,rater\na,b\n": "row 1: no column value; the columns are unit, rater",
    b"unit,rater,rater,value\n": "row 1: column rater stands there twice",
    b"unit,rater,value\na,x,\n": "there is no rating under the heading",
    b"unit,rater,value\na,x,2\nb,x,four\n": "row 3, column value: 'four' is not a number",
    b"unit,rater,value\na,x,nan\n": "row 2, column value: 'nan' is not a number",
    b"unit,rater,value\na,x,inf\n": "row 2, column value: 'inf' is not a number",
    b"unit,rater,value\na,x,1_0\n": "row 2, column value: '1_0' is not a number",
    b"unit,rater,value\n,x,1\n": "row 2, column unit: is empty",
    b"unit,rater,value\na,x\n": "row 2 has 2 fields, the heading 3",
    b"unit,rater,value\na,x,1\n\na,x,2\n": "row 4, column rater: rates what row 2 has rated",
    b"unit,rater,value\na,x,1\nb,\xe9,1\n": "row 3 is not UTF-8",
    b'unit,rater,value\na,"x,1\n': "row 2",
}


@pytest.mark.parametrize("data", FAULTS, ids=FAULTS.values())
def test_each_fault_is_named_with_row_and_column(write, data):
    with pytest.raises(CommandError) as fault:
        call_command("agreement", write(data), "--json")
    assert FAULTS[data] in str(fault.value)
    assert "file.csv: " in str(fault.value)


def test_a_second_rating_is_refused_on_one_card_and_may_be_of_a_second_interview(write, capsys):
    rows = ["a,x,d,1,k", "a,x,d,2,k", "b,x,d,2,l", "b,y,d,2,m"]
    file = write("\n".join(["candidate,interviewer,dimension,value,card", *rows]))
    with pytest.raises(CommandError, match="row 3, column card: rates what row 2"):
        call_command("calibrate", "--ratings", file)
    text = "\n".join(["candidate,interviewer,dimension,value", *(row[:-2] for row in rows)])
    assert json.loads(run(capsys, "calibrate", "--ratings", write(text), "--json"))["ratings"] == 4


def test_a_row_without_a_value_was_not_rated_and_changes_no_figure(write, capsys):
    text = "unit,rater,value\na,x,1\na,y,2\nb,x,2\nb,y,2\n"
    whole = run(capsys, "agreement", write(text), "--json")
    assert run(capsys, "agreement", write(text + "c,x,\nd,z, \n"), "--json") == whole


def test_ratings_that_do_not_differ_have_a_value_and_no_range(write, capsys):
    rows = [f"c{c},i{i},d,3" for c in range(4) for i in range(3)]
    text = "\n".join(["candidate,interviewer,dimension,value", *rows])
    found = json.loads(run(capsys, "calibrate", "--ratings", write(text), "--json"))
    assert {(each["estimate"], each["lo80"]) for each in found["cells"]} == {(3, None)}
    assert "every rating is the same" in run(capsys, "calibrate", "--ratings", write(text))


def test_too_few_ratings_and_no_file_are_said(write, tmp_path):
    text = "candidate,interviewer,dimension,value\na,x,d,1\n"
    with pytest.raises(CommandError, match="Not enough to say"):
        call_command("calibrate", "--ratings", write(text))
    with pytest.raises(CommandError, match="No such file"):
        call_command("agreement", str(tmp_path / "none.csv"))
