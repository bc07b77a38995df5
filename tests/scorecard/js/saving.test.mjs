// What the pages say of their outbox, an outbox in memory, and one write at a time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { latestOnly } from "../../../static/scorecard/live/latest_only.js";
import { saveStatus } from "../../../static/scorecard/live/status.js";
import { claim, enqueue, operation, settle } from "../../../static/scorecard/outbox/queue.js";
import { Store } from "../../../static/scorecard/outbox/store.js";
import { same } from "../../../static/scorecard/rating/fields.js";

const OP = { kind: "note.put", entity: "n1" };
const REFUSED = { ...OP, entity: "n2", refused: { message: "too long" } };
const TICK = { kind: "kit.put", entity: "started" };

/** What is said of these operations. */
function said(pending, { trouble = null, savedAt, failure = null, memory = [], ...more } = {}) {
  const state = { pending: () => pending, all: () => more.notes || [] };
  const store = { failure, memory };
  return saveStatus({ state, sender: { trouble, savedAt }, store, signIn: "/in", ...more });
}

for (const [words, pending, more] of [
  ["Everything is saved", []],
  ["Saving", [OP]],
  ["Saving", [], { typing: true }],
  ["Saving", [], { typing: true, savedAt: 1 }],
  ["Saving", [OP, REFUSED]],
  ["1 note not saved, see why", [REFUSED]],
  ["Offline", [], { trouble: "offline" }],
  ["Offline, 1 note kept here", [OP, OP, TICK], { trouble: "offline" }],
  ["Offline, 1 change kept here", [TICK], { trouble: "offline" }],
  ["The server does not answer, 2 notes kept here", [OP, REFUSED], { trouble: "server" }],
  ["Signed out: sign in again, 1 note kept here", [OP], { trouble: "signed-out" }],
  ["Submitted meanwhile, 1 note kept here and not in it", [OP], { trouble: "locked" }],
  ["Everything is saved", [], { trouble: "server" }],
  ["This browser cannot store notes", [], { failure: true }],
  ["Saving", [OP], { failure: true }],
  [
    "This browser cannot store notes: 1 note only on this page",
    [OP],
    { failure: true, memory: [OP] },
  ],
  ["Two versions, compare", [], { savedAt: 1, notes: [{ value: { conflict_of: "n2" } }] }],
]) {
  test(`says “${words}” of ${pending.length} with ${JSON.stringify(more || {})}`, () => {
    assert.equal(said(pending, more).words, words);
  });
}

test("says when it was saved, and only a save has its tick", () => {
  const saved = said([], { savedAt: new Date(2026, 4, 1, 9, 5, 7).getTime() });
  assert.deepEqual(saved, { saved: true, words: "Saved 09:05:07" });
  assert.ok(!said([]).saved && !said([OP], { savedAt: 1 }).saved);
});

test("whoever is signed out gets the way in", () => {
  assert.equal(said([OP], { trouble: "signed-out" }).link.href, "/in");
  assert.equal(said([OP], { trouble: "offline" }).link, undefined);
});

test("without IndexedDB the outbox is in memory, and says why", async () => {
  const store = new Store("card");
  await store.open();
  assert.ok(store.failure);
  const basis = { base_revision: 0, was: "" };
  const op = operation({ card: "card", tab: "tab" }, OP, basis, { value: { text: "a" } });
  const { kept } = await store.transact((ops) => enqueue(ops, op));
  assert.equal(kept, false);
  const batch = await store.claim(claim);
  assert.deepEqual(batch.map((each) => each.id), [op.id]);
  const results = [{ id: op.id, status: "applied", revision: 1 }];
  const events = await store.settle((ops) => settle(ops, results));
  assert.deepEqual(events.map((event) => event.type), ["applied"]);
  assert.deepEqual((await store.all()).map((each) => Boolean(each.settled)), [true]);
});

test("one write runs at a time, and once more for all that was asked meanwhile", async () => {
  let words = "a";
  const written = [];
  const write = latestOnly(async () => {
    const now = words;
    await new Promise((resolve) => setImmediate(resolve));
    written.push(now);
  });
  const first = write();
  for (words of ["ab", "abc"]) write();
  await first;
  assert.deepEqual(written, ["a", "abc"]);
  words = "abcd";
  await write();
  assert.deepEqual(written.at(-1), "abcd");
});

test("a write that fails does not stop the next", async () => {
  let fails = true;
  const write = latestOnly(async () => {
    if (fails) throw new Error("full");
  });
  await assert.rejects(write());
  fails = false;
  await write();
});

test("a rating is the same whatever the order of its fields and notes", () => {
  assert.ok(same({ value: 3, notes: ["b", "a"] }, { notes: ["a", "b"], value: 3 }));
  assert.ok(!same({ value: 3, notes: ["a"] }, { value: 3, notes: ["a", "b"] }));
  assert.ok(!same({ value: 3 }, { value: null }));
  assert.ok(!same({ value: 3 }, { value: 3, rationale: "" }));
  assert.ok(same("words", "words") && !same("words", null));
});
