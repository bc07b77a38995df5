// The rating page saves as one types, through the same outbox and endpoint as the live page, in a
// box of its own. Without this script the form does the same with its button.

import { $, $$, el } from "../dom.js";
import { enqueue, operation, waiting } from "../outbox/queue.js";
import { savedWords, troubleWords } from "../outbox/save_status.js";
import { Sender } from "../outbox/sender.js";
import { Store } from "../outbox/store.js";
import { uuid } from "../outbox/uuid.js";
import { plural } from "../text.js";
import { isHalf, isReady, read, same, show } from "./fields.js";
import { Item } from "./item.js";
import { digit, reveal, walk } from "./moving.js";

const TAB = uuid();
const PAUSE = 300; // ms of no typing
const PATIENCE = 8000; // ms that a button waits for what is still being saved

const form = $("#rating-form");
const place = $("#save-state");
const { card, sync, signIn } = form.dataset;
const severities = JSON.parse($("#default-severities").textContent);

const found = $$("[data-kind]", form).map((marked) => new Item(marked, form, severities));
const items = new Map(found.map((item) => [item.entity, item]));
const store = new Store(`${card}/rating`);
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(store.card);
const clock = { resync() {} };
const sender = new Sender({ store, clock, url: sync, answered, changed: say });
let pending = [];

// --- Writing -------------------------------------------------------------------------------------

function changed(event) {
  const marked = event.target.closest("[data-kind]");
  const name = event.target.name.replace(/^card-/, "");
  const item = items.get(marked ? marked.dataset.entity : name);
  if (!item || item.conflict) return;
  clearTimeout(item.timer);
  item.timer = setTimeout(() => put(item), PAUSE);
  mark(item);
  say();
}

async function put(item) {
  clearTimeout(item.timer);
  item.timer = null;
  if (!isReady(item) || item.conflict || !needsSaving(item)) return say();
  const value = read(item);
  const before = pending.findLast((op) => op.entity === item.entity && item.own.has(op.id));
  const basis = { after: before?.id, base_revision: item.revision, was: "" };
  const op = operation({ card: store.card, tab: TAB }, item, basis, { value });
  item.own.add(op.id);
  const { last } = await store.transact((ops) => enqueue(ops, op));
  item.own.add(last.id);
  await reload();
  sender.soon(0);
}

function needsSaving(item) {
  const last = pending.findLast((op) => op.entity === item.entity && item.own.has(op.id));
  return last ? !same(last.value, read(item)) : item.isTouched;
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
  const item = items.get(entity ?? op?.entity);
  if (!item) return;
  if (type === "applied") item.applied(revision, op);
  if (type === "server") item.differs(server);
  mark(item);
}

// --- What is seen --------------------------------------------------------------------------------

/** The rating in the list at the side. */
function mark(item) {
  if (item.kind !== "rating.put") return;
  const given = $(`.index a[href="#${item.prefix}"] > :last-child`);
  if (!given) return;
  const { value, not_observed } = read(item);
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
  const all = [...items.values()];
  const refused = pending.find((op) => op.refused);
  const kept = plural(new Set(pending.map((op) => op.entity)).size, "change", "changes");
  if (all.some((each) => each.conflict)) {
    return { trouble: true, words: "Two versions: press Save to compare" };
  }
  if (sender.trouble && pending.length) {
    return { trouble: true, ...troubleWords(sender.trouble, kept, signIn) };
  }
  if (refused) return { trouble: true, words: `Not saved: ${refused.refused.message}` };
  if (pending.length || all.some((each) => each.timer)) return { words: "Saving" };
  if (all.some(isHalf)) return { trouble: true, words: "A flag names no risk yet: not saved" };
  if (sender.savedAt) return { words: savedWords(sender.savedAt) };
  return { words: "Everything is saved" };
}

// --- The buttons ---------------------------------------------------------------------------------

/** First what is typed goes into the outbox and out of it; then the form goes its usual way. */
async function submitted(event) {
  event.preventDefault();
  const button = event.submitter;
  for (const item of items.values()) await put(item);
  const settled = await outcome();
  const conflict = [...items.values()].some((each) => each.conflict);
  if (!settled && !conflict && sender.trouble !== "locked") return say();
  if (settled || conflict) await store.transact(withoutRefused);
  const { name, value } = button || {};
  if (name) form.append(el("input", { type: "hidden", name, value }));
  leaving = true;
  return form.submit();
}

const withoutRefused = (ops) => ({ ops: ops.filter((op) => !op.refused) });

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

/** What an earlier page could not send any more is shown again, and sent. */
function restore() {
  for (const op of pending) {
    const item = items.get(op.entity);
    if (!item || item.kind !== op.kind) continue;
    item.own.add(op.id);
    show(item, op.value);
    mark(item);
  }
}

// Notes that the live page could not send any more go out from here as well.
async function flushNotes() {
  const notes = new Store(card);
  await notes.open();
  new Sender({ store: notes, clock, url: sync, answered() {}, changed() {} }).soon(0);
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
    const typing = [...items.values()].some((each) => each.timer || isHalf(each));
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
