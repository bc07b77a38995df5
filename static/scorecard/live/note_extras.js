// What may stand under a note: the other version of it, why it was refused, a challenged remark,
// suggested signals, and its buttons or its editor.

import { el } from "../dom.js";
import { mmss } from "../text.js";
import { editor } from "./note_editor.js";
import { sign } from "./polarity.js";
import { buttons } from "./stream.js";

export function makeExtras({ state, sender, actions }) {
  return [
    (note) => conflict(note, state, actions),
    (note) => refusal(note, actions),
    (note) => challenge(note, state, actions),
    (note) => suggestions(note, state, actions),
    (note) =>
      actions.editing === note.id ? editor(note, state, sender, actions) : acts(note, actions),
  ];
}

const button = (label, onclick, more = {}) =>
  el("button", { type: "button", onclick, ...more }, label);

/** Both texts side by side; nothing goes until the writer says which. */
function conflict(note, state, actions) {
  const other = note.value.conflict_of && state.note(note.value.conflict_of);
  if (!note.value.conflict_of) return [];
  const here = el("div", {}, el("h3", { className: "label" }, "Written here"), words(note.value));
  const there = other
    ? el("div", {}, el("h3", { className: "label" }, "Written elsewhere"), words(other.value))
    : el("div", {}, el("h3", { className: "label" }, "Elsewhere it was deleted"));
  const choice = buttons(
    "Two versions of this note",
    button("Keep both", () => actions.keepBoth(note)),
    ...(other ? [button("Keep this one only", () => actions.keepOnly(note, other))] : []),
    ...(other ? [button("Keep the other only", () => actions.keepOnly(other, note))] : []),
  );
  const sentence = "This note was changed in two places at once. Both texts are kept.";
  const versions = el("div", { className: "versions" }, here, there);
  return [el("p", { className: "why" }, sentence), versions, choice];
}

const words = (value) => el("p", { dir: "auto" }, value.text);

function refusal(note, actions) {
  if (!note.error) return [];
  const { field, message } = note.error;
  return [
    el("p", { className: "why" }, `Not saved: ${field} ${message}.`),
    buttons(
      "This note was refused",
      button("Edit", () => actions.edit(note.id)),
      button("Discard", () => actions.remove(note.id)),
    ),
  ];
}

/** One sentence and two buttons; the note is stored, and cannot be cited before it is answered. */
function challenge(note, state, actions) {
  if (note.value.job_related) {
    return [el("p", { className: "meta" }, `Job-related because: ${note.value.job_related}`)];
  }
  const found = state.advice.get(note.id)?.challenges?.[0];
  if (!found) return [];
  const said = el("p", { className: "why" }, "“", el("bdi", {}, found.text), `”: ${found.advice}`);
  if (actions.answering === note.id) return [said, answer(note, actions)];
  const choice = buttons(
    "This remark may not belong here",
    button("Rewrite it", () => actions.edit(note.id)),
    button("It is job-related because …", () => actions.answer(note.id)),
  );
  return [said, choice];
}

function answer(note, actions) {
  const ariaLabel = "This is job-related because";
  const field = el("input", { type: "text", ariaLabel, maxLength: 1000 });
  const form = el(
    "form",
    { className: "answer" },
    el("label", {}, "This is job-related because ", field),
    el("button", { className: "btn small" }, "Keep it"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) actions.answered(note.id, field.value.trim());
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") actions.answer(null, note.id);
  });
  queueMicrotask(() => field.focus());
  return form;
}

function suggestions(note, state, actions) {
  const found = actions.suggested(note);
  if (!found.length || !actions.stream.offers(note.id)) return [];
  const label = `Suggested signals for the note at ${mmss(note.value.at_seconds)}`;
  const offers = found.map(({ signal }, at) => {
    const { title, polarity } = state.titles.signal.get(signal);
    const offer = button("", () => actions.accept(note.id, at));
    offer.append(el("kbd", {}, String(at + 1)), sign(polarity), title);
    return offer;
  });
  const none = button("", () => actions.accept(note.id, -1));
  none.append(el("kbd", {}, "0"), "none");
  return [buttons(label, hint(actions.stream.selected === note.id), ...offers, none)];
}

function hint(selected) {
  const key = selected ? ["a digit"] : [el("kbd", {}, "Alt"), " with a digit"];
  const how = el("span", { className: "how" }, ": ", ...key, " accepts");
  return el("span", { className: "hint" }, "Suggested", how);
}

/** What the keys do, for a finger, a pointer or a screen reader's cursor. */
function acts(note, actions) {
  if (actions.stream.selected !== note.id) return [];
  const { id, value } = note;
  const mark = (polarity) => {
    const pressed = { ariaPressed: String(value.polarity === polarity) };
    const made = button("", () => actions.polarity(id, polarity), pressed);
    made.append(sign(polarity));
    return made;
  };
  const kind = { ariaLabel: "Quote", ariaPressed: String(value.kind === "quote") };
  const label = `Change the note at ${mmss(value.at_seconds)}`;
  const row = el("div", { className: "acts", role: "group", ariaLabel: label });
  row.append(
    ...["strength", "risk", "noise"].map(mark),
    ...(value.kind === "probe" ? [] : [button("”", () => actions.quote(id), kind)]),
    button("Tag", () => actions.tag(id)),
    button("Edit", () => actions.edit(id)),
    button("↑", () => actions.move(id, -1), { ariaLabel: "Move up" }),
    button("↓", () => actions.move(id, 1), { ariaLabel: "Move down" }),
    button("Delete", () => actions.remove(id)),
  );
  return [row];
}
