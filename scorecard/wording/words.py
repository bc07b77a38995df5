"""Words that remarks are made of: peoples, countries, relatives, and who is spoken of."""

DEMONYM = (
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
COUNTRY = (
    r"(?:india|china|russia|poland|germany|france|italy|spain|turkey|iran|iraq|israel|"
    r"egypt|nigeria|"
    r"ghana|kenya|ethiopia|morocco|africa|asia|eastern europe|the middle east|greece|romania|"
    r"bulgaria|hungary|ukraine|portugal|brazil|mexico|colombia|argentina|japan|korea|vietnam|"
    r"the philippines|indonesia|pakistan|bangladesh|nepal|afghanistan|syria|lebanon|"
    r"abroad|overseas)"
)
RELATIVE = (
    r"(?:husband|wife|boyfriend|girlfriend|fiancée?|spouse|kids?|child|children|baby|babies|"
    r"toddlers?|newborn|sons?|daughters?|twins|mother|father|mum|mom|parents|family)"
)
DECADE = r"(?:(?:early|mid|late)[ -])?(?:[2-7]0s|twenties|thirties|forties|fifties|sixties)"
END = r"(?=\s{0,2}(?:$|[,):])|\s{1,2}(?:-|and\b|but\b|so\b))"

# Who is spoken of. The first list is the candidate; the second may be a user of the product too, so
# it counts only where the words around it are not about users, data or models.
CANDIDATE = r"(?:he|she|candidate|cand|interviewee|guy|lady|bloke|chap|lad|(?-i:C))"
ANYBODY = r"(?:they|applicant|woman|man|girl|gentleman|person|kid|i)"
CANDIDATES = r"(?:his|her|candidate's|cand's)"
ANYBODYS = r"(?:their|my)"

BE = (
    r"(?:'s|'re|'m|\s{1,3}(?:is|was|am|are|were|seems?|seemed|looks?|looked|sounds?|appears?|"
    r"appeared|feels?|must be|might be|may be|could be|comes across as|came across as))"
)
DEGREE = (
    r"(?:\s{1,3}(?:an?|so|too|very|quite|rather|really|pretty|fairly|bit|little|clearly|obviously|"
    r"probably|maybe|visibly|certainly|just|still|only|also|not|about|around|almost|like|nearly|"
    r"over|under)){0,4}"
)


def is_(who: str) -> str:
    """`she is`, `he's probably a bit`, ..."""
    return rf"\b{who}{BE}{DEGREE}\s{{1,3}}"


def has(who: str) -> str:
    """`she has`, `he also had`, ..."""
    return (
        rf"\b{who}(?:\s{{1,3}}(?:also|still|already|only)){{0,1}}"
        rf"\s{{1,3}}(?:has|have|had|got|with)\s{{1,3}}"
    )
