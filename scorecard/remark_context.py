"""What stands around remarks: words without which there is none, words of the work, and advice."""

import re

# In every remark is a word that starts like one of these: what has none is not looked into.
_TRIGGERS = """
18 19 20s 30s 40s 50s 60s 70s about abroad accent adhd afghan african age ageing aging airport
alcoholic algerian along ancient anxiety appear arab argentin asian asperger atheist attractive
australian austrian autis bab badly bald bangla beard beautiful beer belgian belong bipolar black
blend blind blond body boomer born boss boy brazil breakdown british brown buddhist bulgaria burn
burqa canadian cancer cane catholic chemist chemo child chilean china chinese christian chubby
church click clothes clothing colombia colou condition croatian crutch cuban cultur cute czech dad
danish daughter daycare deaf depress depression devout diabet digital disab diversity divorc
divorce dress drink dutch dyslex early effeminate egypt elderly emotional english epilep estonian
ethiop ethnic european evangel everyone exotic expat expect expecting faith family fasting fat
father female feminine fianc fiance fifties filipin finnish fit fits flip foreign forties french
fresh from gay gel gels gen gender generation german get getting ghana girl good gorgeous
graduated gray greek grey groomed guy hair handicapped handsome hard head health hearing heritage
hijab hill hindu hispanic holiday home hoodie hormon hungar husband hysterical ill illness
immature immigrant india indian indonesia iran iraq irish israel italian italy japan jew jordan
kenya kid kind kippah korea lady late latin latvian lebanese lebanon lesbian limp lisp lithuanian
looks make malaysian man manly marital marri masculine match maternity medic mental mexic mid
middle millennial mini misfit mixed model mom mormon morocc mosque mother mum muslim nails nation
native nepal neuro newborn newly nigeria non norwegian nose obese odor odour old origin
overdressed overseas overweight pakistan parent past paternity pedigree persian person peru
philippin piercing pint poland polish portug prayer pregnan pretty pronoun pronunciation
protestant queer quota race ramadan recovering refugee rehab relig reminds remission retire
romania roots russia sabbath saudi school scottish scruffy serbian sexual shirt shoes shrill sick
sikh single sixties skin skinny slot slots slovak smartly smile somali son sons spain spanish
spectrum spouse sri stammer start stutter suit surgery survivor swedish swiss synagogue syria
tattoo teeth temple thai therapy thin thirties toddler token tongue trans turban turk twenties
twins type ugly ukrain underdressed unkempt unshaven unwell us vibe vietnam wavelength wear
wedding weird well welsh wheelchair white widow wife woman wore yarmulke yo young youth yrs
"""
TRIGGERS = tuple(_TRIGGERS.split())

# Words near a remark that make it talk of the work: "error rate for pregnant users", "accents in
# the speech data". Only what is said of the candidate, by name or pronoun, counts beside them.
JOB_TALK = re.compile(
    r"\b(?:users?|customers?|patients?|clients?|applicants?|borrowers?|tenants?|speakers|viewers?|"
    r"shoppers?|drivers?|riders?|voters?|readers?|listeners?|pupils?|students?|citizens?|"
    r"population|"
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
