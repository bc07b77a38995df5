"""Remarks that are no evidence are found; job talk in the same words is left alone."""

import pytest

from scorecard.wording.patterns import read
from scorecard.wording.remarks import KINDS, doubts, remarks
from scorecard.wording.vague import vague

PERSONAL = """
age: She's quite young for a staff role
age: He is in his late fifties, might retire soon
age: older guy, close to retirement
age: candidate looks about 25 years old
age: Impressive at her age
family: visibly pregnant, will be off in spring
family: has two small kids at home, not sure about on-call
family: just married, probably wants children
family: her husband works in Leeds
family: She is expecting a baby
origin: he's from Nigeria originally
origin: Indian guy, knew pandas
origin: not a native speaker
origin: typical German, very direct
origin: where is she originally from? Iran maybe
accent: strong accent, hard to follow
accent: his English is weak
accent: with a thick Russian accent
looks: She's attractive and smiles a lot
looks: tattoos everywhere
looks: wore a hoodie, he looked scruffy
health: He has ADHD I think
health: stutters when nervous
health: she had burnout last year
health: in a wheelchair, can she travel?
religion: wears a headscarf
religion: He is Muslim, needs prayer breaks
gender: very technical for a woman
gender: too emotional, she's bossy
gender: diversity hire?
fit: not a culture fit
fit: would fit in with our team
fit: I could have a beer with him
fit: good vibe
fit: doesn't really fit in
family: She’s pregnant
age: mid-50s i'd guess
age: looks about 19
family: has kids, might struggle with travel
family: asked about maternity leave
family: new dad, looked exhausted
family: planning a wedding
family: wife is expecting
family: his wife is expecting
family: single, so flexible
origin: name sounds Eastern European
origin: French, so a bit arrogant
origin: English not her first language
origin: English isn't his first language
accent: couldn't understand his accent
health: has a lisp
accent: speaks with an accent
looks: pretty girl
looks: nice suit
looks: bit chubby
health: cancer survivor
health: walks with a cane
health: has a limp
health: mentioned therapy
health: depression in 2021
religion: wears a cross
religion: churchgoer
gender: soft for a man
fit: he's our kind of guy
fit: not sure he'd fit the team
fit: great culture fit
fit: wouldn't gel with the team
fit: vibes off
age: too old for a startup
age: energetic for his age
gender: mature lady
family: divorced last year, distracted
family: took a career break for her kids
family: caring for her sick mother
accent: speaks broken English
origin: native English speaker
fit: Not sure about cultural fit
accent: thick accent
accent: accent made it hard
origin: C is from Ukraine
age: C seems older, maybe 50
family: candidate is a mother of three
family: I think she's pregnant
family: she mentioned her pregnancy
family: he mentioned his kids
family: young mum
gender: he's gay I think
gender: she mentioned her girlfriend
looks: blonde
health: looks unwell, maybe chronic
age: Not sure someone her age would want this
age: might be too old to learn our stack
origin: he is black
origin: Asian woman
origin: she's a foreigner
family: would be hard for her with a baby
age: grey hair, experienced
religion: hijab
religion: observes Ramadan
religion: Jewish holidays, not available
fit: good fit with the team
fit: great personality fit
fit: just didn't feel like one of us
fit: didn't get a good vibe
fit: felt he would not fit our culture
age: can't be more than 24
age: white-haired already
age: past his prime
family: newly engaged
family: father of four
family: baby crying in the background
family: he's got a wife abroad
origin: Bulgarian surname, had to ask twice
origin: grew up in Egypt
origin: darker-skinned
origin: very German about it
accent: sounded foreign
looks: lovely eyes
looks: purple hair and a nose ring
health: slight tremor
health: lisps, customers may mind
health: burnout gap last year
religion: Hindu, so no beef at lunch
religion: wears a turban
gender: too feminine to lead
gender: woman, so she cares about users
fit: wouldn't gel w/ the others
fit: kind of guy you'd have a pint with
fit: right-winger, careful
fit: posh voice
""".strip().splitlines()

