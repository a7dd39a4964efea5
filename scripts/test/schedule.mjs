// Which parts run when: side by side where they can, since much of most parts is waiting.

/** What two parts cannot use at once: cargo locks its folder, and the second would only wait in its place. */
const exclusive = (part) =>
  part.steps.some(({ command }) => command === "cargo" || command === "wasm-pack") || part.compiles;

/**
 * Runs parts, at most `lanes` at a time, each as soon as what it comes after has ended.
 *
 * @param {object[]} parts in the order in which they are to be started where they can
 * @param {number} lanes
 * @param {(part: object, earlier: object[]) => Promise<object>} run runs one part; what comes of it is its result
 * @returns {Promise<object[]>} the results, in the order of the parts
 */
export async function runParts(parts, lanes, run) {
  const results = new Map();
  const running = new Map();
  const waiting = [...parts];
  const isReady = (part) => (part.after ?? []).every((name) => results.has(name));
  const isFree = (part) => !exclusive(part) || ![...running.keys()].some(exclusive);
  while (results.size < parts.length) {
    for (;;) {
      const next = running.size < lanes ? waiting.findIndex((part) => isReady(part) && isFree(part)) : -1;
      if (next < 0) break;
      const [part] = waiting.splice(next, 1);
      const end = run(part, [...results.values()]).then((result) => {
        results.set(part.name, result);
        running.delete(part);
      });
      running.set(part, end);
    }
    if (running.size === 0) throw new Error(`${waiting.map((part) => part.name).join(", ")} come after each other`);
    await Promise.race(running.values());
  }
  return parts.map((part) => results.get(part.name));
}
