"""Words of impression, and the verbs that show that a note tells of something observed."""

import re

VAGUE_ADVICE = (
    "An impression, not yet evidence. Write what was said or done that made you think so."
)

VAGUE = re.compile(
    r"\b(?:smart|bright|brilliant|clever|sharp|intelligent|genius|gifted|talented|"
    r"impressive|impressed|"
    r"amazing|awesome|excellent|outstanding|fantastic|great|super|superb|wonderful|terrific|"
    r"rock ?star|superstar|a-player|top notch|world[- ]class|unicorn|ninja|wizard|"
    r"(?:very |really |quite |so |pretty )?(?:strong|weak|good|solid|poor|bad|decent|"
    r"mediocre|average|"
    r"nice|fine|ok|okay|meh)(?=\s*(?:$|[.,!;)]|overall|candidate|person|guy|engineer|hire|"
    r"interview|answers?|technically|communicator|communication|coder|skills|energy|attitude|"
    r"impression|feeling|vibes?|profile|background|performance|conversation|chat|stuff|work|job|"
    r"design|solution))"
    r"(?:\s+(?:overall|candidate|person|guy|engineer|hire|interview|answers?|communicator|"
    r"communication|coder|skills|energy|attitude|impression|feeling|vibes?|profile|background|"
    r"performance|conversation|chat|stuff|work|job|design|solution))?|"
    r"(?:good|bad|great|positive|negative) (?:vibes?|energy|feeling|impression|attitude)|"
    r"gut (?:feeling|says)|vibes?|passionate|enthusiastic|motivated|likeable|likable|charismatic|"
    r"confident|articulate|well[- ]spoken|polished|go-getter|team player|culture fit|cultural fit|"
    r"(?:not |no )?(?:senior|staff) (?:enough|material)|has what it takes|knows (?:his|"
    r"her|their) stuff|"
    r"gets it|liked (?:him|her|them)|love (?:him|her|them)|loved (?:him|her|them)|"
    r"not (?:great|good|impressed|convinced|sure about (?:him|her|them))|disappoint(?:ing|ed)|"
    r"underwhelm(?:ing|ed)|lacks? depth|raised? the bar|hire (?:him|her|them))\b",
    re.IGNORECASE,
)

# Any of these and the note says what happened. Whether it is good evidence is not for a pattern
# to say.
BEHAVIOUR = re.compile(
    r"[\"“”]|\b(?:said|says|asked|asks|told|tells|drew|draws|wrote|writes|named|names|listed|lists|"
    r"explained|explains|proposed|proposes|suggested|suggests|chose|chooses|picked|picks|compared|"
    r"compares|checked|checks|tested|tests|split|splits|changed|changes|dropped|drops|"
    r"raised|raises|"
    r"pointed|points|noticed|notices|admitted|admits|described|describes|started|starts|"
    r"began|begins|"
    r"stopped|stops|argued|argues|answered|answers (?:with|by)|ignored|ignores|skipped|skips|"
    r"because|since|when (?:i|asked|pushed|told)|after|before|without|instead|rather than|"
    r"never|didn't|doesn't|couldn't|wouldn't|won't|refused|refuses|repeated|repeats|"
    r"summari[sz]ed|summari[sz]es|recapped|walked|walks|talked|talks|derived|derives|planned|plans|"
    r"measured|measures|estimated|estimates|revised|revises|updated|updates|assumed|assumes|"
    r"fixed|fixes|built|builds|used|uses|solved|solves|debugged|debugs|clarified|clarifies|"
    r"framed|frames|reframed|defined|defines|weighed|weighs|owned|owns|learned|learnt|mentioned|"
    r"mentions|questioned|questions the|spotted|spots|found|finds|shipped|rolled|monitors?|"
    r"first|then|until|"
    r"even (?:when|after|though)|down to|all the way|on (?:trade-?offs|drift|labels|data))\b",
    re.IGNORECASE,
)
