// What the rating page says of one thing, read from its fields and put back into them.
//
// A thing is a rating, a flag, or one field of the verdict: {kind, entity, root, prefix}.

import { $, $$ } from "../live/dom.js";

const NOT_OBSERVED = "none";
const plain = (text) => text.replace(/\r\n?/g, "\n").trimEnd();

const field = ({ root, prefix }, name) => $(`[name="${prefix}-${name}"]`, root);
const group = ({ root, prefix }, name) => $$(`[name="${prefix}-${name}"]`, root);
const chosen = (thing, name) => group(thing, name).find((each) => each.checked)?.value ?? "";
const written = (thing, name) => plain(field(thing, name)?.value ?? "");

function cited(thing) {
  const ids = group(thing, "notes").filter((each) => each.checked);
  return ids.map((each) => each.value).sort();
}

function choose(thing, name, value) {
  for (const each of group(thing, name)) each.checked = each.value === value;
}

function write(thing, name, text) {
  const place = field(thing, name);
  if (place && plain(place.value) !== text) place.value = text;
}

function cite(thing, notes) {
  for (const each of group(thing, "notes")) each.checked = notes.includes(each.value);
}

const ratings = {
  read(thing) {
    const point = chosen(thing, "value");
    return {
      value: /^[1-4]$/.test(point) ? Number(point) : null,
      not_observed: point === NOT_OBSERVED,
      not_observed_reason: written(thing, "not_observed_reason"),
      rationale: written(thing, "rationale"),
      notes: cited(thing),
    };
  },
  show(thing, said) {
    choose(thing, "value", said.not_observed ? NOT_OBSERVED : String(said.value ?? ""));
    write(thing, "not_observed_reason", said.not_observed_reason);
    write(thing, "rationale", said.rationale);
    cite(thing, said.notes);
  },
};

const flags = {
  read(thing) {
    const signal = field(thing, "signal").value;
    const severity = chosen(thing, "severity") || thing.severities[signal] || "";
    const explanation = written(thing, "explanation");
    return { signal, severity, explanation, notes: cited(thing) };
  },
  show(thing, said) {
    field(thing, "signal").value = said.signal;
    choose(thing, "severity", said.severity);
    write(thing, "explanation", said.explanation);
    cite(thing, said.notes);
  },
};

const verdict = {
  read(thing) {
    const [first] = group(thing, thing.entity);
    return first?.type === "radio" ? chosen(thing, thing.entity) : written(thing, thing.entity);
  },
  show(thing, said) {
    const [first] = group(thing, thing.entity);
    if (first?.type === "radio") choose(thing, thing.entity, said);
    else write(thing, thing.entity, said);
  },
};

const KINDS = { "rating.put": ratings, "flag.put": flags, "card.put": verdict };

export const read = (thing) => KINDS[thing.kind].read(thing);
export const show = (thing, said) => KINDS[thing.kind].show(thing, said);

/** One spelling for one content: the server's order of fields and notes does not matter. */
export function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(said) {
  if (said === null || typeof said !== "object") return JSON.stringify(said);
  const keys = Object.keys(said).sort();
  return JSON.stringify(keys.map((key) => [key, key === "notes" ? [...said[key]].sort() : said[key]]));
}

/** A flag that names no risk, or is about to be withdrawn, waits for the button. */
export function isReady(thing) {
  if (thing.kind !== "flag.put") return true;
  return Boolean(field(thing, "signal").value) && !field(thing, "withdraw")?.checked;
}

/** A new flag in which something was written, though it names no risk yet. */
export function isHalf(thing) {
  if (thing.kind !== "flag.put" || field(thing, "signal").value) return false;
  const said = read(thing);
  return Boolean(said.explanation || said.notes.length);
}
