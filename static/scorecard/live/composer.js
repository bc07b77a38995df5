// The field at the bottom. What stands in it is a note from its first letter on: kept in the
// outbox as it is typed, sent after a pause, and finished by Enter.

import { $, $$, el } from "../dom.js";
import { uuid } from "../outbox/uuid.js";
import { mmss } from "../text.js";
import { noteFields, takeSigns, withoutLast, withSign } from "./draft_tags.js";
import { latestOnly } from "./latest_only.js";
import { CLASSES, sign } from "./polarity.js";
import { showNotes } from "./stream.js";

const PAUSE = 800; // ms without a key before the open note is sent
const DRAFT = "draft of ";

export class Composer {
  constructor({ state, sender, clock, palette, finishing, finished }) {
    Object.assign(this, { state, sender, clock, palette, finishing, finished });
    this.form = $("[data-composer]");
    this.field = $("textarea", this.form);
    this.tags = $("[data-draft-tags]");
    this.time = $("[data-draft-time]");
    this.newest = latestOnly(() => this.write(this.draft, this.field.value));
    this.fresh();
    this.form.hidden = false;
    this.field.addEventListener("input", (event) => this.typed(event));
    this.field.addEventListener("compositionend", () => this.typed({}));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of $$("[data-sign]", this.form)) {
      // The field keeps the focus, and a telephone its keyboard.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.pressed(button.dataset.sign));
    }
    addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  fresh() {
    const id = uuid();
    this.draft = { id, at: null, tags: {}, was: "", session: this.state.session(id) };
    this.field.value = "";
    this.show();
  }

  clear() {
    this.fresh();
    this.remember(null);
  }

  /** After a reload the open note comes back into the field. */
  restore() {
    const id = this.remembered();
    const note = id && this.state.note(id);
    if (!note) return;
    const { text, at_seconds, conflict_of, job_related, ...tags } = note.value;
    this.draft = { id, at: at_seconds, tags, was: text, session: this.state.session(id) };
    this.field.value = tags.kind === "quote" ? text.replace(/^“|”$/g, "") : text;
    this.remember(id);
    this.show();
  }

  remembered() {
    try {
      return sessionStorage.getItem(DRAFT + this.state.card);
    } catch {
      return null;
    }
  }

  remember(id) {
    try {
      if (id) sessionStorage.setItem(DRAFT + this.state.card, id);
      else sessionStorage.removeItem(DRAFT + this.state.card);
    } catch {
      // The note itself is in the outbox; only its place in the field is forgotten.
    }
  }

  isOpen(id) {
    return this.draft.id === id && this.draft.at !== null;
  }

  focus() {
    showNotes();
    this.field.focus();
  }

  // --- Typing ---

  typed(event) {
    if (event.isComposing) return;
    this.takePrefixes(event);
    this.save();
  }

  takePrefixes(event) {
    const taken = takeSigns(this.draft.tags, this.field.value, this.field.selectionStart, event);
    if (!taken) return;
    this.draft.tags = taken.tags;
    this.field.value = taken.text;
    this.field.setSelectionRange(taken.caret, taken.caret);
  }

