// The dialog that finds a tag by its name.

import { $, el } from "../dom.js";
import { sign } from "./polarity.js";
import { search, tagEntries } from "./tag_search.js";

const MOST = 60;

export class Palette {
  constructor({ titles, rubric }) {
    this.dialog = $("#palette");
    this.input = $("input", this.dialog);
    this.list = $("[role=listbox]", this.dialog);
    this.none = $("[data-palette-none]", this.dialog);
    this.entries = tagEntries(titles, rubric);
    this.input.addEventListener("input", () => this.search());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) this.close(this.found[Number(chosen.dataset.at)]);
      else if (event.target === this.dialog) this.close(null);
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(null);
    });
  }

  /**
   * Resolves to {pick: tags or null, typed: what was searched for, when nothing was picked}. What
   * has the note's own polarity comes first.
   */
  ask(polarity = "") {
    this.polarity = polarity;
    this.input.value = "";
    this.dialog.showModal();
    this.input.focus();
    this.search();
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  close(entry) {
    this.dialog.close();
    this.resolve({ pick: entry?.tags || null, typed: entry ? null : this.input.value });
  }

  search() {
    this.found = search(this.entries, this.input.value, this.polarity).slice(0, MOST);
    this.none.hidden = this.found.length > 0;
    this.list.replaceChildren(...this.found.map(option));
    this.mark(0);
  }

  mark(at) {
    this.at = Math.max(0, Math.min(this.found.length - 1, at));
    [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", n === this.at));
    const current = this.list.children[this.at];
    current?.scrollIntoView({ block: "nearest" });
    if (current) this.input.setAttribute("aria-activedescendant", current.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const moves = { ArrowDown: this.at + 1, ArrowUp: this.at - 1, Home: 0, End: Infinity };
    if (event.key in moves) {
      event.preventDefault();
      this.mark(moves[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.found[this.at]) this.close(this.found[this.at]);
    }
  }
}

function option(entry, at) {
  const item = el("li", { role: "option", id: `tag-${entry.sort}-${entry.id}` });
  item.dataset.at = at;
  item.append(
    sign(entry.polarity),
    el("span", { className: "title" }, entry.title),
    el("span", { className: "meta" }, entry.beside || entry.sort),
  );
  return item;
}
