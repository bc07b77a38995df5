"""Patterns for remarks that do not belong in evidence. Repetitions are bounded: linear time.

Written to be wrong seldom: a false alarm on "the model is ageing" costs trust in the true ones.
"""

import re

_DEMONYM = (
    r"(?:indian|chinese|russian|polish|german|french|italian|spanish|turkish|iranian|persian|iraqi|"
    r"israeli|arab|arabic|egyptian|nigerian|ghanaian|kenyan|ethiopian|somali|moroccan|algerian|"
    r"african|asian|european|american|british|english|scottish|irish|welsh|dutch|belgian|swiss|"
    r"austrian|greek|romanian|bulgarian|hungarian|czech|slovak|serbian|croatian|ukrainian|"
    r"lithuanian|latvian|estonian|finnish|swedish|norwegian|danish|portuguese|brazilian|mexican|"
    r"latino|latina|hispanic|cuban|colombian|argentinian|chilean|peruvian|japanese|korean|"
    r"vietnamese|thai|filipino|filipina|indonesian|malaysian|pakistani|bangladeshi|sri lankan|"
    r"nepali|afghan|syrian|lebanese|jordanian|saudi|canadian|australian|eastern european|"
    r"middle eastern|black|white|brown|mixed[- ]race)"
)
_COUNTRY = (
    r"(?:india|china|russia|poland|germany|france|italy|spain|turkey|iran|iraq|israel|"
    r"egypt|nigeria|"
    r"ghana|kenya|ethiopia|morocco|africa|asia|eastern europe|the middle east|greece|romania|"
    r"bulgaria|hungary|ukraine|portugal|brazil|mexico|colombia|argentina|japan|korea|vietnam|"
    r"the philippines|indonesia|pakistan|bangladesh|nepal|afghanistan|syria|lebanon|"
    r"abroad|overseas)"
)
_RELATIVE = (
    r"(?:husband|wife|boyfriend|girlfriend|fiancée?|spouse|kids?|child|children|baby|babies|"
    r"toddlers?|newborn|sons?|daughters?|twins|mother|father|mum|mom|parents|family)"
)
_DECADE = r"(?:(?:early|mid|late)[ -])?(?:[2-7]0s|twenties|thirties|forties|fifties|sixties)"
_END = r"(?=\s{0,2}(?:$|[,):])|\s{1,2}(?:-|and\b|but\b|so\b))"

# Who is spoken of. The first list is the candidate; the second may be a user of the product too, so
# it counts only where the words around it are not about users, data or models.
CANDIDATE = r"(?:he|she|candidate|cand|interviewee|guy|lady|bloke|chap|lad|c)"
ANYBODY = r"(?:they|applicant|woman|man|girl|gentleman|person|kid|i)"
CANDIDATES = r"(?:his|her|candidate's|cand's)"
ANYBODYS = r"(?:their|my)"

_BE = (
    r"(?:'s|'re|'m|\s{1,3}(?:is|was|am|are|were|seems?|seemed|looks?|looked|sounds?|appears?|"
    r"appeared|feels?|must be|might be|may be|could be|comes across as|came across as))"
)
_DEGREE = (
    r"(?:\s{1,3}(?:an?|so|too|very|quite|rather|really|pretty|fairly|bit|little|clearly|obviously|"
    r"probably|maybe|visibly|certainly|just|still|only|also|not|about|around|almost|like|nearly|"
    r"over|under)){0,4}"
)


def is_(who: str) -> str:
    """`she is`, `he's probably a bit`, ..."""
    return rf"\b{who}{_BE}{_DEGREE}\s{{1,3}}"


def has(who: str) -> str:
    """`she has`, `he also had`, ..."""
    return (
        rf"\b{who}(?:\s{{1,3}}(?:also|still|already|only)){{0,1}}"
        rf"\s{{1,3}}(?:has|have|had|got|with)\s{{1,3}}"
    )


