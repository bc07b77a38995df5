// The left pane: the clock, the prompt, probes put and stages heard, with their times.

import { $, $$ } from "../dom.js";
import { mmss } from "../text.js";

const HURRY = 600; // seconds left from which the remaining time stands out

export class Kit {
  constructor({ state, sender, clock, composer, rubric }) {
    Object.assign(this, { state, sender, clock, composer, rubric });
    for (const row of $$("[data-probe]")) {
      $("button", row).addEventListener("click", () => this.putProbe(row.dataset.probe));
    }
    for (const row of $$("[data-stage]")) {
      $("button", row).addEventListener("click", () => this.tickStage(row.dataset.stage));
    }
    for (const button of $$("[data-prompt-id]")) {
      button.addEventListener("click", () => this.putPrompt(button.dataset.promptId));
    }
    $("[data-start-button]").addEventListener("click", () => this.start());
    this.beat();
    setInterval(() => this.beat(), 1000);
  }

  // --- What one does ---

  putProbe(id) {
    const probe = this.state.titles.probe.get(id);
    if (probe) this.composer.put(probe);
  }

  /** A probe of the kit by its letter, a prompt by its digit. True where there is one. */
  putByKey(key) {
    const kit = this.rubric.kit.map((id) => this.state.titles.probe.get(id));
    const probe = kit.find((each) => each.key === key);
    const prompt = !probe && this.rubric.prompts[Number(key) - 1];
    if (probe) this.putProbe(probe.id);
    if (prompt) this.putPrompt(prompt.id);
    return Boolean(probe || prompt);
  }

  async tickStage(id) {
    const heard = this.state.kitValue(`stage.${id}`) !== null;
    await this.state.putKit(`stage.${id}`, heard ? null : this.clock.seconds);
    this.sender.soon(0);
  }

  tickByKey(key) {
    const stage = this.rubric.stages.find((each) => each.key === key);
    if (stage) this.tickStage(stage.id);
    return Boolean(stage);
  }

  async putPrompt(id) {
    const prompt = this.rubric.prompts.find((each) => each.id === id);
    await this.state.putKit("prompt", id);
    await this.composer.put({ id: "", wordings: [`Prompt: ${prompt.title}`] });
    await this.composer.finish();
    $("[data-prompts]").open = false;
  }

  async start() {
    this.clock.started = Math.round(this.clock.now());
    await this.state.putKit("started", this.clock.started);
    this.sender.soon(0);
    this.beat();
    this.composer.focus();
  }

  // --- What one sees ---

  beat() {
    const { clock } = this;
    const { isEarly, seconds } = clock;
    const running = clock.origin !== null;
    for (const place of $$("[data-clock]")) place.textContent = mmss(seconds);
    $("[data-left]").textContent = clock.leftInWords;
    $("[data-clock-bar]").setAttribute("width", Math.min(600, (600 * seconds) / clock.length));
    $(".clock").classList.toggle("hurry", running && clock.left < HURRY);
    $("[data-start]").hidden = running && !isEarly;
    const standing = clock.last
      ? "The clock stands: notes take the time of the last one."
      : "The clock starts with your first note.";
    $("[data-start-why]").textContent = isEarly ? "Already begun?" : standing;
    this.composer.showTime();
  }

  draw() {
    this.clock.started = this.state.kitValue("started");
    const notes = this.state.all();
    this.clock.last = Math.max(0, ...notes.map((note) => note.value.at_seconds));
    this.drawPrompt(notes);
    for (const row of $$("[data-probe]")) this.drawProbe(row, notes);
    for (const row of $$("[data-stage]")) this.drawStage(row, notes);
  }

  drawPrompt(notes) {
    const prompt = this.rubric.prompts.find((each) => each.id === this.state.kitValue("prompt"));
    const place = $("[data-prompt]");
    place.hidden = !prompt;
    place.textContent = prompt?.text || "";
    const put = prompt && notes.find((note) => note.value.text === `Prompt: ${prompt.title}`);
    $("[data-prompt-at]").textContent = put ? `put at ${mmss(put.value.at_seconds)}` : "";
  }

  drawProbe(row, notes) {
    const put = notes.filter((note) => note.value.probe === row.dataset.probe);
    row.classList.toggle("done", put.length > 0);
    row.classList.toggle("next", row.dataset.probe === this.next);
    $(".t", row).textContent = put.map((note) => mmss(note.value.at_seconds)).join(", ");
  }

  /** Ticked by hand, or heard because a note says so; the earlier time counts. */
  drawStage(row, notes) {
    const id = row.dataset.stage;
    const noted = notes.filter((note) => note.value.stage === id && note.value.kind !== "probe");
    const ticked = this.state.kitValue(`stage.${id}`);
    const times = noted.map((note) => note.value.at_seconds);
    if (ticked !== null) times.push(ticked);
    row.classList.toggle("done", times.length > 0);
    $("button", row).setAttribute("aria-pressed", times.length > 0);
    $(".t", row).textContent = times.length ? mmss(Math.min(...times)) : "";
  }
}
