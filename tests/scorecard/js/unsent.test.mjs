// The copy of the words that are on their way into the outbox.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { openPage } from "./browser.mjs";
import { Unsent } from "../../../static/scorecard/outbox/unsent.js";

const SESSION = { after: "op", seen: "stamp", base_revision: 1, was: "old" };
let now = 100_000;
let here, earlier, state;

mock.method(Date, "now", () => now);

beforeEach(() => {
  openPage();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  here = new Unsent("card", "this tab");
  earlier = new Unsent("card", "earlier tab");
  state = { notes: {}, put: [], newest: null };
  state.note = (id) => state.notes[id] && { value: { text: state.notes[id] } };
  state.last = () => state.newest;
  state.session = () => "newest";
  state.putNote = async (id, value, session) => state.put.push([id, value.text, session]);
});

const fold = (own = null) => here.fold(state, own, () => {});

/** Copies that an earlier page left, so many milliseconds ago. */
function left(words, ago = 5000) {
  now -= ago;
  for (const [id, text] of Object.entries(words)) earlier.keep(id, { text }, SESSION, "old");
  now += ago;
}

test("what an earlier page left goes into the outbox and is dropped", async () => {
  left({ n1: "words", n2: "more" });
  await fold();
  assert.deepEqual(state.put.map(([, text]) => text), ["words", "more"]);
  assert.deepEqual(here.ids(), []);
});

test("another card's words stay where they are", async () => {
  new Unsent("other card", "tab").keep("n1", { text: "theirs" }, SESSION, "");
  await fold();
  assert.deepEqual([here.ids(), state.put], [[], []]);
});

test("what the outbox has already is not put in again", async () => {
  left({ n1: "words" });
  state.notes.n1 = "words";
  await fold();
  assert.deepEqual([here.ids(), state.put], [[], []]);
});

test("what the outbox would not take stays", async () => {
  left({ n1: "words" });
  state.putNote = async () => false;
  await fold();
  assert.deepEqual(here.ids(), ["n1"]);
});

test("newer words are not dropped with older ones", () => {
  here.keep("n1", { text: "words" }, SESSION, "");
  here.drop("n1", "word");
  assert.deepEqual(here.ids(), ["n1"]);
  here.drop("n1", "words");
  assert.deepEqual(here.ids(), []);
});

test("a copy of this very moment may be another tab's work and waits two seconds", async () => {
  left({ n1: "words" }, 1999);
  await fold();
  assert.deepEqual(state.put, []);
  now += 2000;
  mock.timers.tick(2000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(state.put.length, 1);
});

test("the note of this tab's own field does not wait", async () => {
  left({ n1: "words" }, 0);
  await fold("n1");
  assert.equal(state.put.length, 1);
});

test("words go onto the newest state where nobody else has changed it since", async () => {
  left({ n1: "words" });
  for (const [text, newest, session] of [
    ["old", null, "newest"],
    ["theirs", null, SESSION],
    ["theirs", { tab: "earlier tab" }, "newest"],
    ["theirs", { tab: "third tab" }, SESSION],
  ]) {
    Object.assign(state, { notes: { n1: text }, newest, put: [] });
    left({ n1: "words" });
    await fold();
    assert.deepEqual(state.put, [["n1", "words", session]]);
  }
});

test("without storage nothing is kept and nothing fails", async () => {
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => assert.fail("forbidden"),
  });
  here.keep("n1", { text: "words" }, SESSION, "");
  await fold();
  here.forget("n1");
  assert.equal(here.copy("n1"), null);
  Object.defineProperty(globalThis, "localStorage", { configurable: true, writable: true });
});
