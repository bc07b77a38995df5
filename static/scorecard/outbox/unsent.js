// Words that are on their way into the outbox: a copy in localStorage, which is written at once.
// IndexedDB takes its moment, and a page that is closed within it would take the words along. The
// next page folds the copies in. A copy lives for some milliseconds, until the outbox (or, without
// one, the server) has its words.

const SETTLED = 2000; // ms after which a copy is no other tab's work of this very moment

export class Unsent {
  constructor(card, tab) {
    Object.assign(this, { prefix: `unsent ${card} `, tab });
  }

  /** `value` as it goes to the outbox; `session` and `was` say what its writer had before them. */
  keep(id, value, session, was) {
    const copy = { tab: this.tab, at: Date.now(), value, session, was };
    try {
      localStorage.setItem(this.prefix + id, JSON.stringify(copy));
    } catch {
      // Full or forbidden: then the outbox is all there is.
    }
  }

  /** The outbox has these words; newer ones stay. */
  drop(id, text) {
    if (this.copy(id)?.value.text === text) this.forget(id);
  }

  forget(id) {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // It could not be kept either.
    }
  }

  copy(id) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + id));
    } catch {
      return null;
    }
  }

  ids() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      return names.map((name) => name.slice(this.prefix.length));
    } catch {
      return [];
    }
  }

  /**
   * Takes what an earlier page left into the outbox, and calls `folded` when it is there. `own` is
   * the note that was in this tab's field.
   */
  async fold(state, own, folded) {
    let later = false;
    for (const id of this.ids()) {
      const copy = this.copy(id);
      if (!copy) continue;
      if (id !== own && Math.abs(Date.now() - copy.at) < SETTLED) later = true;
      else await this.take(state, id, copy);
    }
    folded();
    if (later) setTimeout(() => this.fold(state, own, folded), SETTLED);
  }

  async take(state, id, copy) {
    const { text } = copy.value;
    const known = state.note(id)?.value.text;
    const kept = known === text || (await state.putNote(id, copy.value, basis(state, id, copy)));
    if (kept) this.drop(id, text);
  }
}

/**
 * What the writer had seen: the newest state, if nobody but them has changed it since. Else what
 * they had noted down, and a conflict keeps both texts.
 */
function basis(state, id, { tab, session, was }) {
  const last = state.last("note", id);
  const known = state.note(id)?.value.text ?? "";
  const alone = last ? last.tab === tab : known === was;
  return alone ? state.session(id) : session;
}