# What may follow `is_`, by kind.
IS = {
    "age": (
        rf"(?:young|old|elderly|ancient|middle[- ]aged|fresh[- ]faced|ag(?:e)?ing|immature|"
        rf"gr[ea]y[- ]haired|getting on|past it)(?:er|ish)?\b(?!\s{{1,3}}(?:hand|pro|friend|"
        rf"colleague|school|version|model|data|style|than the|than his|than her))|"
        rf"[2-7]\d(?:\s{{1,3}}(?:years old|yrs old|yo|y/o|ish|something))|in\s{{1,3}}(?:his|"
        rf"her|their|my)\s{{1,3}}{_DECADE}"
    ),
    "family": (
        r"pregnant|expecting(?=\s{0,2}(?:$|[,)])|\s{1,3}(?:a (?:baby|child)|soon|in ))|"
        r"married\b(?! to the| two)|divorced|widowed|(?:single )?(?:mother|mum|mom|father|dad|"
        r"parent)\b|newly ?wed"
    ),
    "origin": (
        rf"from\s{{1,3}}{_COUNTRY}|(?:originally|apparently)\s{{1,3}}from\b|"
        rf"foreign(?:er)?\b(?!\s{{1,3}}key)|(?:immigrant|refugee|expat)\b|(?:from here|"
        rf"native)\b(?! to)|{_DEMONYM}(?:{_END}|(?=\s{{1,3}}(?:guy|woman|man|lady|girl|"
        rf"candidate|person|by origin|origin|i think|maybe)))"
    ),
    "accent": (
        r"hard to understand because of (?:his|her|their|the) (?:accent|english)|(?:native|"
        r"non[- ]native) speaker"
    ),
    "looks": (
        rf"(?:attractive|handsome|beautiful|gorgeous|good[- ]looking|ugly|cute|overweight|"
        rf"obese|skinny|well[- ]groomed|unkempt|scruffy|badly dressed|well[- ]dressed|"
        rf"smartly dressed|overdressed|underdressed|tattooed|bald|blonde?|unshaven)\b|"
        rf"(?:pretty|thin|fat){_END}"
    ),
    "health": (
        rf"(?:ill|sick|unwell|disabled|handicapped|depressed|autistic|bipolar|dyslexic|"
        rf"diabetic|alcoholic|on the spectrum|in a wheelchair|in (?:remission|therapy|rehab)|"
        rf"recovering from|off sick|on medication|burn(?:ed|t) out|epileptic|"
        rf"neurodiver\w{{1,6}}|adhd)\b(?!-| of| at)|(?:deaf|blind){_END}"
    ),
    "religion": (
        r"(?:muslim|christian|jew|jewish|hindu|buddhist|sikh|catholic|protestant|mormon|"
        r"evangelical|atheist|religious|devout|fasting)\b"
    ),
    "gender": (
        r"(?:emotional|bossy|shrill|hysterical|feminine|masculine|effeminate|manly|girly|gay|"
        r"lesbian|trans(?:gender)?|queer|bisexual|non-?binary|lady)\b"
    ),
}
# What may follow `has`.
HAS = {
    "family": (
        rf"(?:(?:an?|two|three|four|\d|small|young|little|school[- ]age|new|no|several|"
        rf"teenage)\s{{1,3}}){{0,3}}(?:{_RELATIVE}|family at home)\b(?!\s{{1,3}}(?:models?|"
        rf"products?|monitor|clothes|data|users|nodes?|class|process))"
    ),
    "accent": (
        rf"(?:(?:an?|quite|very|such|really|rather|the|some|slight|strong|thick|heavy|"
        rf"noticeable|{_DEMONYM})\s{{1,3}}){{0,4}}accent\b(?!\s{{1,3}}(?:colou?r|data|mark))"
    ),
    "looks": (
        r"(?:(?:an?|some|lots of|long|big)\s{1,3}){0,2}(?:tattoos?|piercings?|beard|"
        r"nose ring)\b"
    ),
    "health": (
        r"(?:(?:an?|some|serious|chronic|severe|mild)\s{1,3}){0,3}(?:disability|illness|"
        r"cancer|adhd|autism|asperger'?s?|depression|anxiety|epilepsy|diabetes|dyslexia|"
        r"stutter|stammer|limp|burn-?out|breakdown|(?:health|medical) (?:issues?|problems?|"
        r"condition)|hearing aids?|surgery)\b"
    ),
}
# What may follow `his`, `her`.
OWN = {
    "age": r"age\b(?!-|\s{1,3}(?:group|band|column|feature|data))",
    "family": (
        rf"(?:\w{{1,12}}\s{{1,3}})?{_RELATIVE}\b(?!-|'s company|\s{{1,3}}(?:of models|tables?|"
        rf"nodes?|class|process|loss|company|business))"
    ),
    "origin": (
        r"(?:ethnic(?:ity)?|race|nationality|country of origin|home country|skin|roots|"
        r"heritage|(?:\w{1,12}\s)?origins?)\b(?!-|\s{1,3}(?:server|column|feature|condition|"
        r"in the loop))"
    ),
    "accent": (
        r"(?:\w{1,14}\s{1,3}){0,2}(?:accent|pronunciation|broken english|(?:poor|bad|"
        r"weak) english)\b(?!\s{1,3}colou?r)|english\s{1,3}(?:is|was|isn't|wasn't|needs|"
        r"could)\b"
    ),
    "looks": (
        r"(?:\w{1,12}\s{1,3})?(?:hair|hairstyle|beard|clothes|clothing|outfit|shirt|dress|"
        r"shoes|make-?up|tattoos?|piercings?|appearance|looks|smile|teeth|nails)\b(?!-|"
        r"\s{1,3}(?:like|at|for|data|classifier))"
    ),
    "health": (
        r"(?:\w{1,12}\s{1,3})?(?:disability|illness|stutter|stammer|stuttering|stammering|"
        r"wheelchair|hearing aids?|health|medication|depression|burn-?out|surgery)\b(?!-|"
        r"\s{1,3}(?:checks?|endpoint|probe|score|data|metrics?|service))"
    ),
    "religion": (
        r"(?:religion|faith|religious beliefs|church|mosque|temple|synagogue|headscarf|"
        r"head scarf|hijab|turban|kippah?)\b(?!\s{1,3}(?:in|that)\b)"
    ),
    "gender": (
        r"(?:sexuality|sexual orientation|gender|pronouns)\b(?!\s{1,3}(?:column|feature|"
        r"field))"
    ),
}

