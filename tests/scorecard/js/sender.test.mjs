// When the sender sends, what it makes of an answer, and when it tries again.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { openPage } from "./browser.mjs";
import { Sender } from "../../../static/scorecard/outbox/sender.js";

const LONGEST = 10_000; // ms between two retries
const OP = { id: "1", kind: "note.put", entity: "n1", base_revision: 0, value: { text: "a" } };
const timers = mock.timers;

let now = 0;
mock.method(performance, "now", () => now);

let answer, requests, sender, settled;

beforeEach(() => {
  openPage();
  timers.reset();
  timers.enable({ apis: ["setTimeout"] });
  requests = [];
  settled = [];
  answer = () => json(503, {});
  globalThis.fetch = async (url, request) => {
    requests.push({ url, ...request, body: JSON.parse(request.body) });
    return answer();
  };
  sender = makeSender([[OP]]);
});

const json = (status, body) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

/** A sender of these batches, the last of them again and again. */
function makeSender(batches) {
  const store = {
    card: "card",
    claim: async () => (batches.length > 1 ? batches.shift() : batches[0]),
    settle: async (change) => change([OP, { ...OP, id: "2" }]).events,
  };
  const answered = async (events) => settled.push(...events);
  const made = new Sender({ store, url: "/sync", clock: { resync() {} }, answered, changed() {} });
  made.alone = (work) => work();
  return made;
}

/** Lets so many milliseconds pass, in steps short enough for what each of them brings on. */
async function pass(milliseconds) {
  for (let step = 0; step <= milliseconds; step += 50) {
    if (step) now += 50;
    timers.tick(step ? 50 : 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("sends what the server needs of an operation, with the session's token", async () => {
  sender = makeSender([[{ ...OP, tab: "t", full: {}, was: "", attempted: true }], []]);
  answer = () => json(200, { results: [] });
  sender.soon(0);
  await pass(0);
  assert.deepEqual(requests[0].body, { operations: [OP] });
  assert.equal(requests[0].headers["X-CSRFToken"], "abc");
});

test("an answer is taken in, ends the trouble and says when it was saved", async () => {
  sender = makeSender([[OP], []]);
  sender.trouble = "server";
  answer = () => json(200, { results: [{ id: "1", status: "applied", revision: 1 }], saved_at: 5 });
  sender.soon(0);
  await pass(0);
  assert.deepEqual([sender.trouble, sender.savedAt], [null, 5]);
  assert.deepEqual(settled.map((event) => event.type), ["applied"]);
  assert.equal(requests.length, 1);
});

for (const [status, trouble] of [
  [401, "signed-out"],
  [403, "signed-out"],
  [404, "not-yours"],
  [409, "locked"],
  [500, "server"],
]) {
  test(`${status} is told as ${trouble}`, async () => {
    answer = () => json(status, {});
    sender.soon(0);
    await pass(0);
    assert.equal(sender.trouble, trouble);
  });
}

test("a page in place of an answer saves nothing", async () => {
  answer = () => new Response("<h1>Sign in</h1>", { status: 200 });
  sender.soon(0);
  await pass(0);
  assert.deepEqual([sender.trouble, settled], ["server", []]);
});

test("a network that is gone is told as offline", async () => {
  answer = () => {
    throw new TypeError("failed to fetch");
  };
  sender.soon(0);
  await pass(0);
  assert.equal(sender.trouble, "offline");
});

test("of a submitted card, only what was carried out before is taken in", async () => {
  const results = [
    { id: "1", status: "duplicate", revision: 1 },
    { id: "2", status: "refused", error: {} },
  ];
  answer = () => json(409, { results });
  sender.soon(0);
  await pass(0);
  assert.deepEqual(settled.map((event) => event.type), ["applied"]);
});

test("one request is in flight at a time", async () => {
  const answers = [];
  answer = () => new Promise((resolve) => answers.push(resolve));
  sender.soon(0);
  await pass(0);
  sender.soon(0);
  await pass(0);
  assert.equal(requests.length, 1);
});

test("of two appointments the earlier one stands", async () => {
  sender.soon(800);
  sender.soon(2000);
  await pass(750);
  assert.equal(requests.length, 0);
  await pass(50);
  assert.equal(requests.length, 1);
});

test("typing while the server is away puts no retry off", async () => {
  for (let key = 0; key < 12; key += 1) {
    sender.soon(800);
    await pass(900);
  }
  const whileTyping = requests.length;
  assert.ok(whileTyping >= 12);
  assert.ok(sender.failures < 8, "what a key brought on is no retry");
  await pass(LONGEST);
  assert.ok(requests.length > whileTyping);
});

test("retries become rarer, and never rare", async () => {
  sender.soon(0);
  await pass(10 * LONGEST);
  const first = requests.length;
  assert.ok(first >= 10 && first <= 25, `${first}`);
  await pass(LONGEST);
  assert.ok(requests.length > first);
});

for (const name of ["online", "focus", "visibilitychange"]) {
  test(`a network or a writer that is back (${name}) is answered at once`, async () => {
    sender.soon(0);
    await pass(10 * LONGEST);
    const before = requests.length;
    const target = name === "visibilitychange" ? document : window;
    target.dispatchEvent(new Event(name));
    await pass(0);
    assert.equal(requests.length, before + 1);
    await pass(1000); // and from there as if it had only begun to fail
    assert.equal(requests.length, before + 2);
  });
}