  key(event) {
    if (event.isComposing) return;
    const { selectionStart: from, selectionEnd: to, value } = this.field;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.finish();
    } else if (event.key === "Backspace" && from === 0 && to === 0 && this.dropTag()) {
      event.preventDefault();
    } else if (event.key === "#" && (from === 0 || /\s/.test(value[from - 1]))) {
      event.preventDefault();
      this.tag();
    }
  }

  /** A sign by finger or pointer: at any time, and not only before the first letter. */
  pressed(typed) {
    if (typed === "#") {
      this.tag("");
      return;
    }
    this.draft.tags = withSign(this.draft.tags, typed);
    this.focus();
    this.save();
  }

  /** What was searched for and not found stays in the text, after the sign that was typed. */
  async tag(typedSign = "#") {
    const { selectionStart: from, selectionEnd: to } = this.field;
    const { pick, typed } = await this.palette.ask(this.draft.tags.polarity);
    if (pick) this.set(pick);
    else if (typedSign) this.field.setRangeText(typedSign + typed, from, to, "end");
    this.focus();
    this.save();
  }

  set(tags) {
    // A dimension by itself is another than that of the signal chosen before.
    if (tags.dimension) delete this.draft.tags.signal;
    Object.assign(this.draft.tags, this.state.completed(tags));
    this.show();
    this.save();
  }

  /** Backspace before the first letter takes the last tag away. */
  dropTag() {
    const rest = withoutLast(this.draft.tags);
    if (!rest) return false;
    this.draft.tags = rest;
    this.show();
    this.save();
    return true;
  }

  /** A probe goes into the field, worded, to be said and sent or changed. */
  async put(probe) {
    await this.finish();
    this.draft.tags = { kind: "probe", probe: probe.id };
    this.field.value = probe.wordings[0];
    this.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    await this.save();
  }

  // --- Keeping ---

  /** Into the outbox, now; while one write is under way only the newest words wait. */
  async save() {
    this.copy();
    this.show();
    this.saving = true;
    this.sender.changed(); // "Saved" would be untrue from this letter on
    try {
      await this.newest();
    } finally {
      this.saving = false;
      this.sender.changed();
    }
  }

  /** What is in the field this very moment: a page that ends before the outbox has it leaves it. */
  copy() {
    const { id, at, tags, session, was } = this.draft;
    const words = this.field.value;
    const value = noteFields({ tags, at: at ?? this.clock.seconds }, words);
    if (!words.trim() || value.text === was) this.state.unsent.forget(id);
    else this.state.unsent.keep(id, value, session, was);
  }

  /** Calls are carried out in their order, so nothing may be awaited before the state is told. */
  async write(draft, words) {
    if (words.trim()) {
      if (draft.at === null) this.begin(draft);
      const value = noteFields(draft, words);
      if (await this.state.putNote(draft.id, value, draft.session)) draft.was = value.text;
    } else if (draft.at !== null) {
      const { id, session } = draft;
      // A deleted note does not come back under its id.
      Object.assign(draft, { at: null, id: uuid() });
      draft.session = this.state.session(draft.id);
      await this.state.deleteNote(id, session);
    }
    this.sender.soon(PAUSE);
  }

  /** The note's time is that of its first letter, and the first note may start the clock. */
  begin(draft) {
    if (this.clock.origin === null && !this.state.all().length) {
      this.clock.started = Math.round(this.clock.now());
      this.state.putKit("started", this.clock.started);
    }
    draft.at = this.clock.seconds;
    if (draft === this.draft) this.remember(draft.id);
  }

  /** Enter: the note joins the stream, and the field is free for the next at once. */
  async finish() {
    const { draft } = this;
    const words = this.field.value;
    if (!words.trim()) return;
    if (this.state.store.failure) {
      await this.finishWithoutStore(draft, words);
      return;
    }
    this.clear();
    this.finishing();
    await this.write(draft, words);
    this.finished(draft.id);
    this.sender.soon(0);
  }

  /** Without a store in the browser the words stay in the field until the server has them. */
  async finishWithoutStore(draft, words) {
    await this.write(draft, words);
    this.sender.soon(0);
    const saved = () => this.state.note(draft.id)?.status === "saved";
    for (let waited = 0; waited < 100 && !saved(); waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (!saved() || this.field.value !== words) return;
    this.state.unsent.forget(draft.id);
    this.clear();
    this.finished(draft.id);
  }

  /** The words lost a conflict in the field and live on as another note. */
  moved(entity, kept) {
    if (this.draft.id !== entity) return;
    this.draft.id = kept;
    this.remember(kept);
  }

  // --- Showing ---

  showTime() {
    this.time.textContent = mmss(this.draft.at ?? this.clock.seconds);
  }

  show() {
    const { tags } = this.draft;
    this.showTime();
    const titles = this.state.titles;
    const chips = [];
    const polarity = tags.polarity || (tags.kind === "probe" ? "probe" : "");
    if (polarity) chips.push(sign(polarity));
    if (tags.kind === "quote") chips.push(chip("their words"));
    const signal = titles.signal.get(tags.signal);
    if (signal) chips.push(chip(signal.title, signal.polarity));
    const dimension = titles.dimension.get(tags.dimension);
    if (dimension) chips.push(chip(dimension.title));
    const probe = titles.probe.get(tags.probe);
    if (probe) chips.push(chip(probe.title));
    if (probe?.constraint) {
      chips.push(el("span", { className: "chip plain" }, "opens Adaptability"));
    }
    const stage = titles.stage.get(tags.stage);
    if (stage) chips.push(chip(stage.title));
    this.tags.replaceChildren(...chips);
  }
}

function chip(words, polarity) {
  return el("span", { className: `chip ${CLASSES[polarity] || ""}` }, words);
}