ABOUT_THE_JOB = """
the model is ageing, she wants to retrain it quarterly
checked error rates by age group and gender
knew that pregnant patients were missing from the training data
asked how the ASR does on regional accents
raised that the speech model fails on a Scottish accent
native apps only send events when online
worked on health-care data at a hospital
accented characters broke the tokenizer, normalised them
a family of models, one per country
young users churn faster, he said, so segment first
religion is a protected attribute, dropped it and looked for proxies
foreign key between orders and users
wants the fairness audit sliced by race and disability
the feature store is old, migration planned
good fit on the training set, bad on validation
the residual fit is poor; would fit a spline
pretty good recall, pretty fast too
"old customers behave differently from new ones"
he fits a logistic regression with the class weights
Her parent class had three children nodes
child process died, restarted by the supervisor
deaf to pushback, repeated his plan
blind to the leak until I showed the column
German dataset, Chinese characters in the addresses
Spanish and French reviews are labelled by different vendors
he's black-box averse, wants coefficients
she was short on the trivial parts
wearing the user's hat, asked what they do with the score
"the baby-products recommender after a miscarriage is the worst case"
married two tables on the wrong key
dressed up the metric as impact
the trade-off fits our latency budget
an old hand at Spark
he is older than the framework he criticises?
race condition in the cache, found it
the accent colour of the dashboard
mother lode of data in the logs
gender column removed, surname still leaks it
their weight matrix is shared
her condition on the loop was wrong
their health checks run every minute
worked from the Berlin office, moved to Poland team
"what about people with a disability?" - brought it up unasked
has children's content in the catalogue, so extra care
The candidate is expecting a reply by Friday
his cross validation was grouped by patient
her parents table is joined to orders
they were sick of false alarms, so nurses switched it off
the alerts are fat-tailed
she is not blind to cost
Her age feature leaked the outcome, she spotted it
"is it fair for older applicants?"
the community group should define harm
asked about nationality as a proxy in the credit model
her looks-like function compares shapes
He was short and to the point
his family-wise error rate correction
state of health of the battery
sex and age were features; she asked why we need them
she grew up with spreadsheets as a tool, so that was step one
vibration sensor vibes with the fault frequency
retirement age is the target variable here
the suit of metrics
single model for all, so flexible
single point of failure, she named it
a French news corpus
native English text only in the corpus
asked about depression screening labels
cancer classifier for radiology
therapy notes as text data
the old rules as fallback
mature process, reviewed monthly
her kid-friendly filter idea
fit the curve with two parameters
fits in 2 GB of memory
would it fit in our budget? asked unprompted
doesn't fit in RAM, so she streams it
the model doesn't fit in well with the latency
grey area between spam and ham
said accents and umlauts are stripped before matching
walks through the tree with a cane cutting metaphor
the parent process, the child, the orphan
twins of the same product listed twice
older devices send bad timestamps
young accounts have no history
age of the account is the strongest feature
black box, white box, grey box testing
black Friday spike handled apart
white noise baseline
Indian market launch moved, data is thin there
the German team owns the feed
in his 30 minutes he got to serving
took in her feedback about the age of the records
moved from Paris to the Berlin office data
she is old school about tests, writes them first
weighs fairness across gender and age, unprompted
gender bias in translations came from her
raised that women's voices are recognised worse
disability as a slice in the audit
asked who is harmed: pregnant users, teenagers
health of the pipeline, dashboards
mental model was wrong, fixed it
mother tongue of the raters differs from the users'
expecting the count to go down, she ran it
he is blind-testing with two raters
they are young companies with little data
fits our data well
team fit a model each week
"does it fit into our team's workflow?" asked early
the candidate generation step is old
candidates are young videos with few views
C++ is old but fine
c is old value, d new
nice vibe in the demo product
tested the name matcher on Vietnamese and Arabic names
empty, single, ties, unsorted: four tests
the shops target mums with small kids
black and white images only
very black-box, he says
must be under 50 ms
the long-tailed posts section
dressed the numbers up as impact
right-hand side of the join
state school register is the source table
private endpoints only
""".strip().splitlines()


@pytest.mark.parametrize("line", PERSONAL)
def test_a_remark_about_the_person_is_found(line: str) -> None:
    kind, text = line.split(": ", 1)
    found = remarks(text)
    assert kind in [remark.kind for remark in found]
    for remark in found:
        assert text[slice(*remark.span)].replace("’", "'") == remark.text
        assert len(remark.advice.split()) >= 8


@pytest.mark.parametrize("text", ABOUT_THE_JOB)
def test_job_talk_in_the_same_words_is_left_alone(text: str) -> None:
    assert remarks(text) == []


def test_every_list_of_every_kind_stands_in_a_frame() -> None:
    said = read("remarks")
    frames = " ".join([*said["on_the_candidate"], *said["on_anybody"]])
    for kind in KINDS:
        for name in set(read(f"kinds/{kind}")) - {"advice"}:
            assert f"{{{name}}}" in frames, (kind, name)


def test_spans_are_in_order_and_do_not_overlap() -> None:
    text = (
        "She's very young, just married. Asked about labels first. Strong accent, and he is Muslim"
    )
    found = remarks(text)
    assert [remark.kind for remark in found] == ["age", "family", "accent", "religion"]
    assert all(a.span[1] <= b.span[0] for a, b in zip(found, found[1:], strict=False))


def test_one_sentence_about_data_does_not_excuse_the_next() -> None:
    text = "Looked at the data by age group first.\nVisibly pregnant, so maybe not now"
    assert [remark.kind for remark in remarks(text)] == ["family"]


@pytest.mark.parametrize(
    "text",
    ["Lithuanian I believe", "squints, some trouble with her eyes", "nice chap but not our sort"],
)
def test_a_note_that_reads_like_a_remark_is_doubted_as_a_whole(text: str) -> None:
    assert remarks(text) == []
    (doubt,) = doubts(f"  {text}\n")
    assert (doubt.kind, doubt.span, doubt.text) == ("person", (2, 2 + len(text)), text)
    assert "what was said or done" in doubt.advice


def test_doubts_are_the_remarks_where_there_are_some_and_none_about_the_work() -> None:
    text = "Strong accent. Asked who labels the tickets."
    assert doubts(text) == remarks(text) != []
    for work in (
        "",
        "🙂",
        "Спросил, откуда",
        "Chinese-language corpus",
        "asked who labels the tickets",
        "fixed a typo",
    ):
        assert doubts(work) == []


@pytest.mark.parametrize(
    "unit",
    [
        "she is ",
        "she's a very ",
        "fits into the ",
        "his ",
        "good ",
        "age ",
        "a",
        " ",
        "he has a ",
        "é",
    ],
)
def test_a_hostile_hundred_kilobytes_come_to_an_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(0 <= r.span[0] < r.span[1] <= len(text) for r in doubts(text) + vague(text))
