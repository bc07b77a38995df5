// Sends the outbox: one request in flight, in batches, again and again until it is answered.

import { claim, settle } from "./queue.js";

const TIMEOUT = 30_000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000; // somebody may be looking at the line that says it is not saved

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "";
const sent = ({ id, kind, entity, base_revision, value }) => ({
  id,
  kind,
  entity,
  base_revision,
  value,
});

/** Why the last attempt failed, by status: what the reader is told, in one word. */
const TROUBLE = { 401: "signed-out", 403: "signed-out", 404: "not-yours", 409: "locked" };

export class Sender {
  /** `answered` gets (events, body) of each answer; `changed` is told that the state may differ. */
  constructor({ store, url, clock, answered, changed }) {
    Object.assign(this, { store, url, clock, answered, changed });
    this.trouble = null;
    this.savedAt = null;
    this.failures = 0;
    this.retryAt = 0;
    this.timer = null;
    this.running = false;
    this.listen();
  }

  listen() {
    addEventListener("online", () => this.afresh());
    addEventListener("offline", () => this.fail("offline"));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.soon(0);
      else if (this.trouble) this.afresh();
    });
    addEventListener("focus", () => this.trouble && this.afresh());
  }

  /** Something has changed for the better: earlier failures say nothing about the next attempt. */
  afresh() {
    this.failures = 0;
    this.retryAt = 0;
    this.soon(0);
  }

  /** Sends after a pause; an earlier appointment stands. */
  soon(wait) {
    const due = performance.now() + wait;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.run(), wait);
  }

  async run() {
    this.timer = null;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    try {
      await this.alone(() => this.drain());
    } catch (error) {
      console.error(error);
      this.fail("server");
    } finally {
      this.running = false;
    }
    if (this.again) {
      this.again = false;
      this.soon(0);
    }
  }

  /** Tabs take turns. Without locks (plain http) both may send: the server does each thing once. */
  alone(work) {
    return navigator.locks ? navigator.locks.request(`outbox ${this.store.card}`, work) : work();
  }

  async drain() {
    for (;;) {
      const batch = await this.store.claim(claim);
      if (!batch.length) break;
      if (!(await this.send(batch))) return;
    }
    if (this.trouble === "offline" && navigator.onLine) this.trouble = null;
    this.changed();
  }

  /** True once the batch was answered and the answers are taken in. */
  async send(batch) {
    let response, body;
    const from = performance.now();
    try {
      response = await this.post(batch);
      body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    } catch {
      return this.fail("offline");
    }
    if (body.now) this.clock.resync(body.now, performance.now() - from);
    if (response.ok && body.results) {
      await this.take(body.results, body);
      this.trouble = null;
      this.failures = 0;
      this.retryAt = 0;
      this.savedAt = body.saved_at;
      this.changed();
      return true;
    }
    if (response.status === 409) await this.takeRepeats(body.results || [], body);
    return this.fail(TROUBLE[response.status] || "server");
  }

  post(batch) {
    return fetch(this.url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ operations: batch.map(sent) }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
  }

  async take(results, body) {
    const events = await this.store.settle((ops) => settle(ops, results));
    await this.answered(events, body);
  }

  /** A submitted card takes nothing more, but what was carried out before is still known. */
  takeRepeats(results, body) {
    const repeats = results.filter((each) => each.status === "duplicate");
    return this.take(repeats, body);
  }

  /** Waits longer from one retry to the next; what a key brought on meanwhile is no retry. */
  fail(trouble) {
    this.trouble = trouble;
    const now = performance.now();
    if (now >= this.retryAt) {
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures);
      this.failures += 1;
      this.retryAt = now + wait * (0.5 + Math.random() / 2);
    }
    clearTimeout(this.timer);
    this.timer = null;
    this.soon(this.retryAt - now);
    this.changed();
    return false;
  }
}
