// The stream of notes: drawn from the state, one list item a note, kept in place while typing.

import { $, $$, el } from "../dom.js";
import { mmss } from "../text.js";
import { isUntagged } from "./evidence.js";
import { CLASSES, GLYPHS, NAMES } from "./polarity.js";

const LONG = 600; // characters; on a telephone these already need more room than a note has
const STATES = { waiting: "kept here, not saved yet", refused: "not saved" };

export class Stream {
  /** `extras` give the parts that stand under a note: each (note, item) => elements. */
  constructor({ state, extras, hidden, busy, suggested }) {
    Object.assign(this, { state, extras, hidden, busy, suggested });
    this.list = $("[data-notes]");
    this.scroller = $(".stream");
    this.template = $("#note-template");
    this.selected = null;
    this.sums = new WeakMap(); // what each item was drawn from
    for (const item of $$("li", this.list)) item.remove();
    this.keepEnd();
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("li.note");
      if (item && !event.target.closest("button, input, textarea, a")) this.select(item.dataset.id);
    });
  }

  /** Whoever reads the end goes on reading it, whatever grows there or beside it. */
  keepEnd() {
    let atEnd = true;
    this.scroller.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.scroller;
      atEnd = scrollHeight - scrollTop - clientHeight < 24;
    });
    const grown = new ResizeObserver(() => atEnd && this.toEnd());
    for (const each of [this.list, this.scroller]) grown.observe(each);
  }

  draw() {
    const focused = document.activeElement;
    const notes = this.state.all().filter((note) => !this.hidden(note.id));
    this.newest = notes.findLast((note) => this.suggested(note).length)?.id;
    const items = notes.map((note) => this.item(note));
    const present = new Set(items);
    const gone = [...this.list.children].filter((item) => !present.has(item));
    for (const item of gone) item.remove();
    items.forEach((item, at) => {
      // Moving an element that is in place already would take the focus away from it.
      const there = this.list.children[at] || null;
      if (there !== item) this.list.insertBefore(item, there);
    });
    // An element that changed its place has lost the focus.
    if (this.list.contains(focused)) focused.focus({ preventScroll: true });
    $("[data-empty]").hidden = notes.length > 0;
    if (this.selected && !this.find(this.selected)) this.selected = null;
  }

  item(note) {
    const item = this.find(note.id) || this.template.content.firstElementChild.cloneNode(true);
    const advice = this.state.advice.get(note.id);
    const other = note.value.conflict_of && this.state.note(note.value.conflict_of)?.value.text;
    const { value, status, error } = note;
    const here = [this.offers(note.id), note.id === this.selected];
    const sum = JSON.stringify([value, status, error, advice, other, ...here]);
    if (this.sums.get(item) !== sum) {
      this.sums.set(item, sum);
      item.dataset.id = note.id;
      this.fill(item, note);
    }
    item.classList.toggle("sel", note.id === this.selected);
    if (note.id === this.selected) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    return item;
  }

  /** Suggestions stand under the selected note and the newest that has some. */
  offers(id) {
    return id === this.selected || id === this.newest;
  }

  fill(item, note) {
    const { value, status } = note;
    const titles = this.state.titles;
    const polarity = value.polarity || (value.kind === "probe" ? "probe" : "");
    item.className = `note${value.kind === "probe" ? " ask" : ""}`;
    const time = $("time", item);
    time.textContent = mmss(value.at_seconds);
    time.dateTime = `PT${value.at_seconds}S`;
    const pol = $(".pol", item);
    pol.className = `pol ${CLASSES[polarity] || ""}`;
    pol.firstElementChild.textContent = GLYPHS[polarity] || "";
    pol.lastElementChild.textContent = NAMES[polarity] || "no polarity";
    const text = $(".text", item);
    text.textContent = value.text;
    text.classList.toggle("quote", value.kind === "quote");
    text.classList.toggle("long", value.text.length > LONG);
    const signal = titles.signal.get(value.signal);
    part(item, "signal", signal?.title, signal?.polarity);
    part(item, "dimension", titles.dimension.get(value.dimension)?.title);
    const under = titles.probe.get(value.probe) || titles.stage.get(value.stage);
    part(item, "stage", under?.title);
    part(item, "state", STATES[status]);
    $("[data-part=state]", item).classList.toggle("refused", status === "refused");
    this.fillExtra(item, note);
  }

  fillExtra(item, note) {
    const extra = $("[data-part=extra]", item);
    const busy = this.busy(note.id);
    item.classList.toggle("busy", busy);
    // A form in which somebody types is left alone; it is what changes the note.
    if (busy && $("form", extra) && item.dataset.forced !== "true") return;
    delete item.dataset.forced;
    const pressed = extra.contains(document.activeElement) && document.activeElement.textContent;
    const parts = this.extras.flatMap((make) => make(note, item));
    extra.replaceChildren(...parts);
    extra.hidden = !parts.length;
    if (pressed === false) return;
    // The button that has the focus was drawn anew, or is gone: the focus stays with the note.
    const again = $$("button", extra).find((each) => each.textContent === pressed);
    (again || item).focus({ preventScroll: true });
  }

  find(id) {
    return this.list.querySelector(`li[data-id="${CSS.escape(id)}"]`);
  }

  redraw(id) {
    const item = this.find(id);
    if (item) {
      this.sums.delete(item);
      item.dataset.forced = "true";
    }
    this.draw();
  }

  // --- Selection ---

  select(id, focus = true) {
    this.selected = id;
    this.draw();
    const item = id && this.find(id);
    if (!item) return;
    showNotes();
    item.scrollIntoView({ block: "nearest" });
    if (focus) item.focus({ preventScroll: true });
  }

  get shownIds() {
    return $$("li.note", this.list).map((item) => item.dataset.id);
  }

  /** Steps from the selected note, or onto the newest. */
  move(step) {
    const ids = this.shownIds;
    if (!ids.length) return;
    const at = ids.indexOf(this.selected);
    const to = at < 0 ? ids.length - 1 : Math.min(ids.length - 1, Math.max(0, at + step));
    this.select(ids[to]);
  }

  untagged() {
    return this.state
      .all()
      .filter((note) => !this.hidden(note.id) && isUntagged(note.value))
      .map((note) => note.id);
  }

  nextUntagged() {
    const ids = this.untagged();
    const from = this.shownIds.indexOf(this.selected);
    const later = ids.find((id) => this.shownIds.indexOf(id) > from);
    if (ids.length) this.select(later || ids[0]);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

export const notesShown = () => $(".mid").getClientRects().length > 0;

/** Where the panes are tabs: to the one with the notes and the field, if another is open. */
export function showNotes() {
  if (!notesShown()) location.hash = "#notes";
}

function part(item, name, content, polarity) {
  const place = $(`[data-part=${name}]`, item);
  place.textContent = content || "";
  place.hidden = !content;
  if (polarity) place.className = `chip ${CLASSES[polarity]}`;
}

/** A row of small buttons under a note. */
export function buttons(label, ...made) {
  return el("div", { className: "suggest", role: "group", ariaLabel: label }, ...made);
}
