"""The page's charts for print: the same SVG in ink, its names set by Typst on top.

A name inside the drawing would be glyphs that no reader can copy; set as text it is the name, in
any script. Figures and letters of the drawing stay where they are.
"""

from typing import Any
from xml.etree.ElementTree import fromstring, tostring

from packets.pdf.legible import isolated

SIZES = {"nm": 12.5, "ax": 11.0}  # as packet.css has them
ROOM = 32  # characters
# What packet.css says on the screen; ink alone, for a rating has no colour of its own.
STYLE = """<style>
text { font-family: "Open Sans"; }
.grid { stroke: #d9dde2; } .axis { stroke: #7d8591; } .tick { stroke: #5f6772; }
.ax { font-size: 11px; fill: #5f6772; }
.mk { fill: #fff; stroke: #434a53; stroke-width: 1.25; } .model { fill: #434a53; }
.lt { font-size: 11px; font-weight: 600; fill: #15181c; }
.ml { font-size: 11px; font-weight: 600; fill: #fff; }
.dot { fill: #434a53; stroke: #fff; stroke-width: 1.5; }
.ring { fill: none; stroke: #434a53; stroke-width: 1.5; }
.barline { stroke: #2750b8; stroke-width: 2; }
</style>"""


def _short(words: str) -> str:
    """What there is room for beside the first minute; the table has the name whole."""
    return words if len(words) <= ROOM else words[: ROOM - 1] + "…"


def print_chart(svg: str) -> dict[str, Any]:
    """The drawing, its size in its own units, and the words to be set where they stood."""
    root = fromstring(svg)  # noqa: S314  drawn by charts.py
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for tag in ("title", "desc"):
        for each in root.findall(tag):
            root.remove(each)
    words = [each for each in root.findall("text") if "text-anchor" not in each.attrib]
    for each in words:
        root.remove(each)
    head, rest = tostring(root, encoding="unicode").split(">", 1)
    return {
        "svg": f'{head} xmlns="http://www.w3.org/2000/svg">{STYLE}{rest}',
        "width": width,
        "height": height,
        "words": [
            {
                "text": isolated(_short(each.text or "")),
                "x": float(each.attrib["x"]),
                "y": float(each.attrib["y"]),
                "size": SIZES[each.attrib["class"]],
                "is_name": each.attrib["class"] == "nm",
            }
            for each in words
        ],
    }
