// The interview's clock, on a machine whose own clock a test moves.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Clock } from "../../../static/scorecard/live/clock.js";

const MINUTE = 60_000;
const STARTS = 1_000 * MINUTE;
let passed = 0;
mock.method(performance, "now", () => passed);

beforeEach(() => {
  passed = 0;
});

/** A clock of an hour's interview, so many minutes after its start. */
const after = (minutes, more = {}) =>
  new Clock({
    now: STARTS + minutes * MINUTE,
    starts: STARTS,
    ends: STARTS + 60 * MINUTE,
    minutes: 45,
    ...more,
  });

test("seconds pass with the machine's own time, from the server's date", () => {
  const clock = after(10);
  assert.equal(clock.seconds, 600);
  passed = 1999;
  assert.equal(clock.seconds, 601);
});

test("an answer sets the time right, half of its way later", () => {
  const clock = after(10);
  passed = 5000;
  clock.resync(STARTS + 20 * MINUTE, 2000);
  assert.equal(clock.now(), STARTS + 20 * MINUTE + 1000);
});

test("the planned start counts from half an hour before until an hour after the end", () => {
  assert.equal(after(-30).origin, null);
  assert.equal(after(-29.9).origin, STARTS);
  assert.equal(after(119.9).origin, STARTS);
  assert.equal(after(120).origin, null);
});

test("a start by hand goes before the plan", () => {
  const clock = after(10);
  clock.started = STARTS + 5 * MINUTE;
  assert.equal(clock.seconds, 300);
});

test("without a running clock it is the time of the latest note", () => {
  const clock = after(10, { starts: null, ends: null });
  clock.last = 75;
  assert.equal(clock.seconds, 75);
});

test("seconds stay between nothing and a day", () => {
  assert.equal(after(-10).seconds, 0);
  const clock = after(10);
  clock.started = STARTS - 48 * 60 * MINUTE;
  assert.equal(clock.seconds, 24 * 3600 - 1);
});

test("the length is the plan's, else the round's", () => {
  assert.equal(after(0).length, 3600);
  assert.equal(after(0, { starts: null, ends: null }).length, 2700);
});

for (const [minutes, words] of [
  [-5, "begins in 5:00"],
  [0, "60:00 left of 60"],
  [59, "1:00 left of 60"],
  [60, "0:00 left of 60"],
  [61, "1:00 over"],
]) {
  test(`after ${minutes} minutes: ${words}`, () => assert.equal(after(minutes).leftInWords, words));
}
