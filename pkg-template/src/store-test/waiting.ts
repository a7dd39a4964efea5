// Waiting in tests of things that may wait for ever.

import { StoreFault } from "./check.js";

/** What the promise comes to, or a fault with these words where it has not come to anything after so many seconds. */
export async function withPatience<Result>(words: string, seconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreFault(`${words} after ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something that happens once. */
export interface Event {
  happened: boolean;
  happen(): void;
  /** Done when it happens. */
  wait: Promise<void>;
}

export function event(): Event {
  let done = () => {};
  const wait = new Promise<void>((resolve) => {
    done = resolve;
  });
  const one: Event = {
    happened: false,
    wait,
    happen() {
      one.happened = true;
      done();
    },
  };
  return one;
}

/**
 * Until it happens, or so long that it would have happened if anything let it. Stores that run one transaction after another are right too,
 * so no check may rely on two of them being under way at once.
 */
export async function giveChance({ wait }: Event): Promise<void> {
  await Promise.race([wait, pause()]);
}

/** Long enough for a few statements of a database near by. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}
