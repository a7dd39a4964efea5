// Chance that can be repeated: the seed of a test is printed, and `SEED` brings the same run back.

import type { TestContext } from "node:test";

export interface Random {
  readonly seed: number;
  /** From 0 up to, but without, `end`. */
  below(end: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function randomOf(context: Pick<TestContext, "diagnostic">): Random {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32)) >>> 0;
  context.diagnostic(`SEED=${seed}`);
  const next = mulberry32(seed);
  const random: Random = {
    seed,
    below: (end) => Math.floor(next() * end),
    pick(items) {
      const item = items[random.below(items.length)];
      if (item === undefined) throw new Error("there is nothing to pick from");
      return item;
    },
  };
  return random;
}

/** Tommy Ettinger's generator, of 32 bits of state; good enough to choose test cases. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
