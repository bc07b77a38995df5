// The one place that says whether the words are safe, and never says so before they are.

import { $, $$, announce, el, plural } from "./dom.js";

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
    const { trouble, savedAt } = this.sender;
    const pending = this.state.pending();
    const refused = pending.filter((op) => op.refused).length;
    const kept = this.count(pending);
    if (this.store.failure && pending.length && (trouble || this.store.memory.length)) {
      return { trouble: true, words: `This browser cannot store notes: ${kept} only on this page` };
    }
    if (trouble && pending.length) return { trouble: true, ...this.troubled(trouble, kept) };
    if (trouble === "offline") return { trouble: true, words: "Offline" };
    if (pending.length > refused || this.typing()) return { passing: true, words: "Saving" };
    if (refused) return { trouble: true, words: `${plural(refused, "note", "notes")} not saved, see why` };
    const conflict = this.state.all().find((note) => note.value.conflict_of);
    if (conflict) {
      const link = { href: "#", onclick: (event) => this.compare(event, conflict) };
      return { trouble: true, words: "Two versions, compare", link };
    }
    if (savedAt) return { saved: true, words: `Saved ${time(savedAt)}` };
    return { words: this.store.failure ? "This browser cannot store notes" : "Everything is saved" };
  }

  troubled(trouble, kept) {
    const link = { href: this.signIn, target: "_blank", rel: "noopener" };
    return {
      offline: { words: `Offline, ${kept} kept here` },
      server: { words: `The server does not answer, ${kept} kept here` },
      "signed-out": { words: `Signed out: sign in again, ${kept} kept here`, link },
      "not-yours": { words: `Signed in as somebody else, ${kept} kept here`, link },
      locked: { words: `Submitted meanwhile, ${kept} kept here and not in it` },
    }[trouble];
  }

  count(pending) {
    const notes = new Set(pending.filter((op) => op.kind.startsWith("note")).map((op) => op.entity));
    return notes.size ? plural(notes.size, "note", "notes") : plural(pending.length, "change", "changes");
  }

  compare(event, note) {
    event.preventDefault();
    this.state.dispatchEvent(new CustomEvent("show-note", { detail: note.id }));
  }
}

function time(instant) {
  return new Date(instant).toLocaleTimeString("en-GB");
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
