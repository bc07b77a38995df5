// Asks about a piece of work until it is over: one request at a time, ever more seldom while the
// server does not answer.

const POLL = 1000; // ms; after a failed look, twice as long each time, to half a minute

/** Calls `show(box, answer)` with each answer of `box.dataset.request` until it returns true. */
export function watch(box, show) {
  let pause = POLL;
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.request, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      if (show(box, await answer.json())) return;
      pause = POLL;
    } catch {
      pause = Math.min(pause * 2, 30_000);
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
