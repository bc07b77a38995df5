// The search for a tag by its name among the rubric's signals, dimensions, stages and probes.

const ALIKE = 4; // more than lies between the start of a title and that of a word in it

/** Everything of the rubric that a note may be tagged with. */
export function tagEntries(titles, rubric) {
  const dimension = (id) => titles.dimension.get(id).title;
  // What the round is about comes first, so that an empty search is useful too.
  const near = (id) => (rubric.focus.includes(id) ? 1 : 0);
  const signals = rubric.signals.map((each) =>
    entry("signal", each, dimension(each.dimension), near(each.dimension), each.polarity),
  );
  const dimensions = rubric.dimensions.map((each) => entry("dimension", each, "", near(each.id)));
  const stages = rubric.stages.map((each) => entry("stage", each, "", 0));
  const probes = rubric.probes.map((each) =>
    entry("probe", each, "", rubric.kit.includes(each.id) ? 1 : 0, "probe", { kind: "probe" }),
  );
  return [...signals, ...dimensions, ...stages, ...probes];
}

function entry(sort, { id, title }, beside, near, polarity = "", more = {}) {
  const tags = { [sort]: id, ...more };
  return { sort, id, title, beside, near, polarity, tags, words: plain(`${title} ${id}`) };
}

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, " ").trim();

/** The entries that have every word of `text`, the best first; `polarity` goes before others. */
export function search(entries, text, polarity) {
  const words = plain(text).split(" ").filter(Boolean);
  return entries
    .map((each) => ({ each, score: score(each, words, polarity) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((hit) => hit.each);
}

/** 0 where a word is missing; the start of a word counts more than its middle, the title most. */
function score(tag, words, polarity) {
  let sum = 1 + tag.near + (polarity && tag.polarity === polarity ? ALIKE : 0);
  for (const word of words) {
    if (tag.words.startsWith(word)) sum += 8;
    else if (` ${tag.words}`.includes(` ${word}`)) sum += 5;
    else if (tag.words.includes(word)) sum += 2;
    else if (` ${plain(tag.beside)}`.includes(` ${word}`) || tag.sort === word) sum += 1;
    else return 0;
  }
  return sum;
}
