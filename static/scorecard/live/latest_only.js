/** Runs `write` now, or once more after the run under way, however often it is asked meanwhile. */
export function latestOnly(write) {
  let running = null;
  let again = false;
  const run = async () => {
    try {
      while (again) {
        again = false;
        await write();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    again = true;
    running ||= run();
    return running;
  };
}