# Words that count where those around them are not about users, data or models.
FREE = {
    "age": (
        rf"(?:too|very|quite|rather|so|bit|pretty)\s{{1,3}}(?:young|"
        rf"old)\b(?!\s{{1,3}}(?:version|fashioned|data|model|school))|(?:close|"
        rf"near(?:ing)?) to retirement|retire soon|retirement age|boomers?|gen[- ]?z\b|"
        rf"millennials?|digital native|(?:born|graduated) in (?:19|20)\d\d|over the hill|"
        rf"generation gap|youthful|old[- ]timer|in (?:his|her|their) {_DECADE}|(?:young|old|"
        rf"older|younger|elderly|middle[- ]aged)\s{{1,3}}(?:guy|lady|woman|man|girl|chap|lad|"
        rf"bloke|gentleman|fellow|candidate|dude)"
    ),
    "family": (
        r"pregnant|pregnancy|maternity|paternity|parental leave|school run|childcare|"
        r"child care|day ?care|start(?:ing)? a family|family plans|family planning|"
        r"wants? (?:kids|children)|having (?:kids|children|a baby)|has (?:a|two|three|small|"
        r"young) (?:kids?|children|baby)|just married|getting married|single (?:mum|mom|"
        r"mother|dad|father|parent)|new (?:mum|mom|mother|dad|father)|(?:two|three|small|"
        r"young|little) kids|kids at home|marital status"
    ),
    "origin": (
        rf"where\s{{1,3}}(?:is\s|was\s|are\s)?(?:he|she|they)(?:'s| is| was| are|"
        rf"'re)? (?:really |originally )?(?:from|born)|immigrants?|foreigner|ethnic(?:ity)?|"
        rf"nationality|native speaker|non[- ]native|not a native|born (?:in|"
        rf"and raised in) {_COUNTRY}|(?:foreign|exotic)[- ](?:name|sounding|looking)|"
        rf"mother tongue|skin colou?r|person of colou?r|{_DEMONYM}\s{{1,3}}(?:guy|lady|woman|"
        rf"man|girl|candidate|dude|chap|fellow|passport|origin|heritage|descent|mentality)|"
        rf"(?:typical(?:ly)?|so)\s{{1,3}}{_DEMONYM}{_END}|(?:comes|came|"
        rf"hails)\s{{1,3}}from\s{{1,3}}{_COUNTRY}"
    ),
    "accent": (
        r"accent\b(?!\s{1,3}(?:colou?r|mark|aigu|grave))|broken english|(?:poor|bad|weak|"
        r"limited) english|english (?:is|was) (?:not|poor|bad|weak|limited|shaky|so-so|broken|"
        r"ok)|hard to understand (?:him|her|them)"
    ),
    "looks": (
        r"good[- ]looking|attractive (?:woman|man|lady|guy|candidate)|well[- ]dressed|"
        r"badly dressed|dressed (?:like|well|badly|casually|smartly)|tattoos?|piercings?|"
        r"physical appearance|personal appearance|overweight|hoodie|flip[- ]flops|unshaven|"
        r"scruffy|body odou?r"
    ),
    "health": (
        r"wheelchair|disabilit(?:y|ies)|stutter(?:s|ed|ing)?|stammer(?:s|ed|ing)?|"
        r"on the spectrum|mental health|sick leave|medical leave|hearing aids?|"
        r"chemo(?:therapy)?|(?:health|medical) (?:issues?|problems?|condition)s?|adhd|"
        r"autis(?:m|tic)|asperger'?s?|burn-?out"
    ),
    "religion": (
        r"headscarf|head scarf|hijab|burqa|turban|kippah|yarmulke|ramadan|muslim|mosque|"
        r"synagogue|church ?goer|prayer (?:times?|room|breaks?)|sabbath|religious|religion|"
        r"goes to (?:church|mosque|temple)"
    ),
    "gender": (
        r"woman in tech|sexual orientation|gender identity|(?:his|her) gender|gay|lesbian|"
        r"transgender|man's world|motherly|hormon\w{1,6}|feminine|ladylike|(?:as|"
        r"being)\s{1,3}an?\s{1,3}(?:woman|mother|mum|mom|girl)|(?:female|woman|lady|gay|"
        r"trans)\s{1,3}(?:candidate|engineer|developer|coder|programmer|boss)"
    ),
    "fit": (
        r"(?:good|bad|great|nice|weird|strange|odd|off|right|wrong|positive|negative|no|some|"
        r"creepy|same)\s{1,3}vibes?|vibes?\s{1,3}(?:was|were|is|are|off|check)|(?:good|no|bad|"
        r"great)\s{1,3}chemistry|didn't click with (?:us|me|him|her)|not my (?:type|"
        r"kind of (?:person|guy))|same wavelength|mini[- ]?me|reminds me of (?:me|myself)|"
        r"not like us|just like us"
    ),
}
# Words that count whatever is around them.
ALWAYS = {
    "age": r"(?:at|for|given|despite)\s{1,3}(?:his|her)\s{1,3}age\b(?!\s{1,3}(?:group|band))",
    "looks": (
        rf"{CANDIDATE}\s{{1,3}}(?:wears?|wore|was wearing|is wearing|showed up in|"
        rf"dresses)\b(?!\s{{1,3}}(?:many|several|two|the|a) (?:hats?|user))"
    ),
    "health": rf"{CANDIDATE}\s{{1,3}}(?:stutter|stammer)(?:s|ed)\b",
    "gender": (
        r"for\s{1,3}an?\s{1,3}(?:woman|girl|female|lady|mother|mum|mom|guy|bloke)\b|"
        r"(?:diversity|token|quota)\s{1,3}(?:hire|candidate|woman|pick)"
    ),
    "fit": (
        r"(?:cultur(?:e|al)|personality|team)[- ](?:fit|add|match|misfit)|(?:fits?|belongs?|"
        r"blends?|gels?|slots?)\s{1,3}(?:right |well |"
        r"nicely )?(?:in(?:to)?\s{1,3})?(?:with\s{1,3})?(?:our|us|"
        r"the team)\b(?!\s{1,3}(?:latency|data|budget|need|case|stack|problem|constraint|"
        r"setup|pipeline|system|model))|(?:\w{2,7}n't|not|never|would|"
        r"will)\s{1,3}(?:really\s{1,3}|quite\s{1,3})?fit\s{1,3}in\b(?!\s{1,3}(?:memory|ram|"
        r"the|a|one|our|\d))|(?:not|no|isn't|wasn't)\s{1,3}(?:really\s{1,3}|"
        r"quite\s{1,3})?(?:a\s{1,3})?(?:good |great |right )?fit\s{1,3}for\s{1,3}(?:us|"
        r"our (?:team|culture))|one of us\b|our kind of (?:person|guy|people)|(?:have|grab|"
        r"get|go for|share) a (?:beer|pint|drink) with|beer test|airport test|get (?:along|"
        r"on) with (?:the team|everyone|us)|like one of us"
    ),
}


