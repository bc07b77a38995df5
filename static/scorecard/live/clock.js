// Server time on this machine: its own clock may be wrong by hours, so only the time that has
// passed since the last answer is taken from here, never the date.

import { mmss } from "../text.js";

const IN_WINDOW_AFTER = 60 * 60_000; // an interview may run over
const IN_WINDOW_BEFORE = 30 * 60_000;

export class Clock {
  constructor({ now, starts, ends, minutes }) {
    Object.assign(this, { starts, ends, minutes });
    this.started = null; // set by hand, or with the first note
    this.last = 0; // the latest note, for an interview that is over
    this.resync(now, 0);
  }

  /** Server time as the answer was made, and how long its way took. */
  resync(serverNow, took) {
    this.offset = serverNow + took / 2 - performance.now();
  }

  now() {
    return this.offset + performance.now();
  }

  /** When second 0 was, in server time; null while nothing says so. */
  get origin() {
    if (this.started) return this.started;
    const now = this.now();
    if (!this.starts) return null;
    const open = now > this.starts - IN_WINDOW_BEFORE && now < this.ends + IN_WINDOW_AFTER;
    return open ? this.starts : null;
  }

  /** Seconds into the interview. Where no clock runs: the time of the latest note. */
  get seconds() {
    if (this.origin === null) return this.last;
    const passed = Math.floor((this.now() - this.origin) / 1000);
    return Math.min(Math.max(0, passed), 24 * 3600 - 1);
  }

  get length() {
    const planned = this.starts && this.ends ? (this.ends - this.starts) / 1000 : 0;
    return planned || this.minutes * 60;
  }

  get isEarly() {
    return this.origin !== null && this.now() < this.origin;
  }

  get left() {
    return this.length - this.seconds;
  }

  get leftInWords() {
    if (this.isEarly) return `begins in ${mmss((this.origin - this.now()) / 1000)}`;
    if (this.left < 0) return `${mmss(-this.left)} over`;
    return `${mmss(this.left)} left of ${Math.round(this.length / 60)}`;
  }
}
