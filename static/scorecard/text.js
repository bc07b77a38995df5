// Times and counts as the pages write and read them.

/** Seconds as mm:ss, the minutes going on past sixty. */
export function mmss(time) {
  const whole = Math.max(0, Math.floor(time));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** mm:ss (or minutes alone) as seconds; null where it is neither. */
export function seconds(text) {
  const match = /^\s*(\d{1,4})(?::([0-5]?\d))?\s*$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2] || 0) : null;
}

export function plural(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}
