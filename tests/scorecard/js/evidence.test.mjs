// What the notes cover, and which probe is worth putting next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { count, isUntagged, nextProbe } from "../../../static/scorecard/live/evidence.js";

const note = (value) => ({ value: { at_seconds: 0, ...value } });

test("noise is counted and is no evidence; a note without polarity is neither", () => {
  const notes = [
    note({ dimension: "d", polarity: "strength", at_seconds: 90 }),
    note({ dimension: "d", polarity: "risk", at_seconds: 60 }),
    note({ dimension: "d", polarity: "noise", at_seconds: 30 }),
    note({ dimension: "d", polarity: "", at_seconds: 120 }),
    note({ dimension: "other", polarity: "risk" }),
  ];
  assert.deepEqual(count(notes, "d"), { strength: 1, risk: 1, noise: 1, evidence: 2, last: 90 });
  assert.deepEqual(count(notes, "none").last, null);
});

test("a note is untagged without a signal and a dimension, unless it asks", () => {
  assert.ok(isUntagged({ kind: "observation" }));
  assert.ok(!isUntagged({ kind: "probe" }));
  assert.ok(!isUntagged({ kind: "quote", signal: "s" }));
  assert.ok(!isUntagged({ kind: "quote", dimension: "d" }));
});

const PROBES = [
  { id: "a", draws: ["design"] },
  { id: "b", draws: ["debugging", "design"] },
  { id: "c", draws: ["adaptability"], constraint: true },
];
const probes = new Map(PROBES.map((each) => [each.id, each]));

/** The next probe's id, by the evidence of each focus dimension and the probes put. */
function next(evidence, { put = [], injected = false, kit = ["a", "b", "c"] } = {}) {
  const counts = new Map(Object.entries(evidence).map(([id, sum]) => [id, { evidence: sum }]));
  const notes = put.map((probe) => note({ probe }));
  const rubric = { focus: Object.keys(evidence), kit };
  return nextProbe(rubric, probes, notes, counts, injected)?.probe.id;
}

test("the dimension with the least evidence goes first, in the round's order among equals", () => {
  assert.equal(next({ design: 1, debugging: 0 }), "b");
  assert.equal(next({ design: 1, debugging: 1 }), "a");
});

test("what has two pieces of evidence needs no probe", () => {
  assert.equal(next({ design: 2, debugging: 1 }), "b");
  assert.equal(next({ design: 2, debugging: 2 }), undefined);
});

test("a probe is put once, and only out of the kit", () => {
  assert.equal(next({ design: 0 }, { put: ["a"] }), "b");
  assert.equal(next({ design: 0 }, { put: ["a", "b"] }), undefined);
  assert.equal(next({ design: 0 }, { kit: ["b"] }), "b");
});

test("a constraint goes first while adaptability has had none and is rated here", () => {
  assert.equal(next({ design: 0, adaptability: 5 }), "c");
  assert.equal(next({ design: 0, adaptability: 5 }, { injected: true }), "a");
  assert.equal(next({ design: 0 }), "a");
});
