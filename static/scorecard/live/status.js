// The one place that says whether the words are safe, and never says so before they are.

import { $, $$, announce, el } from "../dom.js";
import { savedWords, troubleWords } from "../outbox/save_status.js";
import { plural } from "../text.js";

const TICK = "M3 8.5 6.5 12 13 4.5";
const SVG = "http://www.w3.org/2000/svg";

export class Status {
  /** `typing` says whether words are on their way into the outbox this very moment. */
  constructor({ state, sender, store, signIn, typing }) {
    Object.assign(this, { state, sender, store, signIn, typing });
    this.places = $$("[data-save], [data-save-short]"); // one of them is shown
    this.words = null;
  }

  show() {
    const said = this.said();
    if (said.words === this.words) return;
    const trouble = Boolean(said.trouble);
    // Routine saves are not read aloud; trouble, and the end of it, are.
    if (trouble || (this.untold && !said.passing)) announce(said.words);
    this.untold = trouble || (this.untold && said.passing);
    this.words = said.words;
    $(".live").classList.toggle("trouble", trouble);
    for (const place of this.places) {
      place.classList.toggle("trouble", trouble);
      place.replaceChildren(...this.parts(said));
    }
  }

  parts({ words, link, saved }) {
    if (link) return [el("a", link, words)];
    return saved ? [tick(), words] : [words];
  }

  said() {
    const said = saveStatus({ ...this, typing: this.typing() });
    if (!said.conflict) return said;
    return { ...said, link: { href: "#", onclick: (event) => this.compare(event, said.conflict) } };
  }

  compare(event, note) {
    event.preventDefault();
    this.state.dispatchEvent(new CustomEvent("show-note", { detail: note.id }));
  }
}

/**
 * What is said: words, and whether they tell of trouble, of a moment that passes, of a save, or of
 * a conflict to compare. The first that is true is said.
 */
export function saveStatus({ state, sender, store, signIn, typing }) {
  const { trouble, savedAt } = sender;
  const pending = state.pending();
  const refused = pending.filter((op) => op.refused).length;
  const kept = counted(pending);
  if (store.failure && pending.length && (trouble || store.memory.length)) {
    return { trouble: true, words: `This browser cannot store notes: ${kept} only on this page` };
  }
  if (trouble && pending.length) return { trouble: true, ...troubleWords(trouble, kept, signIn) };
  if (trouble === "offline") return { trouble: true, words: "Offline" };
  if (pending.length > refused || typing) return { passing: true, words: "Saving" };
  const notSaved = `${plural(refused, "note", "notes")} not saved, see why`;
  if (refused) return { trouble: true, words: notSaved };
  const conflict = state.all().find((note) => note.value.conflict_of);
  if (conflict) return { trouble: true, words: "Two versions, compare", conflict };
  if (savedAt) return { saved: true, words: savedWords(savedAt) };
  return { words: store.failure ? "This browser cannot store notes" : "Everything is saved" };
}

function counted(pending) {
  const ofNotes = pending.filter((op) => op.kind.startsWith("note"));
  const notes = new Set(ofNotes.map((op) => op.entity)).size;
  return notes ? plural(notes, "note", "notes") : plural(pending.length, "change", "changes");
}

function tick() {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", TICK);
  svg.append(path);
  return svg;
}
