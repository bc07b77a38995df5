// Single keys. They act only outside fields, and can be switched off (WCAG 2.1.4).

import { $ } from "../dom.js";

const OFF = "single keys off";
const POLARITY = { "+": "strength", "-": "risk", "~": "noise" };
const PATIENCE = 1500; // ms for the key after p or s

export class Keys {
  constructor({ stream, composer, actions, kit }) {
    Object.assign(this, { stream, composer, actions, kit });
    this.prefix = null;
    this.dialog = $("#key-map");
    this.box = $("[data-single-keys]");
  }

  listen() {
    this.box.checked = remembered() !== "1";
    this.box.addEventListener("change", () => remember(this.box.checked ? "" : "1"));
    const help = $("[data-help]");
    help.hidden = false;
    help.addEventListener("click", () => this.dialog.showModal());
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing || $("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && "/?".includes(event.key)) {
      event.preventDefault();
      this.dialog.showModal();
      return;
    }
    if (event.altKey && !event.ctrlKey && /^Digit[0-3]$/.test(event.code)) {
      event.preventDefault();
      this.suggestion(Number(event.code.at(-1)));
      return;
    }
    const field = event.target.closest("input, textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (!field) this.together(event);
      return;
    }
    if (field) {
      if (field === this.composer.field && leaves(event, field)) this.leaveField(event);
      return;
    }
    if (!this.box.checked && event.key.length === 1) return;
    if (this.after(event.key) || this.one(event)) event.preventDefault();
  }

  /** Keys held together with another: they act where single ones are switched off, too. */
  together(event) {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
    const id = this.noteAt(event.target);
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (altKey && !ctrlKey && !metaKey && step && id) this.actions.move(id, step);
    else if (key.toLowerCase() === "z" && !altKey && !shiftKey) this.actions.undo();
    else return;
    event.preventDefault();
  }

  leaveField(event) {
    event.preventDefault();
    this.composer.field.blur();
    if (this.stream.selected) this.stream.select(this.stream.selected);
    else if (this.stream.shownIds.length) this.stream.move(0);
    else this.stream.scroller.focus();
  }

  /** The letter or digit that follows p or s. */
  after(key) {
    const { prefix } = this;
    if (!prefix) return false;
    this.prefix = null;
    if (performance.now() - prefix.at > PATIENCE) return false;
    return prefix.key === "p" ? this.kit.putByKey(key) : this.kit.tickByKey(key);
  }

  one({ key, target }) {
    // A button keeps these for itself.
    if ((key === "Enter" || key === " ") && !target.matches("li.note")) return false;
    const act = this.anywhere(key) || this.inStream(key, target) || this.onNote(key, target);
    if (act) act();
    return Boolean(act);
  }

  anywhere(key) {
    const { stream } = this;
    return {
      "?": () => this.dialog.showModal(),
      n: () => this.composer.focus(),
      Escape: () => this.composer.focus(),
      j: () => stream.move(1),
      k: () => stream.move(-1),
      u: () => stream.nextUntagged(),
      z: () => this.actions.undo(),
      p: () => this.begin("p"),
      s: () => this.begin("s"),
      r: () => $("[data-finish]").click(),
    }[key];
  }

  /** Elsewhere the arrows scroll. */
  inStream(key, target) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    return step && target.closest(".stream") ? () => this.stream.move(step) : null;
  }

  begin(key) {
    this.prefix = { key, at: performance.now() };
  }

  /** The note that a key is for: the one that has the focus in it, else the selected. */
  noteAt(target) {
    return target.closest("li.note")?.dataset.id || this.stream.selected;
  }

  onNote(key, target) {
    const id = this.noteAt(target);
    if (!id) return null;
    const { actions } = this;
    if (POLARITY[key]) return () => actions.polarity(id, POLARITY[key]);
    if (/^[0-3]$/.test(key)) return () => actions.accept(id, Number(key) - 1);
    return {
      '"': () => actions.quote(id),
      "#": () => actions.tag(id),
      e: () => actions.edit(id),
      Enter: () => actions.edit(id),
      "[": () => actions.shift(id, -30),
      "]": () => actions.shift(id, 30),
      Delete: () => actions.remove(id),
      Backspace: () => actions.remove(id),
    }[key];
  }

  /** Alt with a digit, from the field too: for the selected note, else the newest one offered. */
  suggestion(digit) {
    const { state } = this.actions;
    const offered = state.all().filter((note) => this.actions.suggested(note).length);
    const inField = document.activeElement === this.composer.field;
    const chosen = !inField && offered.find((note) => note.id === this.stream.selected);
    const note = chosen || offered.at(-1);
    if (note) this.actions.accept(note.id, digit - 1);
  }
}

/** Esc; and the arrow up, from a field that has no line to go up to. */
const leaves = ({ key }, field) => key === "Escape" || (key === "ArrowUp" && !field.value);

function remembered() {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(OFF, value);
  } catch {
    // The choice holds for this page.
  }
}
