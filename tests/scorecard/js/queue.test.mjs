// The outbox's logic: what is added, what is sent, and what an answer changes.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  claim,
  enqueue,
  operation,
  settle,
  waiting,
} from "../../../static/scorecard/outbox/queue.js";

const TAB = { card: "card", tab: "tab" };
const note = (value, basis = {}, more = {}) => {
  const target = { kind: "note.put", entity: "n1", ...more };
  return operation(TAB, target, { base_revision: 0, was: "", ...basis }, { value });
};
const remove = (basis) => note({}, basis, { kind: "note.delete" });
const kit = (value, basis = {}) => note(value, basis, { kind: "kit.put", entity: "stage.recap" });

/** The operations after each of these was added; a function gets what the one before gave. */
function added(...changes) {
  let done = { ops: [], last: {} };
  for (const change of changes) {
    const { id: after, stamp: seen } = done.last;
    done = enqueue(done.ops, typeof change === "function" ? change({ after, seen }) : change);
  }
  return done.ops;
}

/** These operations, sent and answered one by one. */
function answered(ops, ...answers) {
  const results = answers.map((answer, at) => ({ id: ops[at].id, ...answer }));
  return settle(claim(ops).ops, results);
}

const stale = (text, revision = 7) => ({ status: "stale", server: { revision, value: { text } } });

test("a change folds into the one before it that was surely not sent", () => {
  const longer = (last) => note({ text: "ab" }, last);
  const [op, ...more] = added(note({ text: "a", polarity: "risk" }), longer);
  assert.deepEqual(more, []);
  assert.deepEqual(op.value, { text: "ab", polarity: "risk" });
});

test("a change waits behind the one before it that may have arrived", () => {
  const first = added(note({ text: "a" }));
  const sent = claim(first).ops;
  const { ops } = enqueue(sent, note({ text: "ab" }, { after: first[0].id, seen: first[0].stamp }));
  assert.deepEqual(ops.map((op) => op.value.text), ["a", "ab"]);
  assert.deepEqual(claim(ops).batch.map((op) => op.value.text), ["a"]);
});

test("a tick that is taken back before it was sent is sent as nothing", () => {
  const [op] = added(kit(75), ({ after }) => kit(null, { after }));
  assert.equal(op.value, null);
});

test("a note that is deleted before it was sent leaves nothing", () => {
  assert.deepEqual(added(note({ text: "a" }), remove), []);
});

test("a stored note that is deleted is sent as deleted, whatever was changed before", () => {
  const [op] = added(note({ text: "a" }, { base_revision: 3 }), remove);
  assert.equal(op.kind, "note.delete");
});

test("a change that did not see what another tab wrote stays apart from it", () => {
  const basis = { base_revision: 2, was: "old" };
  const [first] = added(note({ text: "mine" }, basis));
  const unaware = { ...basis, after: first.id, seen: "?" };
  const { ops } = enqueue([first], note({ text: "theirs" }, unaware));
  assert.deepEqual(ops.map((op) => [op.after, op.base_revision, op.was]), [
    [null, 2, "old"],
    [null, 2, "old"],
  ]);
});

test("operations go out in the order of writing, one a thing and a hundred at once", () => {
  const many = Array.from({ length: 101 }, (_, n) => note({ text: "a" }, {}, { entity: `n${n}` }));
  many.splice(2, 0, note({ text: "again" }, {}, { entity: "n0" }));
  const ops = added(...many);
  const { batch, ops: left } = claim(ops);
  assert.equal(batch.length, 100);
  assert.deepEqual(batch.slice(0, 3).map((op) => op.entity), ["n0", "n1", "n2"]);
  assert.deepEqual(left.filter((op) => !op.attempted).map((op) => op.entity), ["n0", "n100"]);
});

test("a batch holds 300,000 characters, and always one operation", () => {
  const long = (length, entity) => note({ text: "x".repeat(length) }, {}, { entity });
  const sizes = (...ops) => claim(added(...ops)).batch.length;
  assert.equal(sizes(long(150_000, "a"), long(150_000, "b")), 2);
  assert.equal(sizes(long(150_000, "a"), long(150_001, "b")), 1);
  assert.equal(sizes(long(300_001, "a")), 1);
});

test("an answered operation gives its revision to the one that waits behind it", () => {
  const first = claim(added(note({ text: "a" }))).ops;
  const basis = { after: first[0].id, seen: first[0].stamp };
  const { ops } = enqueue(first, note({ text: "ab" }, basis));
  const { ops: next, events } = answered(ops, { status: "applied", revision: 4 });
  const [left] = waiting(next);
  assert.deepEqual([left.after, left.base_revision, left.was], [null, 4, "a"]);
  assert.deepEqual(events.map((event) => [event.type, event.revision]), [["applied", 4]]);
});

