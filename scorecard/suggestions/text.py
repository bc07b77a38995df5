"""From a note as typed to normalised words: shorthand spelled out, stems, sentence parts."""

import re
import unicodedata

MAX_CHARS = 2_000  # a note says what it says early; beyond this only latency grows

_SHORTHAND = {
    "w/": "with", "w/o": "without", "w/out": "without", "b/c": "because", "bc": "because",
    "cuz": "because", "thru": "through", "tho": "though", "cand": "candidate", "cand.": "candidate",
    "c": "candidate", "q": "question", "qs": "questions", "q's": "questions", "min": "minutes",
    "mins": "minutes", "m": "minutes", "sec": "seconds", "secs": "seconds", "s": "seconds",
    "hrs": "hours", "hr": "hour", "h": "hour", "wk": "week", "wks": "weeks", "yr": "year",
    "yrs": "years", "prod": "production", "mgr": "manager", "mgmt": "management",
    "info": "information",
    "ppl": "people", "pls": "please", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't",
    "wont": "won't", "cant": "can't", "cannot": "can't", "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "isnt": "isn't", "wasnt": "wasn't", "hasnt": "hasn't", "havent": "haven't", "arent": "aren't",
    "hadnt": "hadn't", "shouldnt": "shouldn't", "im": "i'm", "ive": "i've", "vs": "versus",
    "vs.": "versus", "re": "about", "esp": "especially", "approx": "about", "incl": "including",
    "def": "definitely", "prob": "probably", "probs": "probably", "bg": "background",
    "eval": "evaluation", "config": "configuration", "perf": "performance", "param": "parameter",
    "params": "parameters", "feat": "feature", "feats": "features", "algo": "algorithm",
    "algos": "algorithms", "diff": "different", "imo": "i think", "idk": "don't know",
    "dunno": "don't know", "nvm": "never mind", "asap": "soon", "eg": "example", "e.g.": "example",
    "avg": "average", "wld": "would", "cld": "could", "shld": "should", "bcs": "because",
    "bcos": "because", "smth": "something", "sth": "something", "abt": "about",
    "pct": "percent", "acc": "accuracy", "prec": "precision", "dist": "distribution",
    "hyp": "hypothesis", "preds": "predictions", "reqs": "requirements", "req": "requirement",
    "cust": "customer", "custs": "customers", "ans": "answer", "soln": "solution",
    "arch": "architecture",
    "impl": "implementation", "fn": "function", "fns": "functions", "prev": "previous",
    "msg": "message",
    "mth": "month", "mths": "months", "mo": "month", "stats": "statistics", "freq": "frequency",
    "mon": "monday", "thx": "thanks", "tbh": "honestly", "ofc": "of course",
    "ctx": "context", "mgrs": "managers", "devs": "developers", "env": "environment",
    "infra": "infrastructure", "wrt": "about", "aint": "isn't",
    "werent": "weren't", "theyre": "they're", "hes": "he's", "shes": "she's", "thats": "that's",
    "whats": "what's", "theres": "there's", "lets": "let's", "youre": "you're",
    "&": "and", "+": "plus", "=": "equals", "->": "then", "→": "then", "@": "at", "1st": "first",
    "2nd": "second", "3rd": "third", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_NUMBER = re.compile(r"^[£€$]?\d[\d.,:%/]*[a-z£€$%]{0,3}$")
_TOKEN = re.compile(
    r"w/out|w/o|w/|b/c|e\.g\.|->|→|[£€$]?\d[\d.,:%]*\w{0,3}|[^\W\d_]+(?:['’][^\W\d_]+)*|[&+=@?!]|[.,;:()\"“”/–—-]"
)
_BREAK = frozenset(".,;:()?!-–—/")
_QUOTE = frozenset('"“”')
_SUFFIXES = (
    ("isation", "iz"), ("ization", "iz"), ("ational", "at"), ("fulness", "ful"), ("iveness", "ive"),
    ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"),
    ("ising", "iz"), ("izing", "iz"), ("ised", "iz"), ("ized", "iz"), ("ises", "iz"),
    ("izes", "iz"),
    ("ise", "iz"), ("ize", "iz"), ("ments", ""), ("ment", ""), ("ness", ""), ("ies", "y"),
    ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ally", "al"), ("ly", ""),
    ("ers", ""), ("er", ""), ("ours", "or"), ("our", "or"), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Words of a note in order, lower-case, shorthand spelled out; a pause is `,`, a quote `"`."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower().replace("’", "'")
    return [word for raw in _TOKEN.findall(plain) for word in _spell_out(raw)]


def _spell_out(raw: str) -> list[str]:
    if raw in _QUOTE:
        return ['"']
    if raw in "?!":
        return [raw, ","]
    if raw in _SHORTHAND:
        return _SHORTHAND[raw].split()
    if raw in _BREAK:
        return [","]
    if _NUMBER.match(raw):
        return [_number(raw)]
    return [raw]


def _number(raw: str) -> str:
    if raw[0] in "£€$" or raw[-1] in "£€$k":
        return "#money"
    if raw.endswith("%"):
        return "#percent"
    if raw.endswith("ms"):
        return "#ms"
    if ":" in raw:
        return "#clock"
    if raw.startswith(("0.", ".")):
        return "#fraction"
    return raw if len(raw) < 3 else "#number"


def stem(word: str) -> str:
    """A short stem: British and American spellings and the common endings fall together."""
    if len(word) < 4 or word[0] in "#\"'":
        return word
    base = word.removesuffix("'s")
    if base.endswith("n't"):
        return base
    for suffix, replacement in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) + len(replacement) >= 3:
            return _undouble(base[: -len(suffix)] + replacement, suffix)
    return base


def _undouble(root: str, suffix: str) -> str:
    """`stopped` -> `stop`, `labelled` -> `label`, but `miss` from `misses`."""
    doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "se"
    return root[:-1] if doubled and suffix in {"ed", "ing", "er", "ers", "e", "s", "es"} else root
