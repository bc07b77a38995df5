"""Patterns for remarks that do not belong in evidence. Repetitions are bounded: linear time.

Written to be wrong seldom: a false alarm on "the model is ageing" costs trust in the true ones.
"""

import re

from scorecard.wording.fragments import SAID_OF_NOBODY_ELSE, SCRAPS
from scorecard.wording.words import (
    ANYBODY,
    ANYBODYS,
    CANDIDATE,
    CANDIDATES,
    COUNTRY,
    DECADE,
    DEGREE,
    DEMONYM,
    END,
    RELATIVE,
    has,
    is_,
)

# What may follow `is_`, by kind.
IS = {
    "age": (
        rf"(?:1[89]|[2-6]\d)(?=\s{{0,2}}(?:$|,|max\b|tops\b|i think|i guess))|"
        rf"(?:young|old|elderly|ancient|middle[- ]aged|fresh[- ]faced|ag(?:e)?ing|immature|"
        rf"gr[ea]y[- ]haired|getting on|past it)(?:er|ish)?\b(?!\s{{1,3}}(?:hand|pro|friend|"
        rf"colleague|school|version|model|data|style|than the|than his|than her))|"
        rf"[2-7]\d(?:\s{{1,3}}(?:years old|yrs old|yo|y/o|ish|something))|in\s{{1,3}}(?:his|"
        rf"her|their|my)\s{{1,3}}{DECADE}"
    ),
    "family": (
        r"pregnant|expecting(?=\s{0,2}(?:$|[,)])|\s{1,3}(?:a (?:baby|child)|soon|in ))|"
        r"married\b(?! to the| two)|divorced|widowed|(?:single )?(?:mother|mum|mom|father|dad|"
        r"parent)\b|newly ?wed"
    ),
    "origin": (
        rf"from\s{{1,3}}{COUNTRY}|(?:originally|apparently)\s{{1,3}}from\b|"
        rf"foreign(?:er)?\b(?!\s{{1,3}}key)|(?:immigrant|refugee|expat)\b|(?:from here|"
        rf"native)\b(?! to)|{DEMONYM}(?:{END}|(?=\s{{1,3}}(?:guy|woman|man|lady|girl|"
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
        rf"(?:pretty|thin|fat){END}"
    ),
    "health": (
        rf"(?:ill|sick|unwell|disabled|handicapped|depressed|autistic|bipolar|dyslexic|"
        rf"diabetic|alcoholic|on the spectrum|in a wheelchair|in (?:remission|therapy|rehab)|"
        rf"recovering from|off sick|on medication|burn(?:ed|t) out|epileptic|"
        rf"neurodiver\w{{1,6}}|adhd)\b(?!-| of| at)|(?:deaf|blind){END}"
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
        rf"teenage)\s{{1,3}}){{0,3}}(?:{RELATIVE}|family at home)\b(?!'s|\s{{1,3}}(?:models?|"
        rf"products?|monitor|clothes|data|users|nodes?|class|process))"
    ),
    "accent": (
        rf"(?:(?:an?|quite|very|such|really|rather|the|some|slight|strong|thick|heavy|"
        rf"noticeable|{DEMONYM})\s{{1,3}}){{0,4}}accent\b(?!\s{{1,3}}(?:colou?r|data|mark))"
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
        rf"(?:\w{{1,12}}\s{{1,3}})?{RELATIVE}\b(?!-|'s company|\s{{1,3}}(?:of models|tables?|"
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
        rf"(?:early|mid|late)[- ](?:[2-7]0s|twenties|thirties|forties|fifties|sixties)|"
        rf"gr[ea]y hair|"
        rf"(?:too|very|quite|rather|so|bit|pretty)\s{{1,3}}(?:young|"
        rf"old)\b(?!\s{{1,3}}(?:version|fashioned|data|model|school))|(?:close|"
        rf"near(?:ing)?) to retirement|retire soon|retirement age|boomers?|gen[- ]?z\b|"
        rf"millennials?|digital native|(?:born|graduated) in (?:19|20)\d\d|over the hill|"
        rf"generation gap|youthful|old[- ]timer|in (?:his|her|their) {DECADE}|(?:young|old|"
        rf"older|younger|elderly|middle[- ]aged)\s{{1,3}}(?:guy|lady|woman|man|girl|chap|lad|"
        rf"bloke|gentleman|fellow|candidate|dude)"
    ),
    "family": (
        r"pregnant|pregnancy|maternity|paternity|parental leave|school run|childcare|"
        r"child care|day ?care|start(?:ing)? a family|family plans|family planning|"
        r"wants? (?:kids|children)|having (?:kids|children|a baby)|has (?:a|two|three|small|"
        r"young) (?:kids?|children|baby)|just married|getting married|single (?:mum|mom|"
        r"mother|dad|father|parent)|new (?:mum|mom|mother|dad|father)|(?:two|three|small|"
        r"young|little) kids|kids at home|marital status|wedding|(?:wife|partner) is expecting|"
        r"expecting a (?:baby|child)|with a (?:baby|newborn|toddler)|divorced|widowed|"
        r"(?:young|working|busy) (?:mum|mom|mother|dad|father|parent)|"
        r"single(?=, (?:so|no|can|free)\b)"
    ),
    "origin": (
        rf"where\s{{1,3}}(?:is\s|was\s|are\s)?(?:he|she|they)(?:'s| is| was| are|"
        rf"'re)? (?:really |originally )?(?:from|born)|immigrants?|foreigner|ethnic(?:ity)?|"
        rf"nationality|native speaker|non[- ]native|not a native|born (?:in|"
        rf"and raised in) {COUNTRY}|(?:foreign|exotic)[- ](?:name|sounding|looking)|"
        rf"mother tongue|native english|name (?:sounds|is|looks) {DEMONYM}|"
        rf"english (?:is |was )?(?:not|isn't|wasn't) (?:his|her|their) first|skin colou?r|"
        rf"person of colou?r|{DEMONYM}\s{{1,3}}(?:guy|lady|woman|"
        rf"man|girl|candidate|dude|chap|fellow|passport|origin|heritage|descent|mentality)|"
        rf"(?:typical(?:ly)?|so)\s{{1,3}}{DEMONYM}{END}|(?:comes|came|"
        rf"hails)\s{{1,3}}from\s{{1,3}}{COUNTRY}"
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
        r"scruffy|body odou?r|nice suit|in a suit|chubby|blonde|(?:pretty|cute|beautiful|"
        r"hot)\s{1,3}"
        r"(?:girl|woman|lady|guy)"
    ),
    "health": (
        r"wheelchair|disabilit(?:y|ies)|stutter(?:s|ed|ing)?|stammer(?:s|ed|ing)?|"
        r"on the spectrum|mental health|sick leave|medical leave|hearing aids?|"
        r"chemo(?:therapy)?|(?:health|medical) (?:issues?|problems?|condition)s?|adhd|"
        r"autis(?:m|tic)|asperger'?s?|burn-?out|"
        r"(?:cancer|stroke) survivor|walks with a (?:cane|stick|limp|crutch)|on crutches|lisp|"
        r"mentioned (?:therapy|depression|rehab|medication|surgery|an illness)|depression in|"
        r"(?:looks?|looked|seems?|seemed) (?:unwell|ill|sick|depressed|hungover)"
    ),
    "religion": (
        r"headscarf|head scarf|hijab|burqa|turban|kippah|yarmulke|ramadan|muslim|mosque|"
        r"synagogue|church ?goer|prayer (?:times?|room|breaks?)|sabbath|religious|religion|"
        r"goes to (?:church|mosque|temple)|"
        r"(?:jewish|christian|hindu|muslim|religious) holidays?|(?:wears?|wore|wearing) a cross"
    ),
    "gender": (
        r"woman in tech|sexual orientation|gender identity|(?:his|her) gender|gay|lesbian|"
        r"transgender|man's world|motherly|hormon\w{1,6}|feminine|ladylike|(?:as|"
        r"being)\s{1,3}an?\s{1,3}(?:woman|mother|mum|mom|girl)|(?:female|woman|lady|gay|"
        r"trans)\s{1,3}(?:candidate|engineer|developer|coder|programmer|boss)|"
        r"(?:mature|nice|sweet|smart|clever|young|old) (?:girl|lady|gal)|"
        r"mentioned (?:his|her) (?:boyfriend|girlfriend|partner|sexuality)"
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
        r"for\s{1,3}an?\s{1,3}(?:woman|girl|female|lady|mother|mum|mom|guy|bloke|man(?!-))\b|"
        r"(?:diversity|token|quota)\s{1,3}(?:hire|candidate|woman|pick)"
    ),
    "fit": (
        r"(?:cultur(?:e|al)|personality|team)[- ](?:fit|add|match|misfit)\b(?! (?:an?|the|it)\b)|"
        r"(?:fits?|belongs?|"
        r"blends?|gels?|slots?)\s{1,3}(?:right |well |"
        r"nicely )?(?:in(?:to)?\s{1,3})?(?:with\s{1,3})?(?:our|us|"
        r"the team)\b(?!'|\s{1,3}(?:team's|teams'|latency|data|budget|need|case|stack|problem|"
        r"constraint|"
        r"setup|pipeline|system|model))|(?:\w{2,7}n't|not|never|would|"
        r"will)\s{1,3}(?:really\s{1,3}|quite\s{1,3})?fit\s{1,3}in\b(?!\s{1,3}(?:memory|ram|"
        r"well with the|"
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
    _named(SAID_OF_NOBODY_ELSE),
)
# Notes drop their subject: "looks about 19", "has small kids", "blonde, ...".
_DROPPED = r"(?:^|[,;(&]|\band\b|\bbut\b)\s{0,3}"
ON_ANYBODY = _compiled(
    rf"{_DROPPED}(?:is|was|looks?|looked|seems?|seemed|sounds?|must be|maybe|probably)"
    rf"{DEGREE}\s{{1,3}}" + _named(IS),
    rf"{_DROPPED}(?:also\s{{1,3}})?(?:has|had|with|mentioned|mentioned having)\s{{1,3}}"
    + _named(HAS),
    r"^\s{0,3}(?:very |quite |rather )?" + _named(IS) + r"(?=\s{0,2}(?:$|[,):]))",
    is_(ANYBODY) + _named(IS),
    has(ANYBODY) + _named(HAS),
    rf"\b{ANYBODYS}\s{{1,3}}" + _named(OWN),
    r"\b" + _named(FREE) + r"\b",
    r"(?<!\w)" + _named(SCRAPS) + r"(?!\w)",
)
