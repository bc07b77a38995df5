// The tags of the note in the field: how signs, picks and Backspace change them.

import { quoted, readPrefixes } from "./prefixes.js";

const ORDER = ["kind", "stage", "probe", "polarity", "dimension", "signal"];
const UNTAGGED = { ...Object.fromEntries(ORDER.map((name) => [name, ""])), kind: "observation" };

/**
 * Takes typed signs off the words: {text, tags, caret}, or null where there are none to take. Signs
 * count at the very start, before any word, and only where they are typed: a paste is text.
 */
export function takeSigns(tags, value, caret, { inputType, data }) {
  if (inputType === "insertFromPaste" || inputType === "insertFromDrop") return null;
  const read = readPrefixes(value);
  const atStart = caret <= value.length - read.text.length || data === value;
  if (read.text === value || !atStart) return null;
  if (Object.keys(read.tags).some((name) => tags[name])) return null;
  const { text } = read;
  return { text, tags: { ...tags, ...read.tags }, caret: data === value ? text.length : 0 };
}

/** A sign's button sets its tag, and takes it away where it is set. */
export function withSign(tags, sign) {
  const [[name, value]] = Object.entries(readPrefixes(sign).tags);
  const { [name]: before, ...rest } = tags;
  if (name === "polarity") delete rest.signal; // it had a polarity of its own
  return before === value ? rest : { ...rest, [name]: value };
}

/** The tags without the last one; null where there is none. */
export function withoutLast(tags) {
  const last = ORDER.findLast((name) => tags[name] && tags[name] !== UNTAGGED[name]);
  if (!last) return null;
  const gone = last === "signal" ? ["signal", "dimension", "polarity"] : [last];
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !gone.includes(name)));
}

/** The fields of a note with these tags, this time and these words. */
export function noteFields({ tags, at }, words) {
  const text = tags.kind === "quote" ? quoted(words) : words.trim();
  return { ...UNTAGGED, ...tags, text, at_seconds: at };
}