test("a change begun before the answer came in finds its base by the trace", () => {
  const [op] = added(note({ text: "a" }));
  const { ops } = answered([op], { status: "duplicate", revision: 4 });
  const later = enqueue(ops, note({ text: "ab" }, { after: op.id, seen: op.stamp }));
  assert.equal(waiting(later.ops)[0].base_revision, 4);
});

test("answers to what is not waiting change nothing", () => {
  const [op] = added(note({ text: "a" }));
  const once = answered([op], { status: "applied", revision: 1 });
  const again = settle(once.ops, [{ id: op.id, status: "applied", revision: 9 }]);
  assert.deepEqual(again, { ops: once.ops, events: [] });
});

test("only the newest 200 traces are kept", () => {
  const trace = (n) => ({ id: `${n}`, seq: n, settled: {} });
  const traces = Array.from({ length: 205 }, (_, n) => trace(n));
  assert.deepEqual(settle(traces, []).ops.map((op) => op.seq)[0], 5);
});

test("other words on the server: both texts are kept, the losing one as a note beside", () => {
  const [op] = added(note({ text: "mine" }, { base_revision: 2, was: "old" }));
  const { ops, events } = answered([op], stale("theirs"));
  const [made] = waiting(ops);
  assert.deepEqual([made.value.text, made.value.conflict_of], ["mine", "n1"]);
  assert.deepEqual([made.base_revision, made.attempted], [0, false]);
  assert.notEqual(made.entity, "n1");
  assert.deepEqual(events.map((event) => event.type), ["server", "conflict"]);
  assert.equal(events[1].kept, made.entity);
});

test("other tags on the server: the writer's words go onto the newest state", () => {
  const [op] = added(note({ text: "mine" }, { base_revision: 2, was: "old" }));
  const { ops, events } = answered([op], stale("old"));
  const [again] = waiting(ops);
  assert.deepEqual([again.entity, again.base_revision, again.value.text], ["n1", 7, "mine"]);
  assert.notEqual(again.id, op.id); // the server has answered the first one
  assert.deepEqual(events.map((event) => event.type), ["server"]);
});

test("deleted on the server: words are kept as a note of their own, tags alone go", () => {
  const gone = { status: "stale", server: { deleted: true } };
  const basis = { base_revision: 2, was: "old" };
  const words = answered(added(note({ text: "mine" }, basis)), gone);
  assert.equal(waiting(words.ops)[0].value.text, "mine");
  assert.deepEqual(waiting(answered(added(note({ polarity: "risk" }, basis)), gone).ops), []);
});

test("words that were changed elsewhere are not deleted; those that were seen are", () => {
  const basis = { base_revision: 2, was: "old" };
  const kept = answered(added(remove(basis)), stale("new"));
  assert.deepEqual(waiting(kept.ops), []);
  assert.equal(kept.events.at(-1).type, "not-deleted");
  const [again] = waiting(answered(added(remove(basis)), stale("old")).ops);
  assert.deepEqual([again.kind, again.base_revision], ["note.delete", 7]);
});

test("the server's tick stands against one that built on another", () => {
  const server = { revision: 5, value: 60 };
  const { ops, events } = answered(added(kit(75)), { status: "stale", server });
  assert.deepEqual(waiting(ops), []);
  assert.deepEqual([events[0].type, events[0].server], ["server", server]);
});

test("a refused operation waits with its reason and is not sent again", () => {
  const error = { field: "text", message: "is too long" };
  const { ops } = answered(added(note({ text: "long" })), { status: "refused", error });
  assert.deepEqual(ops[0].refused, error);
  assert.deepEqual(claim(ops).batch, []);
});

test("a change after a refusal is tried afresh, under another id", () => {
  const [op] = added(note({ text: "long", polarity: "risk" }));
  const refused = answered([op], { status: "refused", error: {} }).ops;
  const { ops } = enqueue(refused, note({ text: "short" }, { after: op.id, seen: op.stamp }));
  assert.equal(ops.length, 1);
  assert.notEqual(ops[0].id, op.id);
  assert.deepEqual(claim(ops).batch[0].value, { text: "short", polarity: "risk" });
});

test("what was typed while the refused words were under way goes in their place", () => {
  const summary = (value, basis) => note(value, basis, { kind: "card.put", entity: "summary" });
  for (const [make, long, short, want] of [
    [note, { text: "long", stage: "a" }, { text: "short" }, { text: "short", stage: "a" }],
    [summary, "long", "short", "short"],
  ]) {
    const sent = claim(added(make(long))).ops;
    const { ops } = enqueue(sent, make(short, { after: sent[0].id, seen: sent[0].stamp }));
    const { batch } = claim(answered(ops, { status: "refused", error: {} }).ops);
    assert.deepEqual(batch.map((op) => op.value), [want]);
  }
});
