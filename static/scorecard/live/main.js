// The live page, put together. Each part draws from the state; the state is changed in one place.

import { $, announce, el } from "../dom.js";
import { Sender } from "../outbox/sender.js";
import { Store } from "../outbox/store.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Coverage } from "./coverage.js";
import { Keys } from "./keyboard.js";
import { Kit } from "./kit.js";
import { Actions } from "./note_actions.js";
import { makeExtras } from "./note_extras.js";
import { Palette } from "./palette.js";
import { State } from "./state.js";
import { Status } from "./status.js";
import { notesShown, Stream } from "./stream.js";

const given = (id) => JSON.parse($(id).textContent);
const rubric = given("#live-rubric");
const config = { ...given("#live-config"), rubric };

const store = new Store(config.card);
const clock = new Clock(config);
const state = new State(config, store);
const sender = new Sender({
  store,
  clock,
  url: config.sync,
  answered: (events, body) => state.answered(events, body),
  changed: () => status?.show(),
});
const status = new Status({
  state,
  sender,
  store,
  signIn: config.signIn,
  typing: () => composer.saving || state.underway > 0,
});
const palette = new Palette({ titles: state.titles, rubric });
const actions = new Actions({ state, sender, palette, say });
const stream = new Stream({
  state,
  extras: makeExtras({ state, sender, actions }),
  hidden: (id) => composer?.isOpen(id),
  busy: (id) => actions.editing === id || actions.answering === id,
  suggested: (note) => actions.suggested(note),
});
const composer = new Composer({
  state,
  sender,
  clock,
  palette,
  finishing: () => {
    stream.selected = null; // Esc leads to what was written last
  },
  finished: (id) => {
    unchallenged.add(id);
    stream.draw();
    stream.toEnd();
  },
});
const kit = new Kit({ state, sender, clock, composer, rubric });
const hidden = (id) => composer.isOpen(id);
const coverage = new Coverage({ state, clock, kit, rubric, hidden });
actions.attach(stream, composer);

const unchallenged = new Set(); // notes written here that nothing was said against so far

/** What is said against a note stands under it; of one just written it is read aloud, too. */
function tellChallenges() {
  for (const id of unchallenged) {
    const found = state.advice.get(id)?.challenges?.[0];
    if (!found) continue;
    unchallenged.delete(id);
    announce(`“${found.text}”: ${found.advice}`);
  }
}

let drawing = false;

/** Once a frame, however much changes within it. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(drawNow);
  // A hidden tab has no frames, and its status must be true too.
  if (document.hidden) setTimeout(drawNow, 50);
}

function drawNow() {
  if (!drawing) return;
  drawing = false;
  coverage.draw();
  kit.draw();
  stream.draw();
  status.show();
}

/** A sentence over the stream, with at most one thing to do about it; without words it goes. */
function say(words, { words: label, act } = {}) {
  const place = $("[data-notice]");
  const leave = () => {
    place.hidden = true;
  };
  const parts = [words];
  if (act) {
    const done = () => {
      leave();
      act();
    };
    parts.push(" ", el("button", { type: "button", className: "btn small", onclick: done }, label));
  }
  place.replaceChildren(...parts);
  place.hidden = !words;
  clearTimeout(say.timer);
  say.timer = setTimeout(leave, 10_000);
}

state.addEventListener("change", draw);
state.addEventListener("change", tellChallenges);
state.addEventListener("heard", () => status.show());
for (const turn of ["writing", "written"]) state.addEventListener(turn, () => status.show());
state.addEventListener("conflict", ({ detail }) => {
  if (detail.tab === state.tab) composer.moved(detail.entity, detail.kept);
  const act = () => stream.select(detail.kept);
  say("A note was changed in two places. Both texts are kept.", { words: "Compare", act });
});
state.addEventListener("not-deleted", () => {
  say("A note was not deleted: its words were changed elsewhere meanwhile.");
});
state.addEventListener("show-note", ({ detail }) => stream.select(detail));

addEventListener("beforeunload", (event) => {
  // What is only in memory would be gone.
  if (store.memory.some((op) => !op.settled)) event.preventDefault();
});

/** The rating shows what the server has, so what waits goes there first. */
async function finish(event) {
  const { href } = event.currentTarget;
  if (!state.pending().length && !composer.saving) return;
  event.preventDefault();
  sender.soon(0);
  for (let waited = 0; waited < 40 && (composer.saving || state.pending().length); waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const act = () => location.assign(href);
  if (state.pending().length) say(`${status.words}.`, { words: "Rate without them", act });
  else act();
}
$("[data-finish]").addEventListener("click", finish);

/** Another tab or device may have written meanwhile; ask when one comes back to this page. */
async function refresh() {
  if (document.hidden || state.pending().length) return;
  const { version } = state;
  try {
    const answer = await fetch(config.sync, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const fresh = await answer.json();
    clock.resync(fresh.now, 0);
    if (state.version === version) state.take(fresh);
    state.advise(state.version === version ? fresh : state.unadvised(fresh)); // it is older
    await state.reload();
  } catch {
    // The sender tells about a network that is gone.
  }
}
document.addEventListener("visibilitychange", refresh);
addEventListener("focus", refresh);

await store.open();
await state.reload();
await state.unsent.fold(state, composer.remembered(), () => sender.soon(0));
composer.restore();
new Keys({ stream, composer, actions, kit }).listen();
drawNow();
draw();
stream.toEnd();
document.documentElement.dataset.ready = "true";
// The checks at submission lead to a note by its id.
const wanted = /^#note-([-0-9a-f]{36})$/.exec(location.hash)?.[1];
if (wanted) stream.select(wanted);
else if (matchMedia("(pointer: fine)").matches && notesShown()) composer.focus();
sender.soon(0);
refresh(); // for what the server has to say about the notes
