// What is saved by itself, a rating, a flag, or one field of the verdict: what is written in its
// fields, beside what the server has.

import { $ } from "../dom.js";
import { read, same, show } from "./fields.js";

export class Item {
  /** `marked` is the element that names the item. */
  constructor(marked, form, severities) {
    this.kind = marked.dataset.kind;
    this.entity = marked.dataset.entity;
    this.prefix = this.kind === "card.put" ? "card" : marked.dataset.prefix;
    this.root = this.kind === "card.put" ? form : marked;
    this.severities = severities;
    this.base = $(`[name="${marked.dataset.prefix}-base"]`, form);
    this.revision = Number(this.base.value.split(":")[0]) || 0;
    this.known = read(this); // what the server has, as far as this page knows
    this.own = new Set(); // ids of the operations that this page answers for
    this.conflict = false;
    this.timer = null;
  }

  get isTouched() {
    return !same(read(this), this.known);
  }

  /** The server has this now. The digest stays: it only tells what the page was made with. */
  take(revision, known) {
    Object.assign(this, { revision, known });
    this.base.value = `${revision}:${this.base.value.split(":")[1] || ""}`;
  }

  follow(revision, value) {
    this.take(revision, value);
    show(this, value);
  }

  /** An operation of this page or another was carried out. */
  applied(revision, op) {
    if (this.own.has(op.id) || same(read(this), op.value)) this.take(revision, op.value);
    else if (!this.isTouched) this.follow(revision, op.value);
    // Else both wrote: what stands here is sent from the old base, and comes back as a conflict.
  }

  /** The server has another state than was built on. Nothing is dropped and nothing overwritten. */
  differs({ revision, value }) {
    if (value !== undefined && same(read(this), value)) this.take(revision, value);
    else if (value !== undefined && !this.isTouched) this.follow(revision, value);
    else this.conflict = true;
  }
}
