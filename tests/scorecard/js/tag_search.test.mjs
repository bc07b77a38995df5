// Which tag is found first.

import assert from "node:assert/strict";
import { test } from "node:test";

import { search, tagEntries } from "../../../static/scorecard/live/tag_search.js";

const dimensions = [
  { id: "debugging", title: "Debugging" },
  { id: "design", title: "System design" },
];
const signals = [
  { id: "bisects", title: "Bisects the fault", dimension: "debugging", polarity: "strength" },
  { id: "guesses", title: "Guesses at the fault", dimension: "debugging", polarity: "risk" },
  { id: "faultless", title: "Plans for faults", dimension: "design", polarity: "strength" },
];
const rubric = {
  dimensions,
  signals,
  stages: [{ id: "recap", title: "Recap" }],
  probes: [
    { id: "p1", title: "Fault: whose?" },
    { id: "p2", title: "Ask for a default" },
  ],
  kit: ["p2"],
  focus: ["debugging"],
};
const titles = { dimension: new Map(dimensions.map((each) => [each.id, each])) };
const entries = tagEntries(titles, rubric);
const found = (text, polarity) => search(entries, text, polarity).map((tag) => tag.id);

test("an empty search has everything, what the round is about first", () => {
  const near = ["bisects", "guesses", "debugging", "p2"];
  assert.deepEqual(found(""), [...near, "faultless", "design", "recap", "p1"]);
});

test("every word has to be there, in any case and order", () => {
  assert.deepEqual(found("FAULT guess"), ["guesses"]);
  assert.deepEqual(found("fault nowhere"), []);
  assert.deepEqual(found("  fault,  bisect!"), ["bisects"]);
});

test("the start of the title goes before that of a word, and that before its middle", () => {
  assert.deepEqual(found("de"), ["debugging", "p2", "design", "bisects", "guesses", "faultless"]);
  assert.deepEqual(found("fault"), ["p1", "bisects", "guesses", "faultless", "p2"]);
});

test("what has the note's own polarity goes before the rest", () => {
  assert.deepEqual(found("fault", "risk")[0], "guesses");
  assert.deepEqual(found("", "strength").slice(0, 2), ["bisects", "faultless"]);
});

test("a sort's name finds all of that sort", () => {
  assert.deepEqual(found("probe"), ["p2", "p1"]);
});

test("a pick sets the tag, and a probe its kind too", () => {
  const tags = Object.fromEntries(entries.map((tag) => [tag.id, tag.tags]));
  assert.deepEqual(tags.bisects, { signal: "bisects" });
  assert.deepEqual(tags.p1, { probe: "p1", kind: "probe" });
});
