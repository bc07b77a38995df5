// Ways about the rating page: digits, Alt with an arrow, and links that lead into a closed part.

import { $, $$ } from "../dom.js";

/** Digits choose a point where a point has the focus. */
export function digit(event) {
  const { target, key } = event;
  if (target.type !== "radio" || !target.name.endsWith("-value")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const value = { 0: "none", 1: "1", 2: "2", 3: "3", 4: "4" }[key];
  const wanted = value && $(`[name="${target.name}"][value="${value}"]`, target.form);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
}

const shown = (element) => element.checkVisibility();

/** Alt with an arrow goes to the next part or the one before, from a field too. */
export function walk(event) {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step || !altKey || ctrlKey || metaKey || target.matches("select")) return;
  const parts = $$("#rating-form :is(.dimension, #flags, #verdict)").filter(shown);
  const next = parts[Math.max(0, parts.findLastIndex((each) => each.contains(target)) + step)];
  if (!next) return;
  event.preventDefault();
  const places = $$("[type=radio], button, summary:not(header *)", next).filter(shown);
  (places.find((each) => each.checked) || places[0])?.focus({ preventScroll: true });
  next.scrollIntoView();
}

/** A finding may lead into a closed part; a flag begun with a button, to its explanation. */
export function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted?.matches("#new-flag[open]")) $("textarea", wanted).focus();
  const folded = wanted?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  wanted.scrollIntoView();
}
