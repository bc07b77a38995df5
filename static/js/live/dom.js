// Small helpers for the page. Text from people goes in by textContent alone, never as markup.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with properties and children; strings become text. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const GLYPHS = { strength: "+", risk: "−", noise: "~", probe: "?" };
export const CLASSES = { strength: "s", risk: "r", noise: "n", probe: "q" };
export const NAMES = { strength: "strength", risk: "risk", noise: "noise", probe: "asked" };

/** The polarity's sign, with its word for screen readers. */
export function sign(polarity) {
  const glyph = el("span", { ariaHidden: "true" }, GLYPHS[polarity] || "");
  const word = el("span", { className: "vh" }, NAMES[polarity] || "no polarity");
  return el("span", { className: `pol ${CLASSES[polarity] || ""}` }, glyph, word);
}

/** Read aloud by a screen reader, wherever the focus is. */
export function announce(words) {
  $("[data-announce]").textContent = words;
}

export const notesShown = () => $(".mid").getClientRects().length > 0;

/** Where the panes are tabs: to the one with the notes and the field, if another is open. */
export function showNotes() {
  if (!notesShown()) location.hash = "#notes";
}

/** Seconds as mm:ss, the minutes going on past sixty. */
export function mmss(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** mm:ss (or minutes alone) as seconds; null where it is neither. */
export function seconds(text) {
  const match = /^\s*(\d{1,4})(?::([0-5]?\d))?\s*$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2] || 0) : null;
}

export function plural(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Runs `write` now, or once more after the run under way, however often it is asked meanwhile. */
export function newest(write) {
  let running = null;
  let again = false;
  const run = async () => {
    try {
      while (again) {
        again = false;
        await write();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    again = true;
    running ||= run();
    return running;
  };
}

/** A random UUID; crypto.randomUUID exists only on https and localhost. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
