// What a page says of its outbox, in the words that both pages share.

/** What keeps the outbox from being sent; `kept` counts what waits in it, as in "2 notes". */
export function troubleWords(trouble, kept, signIn) {
  const link = { href: signIn, target: "_blank", rel: "noopener" };
  return {
    offline: { words: `Offline, ${kept} kept here` },
    server: { words: `The server does not answer, ${kept} kept here` },
    "signed-out": { words: `Signed out: sign in again, ${kept} kept here`, link },
    "not-yours": { words: `Signed in as somebody else, ${kept} kept here`, link },
    locked: { words: `Submitted meanwhile, ${kept} kept here and not in it` },
  }[trouble];
}

export const savedWords = (instant) => `Saved ${new Date(instant).toLocaleTimeString("en-GB")}`;
