// How long calls take, always as one against another in the same run: a machine's speed changes from minute to minute, a ratio
// hardly does.

/** How often each contender is measured, and how often one is whose single call takes a second. The middle of it counts. */
const ROUNDS = 15;
const SLOW_ROUNDS = 2;
const SLOW = 1_000_000;

/** How long one contender's turn takes at least, in milliseconds. */
const TURN = 12;

/**
 * Measures contenders in turns.
 *
 * @param {Record<string, (input: any) => unknown>} contenders what to call, by name
 * @param {(count: number) => unknown[]} inputs makes that many inputs that nobody has seen, outside of the measured time
 * @returns {Record<string, number>} microseconds a call, by name
 */
export function measure(contenders, inputs) {
  const names = Object.keys(contenders);
  const counts = new Map(names.map((name) => [name, calls(contenders[name], inputs)]));
  const times = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const [first] = times.get(name);
      if (round >= SLOW_ROUNDS && first > SLOW) continue;
      times.get(name).push(turn(contenders[name], inputs, counts.get(name)));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name))]));
}

/** How many calls fill one turn, after enough of them for the runtime to have optimised what it will. */
function calls(call, inputs) {
  const warmUp = performance.now() + 8 * TURN;
  let count = 1;
  for (;;) {
    const taken = turn(call, inputs, count) * count;
    if (performance.now() >= warmUp && taken >= TURN * 1000) return count;
    if (taken < TURN * 1000) count = Math.min(count * 2, Math.ceil((count * TURN * 1100) / Math.max(taken, 1)));
    if (count > 20_000) return 20_000;
  }
}

/** What the results are put into, so that no call can be left out as unused. */
export const sink = { last: undefined };

function turn(call, inputs, count) {
  const fresh = inputs(count);
  const start = performance.now();
  for (const input of fresh) sink.last = call(input);
  return ((performance.now() - start) * 1000) / count;
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
