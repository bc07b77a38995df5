// Random histories of two devices with two tabs each, against a model of the server: a writer's
// last words are stored somewhere. OUTBOX_SEEDS says how many, OUTBOX_FIRST from which seed on.

import assert from "node:assert/strict";
import { test } from "node:test";

import { State } from "../../../static/scorecard/live/state.js";
import { claim, settle } from "../../../static/scorecard/outbox/queue.js";

const SEEDS = Number(process.env.OUTBOX_SEEDS || 150);
const FIRST = Number(process.env.OUTBOX_FIRST || 0);

const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

class Server {
  constructor() {
    this.notes = new Map();
    this.done = new Map();
  }
  answer({ id, kind, entity, base_revision, value }) {
    if (this.done.has(id)) return { ...this.done.get(id), status: "duplicate" };
    const note = this.notes.get(entity);
    const stale = (server) => ({ id, entity, status: "stale", server });
    const applied = (revision) => {
      const result = { id, entity, status: "applied", revision };
      this.done.set(id, result);
      return result;
    };
    const copy = () => structuredClone(note);
    if (kind === "note.delete") {
      if (note && note.revision !== base_revision) return stale(copy());
      this.notes.delete(entity);
      return applied(0);
    }
    if (!note) {
      if (base_revision) return stale({ deleted: true });
      this.notes.set(entity, { revision: 1, value: { ...value } });
      return applied(1);
    }
    const same = Object.keys(value).every((name) => note.value[name] === value[name]);
    if (same && "text" in value) return applied(note.revision);
    if (note.revision !== base_revision) return stale(copy());
    if (same) return applied(note.revision);
    Object.assign(note.value, value);
    note.revision += 1;
    return applied(note.revision);
  }
  state() {
    const notes = [...this.notes].map(([id, note]) => ({ id, ...structuredClone(note) }));
    return { notes, kit: {}, locked: false };
  }
}

class Memory {
  constructor() {
    this.ops = [];
  }
  async transact(change) {
    const outcome = change(structuredClone(this.ops));
    this.ops = outcome.ops;
    return { ...outcome, kept: true };
  }
  async all() {
    return structuredClone(this.ops);
  }
}

const rubric = { signals: [], dimensions: [], stages: [], probes: [] };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function history(seed) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const server = new Server();
  const devices = [0, 1].map((n) => {
    const store = new Memory();
    const config = () => ({ card: `${seed} ${n}`, state: server.state(), rubric });
    return { store, tabs: [0, 1].map(() => new State(config(), store)) };
  });
  const writing = [];
  const words = new Set();
  let count = 0;

  const steps = {
    async begin() {
      const tab = pick(pick(devices).tabs);
      const note = next() < 0.7 ? pick(tab.all()) : undefined;
      const id = note?.id || crypto.randomUUID();
      const own = `w${(count += 1)}`;
      writing.push({ tab, id, own, seen: note?.value.text || "", session: tab.session(id) });
    },
    async type() {
      const pen = pick(writing);
      if (!pen) return;
      pen.letters = (pen.letters || 0) + 1;
      const text = `${pen.seen} ${pen.own}`.trim() + ".".repeat(pen.letters);
      await pen.tab.putNote(pen.id, { text }, pen.session);
      words.add(pen.own);
    },
    async tag() {
      const tab = pick(pick(devices).tabs);
      const note = pick(tab.all());
      if (note) await tab.putNote(note.id, { polarity: pick(["risk", "strength", "noise"]) });
    },
    async stop() {
      writing.splice(Math.floor(next() * writing.length), 1);
    },
    async send(fate = next()) {
      const device = pick(devices);
      await flush(device, fate);
    },
    async refresh() {
      const { tabs } = pick(devices);
      for (const tab of tabs) {
        if (tab.pending().length) continue;
        tab.take(server.state());
        await tab.reload();
      }
    },
  };

  async function flush({ store, tabs }, fate) {
    const { batch } = await store.transact(claim);
    if (!batch.length || fate < 0.2) return batch.length; // never arrived
    const results = batch.map((op) => server.answer(structuredClone(op)));
    if (fate < 0.4) return batch.length; // the answer was lost
    const { events } = await store.transact((ops) => settle(ops, results));
    await pick(tabs).answered(events, {});
    if (next() < 0.7) await settled(); // else the other tab hears of it later
    return batch.length;
  }

  const { begin, type, tag, stop, send, refresh } = steps;
  const likely = [begin, type, type, type, tag, stop, send, send, refresh];
  for (let n = 0; n < 60; n += 1) {
    await pick(likely)();
    if (next() < 0.3) await settled();
  }
  for (const device of devices) {
    for (let n = 0; n < 100 && (await flush(device, 1)); n += 1);
  }
  const stored = [...server.notes.values()].map((note) => note.value.text);
  const waiting = devices.flatMap(({ store }) => store.ops.filter((op) => !op.settled));
  for (const { tabs } of devices) for (const tab of tabs) tab.channel.close();
  const kept = new Set(stored.flatMap((text) => text.split(/[ .]+/)));
  const lost = [...words].filter((word) => !kept.has(word));
  return lost.length || waiting.length ? [{ seed, lost, waiting, stored }] : [];
}

test("no history of typing, sending and losing answers loses a word", async () => {
  const found = [];
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) found.push(...(await history(seed)));
  assert.deepEqual(found, []);
});
