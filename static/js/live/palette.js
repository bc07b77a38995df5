// Tags by name: a search over the rubric's signals, dimensions, stages and probes.

import { $, el, sign } from "./dom.js";

const SORTS = { signal: "signal", dimension: "dimension", stage: "stage", probe: "probe" };
const MOST = 60;
const ALIKE = 4; // more than lies between the start of a title and that of a word in it

export class Palette {
  constructor({ titles, rubric }) {
    this.dialog = $("#palette");
    this.input = $("input", this.dialog);
    this.list = $("[role=listbox]", this.dialog);
    this.none = $("[data-palette-none]", this.dialog);
    this.entries = entries(titles, rubric);
    this.input.addEventListener("input", () => this.search());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.close(this.found[Number(option.dataset.at)]);
      else if (event.target === this.dialog) this.close(null);
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(null);
    });
  }

  /**
   * Resolves to {pick: tags or null, typed: what was searched for, when nothing was picked}. What has
   * the note's own polarity comes first.
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
    const words = plain(this.input.value).split(/\s+/).filter(Boolean);
    const hits = this.entries
      .map((entry) => ({ entry, score: score(entry, words, this.polarity) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score);
    this.found = hits.slice(0, MOST).map((hit) => hit.entry);
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

function entries(titles, rubric) {
  const dimension = (id) => titles.dimension.get(id).title;
  // What the round is about comes first, so that an empty search is useful too.
  const near = (id) => (rubric.focus.includes(id) ? 1 : 0);
  const signals = rubric.signals.map((each) =>
    entry("signal", each, dimension(each.dimension), near(each.dimension), each.polarity),
  );
  const dimensions = rubric.dimensions.map((each) => entry("dimension", each, "", near(each.id)));
  const stages = rubric.stages.map((each) => entry("stage", each, "", 0));
  const probes = rubric.probes.map((each) =>
    entry("probe", each, "", rubric.kit.includes(each.id) ? 1 : 0, "probe", { kind: "probe" }),
  );
  return [...signals, ...dimensions, ...stages, ...probes];
}

function entry(sort, { id, title }, beside, near, polarity = "", more = {}) {
  const tags = { [sort]: id, ...more };
  return { sort, id, title, beside, near, polarity, tags, words: plain(`${title} ${id}`) };
}

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, " ").trim();

/** 0 where a word is missing; the start of a word counts more than its middle, the title most. */
function score(entry, words, polarity) {
  let sum = 1 + entry.near + (polarity && entry.polarity === polarity ? ALIKE : 0);
  for (const word of words) {
    if (entry.words.startsWith(word)) sum += 8;
    else if (` ${entry.words}`.includes(` ${word}`)) sum += 5;
    else if (entry.words.includes(word)) sum += 2;
    else if (` ${plain(entry.beside)}`.includes(` ${word}`) || entry.sort === word) sum += 1;
    else return 0;
  }
  return sum;
}

function option(entry, at) {
  const item = el("li", { role: "option", id: `tag-${entry.sort}-${entry.id}` });
  item.dataset.at = at;
  item.append(
    sign(entry.polarity),
    el("span", { className: "title" }, entry.title),
    el("span", { className: "meta" }, entry.beside || SORTS[entry.sort]),
  );
  return item;
}
