// What the notes say so far: how much evidence a dimension has, and what to ask next.

export const POLARITIES = ["strength", "risk", "noise"];
export const ADAPTABILITY = "adaptability";

export const isUntagged = (value) => value.kind !== "probe" && !value.signal && !value.dimension;

/** The notes on a dimension by polarity, their evidence (noise is none), and when the last was. */
export function count(notes, dimension) {
  const mine = notes.filter((note) => note.value.dimension === dimension && note.value.polarity);
  const sums = Object.fromEntries(
    POLARITIES.map((p) => [p, mine.filter((note) => note.value.polarity === p).length]),
  );
  const last = mine.length ? Math.max(...mine.map((note) => note.value.at_seconds)) : null;
  return { ...sums, evidence: sums.strength + sums.risk, last };
}

/**
 * The probe worth putting now: a constraint while adaptability has had none and is rated here,
 * else the first of the kit not put yet that draws the focus dimension with the least evidence.
 */
export function nextProbe(rubric, probes, notes, counts, injected) {
  const put = new Set(notes.map((note) => note.value.probe));
  const left = rubric.kit.map((id) => probes.get(id)).filter((probe) => !put.has(probe.id));
  if (rubric.focus.includes(ADAPTABILITY) && !injected) {
    const probe = left.find((each) => each.constraint);
    if (probe) return { probe, dimension: ADAPTABILITY, evidence: 0 };
  }
  const thin = rubric.focus
    .map((id) => ({ id, evidence: counts.get(id).evidence }))
    .filter((each) => each.evidence < 2)
    .sort((a, b) => a.evidence - b.evidence);
  for (const { id, evidence } of thin) {
    const probe = left.find((each) => each.draws.includes(id));
    if (probe) return { probe, dimension: id, evidence };
  }
  return null;
}
