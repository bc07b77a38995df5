// The rating page saves as one types, through the same outbox and endpoint as the live page, in a
// box of its own. Without this script the form does the same with its button.

import { $, $$, el, plural, uuid } from "./live/dom.js";
import { enqueue, waiting } from "./live/rules.js";
import { Sender } from "./live/sender.js";
import { Store } from "./live/store.js";
import { isHalf, isReady, read, same, show } from "./rating/fields.js";

const TAB = uuid();
const PAUSE = 300; // ms of no typing
const PATIENCE = 8000; // ms that a button waits for what is still being saved

const form = $("#rating-form");
const place = $("#save-state");
const { card, sync, signIn } = form.dataset;
const severities = JSON.parse($("#default-severities").textContent);

class Thing {
  constructor(marked) {
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
}

const things = new Map($$("[data-kind]", form).map((each) => [each.dataset.entity, new Thing(each)]));
const store = new Store(`${card}/rating`);
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(store.card);
const clock = { resync() {} };
const sender = new Sender({ store, clock, url: sync, answered, changed: say });
let pending = [];

// --- Writing -------------------------------------------------------------------------------------

function changed(event) {
  const marked = event.target.closest("[data-kind]");
  const name = event.target.name.replace(/^card-/, "");
  const thing = things.get(marked ? marked.dataset.entity : name);
  if (!thing || thing.conflict) return;
  clearTimeout(thing.timer);
  thing.timer = setTimeout(() => put(thing), PAUSE);
  mark(thing);
  say();
}

async function put(thing) {
  clearTimeout(thing.timer);
  thing.timer = null;
  if (!isReady(thing) || thing.conflict || !needsSaving(thing)) return say();
  const value = read(thing);
  const before = pending.findLast((op) => op.entity === thing.entity && thing.own.has(op.id));
  const op = {
    id: uuid(),
    card: store.card,
    tab: TAB,
    kind: thing.kind,
    entity: thing.entity,
    base_revision: thing.revision,
    after: before?.id || null,
    was: "",
    value,
    full: null,
    attempted: false,
    refused: null,
  };
  thing.own.add(op.id);
  const { last } = await store.transact((ops) => enqueue(ops, op));
  thing.own.add(last.id);
  await reload();
  sender.soon(0);
}

function needsSaving(thing) {
  const last = pending.findLast((op) => op.entity === thing.entity && thing.own.has(op.id));
  return last ? !same(last.value, read(thing)) : thing.isTouched;
}

async function reload() {
  pending = waiting(await store.all());
  say();
}

// --- Hearing: from the server, and from other tabs ---------------------------------------------

async function answered(events) {
  for (const event of events) hear(event);
  await reload();
  if (events.length) channel?.postMessage({ events });
}

function hear({ type, entity, revision, op, server }) {
  const thing = things.get(entity ?? op?.entity);
  if (!thing) return;
  if (type === "applied") applied(thing, revision, op);
  if (type === "server") differs(thing, server);
}

function applied(thing, revision, op) {
  if (thing.own.has(op.id) || same(read(thing), op.value)) thing.take(revision, op.value);
  else if (!thing.isTouched) follow(thing, revision, op.value);
  // Otherwise both wrote: what stands here is sent from the old base, and comes back as a conflict.
}

/** The server has another state than was built on. Nothing is dropped and nothing overwritten. */
function differs(thing, server) {
  if (server.value !== undefined && same(read(thing), server.value)) {
    thing.take(server.revision, server.value);
  } else if (!thing.isTouched && server.value !== undefined) {
    follow(thing, server.revision, server.value);
  } else {
    thing.conflict = true;
  }
}

function follow(thing, revision, value) {
  thing.take(revision, value);
  show(thing, value);
  mark(thing);
}

// --- What is seen --------------------------------------------------------------------------------

/** The rating in the list at the side. */
function mark(thing) {
  if (thing.kind !== "rating.put") return;
  const given = $(`.index a[href="#${thing.prefix}"] > :last-child`);
  if (!given) return;
  const { value, not_observed } = read(thing);
  const made = value
    ? el("b", { className: `cell h${value}` }, String(value))
    : el("span", { className: "meta" }, not_observed ? "n/o" : "open");
  given.replaceWith(made);
}

function say() {
  const { words, trouble, link } = said();
  place.classList.toggle("attention", Boolean(trouble));
  if (place.textContent === words) return;
  // Routine saves are not read aloud; trouble, and the end of it, are.
  place.setAttribute("aria-live", trouble || place.dataset.trouble ? "polite" : "off");
  place.dataset.trouble = trouble ? "yes" : "";
  place.replaceChildren(link ? el("a", link, words) : words);
}

function said() {
  const all = [...things.values()];
  const refused = pending.find((op) => op.refused);
  const kept = plural(new Set(pending.map((op) => op.entity)).size, "change", "changes");
  if (all.some((each) => each.conflict)) {
    return { trouble: true, words: "Two versions: press Save to compare" };
  }
  if (sender.trouble && pending.length) return { trouble: true, ...troubled(kept) };
  if (refused) return { trouble: true, words: `Not saved: ${refused.refused.message}` };
  if (pending.length || all.some((each) => each.timer)) return { words: "Saving" };
  if (all.some(isHalf)) return { trouble: true, words: "A flag names no risk yet: not saved" };
  if (sender.savedAt) return { words: `Saved ${new Date(sender.savedAt).toLocaleTimeString("en-GB")}` };
  return { words: "Everything is saved" };
}

function troubled(kept) {
  const here = `${kept} kept here`;
  const link = { href: signIn, target: "_blank", rel: "noopener" };
  return {
    offline: { words: `Offline, ${here}` },
    server: { words: `The server does not answer, ${here}` },
    "signed-out": { words: `Signed out: sign in again, ${here}`, link },
    "not-yours": { words: `Signed in as somebody else, ${here}`, link },
    locked: { words: `Submitted meanwhile, ${here} and not in it` },
  }[sender.trouble];
}

// --- The buttons ---------------------------------------------------------------------------------

/** First what is typed goes into the outbox and out of it; then the form goes its usual way. */
async function submitted(event) {
  event.preventDefault();
  const button = event.submitter;
  for (const thing of things.values()) await put(thing);
  const settled = await outcome();
  const conflict = [...things.values()].some((each) => each.conflict);
  if (!settled && !conflict && sender.trouble !== "locked") return say();
  if (settled || conflict) await store.transact((ops) => ({ ops: ops.filter((op) => !op.refused) }));
  if (button?.name) form.append(el("input", { type: "hidden", name: button.name, value: button.value }));
  leaving = true;
  return form.submit();
}

/** True once nothing waits but what the server refused, which the form's answer explains. */
async function outcome() {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    await reload();
    if (!pending.some((op) => !op.refused)) return true;
    if (sender.trouble) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

let leaving = false;

/** Digits choose a point where a point has the focus. */
function digit(event) {
  const { target, key } = event;
  if (target.type !== "radio" || !target.name.endsWith("-value")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const value = { 0: "none", 1: "1", 2: "2", 3: "3", 4: "4" }[key];
  const wanted = value && $(`[name="${target.name}"][value="${value}"]`, form);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
}

/** Alt with an arrow goes to the next part or the one before, from a field too. */
function walk(event) {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step || !altKey || ctrlKey || metaKey || target.matches("select")) return;
  const shown = (each) => each.checkVisibility();
  const parts = $$(".dimension, #flags, #verdict", form).filter(shown);
  const next = parts[Math.max(0, parts.findLastIndex((each) => each.contains(target)) + step)];
  if (!next) return;
  event.preventDefault();
  const places = $$("[type=radio], button, summary:not(header *)", next).filter(shown);
  (places.find((each) => each.checked) || places[0])?.focus({ preventScroll: true });
  next.scrollIntoView();
}

/** What an earlier page could not send any more is shown again, and sent. */
function restore() {
  for (const op of pending) {
    const thing = things.get(op.entity);
    if (!thing || thing.kind !== op.kind) continue;
    thing.own.add(op.id);
    show(thing, op.value);
    mark(thing);
  }
}

/** A finding may lead to a place behind a summary; a flag begun with a button, to its explanation. */
function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted?.matches("#new-flag[open]")) $("textarea", wanted).focus();
  const folded = wanted?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  wanted.scrollIntoView();
}

// Notes that the live page could not send any more go out from here as well.
async function flushNotes() {
  const notes = new Store(card);
  await notes.open();
  const nothing = () => {};
  new Sender({ store: notes, clock, url: sync, answered: nothing, changed: nothing }).soon(0);
}

// A page that shows what was not saved waits for the button: its fields are not the server's.
if ($("[data-answer]")) {
  form.dataset.script = "off";
} else {
  await store.open();
  await reload();
  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("keydown", digit);
  form.addEventListener("submit", submitted);
  channel?.addEventListener("message", async ({ data }) => {
    for (const event of data.events) hear(event);
    await reload();
  });
  addEventListener("beforeunload", (event) => {
    const typing = [...things.values()].some((each) => each.timer || isHalf(each));
    if (!leaving && (typing || store.memory.some((op) => !op.settled))) event.preventDefault();
  });
  sender.soon(0);
  flushNotes();
  say();
}
document.addEventListener("keydown", walk);
reveal();
addEventListener("hashchange", reveal);
document.documentElement.dataset.ready = "true";
