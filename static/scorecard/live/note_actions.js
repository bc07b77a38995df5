// What the interviewer does to notes that are written already. Each can be undone.

import { uuid } from "../outbox/uuid.js";

const TAGS = ["kind", "stage", "probe", "dimension", "signal", "polarity"];
const DEEPEST = 50;

export class Actions {
  constructor({ state, sender, palette, say }) {
    Object.assign(this, { state, sender, palette, say });
    this.undone = [];
    this.editing = null; // the note whose editor is open
    this.writing = null; // settled once the outbox has what was typed in the editor
    this.answering = null; // the note whose remark is being answered
    this.declined = new Set();
  }

  attach(stream, composer) {
    Object.assign(this, { stream, composer });
  }

  /** How to put back what a note was; the note that has it then. */
  remember(undo, id) {
    this.undone.push({ undo, id });
    if (this.undone.length > DEEPEST) this.undone.shift();
  }

  async undo() {
    await this.writing;
    const last = this.undone.pop();
    if (!last) {
      this.say("Nothing is left to undo.");
      return;
    }
    this.say(""); // what it offered to undo may be this
    await last.undo();
    this.sender.soon(0);
    this.stream.select(last.id);
  }

  // --- Fields of a note ---

  /** Sets fields of a note; undo puts back what they were. */
  async set(id, value) {
    const note = this.state.note(id);
    if (!note) return;
    const full = this.state.completed(value);
    const before = Object.fromEntries(Object.keys(full).map((name) => [name, note.value[name]]));
    this.remember(() => this.state.putNote(id, before), id);
    await this.state.putNote(id, full);
    this.sender.soon(0);
  }

  /** A polarity of its own; another one than its signal's takes the signal away. */
  polarity(id, polarity) {
    const { value } = this.state.note(id);
    const next = value.polarity === polarity ? "" : polarity;
    const signal = this.state.titles.signal.get(value.signal);
    if (signal && signal.polarity !== next) return this.set(id, { polarity: next, signal: "" });
    return this.set(id, { polarity: next });
  }

  async quote(id) {
    await this.writing;
    const { value } = this.state.note(id);
    const plain = value.kind === "quote";
    const text = plain ? value.text.replace(/^“|”$/g, "") : `“${value.text}”`;
    return this.set(id, { kind: plain ? "observation" : "quote", text });
  }

  async tag(id) {
    const { pick } = await this.palette.ask(this.state.note(id).value.polarity);
    if (pick) {
      const { value } = this.state.note(id);
      const leaves = pick.dimension && value.signal ? { signal: "" } : {};
      await this.set(id, { ...leaves, ...pick });
    }
    this.stream.select(id);
  }

  async shift(id, by) {
    await this.writing;
    const { value } = this.state.note(id);
    return this.set(id, { at_seconds: Math.max(0, value.at_seconds + by) });
  }

  /** Past its neighbour: the two exchange their times; of two at one second, the later goes on. */
  async move(id, step) {
    await this.writing;
    const ids = this.stream.shownIds;
    const pair = [id, ids[ids.indexOf(id) + step]].map((each) => this.state.note(each));
    if (!pair[1]) return;
    const [own, other] = pair.map((note) => note.value.at_seconds);
    const apart = own === other ? 1 : 0;
    await this.setTimes(pair, [other + (step > 0 ? apart : 0), own + (step < 0 ? apart : 0)]);
    this.remember(() => this.setTimes(pair, [own, other]), id);
    this.sender.soon(0);
    this.stream.select(id);
  }

  async setTimes(notes, times) {
    for (const [at, { id }] of notes.entries()) {
      await this.state.putNote(id, { at_seconds: times[at] });
    }
  }

  // --- Suggestions and challenges ---

  suggested(note) {
    const { id, value, status } = note;
    const closed = value.signal || value.kind === "probe" || value.conflict_of;
    if (closed || this.declined.has(id) || status === "refused") return [];
    const found = this.state.advice.get(id)?.suggestions || [];
    return found.filter(({ signal }) => this.state.titles.signal.has(signal)).slice(0, 3);
  }

  /** Accepts the suggestion at this place; any other place declines them all. */
  accept(id, at) {
    const found = this.suggested(this.state.note(id));
    if (found[at]) return this.set(id, { signal: found[at].signal });
    this.declined.add(id);
    this.stream.redraw(id);
    return undefined;
  }

  answer(id, left = null) {
    this.answering = id;
    this.stream.selected = id || left;
    this.stream.redraw(id || left);
  }

  async answered(id, job_related) {
    this.answering = null;
    await this.set(id, { job_related });
    this.stream.redraw(id);
  }

  // --- Editing and deleting ---

  edit(id) {
    const before = this.editing;
    this.editing = id;
    if (before) this.stream.redraw(before);
    this.stream.redraw(id);
  }

  closeEditor(id, before) {
    this.editing = null;
    this.remember(() => this.state.putNote(id, before), id);
    this.sender.soon(0);
    this.stream.redraw(id);
    this.stream.select(id);
  }

  async remove(id) {
    await this.writing;
    const note = this.state.note(id);
    if (!note) return;
    const ids = this.stream.shownIds;
    const at = ids.indexOf(id);
    const next = ids[at + 1] || ids[at - 1] || null;
    await this.state.deleteNote(id);
    // A deleted note does not come back under its id: what another tab does to it stays clear.
    const again = uuid();
    this.remember(() => this.state.putNote(again, note.value), again);
    this.sender.soon(0);
    if (next) this.stream.select(next);
    else this.composer.focus();
    this.say("Note deleted.", { words: "Undo", act: () => this.undo() });
  }

  // --- Two versions of one note ---

  async keepBoth(note) {
    await this.set(note.id, { conflict_of: null });
  }

  /** The note that others may cite keeps its id; the words that are wanted go into it. */
  async keepOnly(kept, other) {
    const original = kept.value.conflict_of ? other : kept;
    const copy = kept.value.conflict_of ? kept : other;
    const { text } = kept.value;
    const tags = Object.fromEntries(TAGS.map((name) => [name, kept.value[name]]));
    if (original !== kept) await this.set(original.id, { text, ...tags });
    await this.remove(copy.id);
  }
}
