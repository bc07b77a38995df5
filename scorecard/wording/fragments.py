"""Remarks as they are scribbled: no subject, no verb ("Greek surname", "newly married", "lisps").

SCRAPS count where nothing around them is about users, data or models; SAID_OF_NOBODY_ELSE counts
beside such words too ("stammers, clients may mind").
"""

from scorecard.wording.words import COUNTRY, DEMONYM, RELATIVE

_PERSON = (
    r"(?:guy|man|woman|girl|lady|bloke|chap|lad|boy|gentleman|dude|fellow|gal|person|candidate)"
)
_FAITH = (
    r"(?:muslim|christian|jew|jewish|hindu|buddhist|sikh|catholic|protestant|mormon|evangelical|"
    r"atheist|orthodox)"
)
_VERY = r"(?:too|very|quite|rather|so|a bit|bit|really|super|pretty|kind of|kinda)"
_AFTER = r"(?=\s{0,2}(?:$|[,)&])|\s{1,2}(?:-|and\b|but\b|so\b|i\b|though\b|maybe\b))"

SCRAPS = {
    "age": (
        rf"(?:can't|cannot|cant|must|might|may|could|should) be (?:\w{{2,7}} "
        rf"){{0,2}}[2-7]\d\b(?!\s?(?:ms|%|gb|mb|kb|k\b|s\b|minutes|mins|rows))|{_VERY} (?:young|"
        rf"youthful|elderly|aged|immature)\b|(?:past|beyond) (?:his|her|their) (?:prime|best)|"
        rf"(?:near(?:ing)?|close to|approaching|before|until) (?:pension|retirement)\b|(?:gr[ea]y|"
        rf"white|silver)[- ]hair(?:ed)?|youngster|young'un|baby[- ]?face\w?|fresh[- ]faced|(?:not|"
        rf"no longer) (?:the youngest|(?:exactly )?young)|[2-7]\d[- ]year[- ]old {_PERSON}|people "
        rf"(?:of )?(?:his|her|that|my) age|(?:at|for) that age|(?:his|her) generation|generation "
        rf"[xyz]\b|too senior in years|set in (?:his|her|their) ways|^\s{{0,3}}(?:about|around|"
        rf"maybe|probably|roughly|easily|at least) (?:[2-7]\d|{_VERY} young|(?:early|mid|late) "
        rf"\w{{4,8}}ies)\s{{0,2}}$|(?:born|graduated|finished school) (?:in|back in) (?:the "
        rf")?(?:19|200)\d\d?s?|young {_PERSON}|old {_PERSON}|(?:fresh|just|straight) out of "
        rf"(?:high )?school|looks? (?:like a (?:teenager|student|kid|child|granny|grandpa)|older "
        rf"than|younger than)"
    ),
    "family": (
        rf"(?:newly|recently|freshly|just|getting|got|about to be|soon to be) (?:married|divorced|"
        rf"engaged|separated|widowed|a (?:mother|father|mum|mom|dad|parent))|newly ?weds?|trying "
        rf"for (?:a |another )?(?:baby|child|kid)|(?:grand)?(?:mother|father|mum|mom|dad|ma|pa) "
        rf"of (?:one|two|three|four|five|six|\d)\b|(?:kids?|child|children|baby|toddler|son|"
        rf"daughter) (?:was |were |kept |is |are )?(?:in the background|came in|walked in|crying|"
        rf"screaming|interrupt\w{{2,4}}|at home|at school|on (?:his|her) lap)|kids?'?s? (?:school|"
        rf"nursery|pick-?up)\b|school pick-?ups?|stay[- ]at[- ]home (?:mum|mom|dad|mother|father|"
        rf"parent)|family (?:man|woman|commitments?|obligations?|situation|duties|reasons|life|"
        rf"person)|childless|no kids|without kids|has no children|empty nester|car(?:er for|ing "
        rf"for|es for) (?:a|his|her|their|an) (?:\w{{2,10}} )?(?:{RELATIVE}|parent)|lives with "
        rf"(?:his|her|their) (?:{RELATIVE}|partner)|(?:husband|wife|partner|spouse) (?:works|"
        rf"lives|wants|earns|got|has|is)\b|biological clock|bread ?winner|(?:his|her|their) "
        rf"(?:ex[- ])?(?:husband|wife|spouse|fiancée?|boyfriend|girlfriend)"
    ),
    "origin": (
        rf"(?:{DEMONYM}|foreign|strange|funny|unusual|exotic|weird|ethnic|arabic|slavic)(?:[- "
        rf"](?:sounding|looking))? (?:last |first |sur|family |full |sounding )?name\b|(?:can't|"
        rf"cannot|cant|couldn't|couldnt|could not|no idea how to|not sure how to|hard to|"
        rf"impossible to|don't know how to|had to ask how to) (?:pronounce|spell|say) (?:it|"
        rf"(?:his|her|their|the|that) (?:\w{{4,6}} )?(?:sur|family |last |first )?name)|"
        rf"unpronounceable|(?:name|surname) (?:i |we )?(?:can't|cannot|cant|couldn't) "
        rf"(?:pronounce|spell|say)|(?:not|isn't|wasn't) (?:from (?:here|around here|this country)|"
        rf"one of ours)|(?:grew up|raised|born|brought up|home|family|parents|relatives) (?:and "
        rf"raised )?(?:in|from) {COUNTRY}|born abroad|(?:back home|his country|her country|their "
        rf"country)\b|(?:dark(?:er)?|light(?:er)?|brown|black|pale|olive)[- ]skin(?:ned)?\b|"
        rf"(?:coloured|colored) {_PERSON}|(?:very|so|typical(?:ly)?|really|quite|too|classic) "
        rf"(?!black and white|white[- ]box|black[- ]box){DEMONYM}\b(?! (?:data|box|list|market|"
        rf"noise|space))|{DEMONYM} (?:background|upbringing|directness|politeness|humou?r|"
        rf"temper(?:ament)?|attitude|work ethic|mindset|stereotype|parents|roots|citizen|national|"
        rf"immigrant|refugee|expat|minority|blood|features)\b|(?:dark|light|brown|black)[- "
        rf"]skinned|(?:ethnic |visible )?minority (?:candidate|hire|background)|person of colou?r|"
        rf"bame\b|help (?:our|with our|the) (?:diversity )?(?:numbers|quota|statistics|stats)\b|"
        rf"foreign(?=, )|{DEMONYM}(?=, (?:so|i think|maybe|i guess|by the)\b)"
    ),
    "accent": (
        r"(?:thick|broad|heavy) (?:scouse|geordie|cockney|brummie|glaswegian|bavarian|texan|"
        r"northern|southern)\b|english (?:is |was )?not (?:great|good|perfect|fluent|up to)|"
        r"(?:sounds|sounded) (?:foreign|like a foreigner)|(?:speaks|spoke|speaking) (?:poor|bad|"
        r"broken|little|hardly any|accented|perfect|excellent) english|(?:hard|difficult|tricky|"
        r"impossible) to (?:understand|follow|catch) (?:because of|due to) (?:his|her|their|the) "
        r"(?:accent|english|pronunciation)|(?:accented|poor|weak|bad|imperfect) english|english "
        r"(?:isn't|wasn't|is not|was not|needs work|level|skills?|could be better)|"
        r"mispronounc\w{1,4}|pronunciation"
    ),
    "looks": (
        rf"(?:nice|lovely|beautiful|great|pretty|charming|sweet|cute|sexy|gorgeous|stunning) "
        rf"(?:smile|eyes|hair|face|figure|dress|legs|lips|body)\b|(?:long|short|messy|dyed|blue|"
        rf"pink|purple|green|greasy|curly|red|blonde?|wild|thinning) hair(?:ed)?\b|ear-?rings?|"
        rf"nose ring|(?:lots of |heavy |too much |no )?make-?up\b|dress(?:ed)? (?:very |too |"
        rf"quite |rather |really )?(?:badly|well|smartly|poorly|casually|sloppily|code|sense)|"
        rf"(?:tall|short|small|big|fat|thin|slim|skinny|large|heavy|tiny|pretty|handsome|cute|hot|"
        rf"ugly|attractive|beautiful|gorgeous|bald|bearded) {_PERSON}\b|good[- ]looking|(?:in|"
        rf"wearing|wore) (?:a |an |shabby |dirty |his |her )?(?:suit|tie|hoodie|t-?shirt|shorts|"
        rf"jeans|sneakers|trainers|mini ?skirt|dress|tracksuit)\b|(?:shabby|scruffy|sloppy|untidy|"
        rf"unkempt) (?:look\w{{0,3}}|clothes|appearance|beard|shirt|hair)|(?:smell(?:s|ed|ing)?|"
        rf"stank|reek(?:s|ed)?) (?:of|bad|like)|bad (?:teeth|skin|breath)|balding|obese|over "
        rf"?weight|heavy[- ]?set|not easy on the eyes?|easy on the eyes?"
    ),
    "health": (
        r"(?:some (?:sort|kind) of |a |slight |visible )?tremor\b|blind in (?:one|an|his|her) eye|"
        r"(?:one|missing an?) (?:arm|leg|eye|hand)(?=\s{0,2}$|[,.)])|prosthe\w{3,6}|ptsd|\bocd\b|"
        r"tourette'?s?|parkinson'?s?|epilep\w{2,4}|diabet\w{2,4}|hard of hearing|hearing loss|"
        r"visually impaired|poor eyesight|dyslexi[ac]|dyspraxi[ac]|panic attacks?|anxiety "
        r"(?:disorder|attacks?)|(?:depression|illness|cancer|burn-?out|surgery|medical|health)[- "
        r"](?:related )?(?:gap|break|leave|year|absence|history)\b|(?:gap|break|off|time out|"
        r"absence|leave) (?:in (?:his|her|the) cv )?(?:for|due to|because of|after|with) (?:an? |"
        r"his |her |some )?(?:health|illness|burn-?out|depression|cancer|surgery|medical|mental|"
        r"stroke|accident)|recover(?:ing|ed) from (?:an? |his |her )?(?:cancer|surgery|burn-?out|"
        r"stroke|illness|operation|accident|addiction)|(?:heart|back|kidney) (?:condition|"
        r"problems?|attack|surgery|trouble)|mentally (?:ill|unstable)|nervous breakdown|"
        r"(?:drinking|drug|alcohol|gambling) problem|neuro-?diver\w{2,6}|special needs|long covid|"
        r"chronic(?:ally)? (?:ill\w{0,4}|pain|fatigue|disease|condition)|wheel ?chair|in "
        r"treatment|sees a therapist|on (?:anti-?depressants|medication|the spectrum)|(?:seems?|"
        r"looks?|looked|sounds?) (?:unwell|ill|sickly|frail|fragile|depressed|drunk|hung-?over)|"
        r"(?:has|had|with|have) (?:an? |mild |severe |type \d )?(?:cancer|stroke|tumou?r|"
        r"disability|disorder|add|lisp|limp)\b"
    ),
    "religion": (
        rf"{_FAITH}\b(?:{_AFTER}|(?=[, ]{{1,2}}(?:so|family|background|name|school|{_PERSON})\b))|"
        rf"(?:very|quite|strictly|openly) (?:{_FAITH}|religious|devout)|(?:prays|praying)\b|"
        rf"prayer (?:times?|rooms?|breaks?|mat)|(?:keeps|eats|only eats) (?:kosher|halal)|"
        rf"(?:shabbat|sabbath|ramadan|lent)\b|(?:wears?|wore|wearing|has) an? (?:cross|veil|"
        rf"kippah?|turban|headscarf|burqa|niqab|crucifix)|friday prayers?|bible|religious "
        rf"(?:reasons|person|family|type)|goes to (?:church|mosque|temple|synagogue|mass)|church "
        rf"(?:choir|group|every)"
    ),
    "gender": (
        rf"{_VERY} (?:girly|feminine|masculine|manly|effeminate|emotional|bossy|shrill|motherly|"
        rf"macho|camp|butch)\b|(?:typical|like an?|only an?|just an?) (?:woman|man|girl|female|"
        rf"male|guy|boy)\b(?! of)|(?:another|the only|first|finally a|need an?|want an?) (?:woman|"
        rf"female|girl)\b|women (?:are|do|tend|can't|don't|always|never)\b|female touch|(?:this|"
        rf"that|the|our|some) (?:girl|boy|lady)\b|she-?man|tomboy|(?:openly|probably|clearly|"
        rf"seems?|maybe) (?:gay|lesbian|queer|trans|bi|straight)\b|lgbt\w{{0,3}}|(?:strong|"
        rf"aggressive|assertive|tough|loud|ambitious|good|quiet) (?:\w{{4,12}} )?for an? (?:woman|"
        rf"girl|lady|man|guy)"
    ),
    "fit": (
        r"vibes? (?:doesn't|does not|didn't|don't|do not|doesnt|isn't|wasn't|not|just) (?:match|"
        r"fit|right|there|work|click|really|quite)|(?:doesn't|does not|didn't|wouldn't|won't|"
        r"wouldnt|don't) (?:really |quite )?(?:gel|click|blend|mesh|vibe) (?:with|w/) (?:the |our "
        r"|my )?(?:team|us|others|people|lads|me)\b|(?:would|will|should|'d|could)n?'?t? (?:gel|"
        r"click|blend|vibe|mesh) (?:with|w/|in)\b|(?:want|have|take|bring|fun|be) (?:him |her |"
        r"them )?(?:in|at|to|down) the pub|(?:my|our|the) kind of (?:guy|person|people|girl|woman|"
        r"man)|kind of (?:guy|person|girl) (?:you'd|you would|we'd|i'd)|(?:same|great|our) "
        r"(?:sense of )?humou?r|one of the (?:lads|boys|guys|girls)|with the (?:lads|boys|guys|"
        r"girls)|stuck in (?:an airport|a lift|an elevator) with|fits? (?:right |well |straight |"
        r"nicely )?in with (?:us|our|the)|(?:not|n't) (?:really )?(?:our|my) (?:type|tribe|sort)|"
        r"voted? for|votes for|(?:left|right)[- ]wing(?:er)?|politic(?:s|al "
        r"(?:views?|opinions?|leanings?))|republican|democrat\b|tory\b|posh\b|(?:working|upper|"
        r"middle|lower)[- ]class (?:kid|background|family|boy|girl|upbringing|guy|accent)|"
        r"(?:private|public|boarding|state) school (?:voice|boy|girl|kid|accent|type)|(?:wealthy|"
        r"rich|poor) (?:family|parents|kid|background)|upbringing"
    ),
}

SAID_OF_NOBODY_ELSE = {
    "health": (
        r"^\s{0,3}(?:also )?(?:stammers|stutters|lisps|limps)\b|(?<=[,;(] )(?:stammers|stutters|"
        r"lisps|limps)\b"
    ),
    "looks": (
        r"(?:pretty|cute|hot|good-looking|attractive|beautiful|gorgeous) (?:girl|lady|woman|guy|"
        r"boy|lad)\b"
    ),
    "family": (
        r"\b(?:he|she)(?:'s|\s(?:has|had))(?: got)? (?:an? )?(?:husband|wife|boyfriend|girlfriend|"
        r"fiancée?|baby|toddler)\b"
    ),
    "gender": (
        r"\bfor an? (?:woman|girl|lady)\b|^\s{0,3}(?:an? )?(?:woman|girl|female|lady|man|male|"
        r"guy)(?=,? so\b)"
    ),
    "fit": r"\bposh\b",
}
