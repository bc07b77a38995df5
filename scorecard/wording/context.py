"""What stands around remarks: words without which there is none, words of the work, and advice."""

import re

# In every remark is a word that starts like one of these: what has none is not looked into.
_TRIGGERS = """
18 19 20s 30s 40s 50s 60s 70s about abroad absence accent adhd afghan african age aged ageing
aging airport alcohol alcoholic algerian along ancient anxiety appear arab argentin asian asperger
atheist attractive australian austrian autis bab badly bald bame bangla beard beautiful beer
belgian belong bible biological bipolar black blend blind blond boarding body boomer born boss boy
brazil bread break breakdown breath british brought brown buddhist bulgaria burn burqa butch camp
canadian cancer cane carer cares caring catholic chemist chemo child chilean china chinese
christian chronic chubby church click clothes clothing colombia colored colou coloured condition
country croatian cross crucifix crutch cuban cultur cute czech dad danish dark daughter daycare
deaf democrat depress depression devout diabet digital disab disorder diversity divorc divorce
dress drink drug drunk dutch dyslex dysprax ear early earring easy effeminate egypt elder elderly
emotional empty engaged english epilep estonian ethiop ethnic european evangel everyone exotic
expat expect expecting eye eyesight face faith family fasting fat father female feminine fianc
fiance fifties figure filipin finnish fit fits flip foreign forties fragile frail french fresh
from funny gambling gap gay gel gels gen gender generation german get getting ghana girl good
gorgeous graduated grand grandpa granny gray greek grew grey groomed guy hair halal handicapped
handsome hard head health hearing heart her heritage hijab hill him hindu hispanic holiday home
hoodie hormon humor humour hung hungar husband hysterical ill illness immature immigrant india
indian indonesia iran iraq irish israel italian italy japan jeans jew jordan kenya kid kidney kind
kippah korea kosher lady late latin latvian leave lebanese lebanon legs lent lesbian lgbt limp
lips lisp lithuanian lives looks lower macho make malaysian man manly marital marri masculine
match maternity medic mental mesh mexic mid middle millennial mini minority misfit mispronounc
missing mixed model mom mormon morocc mosque mother mum muslim nails name nation native nepal
nervous neuro newborn newly nigeria niqab non norwegian nose numbers nursery obese ocd odor odour
old one origin orthodox overdressed overseas overweight pakistan panic parent parkinson partner
past paternity pedigree pension persian person peru philippin pick pickup piercing pint poland
polish politic portug posh pray prayer pregnan pretty prime private pronoun pronounc pronunciation
prosthe protestant ptsd pub public queer quota race raised ramadan recent recovering reek refugee
rehab relig reminds remission republican retir retire rich romania roots russia sabbath saudi
school scottish scruffy separated serbian sexual shabbat shabby shirt shoes shorts shrill sick
sikh silver single sixties skin skinny sloppy slot slots slovak smartly smell smile sneakers
somali son sons sound spain spanish spe special spectrum spell spoke spouse sri stammer stank
start state statistics stats strange stroke stuck student stutter suit surgery surname survivor
swedish swiss synagogue syria tattoo teenager teeth temple thai therap therapy thin thirties tie
toddler token tomboy tongue tory tourette tracksuit trainers trans treatment tremor tribe trying
tumor tumour turban turk twenties twins type ugly ukrain underdressed unkempt unpronounc unshaven
untidy unusual unwell upbringing upper us veil vibe vietnam visually vote wavelength wealthy wear
wedding weird well welsh wheelchair white widow wife wing woman women wore working yarmulke yo
young youth yrs
"""
TRIGGERS = (*_TRIGGERS.split(), *(str(age) for age in range(20, 80)))

# Words near a remark that make it talk of the work: "error rate for pregnant users", "accents in
# the speech data". Only what is said of the candidate, by name or pronoun, counts beside them.
JOB_TALK = re.compile(
    r"\b(?:users?|customers?|patients?|clients?|applicants?|borrowers?|tenants?|speakers|viewers?|"
    r"shoppers?|drivers?|riders?|voters?|readers?|listeners?|pupils?|students?|citizens?|"
    r"documents?|folding|filter\w{0,3}|articles?|section|averaged|"
    r"population|target(?:s|ed|ing)?|audience|"
    r"groups?|subgroups?|cohorts?|segments?|slices?|sliced?|bands?|data|datasets?|samples?|"
    r"models?|classifiers?|predict\w{0,6}|features?|columns?|fields?|attributes?|"
    r"variables?|labels?|"
    r"annotat\w{1,6}|errors?|error rates?|recall|precision|accuracy|auc|fpr|fnr|"
    r"false (?:positive|negative|alarm|reject)\w{0,8}|"
    r"bias(?:ed|es)?|fair(?:ness)?|parity|proxy|proxies|protected|discriminat\w{0,6}|disparate|"
    r"audits?|speech|asr|recogni[sz]\w{0,6}|transcri\w{1,9}|voices?|dialects?|corpus|tokens?|"
    r"characters?|unicode|embeddings?|recommend\w{0,8}|search|ranking|ads?|moderation|posts?|"
    r"hospitals?|clinics?|wards?|insur\w{1,6}|loans?|credit|scoring|scores?|scored|"
    r"case study|scenario|use case|product|products|basket|baskets|records?|rows?|training set|"
    r"test set|consent|privacy|gdpr|regulat\w{0,6}|survey|demographics?|harm\w{0,4}|equity|"
    r"accessib\w{1,6}|collect\w{0,4}|postcodes?|stand in for|"
    r"people with|stakeholders?|interface|screen readers?|residents|"
    r"communit(?:y|ies)|bands?|tables?|graph|nodes?)\b",
    re.IGNORECASE,
)

ADVICE = {
    "person": (
        "This reads like a remark on the person, which is no evidence. Write what was said or done."
    ),
    "age": (
        "Age is no evidence. Write what was said or done; for seniority, the decision they owned."
    ),
    "family": (
        "Family plans and home life do not belong here. Leave it out; for availability, "
        "ask the recruiter."
    ),
    "origin": "Where someone comes from is no evidence. Write what they said about the problem.",
    "accent": (
        "An accent is no evidence. If a point stayed unclear, write which point and what you asked."
    ),
    "looks": "Looks and clothes are no evidence. Write what was said or done.",
    "health": (
        "Health is private and no evidence. Leave it out; adjustments go through the recruiter."
    ),
    "religion": "Religion is private and no evidence. Leave it out; for timing, ask the recruiter.",
    "gender": "Gender has no part in this. Write the behaviour as you would for anybody else.",
    "fit": (
        "“Fit” hides the reason. Write what they did in a disagreement, a hand-over or "
        "under pushback."
    ),
}
