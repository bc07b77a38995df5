// What the first characters of a note mean.

const POLARITY = { "+": "strength", "-": "risk", "−": "risk", "–": "risk", "~": "noise" };
const KIND = { '"': "quote", "“": "quote", "?": "probe" };

/**
 * Takes leading signs off a text: {text, tags}. `+ "` in any order; a space after them goes too.
 * A second sign of the same sort is text: "--flag" is a risk about a flag called -flag.
 */
export function readPrefixes(text) {
  const tags = {};
  let rest = text;
  for (;;) {
    const sign = rest[0];
    if (POLARITY[sign] && !tags.polarity) tags.polarity = POLARITY[sign];
    else if (KIND[sign] && !tags.kind) tags.kind = KIND[sign];
    else break;
    rest = rest.slice(1);
    if (rest[0] === " ") rest = rest.slice(1);
  }
  return { text: rest, tags };
}

/** A quote in typographic marks, once: the closing mark may be typed or left out. */
export function quoted(text) {
  const inner = text.trim().replace(/^[“"]/, "").replace(/[”"]$/, "");
  return inner ? `“${inner}”` : "";
}
