// What is read out of typed characters: signs before a note, tags in the field, times.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  noteFields,
  takeSigns,
  withoutLast,
  withSign,
} from "../../../static/scorecard/live/draft_tags.js";
import { quoted, readPrefixes } from "../../../static/scorecard/live/prefixes.js";
import { mmss, plural, seconds } from "../../../static/scorecard/text.js";

for (const [typed, text, tags] of [
  ["+ fast", "fast", { polarity: "strength" }],
  ["-fast", "fast", { polarity: "risk" }],
  ["− fast", "fast", { polarity: "risk" }],
  ["– fast", "fast", { polarity: "risk" }],
  ["~ fast", "fast", { polarity: "noise" }],
  ["? why", "why", { kind: "probe" }],
  ['+ "words', "words", { polarity: "strength", kind: "quote" }],
  ['"+ words', "words", { polarity: "strength", kind: "quote" }],
  ["“words”", "words”", { kind: "quote" }],
  ["--flag", "-flag", { polarity: "risk" }],
  ["+- both", "- both", { polarity: "strength" }],
  ["+  two spaces", " two spaces", { polarity: "strength" }],
  ["fast + slow", "fast + slow", {}],
  ["", "", {}],
]) {
  test(`signs of “${typed}”`, () => assert.deepEqual(readPrefixes(typed), { text, tags }));
}

test("a quote has its marks once", () => {
  for (const typed of ["words", '"words"', "“words”", ' "words ', "words”"]) {
    assert.equal(quoted(typed), "“words”");
  }
  assert.equal(quoted('"'), "");
});

const typed = { inputType: "insertText", data: "+" };

test("a sign typed before the words is taken off them", () => {
  const taken = takeSigns({ stage: "recap" }, "+words", 1, typed);
  const tags = { stage: "recap", polarity: "strength" };
  assert.deepEqual(taken, { text: "words", tags, caret: 0 });
});

test("words dictated whole bring their signs, and the caret stands behind them", () => {
  const taken = takeSigns({}, "- slow", 6, { inputType: "insertText", data: "- slow" });
  assert.deepEqual(taken, { text: "slow", tags: { polarity: "risk" }, caret: 4 });
});

test("signs in a paste, behind words, or of a sort that is given are text", () => {
  assert.equal(takeSigns({}, "+words", 1, { ...typed, inputType: "insertFromPaste" }), null);
  assert.equal(takeSigns({}, "+words", 1, { ...typed, inputType: "insertFromDrop" }), null);
  assert.equal(takeSigns({}, "+words", 6, typed), null);
  assert.equal(takeSigns({ polarity: "risk" }, "+words", 1, typed), null);
});

test("a sign's button is a switch, and takes the signal with the polarity", () => {
  assert.deepEqual(withSign({}, "+"), { polarity: "strength" });
  assert.deepEqual(withSign({ polarity: "strength", stage: "recap" }, "+"), { stage: "recap" });
  assert.deepEqual(withSign({ polarity: "strength", signal: "s" }, "-"), { polarity: "risk" });
  assert.deepEqual(withSign({ polarity: "risk", signal: "s" }, '"'), {
    polarity: "risk",
    signal: "s",
    kind: "quote",
  });
});

test("Backspace takes tags off from the last, a signal with what it brought along", () => {
  const tags = { kind: "quote", stage: "recap", signal: "s", dimension: "d", polarity: "risk" };
  assert.deepEqual(withoutLast(tags), { kind: "quote", stage: "recap" });
  assert.deepEqual(withoutLast({ kind: "quote", stage: "recap" }), { kind: "quote" });
  assert.deepEqual(withoutLast({ kind: "quote" }), {});
  assert.equal(withoutLast({ kind: "observation", stage: "" }), null);
});

test("a note's value has every tag, and a quote its marks", () => {
  const value = noteFields({ tags: { kind: "quote", polarity: "risk" }, at: 75 }, " no ");
  const tags = { kind: "quote", polarity: "risk", stage: "", probe: "", dimension: "", signal: "" };
  assert.deepEqual(value, { ...tags, text: "“no”", at_seconds: 75 });
  assert.equal(noteFields({ tags: {}, at: 0 }, "a").kind, "observation");
});

test("times are written and read as minutes and seconds, also past the hour", () => {
  assert.deepEqual([0, 59.9, 60, 3675, -1].map(mmss), ["0:00", "0:59", "1:00", "61:15", "0:00"]);
  assert.deepEqual(["1:15", " 61:15 ", "75", "1:5"].map(seconds), [75, 3675, 4500, 65]);
  assert.deepEqual(["1:60", "", "a", "-1", "12345"].map(seconds), [null, null, null, null, null]);
});

test("one note, two notes", () => {
  assert.equal(plural(1, "note", "notes"), "1 note");
  assert.equal(plural(0, "note", "notes"), "0 notes");
});
