// What may happen to the outbox: pure functions from a list of operations to the next list.
//
// An operation is what the server is sent ({id, kind, entity, base_revision, value}) and, for this
// page alone: card, seq, tab, after (the operation it builds on, until that one is answered), was
// (the text the writer saw), seen and stamp (which state of `after` the writer saw, and which state
// this one is in), full (every field of a note as the writer saw it), attempted (it may have
// reached the server), refused (the server's reason).
//
// An answered operation leaves a trace ({settled}) for a while, so that a change that was begun
// before the answer came in still finds its base.

import { uuid } from "./uuid.js";

const MAX_BATCH = 100;
const MAX_CHARACTERS = 300_000;
const TRACES = 200;

/** A change of one thing; `basis` is what its writer had before them when they made it. */
export function operation({ card, tab }, { kind, entity }, basis, { value, full = null }) {
  const { after = null, seen = null, base_revision, was } = basis;
  const change = { kind, entity, base_revision, after, seen, was, value, full };
  return { id: uuid(), card, tab, ...change, attempted: false, refused: null };
}

export const waiting = (ops) => ops.filter((op) => !op.settled);

/**
 * Adds an operation, or folds it into the one it builds on if that was surely not sent yet.
 * Gives {ops, last}: the id and stamp that the writer's next change builds on.
 */
export function enqueue(ops, op) {
  const earlier = op.after && ops.find((each) => each.id === op.after);
  if (!earlier) return place(ops, { ...op, after: null });
  if (earlier.settled) return enqueue(ops, follow(op, earlier.settled));
  if (unseen(op, earlier.stamp)) {
    const { entity, after, base_revision, was } = earlier;
    return place(ops, { ...op, entity, after, base_revision, was });
  }
  if (earlier.attempted && !earlier.refused) return place(ops, { ...op, entity: earlier.entity });
  return fold(ops, earlier, op);
}

/**
 * Somebody else, in another tab, put other words there since this writer looked. Theirs must not
 * be written over: both start from the base that both had.
 */
const unseen = (op, stamp) => op.value?.text !== undefined && op.seen !== stamp;

function place(ops, op) {
  const seq = 1 + Math.max(0, ...ops.map((each) => each.seq));
  const made = { ...op, seq, stamp: uuid() };
  return { ops: [...ops, made], last: { id: made.id, stamp: made.stamp } };
}

/** The base of a change, now that the operation it builds on was answered. */
function follow(op, { of, stamp, base, was, revision, text, entity, after, seen }) {
  if (unseen(op, stamp)) return { ...op, entity: of, after: null, base_revision: base, was };
  const moved = { ...op, base_revision: revision, after: after || null, was: text ?? op.was };
  return { ...moved, entity: entity || of, seen: seen || op.seen };
}

/** A note's change has only the fields that it changes; any other value is whole. */
const joined = (kind, before, after) =>
  kind.startsWith("note.") ? { ...before, ...after } : after;

function fold(ops, earlier, op) {
  const never = !earlier.attempted && !earlier.base_revision && !earlier.after;
  if (op.kind === "note.delete" && never) {
    return { ops: ops.filter((each) => each !== earlier), last: { id: null, stamp: null } };
  }
  const value = joined(op.kind, earlier.value, op.value);
  const folded = { ...earlier, kind: op.kind, value, full: op.full };
  if (op.value?.text !== undefined) Object.assign(folded, { tab: op.tab, stamp: uuid() });
  // After a refusal the server has no trace of the id; a fresh one keeps the two attempts apart.
  if (earlier.refused) Object.assign(folded, { id: uuid(), attempted: false, refused: null });
  const last = { id: folded.id, stamp: folded.stamp };
  return { ops: ops.map((each) => (each === earlier ? folded : each)), last };
}

/** The next operations to send, at most one for each thing; they count as attempted from now on. */
export function claim(ops) {
  const batch = [];
  const things = new Set();
  let characters = 0;
  for (const op of [...waiting(ops)].sort((a, b) => a.seq - b.seq)) {
    const thing = `${op.kind.split(".")[0]} ${op.entity}`;
    const held = op.refused || op.after || things.has(thing);
    things.add(thing);
    if (held) continue;
    characters += (op.value?.text || "").length;
    if (batch.length && characters > MAX_CHARACTERS) break;
    if (batch.push(op) >= MAX_BATCH) break;
  }
  const ids = new Set(batch.map((op) => op.id));
  return { ops: ops.map((op) => (ids.has(op.id) ? { ...op, attempted: true } : op)), batch };
}

/** Takes the server's answers in. Gives the next list and what the page has to know. */
export function settle(ops, results) {
  const events = [];
  let next = ops;
  for (const result of results) {
    const op = next.find((each) => each.id === result.id && !each.settled);
    if (op) next = ANSWERS[result.status](next, op, result, events);
  }
  return { ops: trimmed(next), events };
}

