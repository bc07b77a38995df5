// The right pane: what each focus dimension has so far, the gap, and what to ask about it.

import { $, $$ } from "../dom.js";
import { mmss, plural } from "../text.js";
import { ADAPTABILITY, count, isUntagged, nextProbe, POLARITIES } from "./evidence.js";

export class Coverage {
  constructor({ state, clock, kit, rubric, hidden }) {
    Object.assign(this, { state, clock, kit, rubric, hidden });
    this.rows = new Map($$("[data-dimension]").map((row) => [row.dataset.dimension, row]));
    $("[data-next-put]").addEventListener("click", () => kit.putProbe(kit.next));
  }

  draw() {
    const notes = this.state.all();
    const counts = new Map(this.rubric.focus.map((id) => [id, count(notes, id)]));
    const { probe } = this.state.titles;
    const injected = notes.some((note) => probe.get(note.value.probe)?.constraint);
    for (const [id, row] of this.rows) {
      drawRow(row, counts.get(id), id === ADAPTABILITY && !injected);
    }
    const covered = [...counts.values()].filter((each) => each.evidence).length;
    for (const place of $$("[data-covered]")) {
      place.textContent = `${covered} of ${this.rubric.focus.length}`;
    }
    this.drawNext(notes, counts, injected);
    this.drawUntagged(notes);
    this.drawAlso(notes);
  }

  drawNext(notes, counts, injected) {
    const next = nextProbe(this.rubric, this.state.titles.probe, notes, counts, injected);
    this.kit.next = next?.probe.id || null;
    $("[data-next]").hidden = !next;
    if (!next) return;
    const title = this.state.titles.dimension.get(next.dimension).title;
    const left = Math.round(this.clock.left / 60);
    const why =
      next.dimension === ADAPTABILITY && !injected
        ? "Adaptability cannot be rated until a constraint or pushback is put."
        : next.evidence
          ? `${title} has little evidence so far.`
          : `${title} has no evidence yet.`;
    $("[data-next-text]").textContent = next.probe.wordings[0];
    const minutes = left > 0 ? ` ${plural(left, "minute", "minutes")} left.` : "";
    $("[data-next-why]").textContent = why + minutes;
    $("[data-next-key]").textContent = next.probe.key;
  }

  drawUntagged(notes) {
    const left = notes.filter((note) => !this.hidden(note.id) && isUntagged(note.value));
    $("[data-untagged]").hidden = !left.length;
    const times = left.slice(0, 8).map((note) => mmss(note.value.at_seconds));
    const more = left.length > 8 ? " …" : "";
    $("[data-untagged-text]").textContent =
      `${plural(left.length, "note", "notes")}: ${times.join(", ")}${more}`;
  }

  drawAlso(notes) {
    const outside = this.rubric.dimensions.filter((each) => !this.rubric.focus.includes(each.id));
    const seen = outside
      .map((each) => ({ title: each.title, ...count(notes, each.id) }))
      .filter((each) => each.evidence || each.noise);
    $("[data-also]").hidden = !seen.length;
    $("[data-also-text]").textContent = seen
      .map((each) => {
        const words = POLARITIES.filter((p) => each[p]).map((p) => `${each[p]} ${p}`);
        return `${each.title}, outside this kit: ${words.join(", ")}`;
      })
      .join(". ");
  }
}

function drawRow(row, sums, closed) {
  row.classList.toggle("gap", !sums.evidence);
  const noted = sums.last === null ? "no evidence yet" : `last ${mmss(sums.last)}`;
  const only = !sums.evidence && sums.noise ? "noise only, no evidence yet" : noted;
  const so = closed && !sums.evidence ? "" : `${only}; `;
  $("small", row).textContent = closed ? `${so}cannot be rated yet, nothing injected` : only;
  $$("td", row).forEach((cell, at) => {
    const sum = sums[POLARITIES[at]];
    cell.textContent = sum;
    cell.classList.toggle("z", !sum);
  });
}