def _named(kinds: dict[str, str]) -> str:
    return "(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()) + ")"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# Each has one named group a kind; the group that took part says which kind it is.
ON_THE_CANDIDATE = _compiled(
    is_(CANDIDATE) + _named(IS),
    has(CANDIDATE) + _named(HAS),
    rf"\b{CANDIDATES}\s{{1,3}}" + _named(OWN),
    r"\b" + _named(ALWAYS),
)
ON_ANYBODY = _compiled(
    is_(ANYBODY) + _named(IS),
    has(ANYBODY) + _named(HAS),
    rf"\b{ANYBODYS}\s{{1,3}}" + _named(OWN),
    r"\b" + _named(FREE) + r"\b",
)

# In every remark is a word that starts like one of these: what has none is not looked into.
_TRIGGERS = """
20s 30s 40s 50s 60s 70s abroad everyone get yo yrs
accent adhd afghan african age ageing aging airport alcoholic algerian along ancient anxiety
appear arab argentin asian asperger atheist attractive australian austrian autis bab badly bald
bangla beard beautiful beer belgian belong bipolar black blend blind blond body boomer born boss
boy brazil breakdown british brown buddhist bulgaria burn burqa canadian cancer catholic chemist
chemo child chilean china chinese christian church click clothes clothing colombia colou condition
croatian cuban cultur cute czech dad danish daughter daycare deaf depress devout diabet digital
disab diversity divorc dress drink dutch dyslex effeminate egypt elderly emotional english epilep
estonian ethiop ethnic european evangel exotic expat expect faith family fasting fat father female
feminine fianc fiance fifties filipin finnish fit fits flip foreign forties french fresh from gay
gel gels gen gender generation german getting ghana girl good gorgeous graduated gray greek grey
groomed guy hair handicapped handsome hard head health hearing heritage hijab hill hindu hispanic
home hoodie hormon hungar husband hysterical ill illness immature immigrant india indian indonesia
iran iraq irish israel italian italy japan jew jordan kenya kid kind kippah korea lady latin
latvian lebanese lebanon lesbian limp lithuanian looks make malaysian man manly marital marri
masculine match maternity medic mental mexic middle millennial mini misfit mixed mom mormon morocc
mosque mother mum muslim nails nation native nepal neuro newborn newly nigeria non norwegian nose
obese odor odour old origin overdressed overseas overweight pakistan parent past paternity
pedigree persian person peru philippin piercing pint poland polish portug prayer pregnan pretty
pronoun pronunciation protestant queer quota race ramadan recovering refugee rehab relig reminds
remission retire romania roots russia sabbath saudi school scottish scruffy serbian sexual shirt
shoes shrill sick sikh single sixties skin skinny slot slots slovak smartly smile somali son sons
spain spanish spectrum spouse sri stammer start stutter surgery swedish swiss synagogue syria
tattoo teeth temple thai thin thirties toddler token tongue trans turban turk twenties twins type
ugly ukrain underdressed unkempt unshaven unwell us vibe vietnam wavelength wear wedding weird
well welsh wheelchair white widow wife woman wore yarmulke young youth
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
    r"accessib\w{1,6}|people with|stakeholders?|interface|screen readers?|residents|"
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
