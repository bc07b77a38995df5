// What the fields of an item say, read from them and put back into them.
//
// An item is a rating, a flag, or one field of the verdict: {kind, entity, root, prefix}.

import { $, $$ } from "../dom.js";

const NOT_OBSERVED = "none";
const plain = (text) => text.replace(/\r\n?/g, "\n").trimEnd();

const field = ({ root, prefix }, name) => $(`[name="${prefix}-${name}"]`, root);
const group = ({ root, prefix }, name) => $$(`[name="${prefix}-${name}"]`, root);
const chosen = (item, name) => group(item, name).find((each) => each.checked)?.value ?? "";
const written = (item, name) => plain(field(item, name)?.value ?? "");

function cited(item) {
  const ids = group(item, "notes").filter((each) => each.checked);
  return ids.map((each) => each.value).sort();
}

function choose(item, name, value) {
  for (const each of group(item, name)) each.checked = each.value === value;
}

function write(item, name, text) {
  const place = field(item, name);
  if (place && plain(place.value) !== text) place.value = text;
}

function cite(item, notes) {
  for (const each of group(item, "notes")) each.checked = notes.includes(each.value);
}

const ratings = {
  read(item) {
    const point = chosen(item, "value");
    return {
      value: /^[1-4]$/.test(point) ? Number(point) : null,
      not_observed: point === NOT_OBSERVED,
      not_observed_reason: written(item, "not_observed_reason"),
      rationale: written(item, "rationale"),
      notes: cited(item),
    };
  },
  show(item, said) {
    choose(item, "value", said.not_observed ? NOT_OBSERVED : String(said.value ?? ""));
    write(item, "not_observed_reason", said.not_observed_reason);
    write(item, "rationale", said.rationale);
    cite(item, said.notes);
  },
};

const flags = {
  read(item) {
    const signal = field(item, "signal").value;
    const severity = chosen(item, "severity") || item.severities[signal] || "";
    const explanation = written(item, "explanation");
    return { signal, severity, explanation, notes: cited(item) };
  },
  show(item, said) {
    field(item, "signal").value = said.signal;
    choose(item, "severity", said.severity);
    write(item, "explanation", said.explanation);
    cite(item, said.notes);
  },
};

const verdict = {
  read(item) {
    const [first] = group(item, item.entity);
    return first?.type === "radio" ? chosen(item, item.entity) : written(item, item.entity);
  },
  show(item, said) {
    const [first] = group(item, item.entity);
    if (first?.type === "radio") choose(item, item.entity, said);
    else write(item, item.entity, said);
  },
};

const KINDS = { "rating.put": ratings, "flag.put": flags, "card.put": verdict };

export const read = (item) => KINDS[item.kind].read(item);
export const show = (item, said) => KINDS[item.kind].show(item, said);

/** One spelling for one content: the server's order of fields and notes does not matter. */
export function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(said) {
  if (said === null || typeof said !== "object") return JSON.stringify(said);
  const sorted = { ...said, ...(said.notes && { notes: [...said.notes].sort() }) };
  return JSON.stringify(Object.entries(sorted).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A flag that names no risk, or is about to be withdrawn, waits for the button. */
export function isReady(item) {
  if (item.kind !== "flag.put") return true;
  return Boolean(field(item, "signal").value) && !field(item, "withdraw")?.checked;
}

/** A new flag in which something was written, though it names no risk yet. */
export function isHalf(item) {
  if (item.kind !== "flag.put" || field(item, "signal").value) return false;
  const said = read(item);
  return Boolean(said.explanation || said.notes.length);
}
