// The editor of a note: its words and time, saved as they are typed; Esc puts the old ones back.

import { el } from "../dom.js";
import { mmss, seconds } from "../text.js";
import { latestOnly } from "./latest_only.js";

const PAUSE = 800; // ms without a key before the words are sent

export function editor(note, state, sender, actions) {
  const { id } = note;
  const before = { text: note.value.text, at_seconds: note.value.at_seconds };
  const session = state.session(id);
  const { form, field, time } = fields(before);
  const save = latestOnly(async () => {
    await state.putNote(id, written(field, time), session);
    sender.soon(PAUSE);
  });
  const close = () => actions.closeEditor(id, before);
  const putBack = () => {
    state.unsent.forget(id);
    field.value = before.text;
    time.value = mmss(before.at_seconds);
    actions.writing = save();
    close();
  };
  form.addEventListener("input", () => {
    const text = field.value.trim();
    if (text) state.unsent.keep(id, { text }, session, before.text);
    else state.unsent.forget(id);
    actions.writing = save();
  });
  listen(form, { close, putBack });
  queueMicrotask(() => {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  return [form];
}

function listen(form, { close, putBack }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      close();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      putBack();
    }
  });
}

function fields({ text, at_seconds }) {
  const words = { value: text, ariaLabel: "Words of the note", rows: 3, dir: "auto" };
  const field = el("textarea", words);
  const clock = { type: "text", inputMode: "numeric", size: 6, value: mmss(at_seconds) };
  const time = el("input", { ...clock, ariaLabel: "Time, minutes and seconds" });
  const row = el(
    "div",
    { className: "row" },
    el("label", {}, "at ", time),
    el("button", { className: "btn small" }, "Done"),
    el("span", { className: "meta" }, "Esc puts the old words back"),
  );
  return { form: el("form", { className: "editor" }, field, row), field, time };
}

/** What can be kept of the fields: words that are there, a time that is one. */
function written(field, time) {
  const value = {};
  if (field.value.trim()) value.text = field.value.trim();
  const at = seconds(time.value);
  if (at !== null) value.at_seconds = at;
  time.setAttribute("aria-invalid", String(at === null));
  return value;
}
