// What the page knows: the server's newest state, the outbox on top of it, and what they make
// together. Every change goes into the outbox first and is shown from there.

import { enqueue, operation, waiting } from "../outbox/queue.js";
import { Unsent } from "../outbox/unsent.js";
import { uuid } from "../outbox/uuid.js";

const TAB = uuid();
const EMPTY = {
  text: "",
  kind: "observation",
  at_seconds: 0,
  stage: "",
  probe: "",
  dimension: "",
  signal: "",
  polarity: "",
  conflict_of: null,
  job_related: "",
};

export class State extends EventTarget {
  constructor({ card, state, rubric }, store) {
    super();
    Object.assign(this, { card, store, tab: TAB, ops: [], locked: state.locked });
    this.unsent = new Unsent(card, TAB);
    this.notes = new Map();
    this.kit = new Map();
    this.version = 0; // counts changes, so that a slow answer can be told to be old
    this.advice = new Map(); // note id: {suggestions, challenges}
    this.titles = index(rubric);
    this.take(state);
    // One change after the other, so that each sees the one before it.
    this.queue = Promise.resolve();
    this.underway = 0; // changes that the outbox does not have yet
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(card);
    this.channel?.addEventListener("message", (event) => this.heard(event.data));
  }

  /** The server's whole state, as the page brings it or as it was asked for again. */
  take({ notes, kit }) {
    this.notes = new Map(notes.map(({ id, revision, value }) => [id, { revision, value }]));
    this.kit = new Map(Object.entries(kit));
  }

  // --- Reading ---

  /** Every note as it should be shown, in order: {id, value, status, error, op}. */
  all() {
    const shown = new Map();
    for (const [id, { value }] of this.notes) shown.set(id, { id, value, status: "saved" });
    for (const op of this.pending("note")) overlay(shown, op);
    const order = [...shown.values()];
    return order.sort((a, b) => a.value.at_seconds - b.value.at_seconds);
  }

  note(id) {
    return this.all().find((each) => each.id === id);
  }

  kitValue(name) {
    const op = this.pending("kit").findLast((each) => each.entity === name);
    return op ? op.value : this.kit.get(name)?.value ?? null;
  }

  pending(kind = "") {
    return waiting(this.ops).filter((op) => op.kind.startsWith(kind));
  }

  // --- Writing ---

  /**
   * What a writer has before them who opens this note now. Passed along with every change of
   * theirs, it keeps what is typed here apart from what comes in meanwhile from elsewhere.
   */
  session(id) {
    const before = this.last("note", id);
    const known = this.notes.get(id);
    const was = this.note(id)?.value.text ?? "";
    return { after: before?.id, seen: before?.stamp, base_revision: known?.revision || 0, was };
  }

  /** Changes fields of a note, or makes one. Resolves to whether the browser keeps it. */
  async putNote(id, value, session = null) {
    const kept = await this.change(() => {
      const now = this.note(id);
      const full = { ...EMPTY, ...now?.value, ...this.completed(value) };
      const isNew = !now && !session?.after;
      const sent = isNew ? full : this.completed(value);
      const target = { kind: "note.put", entity: id };
      return operation(this, target, session || this.session(id), { value: sent, full });
    }, session);
    if (kept) this.unsent.drop(id, value.text);
    return kept;
  }

  deleteNote(id, session = null) {
    return this.change(() => {
      const full = this.note(id)?.value || EMPTY;
      const target = { kind: "note.delete", entity: id };
      return operation(this, target, session || this.session(id), { value: {}, full });
    }, session);
  }

  putKit(name, value) {
    return this.change(() => {
      const before = this.last("kit", name);
      const base_revision = this.kit.get(name)?.revision || 0;
      const basis = { after: before?.id, base_revision, was: "" };
      return operation(this, { kind: "kit.put", entity: name }, basis, { value });
    });
  }

  /** The newest operation on this thing that was not answered yet. */
  last(kind, entity) {
    return this.pending(kind).findLast((op) => op.entity === entity);
  }

  /** A signal brings its dimension and polarity along, here as on the server. */
  completed(value) {
    const signal = this.titles.signal.get(value.signal);
    return signal ? { ...value, dimension: signal.dimension, polarity: signal.polarity } : value;
  }

  /** One change after the other. A session goes on from where its last change ended. */
  change(make, session) {
    this.underway += 1;
    this.dispatchEvent(new Event("writing"));
    const step = this.queue.then(async () => {
      try {
        const op = make();
        const { kept, last } = await this.store.transact((ops) => enqueue(ops, op));
        if (session) Object.assign(session, { after: last.id, seen: last.stamp });
        await this.reload();
        this.tell({ type: "outbox" });
        return kept;
      } finally {
        this.underway -= 1;
        this.dispatchEvent(new Event("written"));
      }
    });
    this.queue = step.catch(() => {});
    return step;
  }

  async reload() {
    this.version += 1;
    this.ops = await this.store.all();
    this.dispatchEvent(new Event("change"));
  }

  // --- Hearing: from the server, and from other tabs ---

  /** What the server's answers changed. */
  async answered(events, body) {
    for (const event of events) this.apply(event);
    this.advise(body);
    await this.reload();
    const { challenges, suggestions } = body;
    if (events.length) this.tell({ type: "answered", events, advice: { challenges, suggestions } });
    for (const event of events) this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
  }

  apply({ type, kind, entity, revision, server, op }) {
    const known = kind?.startsWith("note") ? this.notes : this.kit;
    if (type === "server") {
      if (server.deleted) known.delete(entity);
      else known.set(entity, server);
    }
    if (type !== "applied") return;
    const before = known.get(entity);
    if (kind === "note.delete") known.delete(entity);
    else if (revision >= (before?.revision || 0)) {
      const value = kind === "note.put" ? { ...(before?.value || op.full), ...op.value } : op.value;
      known.set(entity, { revision, value });
    }
  }

  tell(message) {
    this.channel?.postMessage(message);
  }

  /** What the server says about notes: {challenges, suggestions}, each by note id. */
  advise(advice) {
    for (const name of ["challenges", "suggestions"]) {
      for (const [id, found] of Object.entries(advice?.[name] || {})) {
        this.advice.set(id, { ...this.advice.get(id), [name]: found });
      }
    }
  }

  /** What an answer that may be old says about notes of which nothing is known yet. */
  unadvised({ challenges, suggestions }) {
    const fresh = (found) => Object.entries(found).filter(([id]) => !this.advice.has(id));
    return {
      challenges: Object.fromEntries(fresh(challenges || {})),
      suggestions: Object.fromEntries(fresh(suggestions || {})),
    };
  }

  async heard({ type, events, advice }) {
    for (const event of events || []) this.apply(event);
    this.advise(advice);
    await this.reload();
    if (type === "answered") {
      for (const event of events) {
        this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
      }
    }
    this.dispatchEvent(new Event("heard"));
  }
}

function overlay(shown, op) {
  const before = shown.get(op.entity);
  if (op.kind === "note.delete") {
    shown.delete(op.entity);
    return;
  }
  const value = before ? { ...before.value, ...op.value } : { ...op.full, ...op.value };
  const status = op.refused ? "refused" : "waiting";
  shown.set(op.entity, { id: op.entity, value, status, error: op.refused, op });
}

const byId = (list) => new Map(list.map((each) => [each.id, each]));

function index({ signals, dimensions, stages, probes }) {
  return {
    signal: byId(signals),
    dimension: byId(dimensions),
    stage: byId(stages),
    probe: byId(probes),
  };
}