const ANSWERS = { applied: accept, duplicate: accept, stale: differs, refused: refuse };

function accept(ops, op, result, events) {
  const { revision } = result;
  events.push({ type: "applied", kind: op.kind, entity: op.entity, revision, op });
  return done(ops, op, { revision, text: op.value?.text });
}

/** Replaces an operation by its trace, and gives those that build on it their base. */
function done(ops, op, answer) {
  const { entity: of, stamp, base_revision: base, was } = op;
  const settled = { of, stamp, base, was, ...answer };
  return ops.map((each) => {
    if (each.id === op.id) return { id: op.id, card: op.card, seq: op.seq, settled };
    return each.after === op.id ? follow(each, settled) : each;
  });
}

function refuse(ops, op, result, events) {
  events.push({ type: "refused", op, error: result.error });
  const next = ops.find((each) => each.after === op.id);
  if (!next) return swap(ops, op, { ...op, refused: result.error });
  // It was changed again meanwhile: the newer words go in its place and are tried afresh.
  const { id, seq, tab, stamp, full, kind } = next;
  const value = joined(kind, op.value, next.value);
  const again = { ...op, id, seq, tab, stamp, full, kind, value, attempted: false };
  const rest = ops.filter((each) => each !== op && each !== next);
  return [...rest.map((each) => (each.after === op.id ? { ...each, after: id } : each)), again];
}

const swap = (ops, old, made) => ops.map((each) => (each === old ? made : each));

/** The server has another state than the writer saw. No text is dropped, whichever is newer. */
function differs(ops, op, result, events) {
  const { server } = result;
  events.push({ type: "server", kind: op.kind, entity: op.entity, server });
  if (!op.kind.startsWith("note.")) return done(ops, op, { revision: server.revision });
  const next = ops.find((each) => each.after === op.id);
  const last = next ? newest(op, next) : op;
  const others = next ? ops.filter((each) => each !== next) : ops;
  if (last.kind === "note.delete") return deletion(others, op, last, server, events);
  if (server.deleted && last.value.text === undefined) return done(others, op, { revision: 0 });
  if (server.deleted || conflicting(last, server)) return conflict(others, op, last, events);
  return onto(others, op, last, server);
}

/** Two changes of one writer as one; its stamp says whose words it has. */
function newest(op, next) {
  const stamp = next.value?.text === undefined ? op.stamp : next.stamp;
  return { ...next, value: { ...op.value, ...next.value }, was: op.was, stamp };
}

/** Only tags differ, or the words are the same: the writer's fields go onto the newest state. */
function onto(ops, op, last, server) {
  const { revision } = server;
  const { text } = server.value;
  const again = { ...last, id: freshId(op, last), seq: op.seq, base_revision: revision };
  Object.assign(again, { after: null, attempted: false, was: text });
  const known = text === op.was || text === op.value.text;
  return [...done(ops, op, { revision, text, after: again.id, ...trail(op, again, known) }), again];
}

/**
 * Who builds on `op` may go on with `made` as if they had seen it: unless it has newer words, or
 * the server had some that they do not know.
 */
function trail(op, made, known = true) {
  return { stamp: known && made.stamp === op.stamp ? op.stamp : null, seen: made.stamp };
}

/** An operation that never went out keeps its id, and so those find it who build on it. */
const freshId = (op, last) => (last.id === op.id ? uuid() : last.id);

function conflicting(op, server) {
  const { text } = op.value;
  return text !== undefined && text !== server.value.text && server.value.text !== op.was;
}

function deletion(ops, op, last, server, events) {
  if (!server.deleted && server.value.text === last.was) return onto(ops, op, last, server);
  if (!server.deleted) events.push({ type: "not-deleted", entity: op.entity });
  return done(ops, op, { revision: server.revision || 0 });
}

/** The losing text becomes a note of its own, beside the one it was written over. */
function conflict(ops, op, last, events) {
  const entity = uuid();
  const value = { ...last.full, ...last.value, conflict_of: op.entity };
  const made = { ...last, id: freshId(op, last), kind: "note.put", entity, value, full: value };
  Object.assign(made, { base_revision: 0, after: null, attempted: false, was: "", seq: op.seq });
  events.push({ type: "conflict", entity: op.entity, kept: entity, tab: last.tab });
  // What else builds on the lost words (another tab) is judged by itself, from the old base.
  const { base_revision, was } = op;
  const others = ops.map((each) =>
    each.after === op.id ? { ...each, after: null, base_revision, was } : each,
  );
  const trace = { revision: 0, entity, after: made.id, ...trail(op, made) };
  return [...done(others, op, trace), made];
}

function trimmed(ops) {
  const traces = ops.filter((op) => op.settled);
  const surplus = new Set(traces.slice(0, Math.max(0, traces.length - TRACES)));
  return ops.filter((op) => !surplus.has(op));
}
