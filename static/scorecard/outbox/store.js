// Where the outbox is kept: IndexedDB, and plain memory for what IndexedDB would not take.

const NAME = "scorecard";
const VERSION = 1;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore("outbox", { keyPath: "id" });
      store.createIndex("card", "card");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/**
 * One read-modify-write of a card's operations in one transaction, so that tabs take turns.
 * `change` is pure and gives {ops, ...rest}; resolves with that once it is on disk.
 */
function transact(database, card, change) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("outbox", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("outbox");
    let outcome;
    store.index("card").getAll(card).onsuccess = (event) => {
      const before = event.target.result;
      try {
        outcome = change(before);
        write(store, before, outcome.ops);
      } catch (error) {
        outcome = error;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(outcome);
    transaction.onabort = () => reject(transaction.error || outcome);
    transaction.onerror = () => reject(transaction.error);
  });
}

function write(store, before, after) {
  const kept = new Set(after.map((op) => op.id));
  const same = new Set(before);
  for (const op of before) if (!kept.has(op.id)) store.delete(op.id);
  for (const op of after) if (!same.has(op)) store.put(op);
}

/** The outbox of one card. `failure` is why something is in memory only, or null. */
export class Store {
  constructor(card) {
    this.card = card;
    this.memory = [];
    this.failure = null;
    this.database = null;
  }

  async open() {
    try {
      this.database = await opened();
      this.database.onversionchange = () => this.leave(); // a newer page, or all is being cleared
      this.database.onclose = () => this.leave();
      await this.transact((ops) => ({ ops }));
    } catch (error) {
      this.failure = error;
    }
  }

  /** The browser takes its database away: from here on there is memory alone. */
  leave() {
    this.database?.close();
    this.database = null;
    this.failure = new Error("The browser's store was taken away");
  }

  /** Runs `change` on the kept operations; where that fails, on those in memory. */
  async transact(change) {
    try {
      if (!this.database) throw this.failure || new Error("IndexedDB is not available");
      const outcome = await transact(this.database, this.card, change);
      return { ...outcome, kept: true };
    } catch (error) {
      this.failure = error;
      return { ...this.inMemory(change), kept: false };
    }
  }

  /** Runs `change` on what is in memory only. */
  inMemory(change) {
    const outcome = change(this.memory);
    this.memory = outcome.ops;
    return outcome;
  }

  /** The next batch. Where the disk is too full to mark it as attempted, it is marked in memory. */
  async claim(change) {
    const outcome = this.database && (await this.transact(change));
    if (outcome && !outcome.kept) {
      const here = new Set(this.memory.map((op) => op.id));
      this.memory = [...this.memory, ...(await this.read()).filter((op) => !here.has(op.id))];
    }
    const batch = outcome?.kept ? outcome.batch : [];
    return batch.length ? batch : this.inMemory(change).batch;
  }

  /** Takes answers in, in both places; a full disk still deletes where it does not write. */
  async settle(change) {
    const { events } = this.inMemory(change);
    if (!this.database) return events;
    const outcome = await this.tried(change);
    if (outcome) return [...events, ...outcome.events];
    const rest = await this.tried((ops) => {
      const after = change(ops);
      const known = new Set(ops.map((op) => op.id));
      const moved = after.ops.filter((op) => !known.has(op.id));
      this.memory.push(...moved);
      return { ...after, ops: after.ops.filter((op) => known.has(op.id) && !op.settled) };
    });
    return [...events, ...(rest?.events || [])];
  }

  async tried(change) {
    try {
      return await transact(this.database, this.card, change);
    } catch (error) {
      this.failure = error;
      return null;
    }
  }

  /** Every operation that waits, wherever it is. */
  async all() {
    const kept = this.database ? await this.read() : [];
    const ids = new Set(kept.map((op) => op.id));
    const here = this.memory.filter((op) => !ids.has(op.id));
    return [...kept, ...here].sort((a, b) => a.seq - b.seq);
  }

  read() {
    return new Promise((resolve) => {
      const store = this.database.transaction("outbox").objectStore("outbox");
      const request = store.index("card").getAll(this.card);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve([]);
    });
  }
}
