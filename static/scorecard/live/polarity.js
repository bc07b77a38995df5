// How a polarity looks: its sign, its class of colours, its word. note_html.py has the same.

import { el } from "../dom.js";

export const GLYPHS = { strength: "+", risk: "−", noise: "~", probe: "?" };
export const CLASSES = { strength: "s", risk: "r", noise: "n", probe: "q" };
export const NAMES = { strength: "strength", risk: "risk", noise: "noise", probe: "asked" };

/** The polarity's sign, with its word for screen readers. */
export function sign(polarity) {
  const glyph = el("span", { ariaHidden: "true" }, GLYPHS[polarity] || "");
  const word = el("span", { className: "vh" }, NAMES[polarity] || "no polarity");
  return el("span", { className: `pol ${CLASSES[polarity] || ""}` }, glyph, word);
}
