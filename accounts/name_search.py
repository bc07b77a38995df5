"""Finding names however they are typed: without accents, without capitals. In Python and in SQL."""

import re
import unicodedata
from typing import TypeVar

from django.db.models import CharField, Func, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

# Letters that Unicode does not take apart into a plain one and a mark.
WHOLE = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
MARKS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """`Łukasz ÅNGSTRÖM` becomes `lukasz angstrom`."""
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return "".join(WHOLE.get(letter) or PAIRS.get(letter, letter) for letter in plain)


class Folded(Func):
    """`fold` of a column, in SQL, without an extension."""

    output_field = CharField()
    template = (
        "lower(regexp_replace(normalize(%(expressions)s, NFKD), '[\\u0300-\\u036f]', '', 'g'))"
    )
    for _letter, _pair in PAIRS.items():
        template = f"replace({template}, '{_letter}', '{_pair}')"
    template = f"translate({template}, '{''.join(WHOLE)}', '{''.join(WHOLE.values())}')"


def containing(rows: QuerySet[Row], text: str, *columns: str) -> QuerySet[Row]:
    """The rows in which each word of the text occurs in one of the columns."""
    names = {f"folded_{n}": Folded(column) for n, column in enumerate(columns)}
    found: QuerySet[Row] = rows.alias(**names)
    for word in fold(text[:200]).split():
        anywhere = Q()
        for name in names:
            anywhere |= Q(**{f"{name}__contains": word})
        found = found.filter(anywhere)
    return found
