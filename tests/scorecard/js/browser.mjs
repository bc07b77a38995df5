// What a browser has and Node lacks, as far as the scripts under test need it.

class Storage {
  setItem(name, value) {
    this[name] = value;
  }
  getItem(name) {
    return this[name] ?? null;
  }
  removeItem(name) {
    delete this[name];
  }
}

/** A page of its own for a test: nothing stored, and nobody listens. */
export function openPage() {
  const page = { hidden: false, cookie: "csrftoken=abc" };
  globalThis.window = new EventTarget();
  globalThis.addEventListener = window.addEventListener.bind(window);
  globalThis.document = Object.assign(new EventTarget(), page);
  globalThis.localStorage = new Storage();
}
