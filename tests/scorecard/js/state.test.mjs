// What the live page shows: the server's state with the outbox on top of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openPage } from "./browser.mjs";
import { State } from "../../../static/scorecard/live/state.js";
import { Store } from "../../../static/scorecard/outbox/store.js";

const SIGNAL = { id: "bisects", dimension: "debugging", polarity: "strength" };
const rubric = { signals: [SIGNAL], dimensions: [], stages: [], probes: [] };
const stored = (id, value, revision = 3) => ({ id, revision, value });
const applied = (op, revision) => {
  const { kind, entity } = op;
  return { type: "applied", kind, entity, revision, op };
};

let state;

beforeEach(() => {
  openPage();
  const notes = [
    stored("n1", { text: "later", at_seconds: 90 }),
    stored("n2", { text: "sooner", at_seconds: 60 }),
  ];
  const card = { notes, kit: { "stage.recap": { revision: 1, value: 75 } }, locked: false };
  state = new State({ card: "card", state: card, rubric }, new Store("card"));
  state.channel.close();
  state.channel = null;
});

const texts = () => state.all().map((note) => note.value.text);

test("notes stand in the order of their times", async () => {
  assert.deepEqual(texts(), ["sooner", "later"]);
  await state.putNote("n1", { at_seconds: 30 });
  assert.deepEqual(texts(), ["later", "sooner"]);
});

test("a change is shown before it is sent, and says so", async () => {
  await state.putNote("n1", { text: "changed" });
  const { value, status } = state.note("n1");
  assert.deepEqual([value.text, value.at_seconds, status], ["changed", 90, "waiting"]);
});

test("a new note is sent whole, a change with its own fields only", async () => {
  await state.putNote("n3", { text: "new" });
  await state.putNote("n1", { polarity: "risk" });
  const [made, changed] = state.pending("note");
  assert.equal(made.value.kind, "observation");
  assert.deepEqual([changed.value, changed.base_revision], [{ polarity: "risk" }, 3]);
});

test("a signal brings its dimension and polarity along", async () => {
  await state.putNote("n1", { signal: "bisects" });
  const { dimension, polarity } = state.note("n1").value;
  assert.deepEqual([dimension, polarity], ["debugging", "strength"]);
});

test("a deleted note is gone at once, and for good when that was answered", async () => {
  await state.deleteNote("n1");
  assert.deepEqual(texts(), ["sooner"]);
  const [op] = state.pending();
  state.store.memory = [];
  await state.answered([applied(op, 0)], {});
  assert.deepEqual(texts(), ["sooner"]);
});

test("an answer that comes late does not write over a newer state", async () => {
  const op = { kind: "note.put", entity: "n1", value: { text: "older" } };
  await state.answered([applied(op, 2)], {});
  assert.equal(state.note("n1").value.text, "later");
  await state.answered([applied(op, 4)], {});
  assert.equal(state.note("n1").value.text, "older");
});

test("what the server has instead is taken over, also that it has nothing", async () => {
  const theirs = { type: "server", kind: "note.put", entity: "n1" };
  await state.answered([{ ...theirs, server: { revision: 9, value: { text: "theirs" } } }], {});
  assert.equal(state.note("n1").value.text, "theirs");
  await state.answered([{ ...theirs, server: { deleted: true } }], {});
  assert.equal(state.note("n1"), undefined);
});

test("a tick may be taken back", async () => {
  assert.equal(state.kitValue("stage.recap"), 75);
  await state.putKit("stage.recap", null);
  assert.equal(state.kitValue("stage.recap"), null);
  assert.equal(state.kitValue("stage.other"), null);
});

test("changes are carried out one after the other, and counted until then", async () => {
  const session = state.session("n3");
  const writes = ["a", "ab", "abc"].map((text) => state.putNote("n3", { text }, session));
  assert.equal(state.underway, 3);
  await Promise.all(writes);
  assert.equal(state.underway, 0);
});

test("advice that may be old says nothing of a note that has newer", () => {
  state.advise({ challenges: { n1: ["new"] } });
  const old = { challenges: { n1: ["old"], n2: ["first"] }, suggestions: { n1: ["old"] } };
  assert.deepEqual(state.unadvised(old), { challenges: { n2: ["first"] }, suggestions: {} });
});

test("challenges and suggestions of one note add up", () => {
  state.advise({ challenges: { n1: ["c"] } });
  state.advise({ suggestions: { n1: ["s"] } });
  assert.deepEqual(state.advice.get("n1"), { challenges: ["c"], suggestions: ["s"] });
});
