"""Plain text out of answers that may hold HTML. Nothing of the markup is kept."""

import html
import re

COMMENT_OR_SCRIPT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|iframe|svg|noscript)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# Only tags that an editor writes: "recall<precision" and "a < b" are text.
TAG = re.compile(
    r"<(/?)(p|br|div|ul|ol|li|b|i|u|s|a|em|strong|span|h[1-6]|blockquote|pre|code|hr|img|font|"
    r"table|thead|tbody|tr|td|th|sub|sup|small|html|head|body|input|form|button|video|audio|"
    r"object|embed|link|meta|base)\b[^<>]*>",
    re.IGNORECASE,
)
BLOCKS = {"p", "br", "div", "ul", "ol", "li", "blockquote", "pre", "hr", "tr", "table"}
BREAK = "\0"  # a NUL never reaches here: files that hold one are refused


def to_lines(answer: str) -> list[str]:
    """The paragraphs, list items and lines of an answer as plain text, without empty ones."""
    text = COMMENT_OR_SCRIPT.sub(" ", answer.replace(BREAK, ""))
    text = html.unescape(TAG.sub(_break, text)).replace("\xa0", " ")
    # A character reference may spell a character that could not stand in the file itself.
    text = "".join(c for c in text if c == BREAK or not "\ud800" <= c <= "\udfff")
    return [line.strip() for line in text.split(BREAK) if line.strip()]


def to_text(answer: str) -> str:
    return "\n".join(to_lines(answer))


def _break(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "li" and not tag[1]:
        return f"{BREAK}- "
    return BREAK if name in BLOCKS or re.fullmatch("h[1-6]", name) else ""
